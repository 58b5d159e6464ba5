"""The leader's page: his day in numbers, then whose; few statements whatever the length of its lists."""

import re
from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import OPEN, State
from motcua.people.models import Absence, AbsenceReason, Official
from motcua.routing import actions, leading
from motcua.routing.held import Hands, held
from motcua.routing.leading import LIST_ROWS, Day, Tally, by_unit
from motcua.routing.models import Step
from motcua.routing.picture import picture_of
from tests.cast import BIRTH, LAND, MONDAY, MR_QUANG, Cast, minutes_later, open_step, received
from tests.counting import statements
from tests.journey.conftest import cast, ward
from tests.journey.test_hot_pages import log_in

__all__ = ["cast", "ward"]


def day_of(at: datetime) -> Day:
    return Day(at, at + timedelta(hours=2), timezone.localtime(at).replace(hour=23, minute=59, second=59))


@pytest.fixture
def lives(cast: Cast):
    """Eight dossiers: four at the officer's, two before the leader, two at the desk; their dates set by hand."""
    opened = [received(code, cast, applicant=MR_QUANG) for code in (BIRTH, BIRTH, *(LAND, BIRTH) * 3)]
    for one in opened[:6]:
        actions.pass_on(open_step(one.id)[0], by=cast.receiver, at=minutes_later(MONDAY, 10))
    for one in opened[:2]:
        actions.pass_on(open_step(one.id)[0], by=cast.case_officer, at=minutes_later(MONDAY, 20))
    return [one.id for one in opened]


def set_due(dossier_id, due_at: datetime, **more) -> None:
    Dossier.objects.filter(pk=dossier_id).update(due_at=due_at, **more)


@pytest.fixture
def spread(lives, cast: Cast):
    """Late by a day and by an hour, near, later today, tomorrow, and one that waits for its applicant."""
    at = MONDAY + timedelta(days=3)
    Step.objects.filter(dossier_id=lives[2], finished_at=None).update(official_id=cast.case_officer.id)
    set_due(lives[2], at - timedelta(days=1))
    set_due(lives[3], at - timedelta(hours=1))
    set_due(lives[4], at + timedelta(hours=1))
    set_due(lives[5], at + timedelta(hours=5))
    set_due(lives[0], at + timedelta(days=1))
    set_due(lives[1], at + timedelta(hours=1))
    waits = {"state": State.SUPPLEMENT_ASKED, "paused_at": MONDAY, "paused_until": timezone.localdate(at)}
    set_due(lives[6], at - timedelta(hours=2), **waits | {"paused_until": timezone.localdate(at) - timedelta(days=1)})
    set_due(lives[7], at + timedelta(hours=3), **waits)
    return at


def codes(rows) -> list[str]:
    return [row.code for row in rows]


def code_of(dossier_id) -> str:
    return Dossier.objects.values_list("code", flat=True).get(pk=dossier_id)


@pytest.mark.parametrize("what", ["late", "near", "today"])
def test_every_figure_opens_the_list_it_counts(what: str, cast: Cast, lives, spread):
    by, day = cast.leader, day_of(spread)
    hands = leading.in_hands(by, day)
    assert hands
    for one in (one for one in hands if one.official_id):
        whose = Hands(one.unit_id, one.official_id)
        count, rows = held(by, day, what, whose)
        assert count == len(rows) == getattr(one.tally, what)
        assert all(row.unit == one.unit and row.official == one.official for row in rows)
    for one in by_unit(hands):
        count, rows = held(by, day, what, Hands(one.unit_id))
        assert count == len(rows) == getattr(one.tally, what)
    assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)


