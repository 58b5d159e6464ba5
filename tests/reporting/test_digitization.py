"""What is digitized, and what the log followed: the shares and the lists behind them."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from motcua.core.sql import execute
from motcua.dossiers.models import Dossier
from motcua.reporting.conditions import log_values
from motcua.reporting.digitization import Digitization, digitization
from motcua.reporting.lists import lines_of
from motcua.reporting.which import Kind, NoSuchList, Which
from motcua.result.collection import Shows, attach_copy
from motcua.result.digitizing import except_copy
from motcua.result.older.actions import digitize
from motcua.routing.actions.detours import reopen
from tests.cast import MONDAY, Cast, minutes_later
from tests.documents.papers.sent import part, pdf
from tests.journey.test_hot_pages import log_in
from tests.result.test_collection import LATER, attached
from tests.result.test_older import BIRTH_PAPER, LAND, listed
from tests.result.test_return import finished

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=30)
DAY = localdate(MONDAY)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def base(cast: Cast) -> Which:
    return Which(Kind.SETTLED, cast.leader.agency_id, DAY + timedelta(days=30), DAY - timedelta(days=30))


def told(cast: Cast) -> Digitization:
    return digitization([cast.leader.agency_id], base(cast), last=DAY + timedelta(days=29), now=NOW)


def of(figure) -> tuple[int, int]:
    return figure.numerator, figure.denominator


def behind(cast: Cast, **only) -> set[UUID]:
    return {line.id for line in lines_of(base(cast).but(outcome=("granted",), **only), now=NOW, limit=50)}


def test_a_result_is_digitized_when_a_copy_of_it_stands(cast: Cast):
    with_copy, without, excepted = finished(cast), finished(cast), finished(cast)
    attached(cast, with_copy)
    said = {"reason": "nothing_on_paper", "evidence": "Chỉ ghi vào sổ", "by": cast.records_clerk, "at": LATER}
    except_copy(excepted, **said)
    figures = told(cast)
    assert of(figures.results) == (1, 3), "a reason closes no gap"
    assert (figures.without.value, figures.excepted.value) == (2, 1)
    assert behind(cast, copy=("with",)) == {with_copy}
    assert behind(cast, copy=("without",)) == {without, excepted}
    assert behind(cast, copy=("excepted",)) == {excepted}
    reopen(with_copy, reason="Sai họ tên", by=cast.leader, at=minutes_later(LATER, 5))
    assert of(told(cast).results) == (0, 2), "what was reopened is neither settled nor digitized"


def test_an_earlier_end_taken_back_is_part_of_no_share(cast: Cast):
    """In a quiet month one result with a copy, and one of the month before reopened: all of it is digitized."""
    before = finished(cast)
    later = minutes_later(LATER, 60 * 24 * 7)
    reopen(before, reason="Sai họ tên", by=cast.leader, at=later)
    shows, at = Shows("scanned", localdate(later)), minutes_later(later, 60)
    attach_copy(finished(cast, at=later), [part(pdf(), "a.pdf")], shows=shows, by=cast.receiver, at=at)
    month = Which(Kind.SETTLED, cast.leader.agency_id, DAY + timedelta(days=30), DAY + timedelta(days=5))
    figures = digitization([cast.leader.agency_id], month, last=DAY + timedelta(days=29), now=NOW)
    assert (of(figures.results), figures.results.value, figures.without.value) == ((1, 1), 100, 0)
    assert figures.in_software.denominator == 1
    assert [line.net for line in lines_of(month.but(copy=("without",)), now=NOW, limit=9)] == []
    assert [line.id for line in lines_of(month, now=NOW, limit=9) if line.net < 0] == [before], "a list as before"


def test_what_is_settled_step_by_step_is_in_the_software(cast: Cast):
    one, two = finished(cast), finished(cast)
    execute("UPDATE people_account SET is_demo = TRUE")
    assert of(told(cast).in_software) == (2, 2)
    assert behind(cast, log=("in_turn",)) == {one, two}


def test_what_was_written_down_long_after_is_not(cast: Cast, settings):
    """In a real office the demo's excuse does not hold: these dossiers claim moments they were not written at."""
    dossier_id = finished(cast)
    assert log_values(DAY)["is_demo"]
    settings.MOTCUA_MODE = "production"
    execute("ALTER TABLE core_event DISABLE TRIGGER USER")
    execute("UPDATE core_event SET recorded_at = at + interval '1 minute' WHERE subject_id = %s", (dossier_id,))
    assert of(told(cast).in_software) == (1, 1)
    execute(
        "UPDATE core_event SET recorded_at = at + interval '2 days' "
        "WHERE subject_id = %s AND kind = 'dossier.approved'",
        (dossier_id,),
    )
    figures = told(cast)
    assert (of(figures.in_software), figures.outside.value) == ((0, 1), 1)


def test_a_step_without_an_event_of_its_own_is_not(cast: Cast):
    dossier_id = finished(cast)
    execute("UPDATE people_account SET is_demo = TRUE")
    execute(
        "UPDATE routing_step SET finished_at = finished_at + interval '7 seconds' "
        "WHERE dossier_id = %s AND position = 2",
        (dossier_id,),
    )
    assert of(told(cast).in_software) == (0, 1)
    assert behind(cast, log=("not_in_turn",)) == {dossier_id}


def test_the_older_results_are_those_valid_on_the_last_day(cast: Cast):
    older = listed(cast)
    listed(cast, LAND)
    assert of(told(cast).older) == (0, 2)
    digitize(older.id, [part(pdf(), "scan.pdf")], by=cast.records_clerk, at=MONDAY)
    assert of(told(cast).older) == (1, 2)
    assert BIRTH_PAPER.valid_until is None


def test_the_page_shows_the_shares_and_leads_to_the_dossiers(client, cast: Cast):
    dossier_id = finished(cast)
    page = log_in(client, "lanhdao").get(reverse("report-digitization") + f"?span=year&number=1&year={DAY.year}")
    assert page.status_code == 200
    code = Dossier.objects.get(pk=dossier_id).code
    assert code in client.get(page.context["told"].without.url).text
    assert "kết quả chưa số hóa" in client.get(page.context["told"].without.url).text


def test_an_address_with_another_word_names_no_list(rf):
    asked = rf.get("/", {"kind": "settled", "agency": str(UUID(int=1)), "until": "2026-12-01", "copy": "some"}).GET
    with pytest.raises(NoSuchList):
        Which.read(asked)


def test_every_figure_of_the_page_opens_its_list_and_the_copy_says_the_same(client, cast: Cast):
    one, _two = finished(cast), finished(cast)
    attached(cast, one)
    listed(cast)
    query = f"?span=year&number=1&year={DAY.year}"
    page = log_in(client, "lanhdao").get(reverse("report-digitization") + query)
    rows = page.context["told"].rows
    for figure, whole, rest in rows[:2]:
        assert whole.value == figure.denominator == (figure.numerator or 0) + rest.value
        for counted, url in ((figure.numerator, figure.url), (whole.value, whole.url), (rest.value, rest.url)):
            assert url.replace("&", "&amp;") in page.text
            assert client.get(url).context["total"] == counted, url
    assert (rows[2][2].value, rows[2][2].url) == (1, ""), "the register is not an overseer's to read"
    taken = client.get(reverse("export", args=("digitization", "csv")) + query).getvalue().decode("utf-8-sig")
    assert "Kết quả được số hóa,1,2,50" in taken
