"""What is done with a draft before it is sent: begun, filled in, given papers, brought up to date, dropped."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from motcua.catalogue.eforms.rules import Carried, changes, prefilled
from motcua.catalogue.eforms.rules.reading import Posted
from motcua.catalogue.eforms.shapes import Question
from motcua.catalogue.eforms.turning import Turn, turned
from motcua.catalogue.queries import version_by_id
from motcua.core.events import Actor
from motcua.documents.papers.access import own_papers
from motcua.documents.papers.actions import take_in
from motcua.documents.papers.making import Sent
from motcua.documents.papers.models import Paper
from motcua.dossiers.models import FiledBy, ReturnMethod
from motcua.intake.models import Draft
from motcua.intake.online.access import Filer, paper_owner
from motcua.intake.online.earlier import with_said_before
from motcua.intake.online.guests import is_open_to_guests
from motcua.intake.online.offering import eform_of, offered_online
from motcua.intake.online.refusals import DraftSent, LogInFirst, TooManyDrafts
from motcua.intake.online.rules import LONGEST_SAID, renamed_lines, version_changes
from motcua.people.citizens.access import known_of, mandate_of
from motcua.people.citizens.models import Citizen

MOST_OPEN: Final = 20
KEPT: Final = timedelta(days=30)
LONGEST_ADDRESS: Final = 300


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a draft is begun with. `known` is of the person who files, when he has no account (a card that was read)."""

    procedure_code: str
    agency_id: UUID
    mandate_id: UUID | None = None
    known: Mapping[str, Any] | None = None
    filed_by: str = FiledBy.SELF


def begin(beginning: Beginning, *, filer: Filer, at: datetime) -> Draft:
    """A new draft with what is known filled in. A guest's filer holds the hash of the key he was given.

    Raises `NotOffered`, `NotFiledOnline`, `LogInFirst`, `TooManyDrafts`, `MandateRefused`.
    """
    offered, eform = offered_online(beginning.procedure_code, beginning.agency_id, at)
    citizen = filer.citizen if filer.official is None else None
    if citizen is None and filer.official is None and not is_open_to_guests(offered.code, localdate(at)):
        raise LogInFirst
    known, principal = dict(beginning.known or {}), None
    if citizen is not None:
        known = with_said_before(known_of(citizen), Q(citizen_id=citizen.id), localdate(at))
        if beginning.mandate_id is not None:
            mandate_of(citizen, beginning.mandate_id, localdate(at), offered.code)
            principal = known_of(citizen, beginning.mandate_id)
    elif filer.official is None:
        known = with_said_before(known, Q(key_hash=filer.guest_hash), localdate(at))
    answers = prefilled(eform, known, principal)
    filled = [item.id for item in eform.items() if isinstance(item, Question) and item.known and item.id in answers]
    with transaction.atomic():
        if filer.official is None:
            _require_room(filer, at)
        return Draft.objects.create(
            citizen_id=citizen.id if citizen else None, key_hash="" if citizen else filer.guest_hash,
            helped_by_id=filer.official.id if filer.official else None, filed_by=beginning.filed_by,
            agency_id=beginning.agency_id, version_id=offered.version_id, eform_code=eform.code,
            eform_number=eform.number, mandate_id=beginning.mandate_id, answers=answers, known=filled,
            begun_at=at, updated_at=at, expires_at=at + KEPT,
        )  # fmt: skip


def _require_room(filer: Filer, at: datetime) -> None:
    """Raises `TooManyDrafts`. Two beginnings of one citizen at once wait for each other."""
    if filer.citizen is not None:
        Citizen.objects.select_for_update(of=("self",)).get(pk=filer.citizen.id)
        mine = Draft.objects.filter(citizen_id=filer.citizen.id)
    else:
        mine = Draft.objects.filter(key_hash=filer.guest_hash)
    if mine.filter(submitted_at=None, expires_at__gte=at).count() >= MOST_OPEN:
        raise TooManyDrafts(MOST_OPEN)


def fill(draft_id: UUID, page: int, post: Posted, *, at: datetime) -> Turn:
    """Read a posted page into the draft; it is kept whatever is wrong with it. Raises `DraftSent`."""
    with _open(draft_id, at) as draft:
        eform = eform_of(draft)
        turn = turned(eform, page, post, draft.answers, on=localdate(at))
        seen = {item.id for item in eform.pages[page - 1].items()} if 1 <= page <= len(eform.pages) else set()
        draft.answers = turn.answers
        draft.known = [name for name in draft.known if name not in seen]
    return turn


def attach(draft_id: UUID, component_id: UUID, parts: Sent, *, name: str, by: Actor, at: datetime) -> Paper:
    """Make a paper of these photos and lay it to the draft. Raises `PaperRefused`, `DraftSent`."""
    owner = paper_owner(Draft.objects.get(pk=draft_id), by)
    paper = take_in(parts, name=name, owner=owner, at=at)
    lay(draft_id, component_id, [paper.id], by=by, at=at)
    return paper