def test_the_page_opens_the_lists_and_nobody_elses(client, cast: Cast, lives, spread, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: spread)
    leader = log_in(client, "lanhdao")
    page = leader.get(reverse("today")).text
    links = [unescape(one) for one in re.findall(r'href="(/today/in-hands/[^"]+)"', page)]
    assert links
    for link in links:
        assert leader.get(link).status_code == 200
    late = next(link for link in links if "what=late" in link and "official=&" not in f"{link}&")
    assert code_of(lives[2]) in leader.get(late).text
    for wrong in ("?what=secret", "?unit=1", f"?unit={uuid4()}", f"?official={uuid4()}"):
        assert leader.get(reverse("in-hands") + wrong).status_code == 404
    assert leader.get(reverse("in-hands") + "?page=99").status_code == 200
    assert log_in(Client(), "tiepnhan").get(reverse("in-hands")).status_code == 403


def test_each_dossier_is_counted_where_it_stands(cast: Cast, lives, spread):
    by, day = cast.leader, day_of(spread)
    assert leading.tally_of(by, day) == Tally(late=2, near=2, today=3)
    hands = leading.in_hands(by, day)
    assert [(held.official, held.tally) for held in hands if held.official] == [
        (cast.case_officer.name, Tally(late=1, near=0, today=0))
    ]
    assert tuple(map(sum, zip(*(held.tally for held in hands), strict=True))) == (2, 2, 3)
    assert tuple(map(sum, zip(*(held.tally for held in by_unit(hands)), strict=True))) == (2, 2, 3)
    assert len({held.unit for held in hands}) == len(by_unit(hands))


def test_the_lists_begin_with_the_most_urgent(cast: Cast, lives, spread):
    by, day = cast.leader, day_of(spread)
    assert codes(leading.late(by, day)) == [code_of(lives[2]), code_of(lives[3])]
    assert set(codes(leading.soon(by, day))[:2]) == {code_of(lives[1]), code_of(lives[4])}
    assert codes(leading.soon(by, day))[2:] == [code_of(lives[5])]
    count, waiting = leading.overstayed(by, day)
    assert (count, codes(waiting)) == (1, [code_of(lives[6])])
    count, signing = leading.to_sign(by, day)
    assert count == 2
    assert set(codes(signing)) == {code_of(lives[0]), code_of(lives[1])}


def test_another_agency_sees_nothing_of_it(cast: Cast, lives, spread, neighbour):
    day = day_of(spread)
    assert leading.tally_of(neighbour, day) == Tally()
    assert leading.in_hands(neighbour, day) == []
    assert leading.late(neighbour, day) == leading.soon(neighbour, day) == []
    assert leading.overstayed(neighbour, day) == leading.to_sign(neighbour, day) == (0, [])
    assert leading.unattended(neighbour, day) == ([], [])


@pytest.fixture
def neighbour(cast: Cast):
    """The leader as if of an agency that has nothing."""
    return type(cast.leader)(
        **{name: getattr(cast.leader, name) for name in cast.leader.__slots__}
        | {"agency_id": Dossier.objects.values_list("id", flat=True)[0], "duties": frozenset()}
    )


def test_work_whose_only_officer_is_away_is_unattended_until_somebody_stands_in(cast: Cast, lives):
    at, by = MONDAY + timedelta(hours=3), cast.leader
    assert leading.unattended(by, day_of(at)) == ([], [])
    absence = Absence.objects.create(
        official_id=cast.case_officer.id, first_at=at, last_at=at + timedelta(days=2), reason=AbsenceReason.LEAVE,
        recorded_by_id=cast.leader.id, recorded_at=MONDAY,
    )  # fmt: skip
    duties, rows = leading.unattended(by, day_of(at))
    assert sum(duty.steps for duty in duties) == 4
    assert {duty.role for duty in duties} == {"case_officer"}
    assert set(codes(rows)) == {code_of(one) for one in lives[2:6]}
    for duty in duties:
        absence.stand_ins.create(
            official_id=cast.case_officer.id, unit_id=duty.unit_id, role=duty.role, substitute_id=cast.receiver.id
        )
    assert leading.unattended(by, day_of(at)) == ([], [])
    Official.objects.filter(pk=cast.receiver.id).update(valid_to=timezone.localdate(at) - timedelta(days=1))
    assert sum(duty.steps for duty in leading.unattended(by, day_of(at))[0]) == 6, "the desk's two as well"


