"""A hall of the demo ward: two officials, two counters, three needs, on a Monday morning."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from motcua.core.events import Actor
from motcua.people.access import ActingOfficial, account_with_official
from motcua.people.actions import appoint, grant_role
from motcua.people.models import Account, Role, Unit
from motcua.queueing.actions import Issued, Wanted, issue
from motcua.queueing.actions.arranging import PlannedCounter, PlannedHall, PlannedNeed, arrange
from motcua.queueing.models import Counter, Hall, Need, TicketWay
from tests.cast import MONDAY, Cast

TESTER = Actor(None, "Bài thử")
PLAN = PlannedHall(
    "mot-cua", "Sảnh Một cửa",
    needs=(
        PlannedNeed("A", "Chứng thực giấy tờ", usual_minutes=6),
        PlannedNeed("B", "Khai sinh, kết hôn, khai tử", takes_bookings=True, usual_minutes=12),
        PlannedNeed("T", "Nhận kết quả", is_collecting=True, usual_minutes=4),
    ),
    counters=(PlannedCounter(1, "AT"), PlannedCounter(2, "ABT")),
)  # fmt: skip


@dataclass(frozen=True)
class Morning:
    """The hall, its needs by letter, its counters by number, and the two who sit there."""

    hall: Hall
    needs: dict[str, Need]
    counters: dict[int, Counter]
    first: ActingOfficial
    second: ActingOfficial

    def take(
        self, letter: str = "A", *, after: float = 0, ground: str = "", way: TicketWay = TicketWay.KIOSK
    ) -> Issued:
        """A number taken so many minutes after the morning began."""
        return issue(Wanted(self.needs[letter].id, way, ground), by=TESTER, at=minutes(after))


def minutes(after: float) -> datetime:
    """So many minutes after the stories' Monday 9:15."""
    return MONDAY + timedelta(minutes=after)


def morning(cast: Cast, plan: PlannedHall = PLAN) -> Morning:
    """The hall arranged; nobody sits yet."""
    unit = Unit.objects.get(pk=cast.receiver.unit_id)
    hall = arrange(plan, unit=unit, by=TESTER, at=MONDAY)
    return Morning(
        hall, {need.letter: need for need in hall.needs.all()}, {one.number: one for one in hall.counters.all()},
        cast.receiver, second_receiver(unit),
    )  # fmt: skip


def second_receiver(unit: Unit, username: str = "quayhai") -> ActingOfficial:
    """Another receiver of the unit, appointed for the test."""
    official = appoint(
        username=username, password="mot-mat-khau-dai", full_name="Lê Thị Hương", title="Chuyên viên tiếp nhận",
        unit=unit, valid_from=date(2025, 7, 1), by=TESTER, at=MONDAY, is_demo=True,
    )  # fmt: skip
    grant_role(official=official, role=Role.RECEIVER, unit=unit, valid_from=date(2025, 7, 1), by=TESTER, at=MONDAY)
    return acting(official.account_id)


def acting(account_id: UUID) -> ActingOfficial:
    """How an official acts on the stories' Monday."""
    found = account_with_official(Account.objects.get(pk=account_id).id, MONDAY.date(), MONDAY)
    assert found is not None
    assert found[1] is not None
    return found[1]
