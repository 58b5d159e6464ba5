"""Whose papers are whose, and who may open one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from motcua.core.events import Actor
from motcua.documents.papers.models import Paper, PaperUse, Upload
from motcua.people.citizens.access import citizen_or_none

GUEST: Final = Actor(None, gettext_noop("Người nộp không có tài khoản"))


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose papers: a citizen's, or those of whoever holds the key of a draft (`key_hash`: its SHA-256, hex).

    Raises ValueError unless it is exactly one of the two. `actor` is how the log names who acts.
    """

    citizen_id: UUID | None = None
    key_hash: str = ""
    actor: Actor = field(default=GUEST, compare=False)

    def __post_init__(self) -> None:
        if (self.citizen_id is None) == (not self.key_hash):
            raise ValueError("papers belong to a citizen, or to a draft")


Finder = Callable[[HttpRequest], Owner | None]
_finders: list[Finder] = []


def owners_by(finder: Finder) -> None:
    """Ask `finder` too whose papers a request is about (drafts of guests and of those who are helped); twice is once.

    Asked in the order of their registration, before the citizen who is logged in. A request of `papers.js` about a
    draft names it in the header `Motcua-Draft`.
    """
    if finder not in _finders:
        _finders.append(finder)


def owner_of(request: HttpRequest) -> Owner | None:
    """Whose papers this request is about, None when nobody's."""
    for finder in _finders:
        owner = finder(request)
        if owner is not None:
            return owner
    citizen = citizen_or_none(request)
    return None if citizen is None else Owner(citizen.id, actor=citizen.actor)


def papers_of(owner: Owner) -> QuerySet[Paper]:
    """The papers in his store, newest first; what he removed is not among them."""
    return Paper.objects.filter(citizen_id=owner.citizen_id, key_hash=owner.key_hash, forgotten_at=None).select_related(
        "stored"
    )


def uploads_of(owner: Owner) -> QuerySet[Upload]:
    """What he began to send."""
    return Upload.objects.filter(citizen_id=owner.citizen_id, key_hash=owner.key_hash)


def own_papers(owner: Owner, ids: Iterable[UUID]) -> list[Paper]:
    """These of his papers, in the order asked for. Raises `Paper.DoesNotExist` when one is not his, or is gone."""
    wanted = list(ids)
    found = {paper.id: paper for paper in papers_of(owner).filter(pk__in=wanted)}
    if not found.keys() >= set(wanted):
        raise Paper.DoesNotExist
    return [found[one] for one in wanted]


def handed_in(*, submission_id: UUID | None = None, dossier_id: UUID | None = None) -> QuerySet[PaperUse]:
    """The papers handed in with a filing or kept with a dossier, in the order of their coming.

    The caller has made sure that the reader may see that filing or dossier: here lies no rule of agencies.
    """
    if submission_id is None and dossier_id is None:
        raise ValueError("papers of what?")
    asked = {"submission_id": submission_id} if dossier_id is None else {"dossier_id": dossier_id}
    return PaperUse.objects.filter(**asked).select_related("stored")
