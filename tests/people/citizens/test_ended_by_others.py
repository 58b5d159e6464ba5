"""A mandate is ended by the one it is about, or at the desk: whoever acted for him is told, and stopped."""

from datetime import date
from http import HTTPStatus

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.core.models import Event
from motcua.people.citizens import mandates
from motcua.people.citizens.access import ActingCitizen, MandateEnded, MandateRefused, acting_citizen, mandate_of
from motcua.people.citizens.codes import CodeMessage
from motcua.people.citizens.ending import (
    allow_at_desk,
    allow_over,
    end_at_desk,
    end_over,
    mandates_over,
    revoke_mandate,
)
from motcua.people.citizens.mandates import Principal, confirm_mandate, declare_mandate, make_mandate_for
from motcua.people.citizens.models import Citizen, Level, Mandate
from tests.people.citizens.steps import registered
from tests.people.small_office import PASSWORD, SmallOffice, small_office

pytestmark = pytest.mark.django_db
NUMBER, COMPANY = "048050000111", "0400123456"
Sent = list[CodeMessage]


def today() -> date:
    return timezone.localdate()


def acting(citizen: Citizen) -> ActingCitizen:
    found = acting_citizen(citizen.account_id, today())
    assert found is not None
    return found


@pytest.fixture
def lan(sent: Sent) -> ActingCitizen:
    """She acts for others."""
    return acting(registered(sent)[1])


@pytest.fixture
def father(sent: Sent) -> tuple[Client, Citizen]:
    """He is identified: a provider vouches for his number."""
    client, citizen = registered(sent, contact="cha@example.vn", name="Nguyễn Văn Cha")
    identify(citizen)
    return client, citizen


def identify(citizen: Citizen, birth_date: date = date(1950, 1, 2)) -> None:
    Citizen.objects.filter(pk=citizen.pk).update(
        level=Level.IDENTIFIED, personal_id=NUMBER, subject="cha", identified_at=timezone.now(), birth_date=birth_date
    )


def of_father(**changes) -> Principal:
    said = {"kind": "other", "full_name": "Nguyễn Văn Cha", "evidence": "Giấy ủy quyền số 7",
            "valid_from": today(), "personal_id": NUMBER}  # fmt: skip
    return Principal(**(said | changes))


def of_company() -> Principal:
    return of_father(kind="organisation", full_name="Công ty Hoa Sen", personal_id=COMPANY)


