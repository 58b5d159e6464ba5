"""What is missing, what is promised and what it costs, without a database."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.models import ApplicantKind
from motcua.catalogue.rules import ComponentLine, FeeLine, LimitLine
from motcua.intake.rules import NoLimit, missing_papers, promise, who_may_apply
from motcua.worktime.rules import (
    VIETNAM,
    Amount,
    Calendar,
    CalendarGap,
    CalendarPlan,
    CoveredYear,
    DatedDay,
    DayKind,
    Unit,
    WeeklyHours,
)
from tests.worktime.plans import FULL

OFFICE = Calendar(
    CalendarPlan(
        code="XA", name="Lịch xã", years=(CoveredYear(2025),),
        weekly=tuple(WeeklyHours(weekday, session) for weekday in range(1, 6) for session in FULL),
        days=(DatedDay(date(2025, 6, 5), DayKind.HOLIDAY, "Ngày lễ"),),
    )
)  # fmt: skip
GENERAL = LimitLine(2, "working_day")
MANY = "Nhiều bản, nhiều trang"
FAR = "Ở xa"


@dataclass(frozen=True)
class Offer:
    limits: tuple[LimitLine, ...] = (GENERAL,)
    fees: tuple[FeeLine, ...] = ()
    cut_off: time | None = None
    code: str = "1.000001"


def june(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 6, day, hour, minute, tzinfo=VIETNAM)


MONDAY = june(2, 9)


def promised(offer: Offer, *, at: datetime = MONDAY, channel: str = "counter", whens: tuple[str, ...] = ()):
    return promise(offer, channel=channel, whens=whens, at=at, calendar=OFFICE)


def test_the_promise_is_the_calendar_s_due_date_of_the_limit() -> None:
    found = promised(Offer(), at=june(4, 9))
    assert (found.number, found.unit, found.due_at) == (2, "working_day", june(9, 9))  # holiday, weekend
    assert found.amount == Amount(2, Unit.WORKING_DAY)


@pytest.mark.parametrize(
    ("channel", "whens", "days"),
    [
        ("counter", (), 2),
        ("online", (), 1),  # the channel has its own
        ("counter", (MANY,), 5),  # the situation beats the general one, though longer
        ("online", (MANY,), 4),  # situation and channel together beat both
        ("counter", (FAR,), 1),  # and also when shorter
        ("counter", (FAR, MANY), 5),  # of several situations the longest
        ("counter", ("Không có hạn riêng",), 2),
        ("counter", ("Không có hạn riêng", FAR), 1),
    ],
)
def test_situation_and_channel_choose_the_limit(channel: str, whens: tuple[str, ...], days: int) -> None:
    limits = (
        GENERAL, LimitLine(1, "working_day", channel="online"), LimitLine(5, "working_day", when=MANY),
        LimitLine(4, "working_day", channel="online", when=MANY), LimitLine(1, "working_day", when=FAR),
    )  # fmt: skip
    assert promised(Offer(limits), channel=channel, whens=whens).number == days


@pytest.mark.parametrize(
    ("one", "other", "longer"),
    [
        (LimitLine(8, "working_hour", when=MANY), LimitLine(2, "working_day", when=FAR), "working_day"),
        (LimitLine(30, "day", when=MANY), LimitLine(20, "working_day", when=FAR), "day"),
        (LimitLine(20, "day", when=MANY), LimitLine(20, "working_day", when=FAR), "working_day"),
    ],
)
def test_the_longest_limit_across_units(one: LimitLine, other: LimitLine, longer: str) -> None:
    for limits in ((one, other), (other, one)):
        assert promised(Offer((GENERAL, *limits)), whens=(MANY, FAR)).unit == longer


@pytest.mark.parametrize(
    "limits", [(), (LimitLine(3, "working_day", channel="online"),), (LimitLine(3, "day", when=MANY),)]
)
def test_no_limit_for_this_channel_no_promise(limits: tuple[LimitLine, ...]) -> None:
    with pytest.raises(NoLimit):
        promised(Offer(limits))


def test_a_year_without_a_calendar_is_never_guessed() -> None:
    with pytest.raises(CalendarGap, match="2026"):
        promised(Offer((LimitLine(20, "working_day"),)), at=datetime(2025, 12, 20, 9, tzinfo=VIETNAM))


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (june(2, 14, 59), june(2, 16, 59)),
        (june(2, 15), june(2, 17)),  # 15:00 sharp is not after 15:00
        (june(2, 15, 1), june(3, 9)),
        (june(4, 15, 1), june(6, 9)),  # the next day is a holiday
        (june(6, 16, 30), june(9, 9)),  # Friday afternoon: Monday
    ],
)
def test_received_after_15_00_counts_from_the_next_day(at: datetime, due: datetime) -> None:
    offer = Offer((LimitLine(2, "working_hour"),), cut_off=time(15))
    assert promised(offer, at=at).due_at == due


def test_the_fee_of_the_situation_is_added() -> None:
    fees = (
        FeeLine("charge", "Lệ phí", 8_000), FeeLine("fee", "Phí bản sao", 5_000, when=MANY),
        FeeLine("fee", "Phí khác", 1_000, when=FAR),
    )  # fmt: skip
    assert promised(Offer(fees=fees)).fee_total == 8_000
    with_situation = promised(Offer(fees=fees), whens=(MANY,))
    assert with_situation.fee_total == 13_000
    assert [fee.name for fee in with_situation.fees] == ["Lệ phí", "Phí bản sao"]


def test_an_amount_left_to_the_province_is_not_said_as_a_sum() -> None:
    fees = (FeeLine("charge", "Lệ phí", 8_000), FeeLine("fee", "Phí", None, set_by_province=True))
    assert promised(Offer(fees=fees)).fee_total is None
    assert promised(Offer(fees=())).fee_total == 0


@pytest.mark.parametrize(
    ("kinds", "allowed"),
    [
        (("citizen",), {"person"}),
        (("household", "foreigner", "overseas_vietnamese"), {"person"}),
        (("enterprise",), {"organisation"}),
        (("cooperative", "organisation", "state_body"), {"organisation"}),
        (("citizen", "enterprise"), {"person", "organisation"}),
        ((), {"person", "organisation"}),  # nobody named: nobody shut out
    ],
)
def test_the_kinds_of_the_version_say_who_may_apply(kinds: tuple[str, ...], allowed: set[str]) -> None:
    assert who_may_apply(kinds) == allowed


@pytest.mark.parametrize("kind", ApplicantKind.values)
def test_every_kind_of_the_catalogue_is_a_person_or_an_organisation(kind: str) -> None:
    assert who_may_apply([kind]) in ({"person"}, {"organisation"})


TO_BRING = ComponentLine("Tờ khai", id=uuid4())
IF_ANY = ComponentLine("Ảnh, nếu có", required=False, id=uuid4())
BY_PROXY = ComponentLine("Giấy ủy quyền", required=False, when=FAR, id=uuid4())


@pytest.mark.parametrize(
    ("whens", "handed_in", "missing"),
    [
        ((), (), ["Tờ khai"]),
        ((), (TO_BRING.id,), []),
        ((FAR,), (TO_BRING.id,), ["Giấy ủy quyền"]),
        ((FAR,), (), ["Tờ khai", "Giấy ủy quyền"]),
        ((FAR,), (TO_BRING.id, BY_PROXY.id), []),
        ((MANY,), (TO_BRING.id,), []),
        ((), (uuid4(),), ["Tờ khai"]),  # a paper of another list is not this one
    ],
)
def test_missing_papers_in_the_order_of_the_list(whens: tuple[str, ...], handed_in: tuple, missing: list[str]) -> None:
    assert missing_papers((TO_BRING, IF_ANY, BY_PROXY), whens, handed_in) == missing


@given(days=st.integers(0, 60), minute=st.integers(0, 60 * 24 * 90))
def test_the_promise_is_never_before_the_receipt(days: int, minute: int) -> None:
    at = datetime.fromtimestamp(june(2, 0).timestamp() + minute * 60, VIETNAM)
    for unit in Unit:
        found = promised(Offer((LimitLine(days, unit.value),), cut_off=time(15)), at=at)
        assert found.due_at >= at
