"""An office of two units and five officials, built by the people's own actions; nothing else is needed to test them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from motcua.core.events import Actor
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.actions import appoint, grant_role, open_agency, open_unit
from motcua.people.models import Agency, Official, Role, Unit, UnitFunction

HANOI_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
SINCE = date(2025, 7, 1)
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=HANOI_TIME)
MACHINE = Actor(None, "Thử nghiệm")
PASSWORD = "mot-cua-thu-nghiem"


def day(number: int, hour: int = 0, minute: int = 0) -> datetime:
    """Midnight (or later) of the day so many days after the stories' Monday."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=HANOI_TIME) + timedelta(days=number)


@dataclass
class SmallOffice:
    """mai and nga receive, ha works on dossiers, nam leads and administers with an."""

    agency: Agency
    one_stop: Unit
    leaders: Unit
    people: dict[str, Official] = field(default_factory=dict)

    def id(self, name: str) -> UUID:
        return self.people[name].id

    def acting(self, name: str, at: datetime = NOW) -> ActingOfficial:
        found = account_with_official(self.people[name].account_id, at.date(), at)
        assert found is not None
        assert found[1] is not None
        return found[1]


def small_office(short_name: str = "Phường Nhỏ", prefix: str = "") -> SmallOffice:
    agency = open_agency(
        name=f"Ủy ban nhân dân {short_name}", short_name=short_name, kind="peoples_committee", level="commune",
        valid_from=SINCE, by=MACHINE, at=NOW,
    )  # fmt: skip
    one_stop, leaders = (
        open_unit(agency=agency, name=str(function.label), function=function, valid_from=SINCE, by=MACHINE, at=NOW)
        for function in (UnitFunction.ONE_STOP, UnitFunction.LEADERS)
    )
    office = SmallOffice(agency, one_stop, leaders)
    duties = {
        "mai": ("Nguyễn Thị Mai", one_stop, [(Role.RECEIVER, one_stop)]),
        "nga": ("Lý Thúy Nga", one_stop, [(Role.RECEIVER, one_stop)]),
        "ha": ("Trần Thị Thu Hà", one_stop, [(Role.CASE_OFFICER, one_stop)]),
        "nam": ("Lê Văn Nam", leaders, [(Role.APPROVER, leaders)]),
        "an": ("Đặng Hoài An", one_stop, [(Role.ADMINISTRATOR, one_stop)]),
    }
    for username, (full_name, home, held) in duties.items():
        office.people[username] = appoint(
            username=prefix + username, password=PASSWORD, full_name=full_name, title="Công chức", unit=home,
            valid_from=SINCE, by=MACHINE, at=NOW,
        )  # fmt: skip
        for role, unit in held:
            grant_role(official=office.people[username], role=role, unit=unit, valid_from=SINCE, by=MACHINE, at=NOW)
    return office
