"""On which days the head of an agency of a place received citizens: his plan, and each of its days written in bulk."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from django.db import transaction

from motcua.core.ids import uuid7
from motcua.demo.places.building import Ground
from motcua.demo.places.copying import NULL, Sheets, instant, text, told
from motcua.demo.places.late import acting
from motcua.demo.places.told import Received
from motcua.demo.places.writing import tell
from motcua.dossiers.rules import OFFICE_TIME
from motcua.feedback.receptions.actions import plan_receptions
from motcua.feedback.receptions.keeping import SUBJECT
from motcua.feedback.receptions.models import Reception, ReceptionOutcome, ReceptionPlan
from motcua.feedback.receptions.queries import rhythm_of
from motcua.feedback.receptions.rules import ReceptionDay, reception_days
from motcua.feedback.receptions.telling import of_reception
from motcua.people.models import Role

MOST: Final = 7
"""So many people come to one reception at the most."""
AFTERWARDS: Final = timedelta(minutes=20)


@transaction.atomic
def receive_citizens(ground: Ground) -> int:
    """Each plan of the place, held on every day the office was open; how many receptions."""
    random = Random(f"{ground.seed}:{ground.place.key}:receptions")  # noqa: S311 (a repeatable demo, not a secret)
    sheets, written = Sheets(), 0
    for one in ground.place.receptions:
        plan = _plan(ground, one)
        for day in reception_days(rhythm_of(plan), (), ground.calendar, one.first, one.last):
            if day.is_kept:
                _write(sheets, ground, one, plan, day, random)
                written += 1
    sheets.write()
    return written


def _plan(ground: Ground, one: Received) -> ReceptionPlan:
    at = datetime.combine(one.first, time(7), OFFICE_TIME)
    clerk = acting(ground.crews[one.agency].hand("records", Role.RECORDS_CLERK.value, at, 0), at)
    plan = ReceptionPlan(
        receiver=one.receiver, is_head=True, weekdays=[one.weekday], weeks=[], part=one.part, place=one.where,
        valid_from=one.first, valid_to=one.last,
    )  # fmt: skip
    return plan_receptions(plan, by=clerk, at=at)


def _write(
    sheets: Sheets, ground: Ground, one: Received, plan: ReceptionPlan, day: ReceptionDay, random: Random
) -> None:
    crew = ground.crews[one.agency]
    at = datetime.combine(day.day, day.hours[-1].closes, OFFICE_TIME) + AFTERWARDS
    clerk = crew.hand("records", Role.RECORDS_CLERK.value, at, 0)
    head = crew.hand("leaders", Role.APPROVER.value, at, 0)
    row = _held(plan, day, f"{head.name}, {one.receiver}", random)
    row.entered_by_id = UUID(clerk.official_id)
    sheets.add(
        "feedback_reception",
        (row.pk, plan.pk, row.day, row.outcome, text(row.received_by), row.people, row.complaints,
         row.denunciations, row.recommendations, row.remarks, "", clerk.official_id, at),
    )  # fmt: skip
    tell(
        sheets, f"{SUBJECT}.reception_entered", str(plan.pk), crew.agency_id, clerk, (at, instant(at)), NULL,
        told(of_reception(row)), subject_kind=SUBJECT,
    )  # fmt: skip


def _held(plan: ReceptionPlan, day: ReceptionDay, received_by: str, random: Random) -> Reception:
    """Some come, each with a matter; on some days nobody does."""
    people = random.randrange(MOST + 1)
    complaints, remarks = (random.randrange(people // 2 + 1) for _each in range(2))
    return Reception(
        pk=uuid7(), plan=plan, day=day.day, outcome=ReceptionOutcome.IN_PERSON.value, received_by=received_by,
        people=people, complaints=complaints, recommendations=people - complaints - remarks, remarks=remarks,
    )  # fmt: skip
