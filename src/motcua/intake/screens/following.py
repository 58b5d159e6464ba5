"""What a second screen follows: its desk's session, the official at work on the draft, the filing that is sent."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.signals import user_logged_out
from django.utils import timezone

from motcua.core.events import Happened, record
from motcua.intake.models import SecondScreen
from motcua.intake.screens.actions import AT_THE_COUNTER, end_screen
from motcua.intake.screens.showing import digest_of
from motcua.people.access import ActingOfficial

_SAID_AGAIN: Final = timedelta(seconds=20)


def seen_at_desk(screen: SecondScreen, *, at: datetime) -> None:
    """The official is at work on the draft: it goes on being shown."""
    draft_id = screen.draft_id
    if draft_id is not None and screen.shown_at is not None and screen.shown_at < at - _SAID_AGAIN:
        SecondScreen.objects.filter(pk=screen.pk, draft_id=draft_id).update(shown_at=at)


def carry_confirmation(happened: Happened) -> None:
    """Listens to `submission.submitted`: what was confirmed on the screen just so is said of the filing, too.

    Records `submission.confirmed`.
    """
    rows = SecondScreen.objects.select_related("draft").exclude(confirmed_as="")
    screen = rows.filter(draft__submission_id=happened.subject_id).first()
    if (
        screen is not None
        and screen.draft is not None
        and digest_of(screen.draft, at=happened.at) == screen.confirmed_as
    ):
        record(
            kind="submission.confirmed", subject=("submission", happened.subject_id), by=AT_THE_COUNTER, at=happened.at,
            agency_id=screen.agency_id,
            after={"confirmed_at": _moment(screen.confirmed_at), "answers": screen.confirmed_as},
        )  # fmt: skip


def follow_desks() -> None:
    """A screen ends when its desk logs out, by itself or for having been idle; called once when Django is ready."""
    user_logged_out.connect(_logged_out, dispatch_uid="motcua.second_screen")


def _logged_out(user: Any, **_signal: Any) -> None:
    acting: ActingOfficial | None = getattr(user, "acting", None)
    if acting is not None:
        end_screen(acting.id, by=acting.actor, at=timezone.now())


def _moment(at: datetime | None) -> str:
    return "" if at is None else timezone.localtime(at).isoformat()
