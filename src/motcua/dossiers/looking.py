"""A dossier is opened only through here: the look is in the log before the page is."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.timezone import now

from motcua.people.access import ActingOfficial
from motcua.people.looking import LOOKUP, Task, look_as

SUBJECT: Final = "dossier"
Finder = Callable[[ActingOfficial, UUID, datetime], Task | None]
_finders: list[Finder] = []


def find_task_by(finder: Finder) -> None:
    """Let `finder` say which task an official has with a dossier; the journey names it, twice is once."""
    if finder not in _finders:
        _finders.append(finder)


def opened(by: ActingOfficial, dossier_id: UUID) -> None:
    """The official opened this dossier: its event, with the task he has with it now."""
    at = now()
    found = (finder(by, dossier_id, at) for finder in _finders)
    task = next((task for task in found if task is not None), LOOKUP)
    look_as(by, SUBJECT, (dossier_id,), task=task, at=at)


def listed(by: ActingOfficial, dossiers: Iterable[UUID], task: Task) -> None:
    """A list that names applicants showed him these dossiers, outside of his own day's work."""
    look_as(by, SUBJECT, dossiers, task=task, at=now())
