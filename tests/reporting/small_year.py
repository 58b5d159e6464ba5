"""Dossiers laid down by hand, instant by instant, so that a figure can be worked out on paper."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils.timezone import localdate

from motcua.core.ids import uuid7
from motcua.dossiers.models import ClockEntry, Dossier, DossierOutcome, FiledBy
from motcua.dossiers.states import State
from motcua.people.models import Official, Unit
from motcua.reporting.indicators.keeping import forget_all
from motcua.reporting.indicators.measures import Scope
from motcua.reporting.models import DayCount, MonthCount
from motcua.reporting.rules.periods import Period, Span, period
from motcua.routing.models import Step
from tests.cast import BIRTH, HANOI_TIME, MONDAY, Cast, received
from tests.reporting.made_up import counted

NOVEMBER = period(Span.MONTH, 2026, 11)


def at(day: int, hour: int = 9, *, month: int = 11) -> datetime:
    """A moment of that winter."""
    return datetime(2026, month, day, hour, tzinfo=HANOI_TIME)


def pattern(cast: Cast, code: str = BIRTH) -> Dossier:
    """A real dossier to copy; itself it lies outside of every period asked for."""
    opened = received(code, cast, at=MONDAY)
    early = datetime(2026, 1, 5, 9, tzinfo=HANOI_TIME)
    DayCount.objects.all().delete()
    MonthCount.objects.all().delete()
    Dossier.objects.filter(pk=opened.id).update(received_at=early, promised_at=early, due_at=early)
    return Dossier.objects.get(pk=opened.id)


def laid_down(
    like: Dossier, code: str, came: datetime, due: datetime, done: datetime | None = None, **columns: Any
) -> Dossier:
    """A dossier received, due and (if at all) finished at these moments; granted unless said otherwise."""
    life = Dossier(
        **{field.attname: getattr(like, field.attname) for field in Dossier._meta.concrete_fields}
        | {"id": uuid7(), "code": code, "submission_id": uuid4(), "tracking_token": uuid4().hex[:20],
           "received_at": came, "promised_at": max(came, due), "due_at": due, "finished_at": done,
           "state": State.FINISHED if done else State.PROCESSING,
           "outcome": DossierOutcome.GRANTED if done else ""}
        | columns
    )  # fmt: skip
    if life.channel == "online" and "filed_by" not in columns:
        life.filed_by = FiledBy.SELF
    life.save(force_insert=True)
    how = {name: str(getattr(life, name)) for name in ("channel", "filed_by", "standing")}
    counted(life.agency_id, localdate(came), "received", 1, procedure_id=like.version.procedure_id, **how)
    forget_all(None)
    return life


def entry(life: Dossier, position: int, mark: str, when: datetime, **columns: Any) -> None:
    """A line of its ledger."""
    ClockEntry.objects.create(dossier=life, position=position, mark=mark, at=when, **columns)


def step(
    life: Dossier, official: Any, began: datetime, due: datetime, done: datetime, outcome: str = "passed_on"
) -> None:
    """A step somebody did."""
    person = Official.objects.get(pk=official.id)
    Step.objects.create(
        dossier=life, position=Step.objects.filter(dossier=life).count(), name="Bước", role="case_officer",
        unit=Unit.objects.get(pk=person.unit_id), official=person, started_at=began, due_at=due, finished_at=done,
        outcome=outcome,
    )  # fmt: skip


def scope_of_ward(cast: Cast, asked: Period = NOVEMBER, now: datetime | None = None) -> Scope:
    """The demo ward's own period, looked at well after it unless said otherwise."""
    return Scope((cast.leader.agency_id,), asked, now or datetime(2026, 12, 31, tzinfo=HANOI_TIME))