@pytest.fixture(autouse=True)
def shown_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mandate came to the small office with a filing, and to no other."""
    if "office" in request.fixturenames:
        home = request.getfixturevalue("office").agency.pk
        monkeypatch.setattr(
            mandates._desks,
            "shown_to",
            lambda agency: Mandate.objects.filter(made_at__isnull=agency != home).values("pk"),
        )


def desk_of(name: str = "mai") -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    return client


def test_he_sees_who_acts_for_him_and_ends_it(lan: ActingCitizen, father: tuple[Client, Citizen]):
    held = declare_mandate(lan, of_father(), at=timezone.now())
    client, citizen = father
    page = client.get(reverse("mandates")).text
    assert "Nguyễn Thị Lan" in page
    assert "Giấy ủy quyền số 7" in page
    answer = client.post(reverse("end-mandate-for-me", args=(held.id,)), follow=True).text
    assert "Đã chấm dứt" in answer
    event = Event.objects.get(kind="mandate.revoked")
    assert (event.subject_id, event.actor_name, event.after["ended_by"]) == (held.id, citizen.full_name, "principal")
    with pytest.raises(
        MandateEnded, match=r"Nguyễn Văn Cha đã chấm dứt việc ông/bà làm thay.*Nội dung đã nhập vẫn còn"
    ):
        mandate_of(lan, held.id, today())
    end_over(acting(citizen), held.id, at=timezone.now())
    assert Event.objects.filter(kind="mandate.revoked").count() == 1, "twice is once"


def test_who_held_it_reads_who_ended_it_and_cannot_declare_it_anew(sent: Sent, father: tuple[Client, Citizen]):
    client, citizen = registered(sent)
    lan = acting(citizen)
    held = declare_mandate(lan, of_father(), at=timezone.now())
    end_over(acting(father[1]), held.id, at=timezone.now())
    words = f"Nguyễn Văn Cha đã chấm dứt việc ông/bà làm thay từ ngày {today():%d/%m/%Y}."
    assert words in client.get(reverse("mandates")).text
    said = {"kind": "parent", "full_name": "Cha tôi", "personal_id": NUMBER, "birth_date": "", "gender": "",
            "address": "", "evidence": "Giấy khai sinh số 12", "valid_to": ""}  # fmt: skip
    for changed in ({}, {"full_name": "nguyễn văn cha", "personal_id": ""}):
        answer = client.post(reverse("new-mandate"), said | changed)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert words in answer.text
        assert "Giấy khai sinh số 12" in answer.text, "nothing typed is lost"


def test_he_may_let_her_act_again(lan: ActingCitizen, father: tuple[Client, Citizen]):
    client, citizen = father
    held = declare_mandate(lan, of_father(), at=timezone.now())
    end_over(acting(citizen), held.id, at=timezone.now())
    assert "Cho Nguyễn Thị Lan làm thay lại" in client.get(reverse("mandates")).text
    client.post(reverse("allow-mandate-for-me", args=(held.id,)))
    assert mandate_of(lan, held.id, today()).id == held.id
    allow_over(acting(citizen), held.id, at=timezone.now())
    kinds = Event.objects.filter(subject_id=held.id).order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["mandate.made", "mandate.revoked", "mandate.restored"]


def test_what_she_ended_herself_he_does_not_begin_again(lan: ActingCitizen, father: tuple[Client, Citizen]):
    held = declare_mandate(lan, of_father(), at=timezone.now())
    revoke_mandate(lan, held.id, at=timezone.now())
    for turn in (end_over, allow_over):
        turn(acting(father[1]), held.id, at=timezone.now())
    assert Mandate.objects.get().ended_by == ""
    with pytest.raises(MandateRefused, match="đã thôi"):
        mandate_of(lan, held.id, today())


def test_a_number_that_is_only_typed_shows_nothing(lan: ActingCitizen, sent: Sent):
    """Or else anybody reads who acts for a stranger, and ends it."""
    held = declare_mandate(lan, of_father(), at=timezone.now())
    client, citizen = registered(sent, contact="la@example.vn", name="Người Lạ")
    Citizen.objects.filter(pk=citizen.pk).update(personal_id=NUMBER)
    page = client.get(reverse("mandates")).text
    assert "Nguyễn Thị Lan" not in page
    assert "Gắn định danh điện tử" in page
    client.post(reverse("end-mandate-for-me", args=(held.id,)))
    with pytest.raises(MandateRefused):
        allow_over(acting(citizen), held.id, at=timezone.now())
    assert Mandate.objects.get().revoked_at is None


def test_whom_the_law_makes_his_representative_he_does_not_dismiss(lan: ActingCitizen, sent: Sent, office: SmallOffice):
    client, citizen = registered(sent, contact="con@example.vn", name="Nguyễn Văn Con")
    identify(citizen, birth_date=today().replace(year=today().year - 15, day=1))
    child = declare_mandate(
        lan, of_father(kind="child", birth_date=date(today().year - 15, today().month, 1)), at=timezone.now()
    )
    ward = declare_mandate(lan, of_father(kind="ward", full_name="Con"), at=timezone.now())
    confirm_mandate(ward.id, by=office.acting("mai"), at=timezone.now())
    page = client.get(reverse("mandates")).text
    assert "Cha mẹ đại diện cho con đến khi con đủ 18 tuổi" in page
    assert "Việc giám hộ đã chấm dứt thì báo Bộ phận Một cửa" in page
    for held in (child, ward):
        with pytest.raises(MandateRefused, match="báo Bộ phận Một cửa"):
            end_over(acting(citizen), held.id, at=timezone.now())
    identify(citizen)
    end_over(acting(citizen), child.id, at=timezone.now())
    assert list(mandates_over(acting(citizen)).filter(revoked_at=None).values_list("pk", flat=True)) == [ward.id]


def test_the_desk_ends_it_at_the_asking_of_an_organisation(lan: ActingCitizen, office: SmallOffice):
    held = declare_mandate(lan, of_company(), at=timezone.now())
    desk, page = desk_of(), reverse("confirm-mandate", args=(held.id,))
    found = desk.post(reverse("find-mandates"), {"number": "0400 123 456"}).text
    assert page in found
    assert "Công ty Hoa Sen" in found
    bare = desk.post(page, {"act": "end", "reason": " "})
    assert bare.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "ghi lý do chấm dứt" in bare.text
    reason = "Giám đốc đề nghị, công văn số 15"
    assert reason in desk.post(page, {"act": "end", "reason": reason}, follow=True).text
    event = Event.objects.get(kind="mandate.revoked")
    assert (event.agency_id, event.after) == (office.agency.pk, {"ended_by": "agency", "reason": reason})
    with pytest.raises(MandateEnded, match=rf"{office.agency.name} đã chấm dứt .* Công ty Hoa Sen .*{reason}"):
        mandate_of(lan, held.id, today())
    with pytest.raises(MandateEnded, match="giấy tờ mới"):
        declare_mandate(lan, of_company(), at=timezone.now())
    desk.post(page, {"act": "allow"})
    assert mandate_of(lan, held.id, today()).id == held.id


def test_no_other_agency_ends_it_and_no_other_allows_it(lan: ActingCitizen, office: SmallOffice):
    elsewhere, at = small_office("Phường Bên Cạnh", "canh-"), timezone.now()
    held = declare_mandate(lan, of_company(), at=at)
    own = make_mandate_for(elsewhere.acting("mai"), of_father(), at=at)
    with pytest.raises(MandateRefused):
        end_at_desk(held.id, reason="x", by=elsewhere.acting("mai"), at=at)
    end_at_desk(held.id, reason="x", by=office.acting("mai"), at=at)
    with pytest.raises(MandateRefused):
        allow_at_desk(held.id, by=elsewhere.acting("mai"), at=at)
    asked = desk_of("canh-mai").post(reverse("find-mandates"), {"number": COMPANY}).text
    assert "Không có việc làm thay nào" in asked
    assert desk_of("ha").get(reverse("find-mandates")).status_code == HTTPStatus.FORBIDDEN
    end_at_desk(own.id, reason="Nhầm người", by=elsewhere.acting("mai"), at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=own.id).update(end_reason="")


def test_the_principal_does_not_undo_what_the_desk_ended(lan: ActingCitizen, father, office: SmallOffice):
    held = declare_mandate(lan, of_father(), at=timezone.now())
    end_at_desk(held.id, reason="Giấy giả", by=office.acting("mai"), at=timezone.now())
    client, _citizen = father
    assert "Cơ quan đã chấm dứt" in client.get(reverse("mandates")).text
    answer = client.post(reverse("allow-mandate-for-me", args=(held.id,)), follow=True).text
    assert "đến Bộ phận Một cửa" in answer
    assert Mandate.objects.get().revoked_at is not None
