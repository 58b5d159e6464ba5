"""What came from home in the last days: Mrs Thảo's, of guests, and one that the desk filed for an old woman."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from django.utils.timezone import localdate

from motcua.demo.beside import acting
from motcua.demo.cast import citizen as somebody
from motcua.demo.dossiers import Crew, Fate, drive
from motcua.demo.from_home import thao
from motcua.demo.from_home.filling import Story, account_of, filed, guest
from motcua.demo.from_home.moments import Past
from motcua.demo.from_home.pictures import photographed
from motcua.demo.office import CITIZEN
from motcua.documents.papers.models import CopyKind
from motcua.dossiers.models import Dossier, FiledBy
from motcua.intake.models import Submission
from motcua.intake.online.access import Filer
from motcua.intake.online.actions import Beginning
from motcua.intake.online.keys import key_hash, new_key
from motcua.intake.submissions import accept
from motcua.people.citizens.mandates import Principal, make_mandate_for
from motcua.people.citizens.models import Citizen, MandateKind
from motcua.people.models import Agency
from motcua.result.collection import Shows, attach_copy

EXTRACT: Final = "2.000635"
BIRTH: Final = "1.001193"
WARD_BEFORE: Final = "Ủy ban nhân dân phường Tân Thạnh, thành phố Tam Kỳ, tỉnh Quảng Nam"
# Working minutes ago, and how many copies a guest wants; what became of the fees is told in `money.py`.
GUESTS: Final = ((1573, 2), (1118, 1), (1046, 3), (707, 1), (331, 1), (72, 2))
OLD_WOMAN: Final[Mapping[str, Any]] = {
    "full_name": "Phạm Thị Bốn", "personal_id": "000148000412", "birth_date": date(1948, 2, 11), "gender": "female",
    "address": "Tổ 7, phường Tân Thạnh, thành phố Đà Nẵng", "phone": "", "email": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """What was filed: Mrs Thảo's copy, her mother's and the birth, the guests' copies, the old woman's."""

    copy: Submission
    mother: Submission
    birth: Submission
    guests: tuple[Submission, ...]
    helped: Submission

    def numbers(self) -> list[str]:
        """Each by the number it was acknowledged with."""
        return [one.number for one in (self.copy, self.mother, self.birth, *self.guests, self.helped)]


def send_all(ward: Agency, herself: Citizen, *, random: Random, past: Past) -> Sent:
    """File everything; the desk has answered none of it yet."""
    guests = tuple(_copy_for_guest(ward, random, copies, past.ago(minutes)) for minutes, copies in GUESTS)
    return Sent(
        copy=_own_copy(ward, herself, past.ago(2511)),
        mother=_for_mother(ward, herself, past.ago(263)),
        guests=guests,
        helped=_for_old_woman(ward, past.ago(563)),
        birth=_birth(ward, herself, past.ago(214)),
    )


def work_on(submission_id: UUID, fate: Fate, *, random: Random, past: Past, after: int) -> str:
    """The desk accepts a filing so many working minutes after it came, and the office works on; the dossier's code."""
    at = past.after(Submission.objects.get(pk=submission_id).submitted_at, after)
    opened = accept(submission_id, by=acting("tiepnhan", at), at=at)
    drive(opened.id, fate, random, Crew(), past.calendar, past.now)
    return opened.code


def attach_paper(filing: Submission, past: Past) -> None:
    """The clerk scans what was given out, so that it is downloaded from home too."""
    dossier = Dossier.objects.get(submission_id=filing.pk)
    lines = (f"Họ tên: {CITIZEN}", f"Ngày sinh: {thao.BORN:%d/%m/%Y}", "Sao từ sổ đăng ký khai sinh số 88 năm 1992")
    paper = photographed("TRÍCH LỤC KHAI SINH (BẢN SAO)", lines, name="trich-luc.jpg")
    at = past.after(dossier.returned_at or dossier.received_at, 5)
    shows = Shows(CopyKind.SCANNED, localdate(at), "88/TLKS-BS")
    attach_copy(dossier.pk, [paper], shows=shows, by=acting("vanthu", at), at=at)


def _own_copy(ward: Agency, herself: Citizen, at: datetime) -> Submission:
    said = {
        "kind": "birth", "about": "self", "copies": 2, "person_birth_date": thao.BORN.isoformat(),
        "registered_at": WARD_BEFORE, "registered_year": 1992, "registered_number": "88, quyển 01/1992",
        "truthful": True,
    }  # fmt: skip
    return filed(Story(EXTRACT, ward.pk, said), filer=account_of(herself, at), at=at)


