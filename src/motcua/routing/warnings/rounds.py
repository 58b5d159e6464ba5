"""What runs by itself: warnings of dates, warnings of duties, for every agency at work here."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import override

from motcua.people.models import Agency
from motcua.routing.gathered import Faults
from motcua.routing.warnings.actions import forget_reminders, overtake, warn
from motcua.routing.warnings.duties import warn_of_duties
from motcua.routing.warnings.queries import agencies_at_work


def warning_round(at: datetime) -> dict[str, int]:
    """Warnings of steps and dossiers; raises an ExceptionGroup of what single agencies could not do, at the end."""
    overtaken = 0

    def one(agency: Agency) -> int:
        nonlocal overtaken
        overtaken += overtake(agency.id, at=at)
        return warn(agency, at=at)

    return {"sent": _each(one, at), "overtaken": overtaken}


def duty_round(at: datetime) -> dict[str, int]:
    """Warnings of duties that nobody does; raises as `warning_round`."""
    return {"sent": _each(lambda agency: warn_of_duties(agency, at=at), at)}


def forgetting_round(at: datetime) -> dict[str, int]:
    """Old reminders go."""
    return {"forgotten": forget_reminders(at=at)}


def _each(act: Callable[[Agency], int], at: datetime) -> int:
    """One agency's missing calendar stops no other's warnings."""
    done, faults = 0, Faults()
    with override("vi"):  # what is said is kept, and has one language
        for agency in agencies_at_work(at):
            with faults.kept():
                done += act(agency)
    faults.raised()
    return done
