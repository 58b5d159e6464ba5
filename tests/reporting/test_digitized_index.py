"""Indicators 4.1 to 4.3: results with a copy, dossiers digitized, papers used again; by hand, and kept by the day."""

import hashlib
import random
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.config.journey import JOURNEY
from motcua.config.record_checks import counters
from motcua.config.touching import TOUCHING
from motcua.core.record.findings import Findings
from motcua.documents.models import IssuedPaper, Paper, PaperUse, StoredFile
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.states import State
from motcua.people.models import Agency
from motcua.reporting.digitization import digitization
from motcua.reporting.indicators.by_receipt import days as digitized_days
from motcua.reporting.indicators.by_receipt.days import WHAT, touch_day
from motcua.reporting.indicators.five_groups import five_groups
from motcua.reporting.indicators.keeping import forget_all
from motcua.reporting.indicators.measures import SETS, Scope, count_of, members_of
from motcua.reporting.indicators.proving import differences
from motcua.reporting.models import Kept
from motcua.reporting.rules.periods import Period, days
from motcua.reporting.which import Kind, Which
from motcua.result.collection import attach_copy
from motcua.result.digitizing import except_copy
from motcua.result.models import DigitizingException, Result
from motcua.routing.actions.detours import reopen
from tests.cast import MONDAY, Cast, minutes_later
from tests.documents.papers.sent import part, pdf
from tests.reporting.small_year import at, laid_down, pattern, scope_of_ward
from tests.result.test_collection import LATER, SHOWS, attached
from tests.result.test_return import finished

pytestmark = pytest.mark.django_db
NEW = ("electronic_results", "digitized_dossiers", "reused_papers")
CODES = ("4.1", "4.2", "4.3")
TODAY = timezone.localdate()
QUARTER = days(TODAY - timedelta(days=90), TODAY)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def like(cast: Cast) -> Dossier:
    return pattern(cast)


def ago(number: int, hour: int = 9) -> datetime:
    return timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0) - timedelta(days=number)


def stored(text: str) -> StoredFile:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": 1, "pages": 1, "place": sha256, "stored_at": at(1)}
    )[0]


def result_of(cast: Cast, life: Dossier, when: datetime, **columns: object) -> Result:
    number = Result.objects.filter(dossier=life).count() + 1
    return Result.objects.create(
        dossier=life, code=f"{life.code}-KQ{number}", name="Giấy khai sinh", approved_by_id=cast.leader.id,
        approved_at=when, **columns,
    )  # fmt: skip


def copy_of(cast: Cast, result: Result, when: datetime, *, kind: str = "scanned", **columns: object) -> IssuedPaper:
    text = str(columns.pop("text", uuid4()))
    return IssuedPaper.objects.create(
        dossier_id=result.dossier_id, about_id=result.id, kind=kind, issued_on=localdate(when), stored=stored(text),
        name="Giấy khai sinh", kept_at=when, kept_by_id=cast.records_clerk.id, **columns,
    )  # fmt: skip


def granted(cast: Cast, life: Dossier, when: datetime, *, kind: str = "") -> Result:
    """Its result, and where a kind is said the copy of it."""
    result = result_of(cast, life, when)
    if kind:
        copy_of(cast, result, when, kind=kind)
    return result


def paper(text: str = "", *, owner: UUID | None = None) -> Paper:
    return Paper.objects.create(
        name="Giấy chứng sinh", stored=stored(text or str(uuid4())), created_at=at(1), citizen_id=owner or uuid4()
    )


def handed_in(life: Dossier, one: Paper, when: datetime, *, taken: datetime | None = None) -> None:
    """With the filing at that moment, and carried over to its dossier when the desk took it in."""
    for moment, of in ((when, {"submission_id": life.submission_id}), (taken or when, {"dossier_id": life.pk})):
        PaperUse.objects.create(paper=one, stored_id=one.stored_id, name=one.name, called="", used_at=moment, **of)


def parts(scope: Scope, formula: str) -> dict[str, str]:
    return {member.code: member.part for member in members_of(SETS[formula], scope.values())}


def figures(scope: Scope) -> dict[str, tuple[int, int]]:
    found = five_groups(scope)
    assert found is not None
    rows = {row.indicator.code: row.count for group in found.groups for row in group.rows}
    counts = {code: rows[code] for code in CODES}
    return {code: (count.numerator, count.denominator) for code, count in counts.items() if count is not None}


def quarter(cast: Cast, asked: Period = QUARTER) -> Scope:
    return Scope((cast.leader.agency_id,), asked, timezone.now())


