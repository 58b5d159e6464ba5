"""What a second screen shows, and what the citizen said of it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import localdate

from motcua.catalogue.eforms.rules import Section, settled, told
from motcua.intake.models import Draft, SecondScreen
from motcua.intake.online.offering import eform_of

# A desk that opened no page of the draft for so long is empty: the screen forgets what it showed.
DESK_AWAY: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Place:
    """An answer that the citizen wants changed: its heading and label, and the page of the draft it is changed on."""

    title: str
    label: str
    page: int


@dataclass(frozen=True, slots=True)
class Row:
    """An answer as the citizen sees it; `at` names it when she points."""

    at: str
    label: str
    value: str
    is_pointed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft as the citizen sees it, heading by heading; `digest` stands for exactly these answers.

    `pointed` and `confirmed_at` are of these answers, `outdated`: she confirmed others, something was changed since.
    """

    draft: Draft
    sections: tuple[Section, ...]
    digest: str
    pointed: tuple[Place, ...]
    confirmed_at: datetime | None
    outdated: bool

    @property
    def mark(self) -> str:
        """Differs whenever the screen has to be drawn anew."""
        return f"{self.digest[:24]}.{len(self.pointed)}.{int(self.confirmed_at is not None)}"

    @property
    def parts(self) -> list[tuple[str, list[Row]]]:
        """What the page draws."""
        return [
            (section.title, [
                Row(f"{part}.{number}", label, value, Place(section.title, label, section.page) in self.pointed)
                for number, (label, value) in enumerate(section.rows)
            ])
            for part, section in enumerate(self.sections)
        ]  # fmt: skip


def shown_on(screen: SecondScreen, *, at: datetime) -> Shown | None:
    """What the screen shows now; None once it was sent, taken away, or the desk is empty."""
    draft = screen.draft
    if screen.ended_at is not None or draft is None or draft.submitted_at is not None:
        return None
    if screen.shown_at is None or screen.shown_at < at - DESK_AWAY:
        return None
    sections, digest = tuple(told(eform_of(draft), draft.answers, on=localdate(at))), digest_of(draft, at=at)
    places = screen.pointed.get("places", []) if screen.pointed.get("as") == digest else []
    is_same = screen.confirmed_as == digest
    return Shown(
        draft, sections, digest, tuple(Place(**one) for one in places),
        screen.confirmed_at if is_same else None, bool(screen.confirmed_as) and not is_same,
    )  # fmt: skip


def digest_of(draft: Draft, *, at: datetime) -> str:
    """A hash of the answers that count, in whatever language they are shown."""
    eform = eform_of(draft)
    said = [eform.code, eform.number, settled(eform, draft.answers, on=localdate(at))]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def place_of(shown: Shown, place: str) -> Place | None:
    """The answer at "section.row" of the screen; None when nothing stands there."""
    section, _dot, row = place.partition(".")
    if not (section.isascii() and section.isdigit() and row.isascii() and row.isdigit()):
        return None
    if int(section) >= len(shown.sections) or int(row) >= len(shown.sections[int(section)].rows):
        return None
    found = shown.sections[int(section)]
    return Place(found.title, found.rows[int(row)][0], found.page)