def test_the_page_shows_whose_and_leads_to_reassigning(client, cast: Cast, lives):
    now = timezone.now()
    set_due(lives[2], now - timedelta(days=30))
    page = log_in(client, "lanhdao").get(reverse("today"))
    assert page.status_code == 200
    text = page.content.decode()
    code = code_of(lives[2])
    assert f'href="{reverse("dossier", args=(code,))}"' in text
    assert f'href="{reverse("detour", args=(code, "reassign"))}"' in text
    assert text.count("<table") == text.count("<caption")
    assert client.get(reverse("detour", args=(code, "reassign"))).status_code == 200


def test_an_empty_day_says_so(client, cast: Cast):
    text = log_in(client, "lanhdao").get(reverse("today")).content.decode()
    assert "Không có hồ sơ nào trễ." in text
    assert "Không có hồ sơ nào chờ ông/bà ký." in text


def test_a_leader_begins_with_his_day_and_others_with_their_work(client, cast: Cast):
    log_in(client, "lanhdao")
    assert client.get(reverse("start"))["Location"] == reverse("today")
    client.logout()
    log_in(client, "thuly")
    assert client.get(reverse("start"))["Location"] == reverse("worklist")


def test_long_lists_are_cut_and_the_counts_are_not(client, cast: Cast, monkeypatch):
    now = timezone.now()
    opened = [received(BIRTH, cast, applicant=MR_QUANG) for _ in range(LIST_ROWS + 3)]
    log_in(client, "lanhdao")
    set_due(opened[0].id, now - timedelta(days=20))
    Dossier.objects.exclude(pk=opened[0].id).update(due_at=now + timedelta(days=300))
    client.get(reverse("today"))
    with statements(monkeypatch) as few:
        client.get(reverse("today"))
    Dossier.objects.update(due_at=now - timedelta(days=20))
    with statements(monkeypatch) as many:
        text = client.get(reverse("today")).content.decode()
    section = re.search(r'id="late".*?</section>', text, re.DOTALL)
    assert section is not None
    assert section[0].count("<tr data-row") == LIST_ROWS
    assert str(LIST_ROWS + 3) in section[0]
    assert f'href="{reverse("late")}"' in section[0]
    assert len(few) == len(many) <= 20, "\n".join(text[:160] for text in many)


def test_a_name_is_never_markup(client, cast: Cast, lives):
    Dossier.objects.filter(pk=lives[2]).update(applicant_name="<b>A & B</b>", due_at=timezone.now() - timedelta(days=9))
    text = log_in(client, "lanhdao").get(reverse("today")).content.decode()
    assert "<b>A & B</b>" not in text
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in text


def test_the_open_states_of_the_statements_are_the_open_states():
    assert {State(int(number)) for number in re.findall(r"\d+", leading.OPEN_STATES)} == OPEN


def test_costly_figures_are_kept_for_a_while_and_never_into_another_day(
    spread: datetime, lives, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    day = day_of(spread)
    counted = picture_of(cast.leader, day)
    set_due(lives[4], spread - timedelta(hours=3))
    assert picture_of(cast.leader, day).tally.late == counted.tally.late + 1, "cheap figures are counted for every page"

    monkeypatch.setattr("motcua.routing.picture.CHEAP", 0.0)
    monkeypatch.setattr("motcua.routing.picture._EARNED", 1_000_000)
    kept = picture_of(cast.leader, day)
    set_due(lives[5], spread - timedelta(hours=3))
    assert picture_of(cast.leader, day) is kept
    next_day = day_of(spread + timedelta(days=1))
    assert picture_of(cast.leader, next_day).at == next_day.at
    assert picture_of(cast.leader, day).tally.late == kept.tally.late + 1, "it is over once another day was counted"
    monkeypatch.setattr("motcua.routing.picture._EARNED", 0)
    assert picture_of(cast.leader, next_day) is not picture_of(cast.leader, next_day)
