"""Whatever is done in an absent official's place is told as done in his place, by one mechanism for all of it."""

from dataclasses import replace

import pytest

from motcua.core.models import Event
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.routing.actions.hats import leading
from motcua.routing.apologies.actions import mark_sent
from motcua.routing.models import Step
from tests.cast import LAND, MONDAY, Cast, minutes_later
from tests.journey.test_hot_pages import log_in
from tests.routing.late_lives import days_before, drafted, in_hands, signed
from tests.routing.lives import WAYS, Way, at_officer, colleague, finished, hand_over, unit


def standing_in(cast: Cast, absent: ActingOfficial) -> ActingOfficial:
    """A clerk of the records office with nothing to do here but the absent official's duties."""
    stand_in = colleague(cast.records_clerk, Role.RECORDS_CLERK, name="Lý Thúy Nga")
    return replace(
        stand_in, duties=absent.duties, stands_in=dict.fromkeys(absent.duties, (absent.id, absent.name)),
        stands_in_for=frozenset({absent.id}),
    )  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_every_detour_names_who_it_was_done_for(cast: Cast, way: Way):
    life = way.begins(cast)
    absent = way.by(cast)
    way.do(life, standing_in(cast, absent), way.at)
    assert life.last_event().actor_name == f"Lý Thúy Nga, thay mặt {absent.name}"


def test_the_return_names_who_it_was_done_for(cast: Cast, client):
    life = finished(cast)
    by = standing_in(cast, cast.receiver)
    hand_over(replace(life, cast=replace(cast, receiver=by)), minutes_later(MONDAY, 50))
    event = life.last_event()
    assert (event.kind, event.actor_name) == ("dossier.returned", f"Lý Thúy Nga, thay mặt {cast.receiver.name}")
    step = Step.objects.get(dossier_id=life.id, outcome="returned")
    assert (step.official_id, step.on_behalf_of_id) == (by.id, cast.receiver.id)
    log_in(client, "tiepnhan")
    assert event.actor_name in client.get(f"/dossiers/{life.row.code}/").text


def test_a_letter_told_of_in_anothers_place(cast: Cast):
    dossier = in_hands(cast)
    at = days_before(dossier, 2 * 480)
    letter = drafted(dossier, at)
    signed(dossier, cast.leader, at)
    mark_sent(letter.id, by=standing_in(cast, cast.receiver), at=minutes_later(at, 5))
    event = Event.objects.filter(subject_id=dossier.id).order_by("-sequence")[0]
    assert (event.kind, event.actor_name) == ("apology.sent", f"Lý Thúy Nga, thay mặt {cast.receiver.name}")


def test_what_is_ones_own_to_do_is_done_in_ones_own_name(cast: Cast):
    life = at_officer(cast, LAND)
    duty = (cast.receiver.unit_id, Role.RECEIVER.value)
    both = replace(cast.receiver, duties=cast.receiver.duties | {(unit(cast, "land"), "receiver")},
                   stands_in={(unit(cast, "land"), "receiver"): (cast.leader.id, cast.leader.name)})  # fmt: skip
    assert duty in both.duties
    next(way for way in WAYS if way.name == "withdraw").do(life, both, minutes_later(MONDAY, 20))
    assert life.last_event().actor_name == cast.receiver.name


def test_a_leader_of_the_office_leads_every_unit_by_his_own_duty(cast: Cast):
    land = unit(cast, "land")
    both = replace(cast.leader, duties=cast.leader.duties | {(land, "approver")},
                   stands_in={(land, "approver"): (cast.receiver.id, cast.receiver.name)})  # fmt: skip
    assert both.acting_in(leading(both, land)).name == cast.leader.name
    assert leading(cast.receiver, land) == []