def same_as_listed(scope: Scope) -> None:
    for formula in NEW:
        count, listed = count_of(SETS[formula], scope.values()), members_of(SETS[formula], scope.values())
        assert len({one.id for one in listed}) == len(listed) == count.denominator
        for one in count.parts:
            assert one.count == sum((row.part, row.counted) == (one.part, one.counted) for row in listed)
            assert len(members_of(SETS[formula], scope.values(), part=one.part)) == one.count


def test_a_month_of_eleven_dossiers_by_hand(cast: Cast, like: Dossier):
    def came(code: str, done: bool = True, **columns: object) -> Dossier:
        return laid_down(like, code, at(2), at(9), at(5) if done else None, **columns)

    whole, scanned = came("WHOLE", channel="online"), came("SCANNED")
    granted(cast, whole, at(5), kind="electronic")
    handed_in(whole, paper(), at(2))
    granted(cast, scanned, at(5), kind="scanned")
    granted(cast, came("BARE"), at(5))
    excepted, older_kind = came("EXCEPTED", channel="online"), came("UNSAID")
    said = {"reason": "nothing_on_paper", "evidence": "Chỉ ghi vào sổ", "by": cast.records_clerk, "at": at(6)}
    granted(cast, excepted, at(5))
    except_copy(excepted.pk, **said)
    handed_in(excepted, paper(), at(2))
    copy_of(cast, result_of(cast, older_kind, at(5)), at(5), kind="")
    refused = came("REFUSED", outcome="rejected", channel="online")
    copy_of(cast, result_of(cast, refused, at(5), refusal_number=1, reason="Sai", legal_basis="Luật"), at(5))
    handed_in(refused, paper(), at(2))
    again = came("AGAIN", done=False)
    copy_of(cast, result_of(cast, again, at(5), superseded_at=at(8)), at(5), replaced_at=at(8))
    handed_in(came("GONE", outcome="withdrawn", state=State.WITHDRAWN, channel="online"), paper(), at(2))
    came("STOPPED", outcome="discontinued", state=State.DISCONTINUED)
    granted(cast, came("PART", standing=Standing.PART), at(5), kind="electronic")
    elsewhere = Agency.objects.exclude(pk=cast.leader.agency_id)[0]
    granted(cast, came("OTHERS", agency_id=elsewhere.pk), at(5), kind="electronic")

    scope = scope_of_ward(cast)
    assert parts(scope, "electronic_results") == {
        "WHOLE": "electronic", "SCANNED": "scanned", "UNSAID": "copied", "BARE": "no_copy", "EXCEPTED": "excepted",
    }  # fmt: skip
    assert parts(scope, "digitized_dossiers") == {
        "WHOLE": "digitized", "REFUSED": "digitized", "SCANNED": "copy_only", "UNSAID": "copy_only",
        "BARE": "on_paper", "EXCEPTED": "papers_only", "AGAIN": "undecided", "GONE": "no_result",
        "STOPPED": "no_result",
    }  # fmt: skip
    assert set(parts(scope, "reused_papers").values()) == {"first_use", "no_scans"}
    assert figures(scope) == {"4.1": (3, 5), "4.2": (2, 9), "4.3": (0, 9)}
    assert figures(scope) == {"4.1": (3, 5), "4.2": (2, 9), "4.3": (0, 9)}, "from what was kept"
    same_as_listed(scope)


def test_nothing_to_count_is_no_rate(cast: Cast, like: Dossier):
    laid_down(like, "OPEN", at(2), at(9))
    assert figures(scope_of_ward(cast)) == {"4.1": (0, 0), "4.2": (0, 1), "4.3": (0, 1)}
    empty = five_groups(scope_of_ward(cast, days(date(2026, 2, 1), date(2026, 2, 28))))
    assert empty is not None
    rows = {row.indicator.code: row for group in empty.groups for row in group.rows}
    for code in CODES:
        assert rows[code].count is not None
        assert rows[code].score is not None
        assert rows[code].score.rate is None


def test_a_paper_is_used_again_when_it_was_first_handed_in_with_another_filing(cast: Cast, like: Dossier):
    first, second, later = (
        laid_down(like, code, at(4), at(9), channel="online") for code in ("FIRST", "SECOND", "NEW")
    )
    birth = paper(owner=uuid4())
    handed_in(first, birth, at(2), taken=at(5))
    handed_in(second, birth, at(3), taken=at(4))
    handed_in(later, paper(), at(4))
    assert parts(scope_of_ward(cast), "reused_papers") == {
        "FIRST": "first_use", "SECOND": "reused", "NEW": "first_use",
    }  # fmt: skip
    assert figures(scope_of_ward(cast))["4.3"] == (1, 3)


