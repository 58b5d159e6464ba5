"""A version and how it is settled at one agency: what is the same for all its dossiers, worked out once."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import papers_for
from motcua.demo.places.copying import text, told
from motcua.dossiers.actions import PaperHandedIn
from motcua.dossiers.models import Source
from motcua.dossiers.rules import Terms, Timeliness
from motcua.dossiers.states import DossierOutcome, State
from motcua.intake.actions import handed_in
from motcua.intake.rules import Promise, promise
from motcua.result.actions import UNNAMED
from motcua.worktime.rules import Calendar


@dataclass(frozen=True)
class Way:
    """An offered version by one channel, with its limit and papers; texts are ready for COPY."""

    offered: OfferedVersion
    channel: str
    promised: Promise
    handed: tuple[PaperHandedIn, ...] | None = None
    """What was handed in, where that is not what everybody brings: part of a bundle."""

    @cached_property
    def papers(self) -> tuple[PaperHandedIn, ...]:
        """Everything that everybody must bring, as the counter takes it."""
        if self.handed is not None:
            return self.handed
        return tuple(handed_in(one, one.id) for one in papers_for(self.offered.components) if one.id is not None)

    @cached_property
    def version_id(self) -> str:
        """The version's id as text."""
        return str(self.offered.version_id)

    @cached_property
    def paper_rows(self) -> tuple[tuple[str, int, int], ...]:
        """The papers as rows: component, originals, copies."""
        return tuple((str(paper.component_id), paper.originals, paper.copies) for paper in self.papers)

    @cached_property
    def terms(self) -> Terms:
        """The limit as the clock reads it."""
        return Terms(self.promised.amount, self.offered.cut_off)

    @cached_property
    def result_name(self) -> str:
        """What the office gives back."""
        return text((self.offered.results[0] if self.offered.results else UNNAMED)[:400])

    @cached_property
    def before(self) -> tuple[str, ...]:
        """What stood before each step, as its event tells it."""
        states = [State.RECEIVED] + [State.PROCESSING] * (len(self.offered.route) - 1)
        return tuple(
            told({"step": step.name, "state": int(state)})
            for step, state in zip(self.offered.route, states, strict=True)
        )

    @cached_property
    def after(self) -> tuple[str, ...]:
        """What came after each step but the last two."""
        return tuple(
            told({"step": step.name, "state": int(State.PROCESSING), "note": ""}) for step in self.offered.route[1:-1]
        )

    @cached_property
    def finished(self) -> dict[Timeliness, str]:
        """What the event of the end tells."""
        step = self.offered.route[-1].name
        return {
            timing: told({"step": step, "state": int(State.FINISHED), "note": "", "timing": timing.value,
                          "outcome": DossierOutcome.GRANTED.value})
            for timing in Timeliness
        }  # fmt: skip

    @cached_property
    def approved(self) -> tuple[str, ...]:
        """What the event of a leader's agreement tells, step by step."""
        return tuple(told({"step": step.name, "note": ""}) for step in self.offered.route)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the steps."""
        return tuple(text(step.name) for step in self.offered.route)


def way_of(offered: OfferedVersion, channel: str, at: datetime, calendar: Calendar) -> Way:
    """The way of this version by this channel. Raises `NoLimit`, `CalendarGap`."""
    return Way(offered, channel, promise(offered, channel=channel, whens=(), at=at, calendar=calendar))


@dataclass(frozen=True, slots=True)
class Numbers:
    """Ids and numbers of one dossier, made before anything of it is written."""

    dossier_id: str
    submission_id: str
    code: str
    party_id: str


@dataclass(frozen=True, slots=True)
class Filed:
    """How it was filed. `return_method`: how the applicant wants the result."""

    filed_by: str
    standing: str
    return_method: str
    source: str = Source.OFFICE.value
