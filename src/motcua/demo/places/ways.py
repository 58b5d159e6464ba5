"""A version and how it is settled at one agency: what is the same for all its dossiers, worked out once."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import papers_for
from motcua.demo.places.copying import text, told
from motcua.dossiers.actions import PaperHandedIn
from motcua.dossiers.models import Source
from motcua.dossiers.rules import Terms, Timeliness
from motcua.dossiers.states import DossierOutcome, State
from motcua.intake.actions import handed_in
from motcua.intake.rules import Promise, promise
from motcua.intake.submissions.shared import plain_paper
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
    _receipts: dict["Filed", str] = field(default_factory=dict, compare=False, repr=False)

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
    def paper_rows(self) -> tuple[str, ...]:
        """The papers as ends of rows: component, originals, copies."""
        return tuple(f"{paper.component_id}\t{paper.originals}\t{paper.copies}" for paper in self.papers)

    @cached_property
    def papers_told(self) -> str:
        """The papers as a submission keeps them."""
        return told([plain_paper(paper) for paper in self.papers])

    def received(self, filed: "Filed", due: str, code: str) -> str:
        """What the event of the receipt tells; `due` as ISO text."""
        alike = self._receipts.get(filed)
        if alike is None:
            offered = self.offered
            alike = self._receipts[filed] = told({
                "state": int(State.RECEIVED), "procedure": offered.code, "version": self.version_id,
                "sector": offered.sector_code, "level": offered.content.online_level, "channel": self.channel,
                "filed_by": filed.filed_by, "source": filed.source, "standing": filed.standing,
                "papers": len(self.papers),
            })[:-1]  # fmt: skip
        return f'{alike},"due_at":"{due}","promised_at":"{due}","code":"{code}"}}'

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


class Numbers(NamedTuple):
    """Ids and numbers of one dossier, made before anything of it is written."""

    dossier_id: str
    submission_id: str
    code: str
    party_id: str


FINISHED: Final = told({"state": int(State.FINISHED)})
"""What stood before the result was handed over."""


@lru_cache
def returned(method: str, timing: str) -> str:
    """What the event of the hand-over tells."""
    return told({"state": int(State.RETURNED), "method": method, "timeliness": timing})


class Filed(NamedTuple):
    """How it was filed. `return_method`: how the applicant wants the result."""

    filed_by: str
    standing: str
    return_method: str
    source: str = Source.OFFICE.value
