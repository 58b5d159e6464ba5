"""The service index of a small office, worked out by hand; every figure equals its list."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from motcua.catalogue.models import Component, Posting, Procedure, ProcedureVersion, TimeLimit
from motcua.dossiers.models import Dossier, FiledBy, Standing
from motcua.intake.models import SupplementRequest
from motcua.reporting.indicators.five_groups import FiveGroups, five_groups, values_of
from motcua.reporting.indicators.measures import SETS, count_of, members_of
from motcua.reporting.indicators.publications import published_in_time
from motcua.reporting.indicators.table import table_on
from motcua.reporting.rules.periods import days
from motcua.worktime.queries import calendar_for
from tests.cast import BIRTH, LAND, Cast
from tests.reporting.small_year import NOVEMBER, at, entry, laid_down, pattern, scope_of_ward


def index_of(cast: Cast, **asked) -> FiveGroups:
    found = five_groups(scope_of_ward(cast, **asked))
    assert found is not None
    return found


def figures(index: FiveGroups) -> dict[str, tuple[int, int]]:
    """Numerator and denominator of what is measured."""
    return {
        row.indicator.code: (row.count.numerator, row.count.denominator)
        for group in index.groups for row in group.rows if row.count is not None
    }  # fmt: skip


def parts(cast: Cast, formula: str, **asked) -> dict[str, str]:
    """The part each member stands in, by code."""
    scope = scope_of_ward(cast, **asked)
    values = values_of(scope, table_on(scope.last_day))
    return {member.code: member.part for member in members_of(SETS[formula], values)}


@pytest.fixture
def like(cast: Cast) -> Dossier:
    return pattern(cast)


def two_procedures(cast: Cast) -> None:
    """The ward posts only the birth registration (full online) and a land procedure (as the catalogue has it)."""
    Posting.objects.exclude(procedure__national_code__in=(BIRTH, LAND)).delete()


def test_an_office_of_six_dossiers_by_hand(cast: Cast, like: Dossier):
    two_procedures(cast)
    laid_down(like, "A", at(2), at(5), at(4), channel="online")
    laid_down(like, "B", at(2), at(5), at(5))
    laid_down(like, "C", at(3), at(6), at(9), channel="online", filed_by=FiledBy.HELPED)
    laid_down(like, "D", at(25), at(3, month=12))
    laid_down(like, "E", at(4), at(10), at(9))
    laid_down(like, "F", at(4), at(10), at(9), standing=Standing.PART)
    laid_down(like, "G", at(30, month=10), at(3), at(2), channel="online")
    index = index_of(cast)
    told = figures(index)
    assert told["2.1"] == (4, 5)
    assert told["3.3"] == (2, 5)
    assert told["3.2"] == (1, told["3.1"][0])
    assert told["1.1"] == (0, 0)
    scores = {row.indicator.code: row.score for group in index.groups for row in group.rows if row.score}
    assert (scores["2.1"].rate, scores["2.1"].points) == (Decimal("80.00"), Decimal("16.00"))
    assert (scores["3.3"].rate, scores["3.3"].points) == (Decimal("40.00"), Decimal("4.80"))
    assert scores["1.1"].points is None
    measured = [score for score in scores.values() if score.points is not None]
    assert index.total.points == sum(score.points for score in measured if score.points is not None)
    assert (told["4.1"], told["4.2"], told["4.3"]) == ((0, 4), (0, 5), (0, 5))
    assert index.total.measured == sum(score.most for score in measured) == 50
    assert index.total.at_most == index.total.points + 50
    assert index.worst.name == "Yếu"


def test_what_nothing_counts_here_is_said_and_not_invented(cast: Cast):
    rows = {row.indicator.code: row for group in index_of(cast).groups for row in group.rows}
    assert len(rows) == 21
    for code in ("1.2", "1.4", "3.5", "4.4", "4.5", "5.2", "5.3", "5.4"):
        assert rows[code].count is None
        assert rows[code].score is None
        assert rows[code].indicator.reason


def test_an_office_without_a_dossier_has_no_rate(cast: Cast):
    index = index_of(cast, asked=days(date(2026, 2, 1), date(2026, 2, 28)))
    rows = {row.indicator.code: row for group in index.groups for row in group.rows}
    assert figures(index)["2.1"] == (0, 0)
    assert rows["2.1"].score is not None
    assert rows["2.1"].score.points is None
    assert index.total.measured == 4 + 2 + 4 + 2


def test_before_the_decision_there_is_no_index(cast: Cast):
    assert five_groups(scope_of_ward(cast, asked=days(date(2021, 1, 1), date(2021, 12, 31)))) is None


def test_waiting_for_papers_is_judged_when_they_were_asked_for(cast: Cast, like: Dossier):
    waits = laid_down(like, "WAITS", at(2), at(10))
    entry(waits, 1, "paused", at(9), cause="papers")
    tardy = laid_down(like, "TARDY", at(2), at(10))
    entry(tardy, 1, "paused", at(11), cause="papers")
    came = laid_down(like, "CAME", at(2), at(20), at(19))
    entry(came, 1, "paused", at(9), cause="papers")
    entry(came, 2, "resumed", at(18))
    gone = laid_down(like, "GONE", at(2), at(10), at(24), outcome="withdrawn", state=7)
    entry(gone, 1, "paused", at(9), cause="papers")
    twice = laid_down(like, "TWICE", at(2), at(20), at(19))
    for position, mark, day in ((1, "paused", 4), (2, "resumed", 5), (3, "paused", 6), (4, "resumed", 7)):
        entry(twice, position, mark, at(day), cause="papers" if mark == "paused" else "")
    assert parts(cast, "in_time") == {
        "WAITS": "waiting_in_time", "TARDY": "open_late", "CAME": "ended_in_time", "GONE": "ended_in_time",
        "TWICE": "asked_twice",
    }  # fmt: skip
    assert SupplementRequest.objects.count() == 0


def test_money_waited_for_in_vain_is_time_that_runs(cast: Cast, like: Dossier):
    void = laid_down(like, "VOID", at(2), at(10))
    entry(void, 1, "paused", at(9), cause="money")
    entry(void, 2, "voided", at(20), void_from=at(9))
    other = laid_down(like, "OTHER", at(2), at(10))
    entry(other, 1, "paused", at(9), cause="money")
    entry(other, 2, "voided", at(20), void_from=at(9), void_to=at(10, 8))
    assert parts(cast, "in_time") == {"VOID": "open_late", "OTHER": "waiting_in_time"}


def test_a_period_is_told_as_it_stood_at_its_end(cast: Cast, like: Dossier):
    laid_down(like, "LATER", at(20), at(2, month=12), at(9, month=12))
    laid_down(like, "OVER", at(20), at(25), at(9, month=12))
    again = laid_down(like, "AGAIN", at(2), at(10), at(15, month=12))
    entry(again, 1, "settled", at(9))
    entry(again, 2, "reopened", at(8, month=12))
    assert parts(cast, "in_time") == {"LATER": "open_in_time", "OVER": "open_late", "AGAIN": "ended_in_time"}
    assert parts(cast, "in_time", now=at(24)) == {
        "LATER": "open_in_time", "OVER": "open_in_time", "AGAIN": "ended_in_time",
    }  # fmt: skip


def judged(life: Dossier, entries: list[tuple[str, datetime, str]], until: datetime) -> bool:
    """Indicator 2.1 told slowly, for one dossier."""
    known = [one for one in entries if one[1] < until]
    if sum(mark == "paused" and cause == "papers" for mark, _when, cause in known) > 1:
        return False
    end = until
    if life.finished_at is not None and life.finished_at < until:
        end = life.finished_at
    if known and known[-1][0] == "paused":
        end = min(end, known[-1][1])
    return end <= life.due_at


def test_two_hundred_chance_lives_are_judged_as_one_by_one(cast: Cast, like: Dossier):
    chance, told = random.Random(766), {}
    until = datetime.combine(NOVEMBER.until, datetime.min.time(), at(1).tzinfo)
    for number in range(200):
        came = at(1) + timedelta(hours=chance.randrange(600))
        due = came + timedelta(hours=chance.randrange(1, 500))
        moments = sorted(came + timedelta(hours=chance.randrange(1, 700)) for _ in range(chance.randrange(6)))
        entries = [
            ("resumed" if place % 2 else "paused", moment, "" if place % 2 else chance.choice(["papers", "money"]))
            for place, moment in enumerate(moments)
        ]
        done = (moments[-1] if moments else came) + timedelta(hours=chance.randrange(1, 300))
        life = laid_down(like, f"L{number:03}", came, due, chance.choice([None, done]))
        for place, (mark, when, cause) in enumerate(entries):
            entry(life, place + 1, mark, when, cause=cause)
        told[life.code] = judged(life, entries, until)
    values = scope_of_ward(cast).values()
    assert {one.code: one.counted for one in members_of(SETS["in_time"], values)} == told
    assert 20 < sum(told.values()) < 180


def test_online_tells_whose_hands_filed(cast: Cast, like: Dossier):
    for code, hands in (("SELF", FiledBy.SELF), ("HELPED", FiledBy.HELPED), ("TYPED", FiledBy.OFFICER)):
        laid_down(like, code, at(2), at(5), at(4), channel="online", filed_by=hands)
    laid_down(like, "DESK", at(2), at(5), at(4))
    assert parts(cast, "filed_online") == {
        "SELF": "online_self", "HELPED": "online_helped", "TYPED": "online_officer", "DESK": "counter",
    }  # fmt: skip


def test_what_a_posted_procedure_lacks_is_named(cast: Cast):
    two_procedures(cast)
    sector = Procedure.objects.first().sector
    assert parts(cast, "complete_parts") == {BIRTH: "complete", LAND: "complete"}
    bare = Procedure.objects.create(national_code="9.000001", name="Chưa có nội dung", sector=sector)
    Posting.objects.create(procedure=bare, agency_id=cast.leader.agency_id, valid_from=date(2026, 1, 1))
    thin = Procedure.objects.create(national_code="9.000002", name="Thiếu giấy tờ", sector=sector)
    version = ProcedureVersion.objects.create(
        procedure=thin, number=1, valid_from=date(2026, 1, 1), name="Thiếu giấy tờ", how_to=["Bước 1"],
        channels=["counter"], applicant_kinds=["citizen"],
    )  # fmt: skip
    TimeLimit.objects.create(version=version, position=1, number=1, unit="day")
    Component.objects.create(version=version, position=1, name="Đơn", originals=0, copies=0)
    ProcedureVersion.objects.filter(pk=version.pk).update(state="published", published_at=at(2))
    Posting.objects.create(procedure=thin, agency_id=cast.leader.agency_id, valid_from=date(2026, 1, 1))
    told = parts(cast, "complete_parts")
    assert (told["9.000001"], told["9.000002"]) == ("no_version", "no_numbers")
    assert figures(index_of(cast))["1.3"] == (2, 4)


def test_published_five_working_days_before_it_takes_effect(cast: Cast):
    calendar = calendar_for("VN")
    monday = at(2, 16)
    assert published_in_time(monday, date(2026, 11, 9), 5, calendar)
    assert not published_in_time(monday, date(2026, 11, 8), 5, calendar)
    assert not published_in_time(monday, date(2026, 11, 9), 20, calendar)


def test_a_procedure_published_late_once_is_late(cast: Cast, like: Dossier):
    sector = Procedure.objects.first().sector
    for code, effects in (("9.1", [date(2026, 11, 20)]), ("9.2", [date(2026, 11, 3), date(2027, 3, 1)])):
        procedure = Procedure.objects.create(national_code=code, name=code, sector=sector)
        for number, effect in enumerate(effects, start=1):
            ProcedureVersion.objects.create(
                procedure=procedure, number=number, valid_from=effect, name=code, state="published",
                valid_to=effect + timedelta(days=30), published_at=at(2), agency_id=cast.leader.agency_id,
            )  # fmt: skip
    assert parts(cast, "published_on_time") == {"9.1": "published_in_time", "9.2": "published_late"}
    assert figures(index_of(cast))["1.1"] == (1, 2)


def test_every_figure_is_as_long_as_its_list(cast: Cast, like: Dossier):
    """Numerator, rest and each part: as many members as the figure says, each of them once."""
    chance = random.Random(1)
    for number in range(60):
        came = at(1) + timedelta(hours=chance.randrange(700))
        laid_down(
            like, f"M{number:03}", came, came + timedelta(hours=chance.randrange(200)),
            chance.choice([None, came + timedelta(hours=chance.randrange(300))]),
            channel=chance.choice(["online", "counter", "post"]), filed_by=chance.choice(FiledBy.values),
            standing=chance.choice(Standing.values),
        )  # fmt: skip
    scope = scope_of_ward(cast)
    values = values_of(scope, table_on(scope.last_day))
    seen = 0
    for one in SETS.values():
        count = count_of(one, values)
        everything = members_of(one, values)
        assert len({member.id for member in everything}) == len(everything) == count.denominator
        assert len(members_of(one, values, side="counted")) == count.numerator
        assert len(members_of(one, values, side="rest")) == count.denominator - count.numerator
        for part in count.parts:
            side = "counted" if part.counted else "rest"
            assert len(members_of(one, values, side=side, part=part.part)) == part.count
        pages = [members_of(one, values, limit=7, offset=start) for start in range(0, count.denominator, 7)]
        assert [member for page in pages for member in page] == everything
        seen += count.denominator
    assert seen > 100
