"""The printed figure beside the computed one: they agree to the letter, when rounded, or not; nothing is invented."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from motcua.feedback.models import Rating, Reception, ReceptionPlan
from motcua.people.models import Agency
from motcua.reporting.management.press_telling import Compared, compared, reason, told
from motcua.reporting.models import Counted, DayCount, MonthCount
from motcua.reporting.press.claims import Answer, Claim, Reading, Verdict, claims_of, judged, share_of
from motcua.reporting.press.computing import QUERIES, answer_of, queries
from tests.architecture.sources import PRODUCT, name_of, python_files, text_of
from tests.cast import MONDAY
from tests.reporting.made_up import PLAIN
from tests.reporting.small_year import laid_down, pattern

PRESS = settings.MOTCUA_DATA / "press.yaml"
CLAIM = Claim("002", "Tân Thạnh", "Phường Thử", date(2023, 1, 1), date(2023, 12, 31), "hồ sơ", "9", "received")


def test_every_claim_names_a_query_that_exists_or_says_why_not():
    claims = claims_of(yaml.safe_load(PRESS.read_text(encoding="utf-8")))
    assert {claim.seed for claim in claims} == {"000", "001", "002", "003", "004"}
    assert {claim.query for claim in claims if claim.query} <= set(queries())
    assert all(claim.printed and claim.words and claim.agency for claim in claims)
    assert {claim.query for claim in claims} >= set(queries()), "a query that no claim asks for"
    assert all(claim.why_not for claim in claims if not claim.query)


def test_every_figure_of_the_reports_is_on_the_list():
    printed = " ".join(claim.printed for claim in claims_of(yaml.safe_load(PRESS.read_text(encoding="utf-8"))))
    for figure in (
        "gần 13.000", "169", "32/169", "4/169", "608", "42.503", "0,58%", "5.880", "4.311", "4.300", "99,74%", "308",
        "2.856", "99%", "2.500", "125", "10%", "157", "9/9", "13", "46", "50", "20%",
    ):  # fmt: skip
        assert figure in printed, figure


@pytest.mark.parametrize(
    ("reading", "value", "computed", "verdict"),
    [
        (Reading.EXACT, "9", 9, Verdict.AGREES),
        (Reading.EXACT, "9", 10, Verdict.DIFFERS),
        (Reading.EXACT, "0", 0, Verdict.AGREES),
        (Reading.ROUNDED, "99.74", Fraction(430000, 4311), Verdict.AGREES_ROUNDED),
        (Reading.ROUNDED, "99.75", Fraction(430000, 4311), Verdict.DIFFERS),
        (Reading.ROUNDED, "0.58", Fraction(24700, 42503), Verdict.AGREES_ROUNDED),
        (Reading.ROUNDED, "10", Fraction(1100, 114), Verdict.AGREES_ROUNDED),
        (Reading.ROUNDED, "10", Fraction(900, 100), Verdict.DIFFERS),
        (Reading.ALMOST, "13000", 12_986, Verdict.AGREES_ROUNDED),
        (Reading.ALMOST, "13000", 13_001, Verdict.DIFFERS),
        (Reading.ALMOST, "13000", 12_000, Verdict.DIFFERS),
        (Reading.AT_LEAST, "20", 20, Verdict.AGREES),
        (Reading.AT_LEAST, "20", Fraction(61, 3), Verdict.AGREES_ROUNDED),
        (Reading.AT_LEAST, "20", Fraction(59, 3), Verdict.DIFFERS),
        (Reading.MOST, "0", 51, Verdict.AGREES_ROUNDED),
        (Reading.MOST, "0", 50, Verdict.DIFFERS),
    ],
)
def test_how_a_printed_figure_is_read(reading, value, computed, verdict):
    number = Decimal(value)
    claim = replace(CLAIM, reading=reading, value=number, decimals=max(0, -int(number.as_tuple().exponent)))
    assert judged(claim, Answer(Fraction(computed))) is verdict


def test_without_figures_nothing_is_said_to_agree():
    assert judged(CLAIM, None) is Verdict.WITHOUT
    assert judged(replace(CLAIM, query="", why_not="chưa có"), None) is Verdict.NOT_YET
    assert share_of(3, 0) is None


def test_a_claim_has_a_query_or_a_reason():
    place = {"seed": "9", "place": "x", "agency": "y", "first": date(2023, 1, 1), "last": date(2023, 2, 1)}
    for row in ({"words": "a", "printed": "1"}, {"words": "a", "printed": "1", "query": "received", "why_not": "b"}):
        with pytest.raises(ValueError, match="query or why_not"):
            claims_of({"places": [{**place, "claims": [row]}]})


def lived(agency: UUID, day: date, ended: date | None, timing: str, number: int, **how: str) -> None:
    """So many dossiers received on this day that ended on that day, with the dossiers behind the counts."""
    base = {**PLAIN, "agency_id": agency, "procedure_id": UUID(int=1), **how}
    dossiers = [uuid4() for _each in range(number)]
    _counted(base | {"day": day, "measure": "received"}, dossiers)
    if ended:
        _counted(base | {"day": ended, "measure": "ended", "timing": timing, "outcome": "resolved"}, dossiers)


def _counted(what: dict, dossiers: Iterable[UUID]) -> None:
    known = list(dossiers)
    row = DayCount.objects.create(count=len(known), **what)
    month = {name: value for name, value in what.items() if name not in ("day", "procedure_id")}
    MonthCount.objects.create(month=what["day"].replace(day=1), count=len(known), **month)
    Counted.objects.bulk_create(Counted(daycount_id=row.pk, event_id=uuid4(), dossier_id=one, sign=1) for one in known)


@pytest.fixture
def office(db) -> UUID:
    return Agency.objects.create(
        name="Ủy ban nhân dân Phường Thử", short_name="Phường Thử", kind="peoples_committee", level="commune",
        valid_from=date(2006, 1, 1), valid_to=date(2025, 6, 30),
    ).pk  # fmt: skip


@pytest.fixture
def year(office: UUID) -> UUID:
    """9 online (1 late, 4 of the portal), 8 at the counter (5 the same day, 1 not ended), 2 bundles, 3 parts."""
    thursday, monday, next_year = date(2023, 3, 2), date(2023, 3, 6), date(2024, 1, 9)
    lived(office, monday, monday + timedelta(days=2), "early", 4, channel="online", filed_by="self", source="portal")
    lived(office, monday, next_year, "on_time", 4, channel="online", filed_by="helped", level="partial")
    lived(office, monday, monday + timedelta(days=9), "late", 1, channel="online", filed_by="self", sector="dat-dai")
    lived(office, thursday, thursday, "early", 5)
    lived(office, thursday, monday, "on_time", 2, sector="dat-dai")
    lived(office, monday, None, "", 1, sector="thue")
    lived(office, thursday, monday, "early", 2, standing="lead")
    lived(office, thursday, monday, "early", 3, standing="part")
    lived(office, date(2022, 12, 30), monday, "late", 7, sector="before")
    lived(office, date(2022, 5, 3), date(2022, 5, 4), "early", 2, channel="online", level="partial")
    return office


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("received", 19), ("received_online", 9), ("received_online_share", Fraction(900, 19)),
        ("received_level_3", 4), ("received_level_3_growth", 100), ("received_portal", 4), ("bundles", 2),
        ("settled", 18), ("late", 1), ("same_day_share", Fraction(500, 19)), ("online_in_time", 8),
        ("online_in_time_share", Fraction(800, 9)), ("portal_in_time_share", 100), ("late_with_letter_share", 0),
        ("late_listed_share", 0),
        ("not_online_outside_thursday", 1), ("procedures", 0), ("procedures_level_3", 0), ("procedures_level_4", 0),
        ("under_posted_share", 0),
    ],
)  # fmt: skip
def test_what_each_query_counts(year, query, value):
    answer = answer_of(replace(CLAIM, query=query))
    assert answer is not None
    assert answer.value == value


def test_an_office_without_figures_in_the_period_has_no_answer(year):
    assert answer_of(replace(CLAIM, first=date(2015, 1, 1), last=date(2015, 12, 31))) is None
    assert answer_of(replace(CLAIM, agency="Phường Không Có")) is None


def test_an_end_taken_back_is_no_end(year):
    row = DayCount.objects.get(measure="ended", timing="late", sector="dat-dai")
    behind = Counted.objects.get(daycount_id=row.pk)
    back = DayCount.objects.create(
        day=row.day, count=1, measure="reopened",
        **{name: getattr(row, name) for name in (*PLAIN, "agency_id", "procedure_id") if name != "measure"},
    )  # fmt: skip
    Counted.objects.create(daycount_id=back.pk, event_id=uuid4(), dossier_id=behind.dossier_id, sign=-1)
    assert answer_of(replace(CLAIM, query="late")).value == 0
    assert answer_of(replace(CLAIM, query="settled")).value == 17


def test_published_procedures_of_an_office_by_their_level(cast):
    agency = Agency.objects.get(pk=cast.leader.agency_id)
    from_day = date(2026, 11, 23)
    claim = replace(CLAIM, agency=agency.short_name, first=from_day, last=from_day)
    DayCount.objects.create(
        **PLAIN, agency_id=agency.pk, procedure_id=UUID(int=1), day=from_day, measure="received", count=3
    )
    answers = {name: answer_of(replace(claim, query=name)).value for name in QUERIES if name.startswith("procedures")}
    assert answers["procedures"] == agency.postings.filter(valid_to=None).count() > 10
    assert answers["procedures_level_2_share"] == 100
    assert answers["procedures_level_3"] + answers["procedures_level_4"] <= answers["procedures"]


def test_who_was_content_is_told_of_all_who_rated_in_the_period(cast):
    """Whoever missed one thing but was content as a whole counts as content."""
    like, at = pattern(cast), MONDAY + timedelta(days=1)
    for number, (degree, later) in enumerate((("very", 1), ("fairly", 2), ("not", 3), ("not", 400))):
        rated_at = at + timedelta(days=later)
        Rating.objects.create(
            dossier=laid_down(like, f"R{number}", at, at, at), agency_id=like.agency_id, scale="tt32-2017",
            answers={"overall": degree, "time": "not"}, is_bad=True, way="link", rated_at=rated_at,
            month=rated_at.date().replace(day=1),
        )  # fmt: skip
    DayCount.objects.create(
        **PLAIN, agency_id=like.agency_id, procedure_id=UUID(int=1), day=at.date(), measure="received", count=4
    )
    place = {"agency": like.agency.short_name, "first": at.date(), "last": at.date() + timedelta(days=30)}
    answer = answer_of(replace(CLAIM, query="satisfied_share", **place))
    assert answer is not None
    assert (answer.numerator, answer.denominator) == (2, 3)


def test_the_wednesdays_on_which_the_head_received_of_those_the_office_worked(cast):
    """Four of five: on one another stood in; a deputy's reception and one on a Thursday count for nothing."""
    agency, clerk = Agency.objects.get(pk=cast.leader.agency_id), cast.records_clerk.id
    days = {"first": date(2026, 4, 1), "last": date(2026, 4, 30)}
    DayCount.objects.create(
        **PLAIN, agency_id=agency.pk, procedure_id=UUID(int=1), day=days["first"], measure="received", count=1
    )
    head, deputy = (
        ReceptionPlan.objects.create(agency=agency, receiver=name, is_head=is_head, weekdays=[3], part="morning",
                                     place="Phòng 1", valid_from=days["first"])
        for name, is_head in (("Chủ tịch", True), ("Phó Chủ tịch", False))
    )  # fmt: skip
    for plan, day, outcome in (
        (head, 1, "in_person"), (head, 8, "in_person"), (head, 15, "in_person"), (head, 22, "by_another"),
        (deputy, 22, "in_person"), (head, 29, "in_person"), (head, 30, "in_person"),
    ):  # fmt: skip
        Reception.objects.create(
            plan=plan,
            day=date(2026, 4, day),
            outcome=outcome,
            received_by="Ông A",
            entered_by_id=clerk,
            entered_at=MONDAY,
        )
    claim = replace(CLAIM, agency=agency.short_name, query="wednesdays_received_share", **days)
    answer = answer_of(claim)
    assert answer is not None
    assert (answer.numerator, answer.denominator) == (4, 5)
    DayCount.objects.update(day=date(2012, 4, 2))
    Agency.objects.filter(pk=agency.pk).update(valid_from=date(2010, 1, 1))
    assert answer_of(replace(claim, first=date(2012, 4, 1), last=date(2012, 4, 30))) is None, "a year nobody loaded"


