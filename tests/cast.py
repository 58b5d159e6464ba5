"""The fixed cast of the stories: two citizens, one receiver, one case officer, one leader, one records clerk."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from motcua.catalogue.queries import OfferedVersion, version_in_force
from motcua.catalogue.rules import papers_for
from motcua.core.sql import fetch_one
from motcua.dossiers.actions import Opened, PaperHandedIn
from motcua.intake.actions import Filing, receive
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.actions import PartyFacts
from motcua.people.models import Account

HANOI_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, 9, 15, tzinfo=HANOI_TIME)
BIRTH, LAND = "1.001193", "1.013978"

MRS_LAN = PartyFacts(
    kind="person", full_name="Nguyễn Thị Lan", personal_id="000184001234", birth_date=date(1984, 9, 5), gender="female",
    address="12 Phan Châu Trinh, Phường Tân Thạnh", phone="0905123456",
)  # fmt: skip
MR_QUANG = PartyFacts(
    kind="person", full_name="Võ Đình Quang", personal_id="000075004321", birth_date=date(1975, 2, 1), gender="male",
    address="7 Trần Phú, Phường Tân Thạnh", phone="0905654321",
)  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """The officials of the demo ward."""

    receiver: ActingOfficial
    case_officer: ActingOfficial
    leader: ActingOfficial
    records_clerk: ActingOfficial
    controller: ActingOfficial
    administrator: ActingOfficial


def the_cast() -> Cast:
    names = ("tiepnhan", "thuly", "lanhdao", "vanthu", "kiemsoat", "quantri")
    return Cast(*(_official(name) for name in names))


def _official(username: str) -> ActingOfficial:
    found = account_with_official(Account.objects.get(username=username).id, date(2026, 11, 23))
    assert found is not None
    assert found[1] is not None
    return found[1]


def police_officer() -> ActingOfficial:
    """The ward's policeman: another unit than the cast's, with dossiers of its own."""
    return _official("congan")


def offered(code: str, by: ActingOfficial) -> OfferedVersion:
    """What this office offers under the code on the stories' Monday."""
    return version_in_force(code, by.agency_id, MONDAY.date())


def filing(code: str, applicant: PartyFacts, by: ActingOfficial, **changes) -> Filing:
    """A complete filing: every mandatory paper is there."""
    papers = tuple(PaperHandedIn(p.id, p.originals, p.copies) for p in papers_for(offered(code, by).components))
    values = {
        "submission_id": uuid4(),
        "channel": "counter",
        "applicant": applicant,
        "papers": papers,
    }
    return Filing(**(values | changes))


def received(code: str, cast: Cast, *, applicant: PartyFacts = MRS_LAN, at: datetime = MONDAY) -> Opened:
    """A dossier of this procedure, taken in by the receiver."""
    by = cast.receiver
    opened, is_new = receive(filing(code, applicant, by), offered=offered(code, by), by=by, at=at)
    assert is_new
    return opened


def open_step(dossier_id: UUID) -> tuple[UUID, str, UUID]:
    """The open step of a dossier: id, role, unit."""
    row = fetch_one(
        "SELECT id, role, unit_id FROM routing_step WHERE dossier_id = %s AND finished_at IS NULL", (dossier_id,)
    )
    assert row is not None
    return row[0], row[1], row[2]


def minutes_later(at: datetime, minutes: int) -> datetime:
    return at + timedelta(minutes=minutes)