def _for_mother(ward: Agency, herself: Citizen, at: datetime) -> Submission:
    """By a mandate, with a photo of the authorisation."""
    mother = thao.MOTHER
    said = {
        "kind": "marriage", "about": "other", "copies": 1, "person_name": mother.full_name,
        "person_birth_date": f"{mother.birth_date}", "person_personal_id": mother.personal_id,
        "spouse_name": "Huỳnh Văn Lợi", "registered_at": WARD_BEFORE, "registered_year": 1975, "truthful": True,
    }  # fmt: skip
    lines = (f"Tôi là {mother.full_name}, ủy quyền cho con là", CITIZEN, "xin cấp bản sao trích lục kết hôn.")
    photos = (photographed("GIẤY ỦY QUYỀN", lines, name="IMG_0398.jpg"),)
    held = thao.held_for(mother, herself, at)
    beginning = Beginning(EXTRACT, ward.pk, mandate_id=held.id)
    return filed(Story(EXTRACT, ward.pk, said, photos), filer=account_of(herself, at), at=at, beginning=beginning)


def _birth(ward: Agency, herself: Citizen, at: datetime) -> Submission:
    born = localdate(at) - timedelta(days=12)
    here = "Phường Tân Thạnh, thành phố Đà Nẵng"
    said = {
        "relation": "mother", "child_name": "Lê Huỳnh Minh Khôi", "child_birth_date": born.isoformat(),
        "child_gender": "male", "child_ethnicity": "Kinh", "child_nationality": "Việt Nam", "child_hometown": here,
        "birth_place_kind": "medical", "birth_place": "Bệnh viện đa khoa trung tâm, " + here,
        "child_situation": "usual", "mother_birth_year": thao.BORN.year, "mother_ethnicity": "Kinh",
        "mother_nationality": "Việt Nam", "father_declared": "yes", "father_name": "Lê Hoàng Phúc",
        "father_birth_year": 1990, "father_personal_id": "000090000513", "father_ethnicity": "Kinh",
        "father_nationality": "Việt Nam", "father_address": thao.ADDRESS, "copies": 0, "truthful": True,
    }  # fmt: skip
    front = ("Họ tên mẹ: " + CITIZEN, f"Sinh con ngày {born:%d/%m/%Y}, giới tính: nam", "Cân nặng: 3.200 gam")
    back = ("Dự định đặt tên con: Lê Huỳnh Minh Khôi", "Người đỡ đẻ: Võ Thị Hiền")
    photos = (
        photographed("GIẤY CHỨNG SINH", front, name="IMG_0412.jpg"),
        photographed("GIẤY CHỨNG SINH (mặt sau)", back, name="IMG_0413.jpg"),
    )
    return filed(Story(BIRTH, ward.pk, said, photos), filer=account_of(herself, at), at=at)


def _copy_for_guest(ward: Agency, random: Random, copies: int, at: datetime) -> Submission:
    who = somebody(random)
    known = {
        "full_name": who.full_name, "personal_id": who.personal_id, "birth_date": who.birth_date, "gender": who.gender,
        "address": f"{who.address}, thành phố Đà Nẵng", "phone": who.phone, "email": "",
    }  # fmt: skip
    return filed(Story(EXTRACT, ward.pk, _answers(known, copies), known=known), filer=guest(), at=at)


def _answers(known: Mapping[str, Any], copies: int) -> dict[str, Any]:
    born: date = known["birth_date"]
    return {
        "kind": "birth", "about": "self", "copies": copies, "requester_name": known["full_name"],
        "requester_personal_id": known["personal_id"], "requester_address": known["address"],
        "requester_phone": known["phone"], "person_birth_date": born.isoformat(), "registered_at": WARD_BEFORE,
        "registered_year": born.year, "truthful": True,
    }  # fmt: skip


def _for_old_woman(ward: Agency, at: datetime) -> Submission:
    """She has no phone: the receiver helps, under his own name and by a mandate."""
    by = acting("tiepnhan", at)
    said = Principal(
        kind=MandateKind.OTHER, full_name=OLD_WOMAN["full_name"], evidence="Bà Bốn nhờ tại nhà, có chữ ký",
        valid_from=localdate(at), personal_id=OLD_WOMAN["personal_id"], birth_date=OLD_WOMAN["birth_date"],
        gender=OLD_WOMAN["gender"], address=OLD_WOMAN["address"], procedure_code=EXTRACT,
    )  # fmt: skip
    held = make_mandate_for(by, said, at=at)
    beginning = Beginning(EXTRACT, ward.pk, mandate_id=held.id, known=OLD_WOMAN, filed_by=FiledBy.HELPED)
    answers = {
        "kind": "death", "copies": 1, "requester_name": OLD_WOMAN["full_name"],
        "requester_personal_id": OLD_WOMAN["personal_id"], "requester_address": OLD_WOMAN["address"],
        "requester_phone": "0905000106", "person_name": "Trần Văn Tư", "registered_at": WARD_BEFORE,
        "registered_year": 2011, "truthful": True,
    }  # fmt: skip
    filer = Filer(official=by, guest_hash=key_hash(new_key()))
    return filed(Story(EXTRACT, ward.pk, answers), filer=filer, at=at, beginning=beginning)