def test_why_the_two_are_not_the_same_to_the_letter():
    share = share_of(4300, 4311)
    claim = replace(CLAIM, printed="99,74%", reading=Reading.ROUNDED, value=Decimal("99.74"), decimals=2)
    row = Compared(claim, share, judged(claim, share))
    assert reason(row) == "báo làm tròn: 99,7448 thành 99,74"
    text = "\n".join(told([row]))
    assert "báo in: 99,74%" in text
    assert "99,7448% (4.300/4.311)" in text
    differs = Compared(replace(CLAIM, value=Decimal(9)), Answer(Fraction(12)), Verdict.DIFFERS)
    assert reason(differs) == "lệch 3"
    assert "KHÁC" in "\n".join(told([differs]))


@pytest.mark.django_db
def test_before_the_places_are_there_it_says_so_and_is_no_fault(capsys):
    rows = compared(PRESS)
    assert {row.verdict for row in rows} == {Verdict.WITHOUT}
    call_command("press")
    said = capsys.readouterr().out
    assert "motcua demo --place all" in said
    assert "0 con số khớp, 0 khác" in said


def test_one_figure_that_differs_is_a_fault(year, settings, tmp_path: Path, capsys):
    settings.MOTCUA_DATA = tmp_path
    claims = [{"words": "Hồ sơ", "printed": "19", "query": "received", "value": 19}]
    days = {"first": date(2023, 1, 1), "last": date(2023, 12, 31)}
    place = {"seed": "9", "place": "Nơi thử", "agency": "Phường Thử", **days, "claims": claims}
    (tmp_path / "press.yaml").write_text(yaml.safe_dump({"places": [place]}, allow_unicode=True), encoding="utf-8")
    call_command("press")
    assert "1 con số khớp, 0 khác" in capsys.readouterr().out
    claims[0] |= {"printed": "20", "value": 20}
    (tmp_path / "press.yaml").write_text(yaml.safe_dump({"places": [place]}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(CommandError, match="KHÁC"):
        call_command("press")
    assert "lệch -1" in capsys.readouterr().out


def test_no_statistic_reads_the_printed_figures():
    readers = {name_of(path) for path in python_files(PRODUCT) if "press.yaml" in text_of(path)}
    assert readers == {
        "src/motcua/reporting/press/claims.py", "src/motcua/reporting/press/computing.py",
        "src/motcua/reporting/press/__init__.py", "src/motcua/reporting/management/commands/press.py",
    }  # fmt: skip
