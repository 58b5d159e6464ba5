"""What a page of a draft shows the official of the second screen beside him."""

from datetime import datetime
from typing import Any

from motcua.intake.models import Draft
from motcua.intake.screens.actions import take_away
from motcua.intake.screens.following import seen_at_desk
from motcua.intake.screens.queries import screen_of_desk
from motcua.intake.screens.showing import shown_on
from motcua.people.access import ActingOfficial


def beside(draft: Draft, by: ActingOfficial, *, at: datetime) -> dict[str, Any]:
    """Context of `intake/screens/_beside.html`: the desk's screen, and this draft as it shows it."""
    screen = screen_of_desk(by.id, at=at)
    shown = shown_on(screen, at=at) if screen is not None and screen.draft_id == draft.pk else None
    return {"draft": draft, "paired": screen is not None and screen.paired_at is not None, "shown": shown}


def at_work(draft: Draft, by: ActingOfficial, *, at: datetime) -> dict[str, Any]:
    """The same for a page of the draft that the official himself opened."""
    follow(draft, by, at=at)
    return beside(draft, by, at=at)


def follow(draft: Draft, by: ActingOfficial, *, at: datetime) -> None:
    """The official is at work on this draft: it goes on being shown.

    What the screen shows of anybody else is wiped: another sits before it now.
    """
    screen = screen_of_desk(by.id, at=at)
    if screen is not None and screen.draft_id == draft.pk:
        seen_at_desk(screen, at=at)
    elif screen is not None and screen.draft_id is not None:
        take_away(by=by, at=at)
