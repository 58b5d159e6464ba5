"""Whose a draft is, and who fills it right now."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from motcua.core.events import Actor
from motcua.documents.papers.access import GUEST, Owner
from motcua.dossiers.models import FiledBy
from motcua.intake.models import Draft
from motcua.intake.online.keys import key_hash, key_of
from motcua.people.access import ActingOfficial, acting_official
from motcua.people.citizens.access import ActingCitizen, citizen_or_none
from motcua.people.models import Role

DRAFT_HEADER = "Motcua-Draft"


@dataclass(frozen=True, slots=True)
class Filer:
    """Who fills: a citizen with an account, a guest who holds a key, or an official for somebody else."""

    citizen: ActingCitizen | None = None
    guest_hash: str = ""
    official: ActingOfficial | None = None

    @property
    def actor(self) -> Actor:
        """How the log names him."""
        if self.official is not None:
            return self.official.actor
        return GUEST if self.citizen is None else self.citizen.actor

    @property
    def is_anybody(self) -> bool:
        """Whether he holds anything that drafts could be his by."""
        return self.citizen is not None or self.official is not None or bool(self.guest_hash)


def filer_of(request: HttpRequest) -> Filer:
    """Who is at this browser: an official, or the citizen who logged in, and the guest's key it may hold."""
    official = acting_official(request)
    if official is not None:
        return Filer(official=official)
    key = key_of(request)
    return Filer(citizen_or_none(request), key_hash(key) if key else "")


def drafts_of(filer: Filer) -> QuerySet[Draft]:
    """His drafts, the last touched first, sent ones among them."""
    if filer.official is not None:
        own = _drafts().filter(helped_by_id=filer.official.id, agency_id=filer.official.agency_id)
        return own if filer.official.holds(Role.RECEIVER) else own.filter(filed_by=FiledBy.HELPED)
    mine = Q(pk=None)
    if filer.citizen is not None:
        mine |= Q(citizen_id=filer.citizen.id)
    if filer.guest_hash:
        mine |= Q(key_hash=filer.guest_hash)
    return _drafts().filter(mine, helped_by=None)


def own_draft(filer: Filer, draft_id: UUID) -> Draft:
    """One of his drafts; `Http404` alike for a foreign and a missing one."""
    found = drafts_of(filer).filter(pk=draft_id).first() if filer.is_anybody else None
    if found is None:
        raise Http404
    return found


def should_log_in(request: HttpRequest, filer: Filer, draft_id: UUID) -> bool:
    """Whether nobody logged in asks for a draft that no key of his opens: a citizen whose session ended, perhaps."""
    return not request.user.is_authenticated and not drafts_of(filer).filter(pk=draft_id).exists()


def paper_owner(draft: Draft, actor: Actor) -> Owner:
    """Whose store the papers of a draft lie in."""
    if draft.citizen_id is not None:
        return Owner(draft.citizen_id, actor=actor)
    return Owner(key_hash=draft.key_hash, actor=actor)


def own_store(request: HttpRequest) -> Owner | None:
    """The store of the citizen who is logged in, else of the guest whose key is held here; an official has none."""
    filer = filer_of(request)
    if filer.citizen is not None:
        return Owner(filer.citizen.id, actor=filer.actor)
    return Owner(key_hash=filer.guest_hash) if filer.guest_hash else None


def papers_asked_for(request: HttpRequest) -> Owner | None:
    """Whose papers a request is about: of the draft it names, else of the guest whose key the browser holds.

    Registered with `documents.papers.access.owners_by`; None leaves it to the citizen who is logged in.
    """
    filer, named = filer_of(request), request.headers.get(DRAFT_HEADER, "")
    if named:
        try:
            draft = drafts_of(filer).filter(pk=UUID(named), submitted_at=None).first() if filer.is_anybody else None
        except ValueError:
            draft = None
        return None if draft is None else paper_owner(draft, filer.actor)
    return Owner(key_hash=filer.guest_hash) if filer.guest_hash and filer.citizen is None else None


def _drafts() -> QuerySet[Draft]:
    return Draft.objects.select_related("agency", "version__procedure", "mandate").order_by("-updated_at", "-pk")