def test_a_paper_with_pages_added_since_is_another_one(cast: Cast, like: Dossier):
    first, second = (laid_down(like, code, at(4), at(9), channel="online") for code in ("FIRST", "LONGER"))
    birth = paper()
    handed_in(first, birth, at(2))
    birth.stored = stored("with two more pages")
    birth.save()
    handed_in(second, birth, at(3))
    assert parts(scope_of_ward(cast), "reused_papers") == {"FIRST": "first_use", "LONGER": "first_use"}


def test_a_filing_that_was_refused_handed_its_papers_in_too(cast: Cast, like: Dossier):
    birth, filed = paper(), laid_down(like, "SECOND", at(4), at(9), channel="online")
    PaperUse.objects.create(
        paper=birth, stored_id=birth.stored_id, name=birth.name, called="", used_at=at(2), submission_id=uuid4()
    )
    handed_in(filed, birth, at(4))
    assert parts(scope_of_ward(cast), "reused_papers") == {"SECOND": "reused"}


def test_the_copy_of_a_result_handed_in_as_a_paper_is_used_again(cast: Cast, like: Dossier):
    issuing = laid_down(like, "ISSUED", at(2), at(9), at(5))
    copy_of(cast, result_of(cast, issuing, at(5)), at(5), text="a certificate")
    for code, when in (("BEFORE", at(4)), ("AFTER", at(6))):
        handed_in(laid_down(like, code, when, at(9), channel="online"), paper("a certificate"), when)
    assert parts(scope_of_ward(cast), "reused_papers") == {
        "ISSUED": "no_scans", "BEFORE": "first_use", "AFTER": "from_result",
    }  # fmt: skip


def test_the_granted_with_a_copy_are_those_of_the_report_on_digitizing(cast: Cast):
    """Dossiers worked through by real acts: the same figure on both pages where they came and ended in the period."""
    with_copy, without, excepted = finished(cast), finished(cast), finished(cast)
    attached(cast, with_copy)
    said = {"reason": "nothing_on_paper", "evidence": "Chỉ ghi vào sổ", "by": cast.records_clerk, "at": LATER}
    except_copy(excepted, **said)
    month = days(localdate(MONDAY), localdate(MONDAY) + timedelta(days=20))
    now = MONDAY + timedelta(days=30)
    base = Which(Kind.SETTLED, cast.leader.agency_id, month.until, month.first)
    report = digitization([cast.leader.agency_id], base, last=month.last, now=now)
    scope = Scope((cast.leader.agency_id,), month, now)
    assert (report.results.numerator, report.results.denominator) == figures(scope)["4.1"] == (1, 3)
    listed = {member.id: member.part for member in members_of(SETS["electronic_results"], scope.values())}
    assert listed == {with_copy: "electronic", without: "no_copy", excepted: "excepted"}


def test_every_act_that_touches_papers_result_or_end_touches_the_day():
    tables = {"documents_paperuse", "documents_issuedpaper", "result_result", "result_digitizingexception"}
    touching = {kind for kind, touched in TOUCHING.items() if kind.startswith("dossier.") and touched & tables}
    ends = {f"dossier.{name}" for name in ("finished", "rejected", "withdrawn", "discontinued", "reopened")}
    for kind in (touching | ends) - {"dossier.received"}:
        assert touch_day in JOURNEY.get(kind, ()), kind


def lives(cast: Cast, like: Dossier) -> list[Dossier]:
    """Forty dossiers of ninety days, the result of most with its copy, papers with some, some used again."""
    chance, birth = random.Random(42), paper()
    found = []
    for number in range(40):
        came = ago(chance.randrange(1, 85))
        done = chance.choice([None, came + timedelta(hours=5), came + timedelta(hours=9)])
        life = laid_down(
            like, f"M{number:02}", came, came + timedelta(days=4), done, channel=chance.choice(["online", "counter"]),
            standing=chance.choice(["single", "single", "lead", "part"]),
        )  # fmt: skip
        if done:
            granted(cast, life, done, kind=chance.choice(["", "scanned", "electronic"]))
        if chance.random() < 0.5:
            handed_in(life, chance.choice([birth, paper()]), came)
        found.append(life)
    return found


@pytest.mark.parametrize("asked", [QUARTER, days(TODAY - timedelta(days=60), TODAY - timedelta(days=20))])
def test_a_figure_is_as_long_as_its_list_the_first_time_and_from_what_was_kept(
    cast: Cast, like: Dossier, asked: Period
):
    lives(cast, like)
    scope = quarter(cast, asked)
    first = figures(scope)
    assert Kept.objects.filter(what=WHAT, counted=True).exists()
    assert figures(scope) == first
    assert min(first["4.1"][1], first["4.2"][0], first["4.3"][0]) > 0
    same_as_listed(scope)
    assert list(differences([cast.leader.agency_id])) == []
    forget_all(None)
    assert figures(scope) == first