def lay(draft_id: UUID, component_id: UUID, paper_ids: Iterable[UUID], *, by: Actor, at: datetime) -> None:
    """Lay papers out of his store to the draft. Raises `Paper.DoesNotExist` for one that is not his, `DraftSent`."""
    with _open(draft_id, at) as draft:
        found = own_papers(paper_owner(draft, by), paper_ids)
        there = draft.papers.get(str(component_id), [])
        wanted = [*there, *(str(paper.id) for paper in found)]
        draft.papers = {**draft.papers, str(component_id): list(dict.fromkeys(wanted))}


def take_on_paper(draft_id: UUID, component_id: UUID, *, here: bool, at: datetime) -> None:
    """An official who helps has this paper in hand, or not after all. Raises `DraftSent`."""
    with _open(draft_id, at) as draft:
        rest = [one for one in draft.on_paper if one != str(component_id)]
        draft.on_paper = [*rest, str(component_id)] if here else rest


def take_away(draft_id: UUID, component_id: UUID, paper_id: UUID, *, at: datetime) -> None:
    """Take a paper off the draft; it stays in the store. Raises `DraftSent`."""
    with _open(draft_id, at) as draft:
        left = [one for one in draft.papers.get(str(component_id), []) if one != str(paper_id)]
        draft.papers = {**draft.papers, str(component_id): left}


def say_last(draft_id: UUID, method: str, address: str, said: Mapping[str, str], *, at: datetime) -> None:
    """What is said on the last page, in one go. Raises `DraftSent`.

    How the result is to come, and by post whereto: a method nobody knows changes nothing. Why papers are not here, by
    component: brought to the desk, or a reason; empty takes it back.
    """
    with _open(draft_id, at) as draft:
        if method in ReturnMethod:
            draft.return_method, draft.return_address = method, " ".join(address.split())[:LONGEST_ADDRESS]
        kept = {**draft.lacking, **{line: " ".join(words.split())[:LONGEST_SAID] for line, words in said.items()}}
        draft.lacking = {line: words for line, words in kept.items() if words}


def drop(draft_id: UUID) -> None:
    """Throw the draft away; its papers stay in the store. Raises `DraftSent`."""
    if not Draft.objects.filter(pk=draft_id, submitted_at=None).delete()[0]:
        raise DraftSent


def bring_up_to_date(draft: Draft, *, at: datetime) -> bool:
    """Carry an open draft to the versions in force today; whether anything was replaced.

    Answers and papers are kept as far as the new version asks for them; what changed, each answer and paper that fell
    out by its name, stands in `carried` until it is sent. Raises `NotOffered`, `NotFiledOnline` when nothing is in
    force any more: the draft stays as it is.
    """
    offered, eform = offered_online(draft.version.procedure.national_code, draft.agency_id, at)
    if offered.version_id == draft.version_id and eform.key == (draft.eform_code, draft.eform_number):
        return False
    with _open(draft.pk, at) as locked:
        said: list[str] = []
        if eform.key != (locked.eform_code, locked.eform_number):
            carried: Carried = changes(eform_of(locked), eform, locked.answers, on=localdate(at))
            locked.answers = carried.answers
            said += [*([str(eform.changed)] if eform.changed else []), *carried.lost, *carried.asked_anew]
            locked.eform_code, locked.eform_number = eform.key
        if offered.version_id != locked.version_id:
            before = version_by_id(locked.version_id)
            said += version_changes(before, offered, locked.papers, locked.on_paper)
            locked.papers = renamed_lines(locked.papers, before, offered)
            locked.on_paper = [*renamed_lines(dict.fromkeys(locked.on_paper, ""), before, offered)]
            locked.lacking = renamed_lines(locked.lacking, before, offered)
            locked.version_id = offered.version_id
        locked.known = [name for name in locked.known if eform.item(name) is not None]
        locked.carried = [*locked.carried, *said]
    draft.refresh_from_db()
    return True


@contextmanager
def _open(draft_id: UUID, at: datetime) -> Iterator[Draft]:
    """The draft, held alone; what was changed of it is written at the end. Raises `DraftSent`."""
    with transaction.atomic():
        draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft_id)
        if draft.submitted_at is not None:
            raise DraftSent
        before = deepcopy({one.attname: getattr(draft, one.attname) for one in Draft._meta.concrete_fields})
        yield draft
        changed = [name for name, value in before.items() if getattr(draft, name) != value]
        if changed:
            draft.updated_at, draft.expires_at = at, at + KEPT
            draft.save(update_fields=[*changed, "updated_at", "expires_at"])
