"""Mrs Thảo, whose account whoever tries the demo may use: her child, her old mother, her draft."""

from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from motcua.demo.beside import acting
from motcua.demo.from_home.filling import account_of, fill_in
from motcua.demo.from_home.moments import DAY, Past
from motcua.demo.office import CITIZEN, CITIZEN_PHONE, PASSWORD, WARD
from motcua.intake.online.actions import Beginning, begin
from motcua.people.citizens.access import Held, held_by
from motcua.people.citizens.actions import Declared, register, say
from motcua.people.citizens.codes import ask_code, try_code
from motcua.people.citizens.contacts import Contact
from motcua.people.citizens.mandates import Principal, confirm_mandate, declare_mandate
from motcua.people.citizens.models import Citizen, CodePurpose, ContactKind, MandateKind, Way
from motcua.people.models import Agency

PERSONAL_ID: Final = "000192000248"
BORN: Final = date(1992, 4, 18)
ADDRESS: Final = f"24 Hùng Vương, {WARD}, thành phố Đà Nẵng"
MOTHER: Final = Principal(
    kind=MandateKind.PARENT, full_name="Phan Thị Sáu", evidence="Giấy ủy quyền ngày 02/03/2026, có chữ ký của mẹ",
    valid_from=date(2026, 3, 2), valid_to=date(2028, 3, 1), personal_id="000151000106", birth_date=date(1951, 8, 9),
    gender="female", address=ADDRESS,
)  # fmt: skip
CHILD: Final = Principal(
    kind=MandateKind.CHILD, full_name="Lê Huỳnh Gia Hân", evidence="Giấy khai sinh số 112/2019",
    valid_from=date(2026, 3, 2), personal_id="000319000377", birth_date=date(2019, 6, 1), gender="female",
    address=ADDRESS,
)  # fmt: skip
_SHOP: Final = {
    "files_as": "owner", "business_name": "Bún chả cá Thu Thảo", "business_address": ADDRESS, "workers": 2,
    "founded_by": "person",
}  # fmt: skip


def open_account(past: Past) -> Citizen:
    """She registers by the code sent to her phone, says who she is, and for whom she acts."""
    at = past.ago(9 * DAY + 47)
    asked = ask_code(Contact(ContactKind.PHONE, CITIZEN_PHONE), CodePurpose.REGISTER, address="demo", at=at)
    try_code(asked.id, asked.code, at=at)
    citizen = register(asked.id, full_name=CITIZEN, password=PASSWORD, at=at, is_demo=True)
    said = Declared(CITIZEN, PERSONAL_ID, BORN, "female", ADDRESS, Way.SMS)
    citizen = say(citizen.pk, said, at=past.after(at, 4))
    herself = account_of(citizen, at).citizen
    if herself is None:
        raise LookupError(CITIZEN)
    declare_mandate(herself, MOTHER, at=past.after(at, 10))
    declare_mandate(herself, CHILD, at=past.after(at, 14))
    return citizen


def held_for(whom: Principal, citizen: Citizen, at: datetime) -> Held:
    """The mandate by which she acts for this one. Raises LookupError without one."""
    for held in held_by(citizen.pk, localdate(at)):
        if held.full_name == whom.full_name:
            return held
    raise LookupError(whom.full_name)


def confirm_mother(citizen: Citizen, at: datetime) -> None:
    """The desk saw the authorisation that came with a filing."""
    confirm_mandate(held_for(MOTHER, citizen, at).id, by=acting("tiepnhan", at), at=at)


def leave_drafts(citizen: Citizen, ward: Agency, past: Past) -> None:
    """A household business half filled in, and her own certificate only begun."""
    at = past.ago(91)
    filer = account_of(citizen, at)
    shop = begin(Beginning("1.001612", ward.pk), filer=filer, at=at)
    fill_in(shop, _SHOP, at=past.after(at, 6), pages=2)
    begin(Beginning("1.004873", ward.pk), filer=filer, at=past.after(at, 20))