def test_what_is_scanned_later_counts_for_the_day_it_came_and_only_that_day_is_read_again(
    cast: Cast, like: Dossier, monkeypatch
):
    early, other = (
        laid_down(like, code, ago(number), ago(1), ago(number, 11)) for code, number in (("A", 40), ("B", 30))
    )
    for life in (early, other):
        result_of(cast, life, ago(20))
    assert figures(quarter(cast)) == {"4.1": (0, 2), "4.2": (0, 2), "4.3": (0, 2)}
    read: list[tuple[date, date]] = []
    kept = digitized_days._read

    def watched(agency, first, until, turn, touched):
        read.append((first, until))
        return kept(agency, first, until, turn, touched)

    monkeypatch.setattr(digitized_days, "_read", watched)
    figures(quarter(cast))
    assert read == []
    attach_copy(early.pk, [part(pdf(), "a.pdf")], shows=SHOWS, by=cast.records_clerk, at=timezone.now())
    assert figures(quarter(cast))["4.1"] == (1, 2)
    came = localdate(early.received_at)
    assert read == [(came, came + timedelta(days=1))]
    assert figures(quarter(cast))["4.1"] == (1, 2)
    assert len(read) == 1
    said = {"reason": "nothing_on_paper", "evidence": "Chỉ ghi vào sổ", "by": cast.records_clerk, "at": timezone.now()}
    except_copy(other.pk, **said)
    assert parts(quarter(cast), "electronic_results") == {"A": "electronic", "B": "excepted"}
    count = count_of(SETS["electronic_results"], quarter(cast).values())
    assert {one.part: one.count for one in count.parts} == {"electronic": 1, "excepted": 1}
    assert DigitizingException.objects.count() == 1


def test_what_is_reopened_is_neither_granted_nor_digitized(cast: Cast):
    """A dossier worked through by real acts, told to have come long ago, so that its day is kept."""
    dossier_id = finished(cast)
    attached(cast, dossier_id)
    Dossier.objects.filter(pk=dossier_id).update(received_at=ago(40))
    assert figures(quarter(cast))["4.1"] == (1, 1)
    assert Kept.objects.filter(what=WHAT, part="electronic:copy_only:no_scans:").exists()
    reopen(dossier_id, reason="Sai họ tên", by=cast.leader, at=minutes_later(LATER, 5))
    assert figures(quarter(cast))["4.1"] == (0, 0)
    assert [*parts(quarter(cast), "digitized_dossiers").values()] == ["undecided"]
    same_as_listed(quarter(cast))


def test_nobody_keeps_what_he_read_before_a_dossier_of_the_day_was_touched(cast: Cast, like: Dossier, monkeypatch):
    life = laid_down(like, "A", ago(40), ago(1), ago(39))
    result_of(cast, life, ago(39))
    fetch = digitized_days.fetch_planned

    def meanwhile(sql, values):
        rows = fetch(sql, values)
        attach_copy(life.pk, [part(pdf(), "a.pdf")], shows=SHOWS, by=cast.records_clerk, at=timezone.now())
        monkeypatch.setattr(digitized_days, "fetch_planned", fetch)
        return rows

    monkeypatch.setattr(digitized_days, "fetch_planned", meanwhile)
    assert figures(quarter(cast))["4.1"] == (0, 1), "as it was when he read"
    assert figures(quarter(cast))["4.1"] == (1, 1)


def test_a_kept_figure_that_somebody_made_look_better_is_named(cast: Cast, like: Dossier):
    life = laid_down(like, "A", ago(40), ago(1), ago(39))
    result_of(cast, life, ago(39))
    figures(quarter(cast))
    Kept.objects.filter(what=WHAT, part="no_copy:on_paper:no_scans:").update(part="scanned:copy_only:no_scans:")
    assert figures(quarter(cast))["4.1"] == (1, 1)
    named = list(differences([cast.leader.agency_id]))
    assert {(row.split(f"{WHAT}=")[1], kept, anew) for row, kept, anew in named} == {
        ("no_copy:on_paper:no_scans:", None, 1), ("scanned:copy_only:no_scans:", 1, None),
    }  # fmt: skip
    found = Findings()
    counters(found)
    assert {one.table for one in found.named} >= {"reporting_kept"}


def test_a_receipt_of_today_is_not_kept(cast: Cast, like: Dossier):
    laid_down(like, "NOW", timezone.now() - timedelta(seconds=1), timezone.now() + timedelta(days=3))
    assert figures(quarter(cast))["4.2"] == (0, 1)
    assert not Kept.objects.filter(what=WHAT, first=TODAY).exists()
    laid_down(like, "NEXT", timezone.now(), timezone.now() + timedelta(days=3))
    assert figures(quarter(cast))["4.2"] == (0, 2)
