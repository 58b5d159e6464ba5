"""What is done with papers: taken in, added to, handed in, removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.documents.papers.access import Owner, own_papers, papers_of
from motcua.documents.papers.keeping import sweep_stored
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.making import Sent, kept_bytes, made_of, require_parts
from motcua.documents.papers.models import Paper, PaperUse
from motcua.documents.papers.refusals import PaperRefused, shown_name
from motcua.documents.papers.room import require_space, require_try


def take_in(parts: Sent, *, name: str, owner: Owner, at: datetime, counted: bool = False) -> Paper:
    """Make one paper of photos and PDFs in this order, and put it into the owner's store.

    `counted`: the caller counted the try before his own transaction. Raises `PaperRefused`; then nothing of it is kept.
    """
    _require_room(parts, owner, counted)
    with made_of(parts, before=None) as made:
        shown = shown_name(name) or shown_name(Path(parts[0].name or "").stem) or _("Giấy tờ")
        with kept_bytes(made, at) as kept:
            paper = Paper.objects.create(
                name=shown, stored_id=kept.sha256, made_from=0 if made.as_sent else len(parts), created_at=at,
                citizen_id=owner.citizen_id, key_hash=owner.key_hash,
            )  # fmt: skip
            _tell("paper.taken_in", paper, owner.actor, at, made.pages)
    return paper


def append_pages(paper_id: UUID, parts: Sent, *, owner: Owner, at: datetime, counted: bool = False) -> Paper:
    """Put more photos or PDFs behind a paper of his; where it was handed in already, it stays as it was there.

    Raises `PaperRefused`, `Paper.DoesNotExist` when it is not his.
    """
    before = own_papers(owner, [paper_id])[0]
    _require_room(parts, owner, counted)
    with made_of(parts, before=before.stored) as made, kept_bytes(made, at) as kept:
        changed = papers_of(owner).filter(pk=paper_id, stored_id=before.stored_id).update(
            stored_id=kept.sha256, made_from=max(before.made_from, 1) + len(parts)
        )  # fmt: skip
        if not changed:
            raise PaperRefused("changed_meanwhile")
        paper = own_papers(owner, [paper_id])[0]
        _tell("paper.added_to", paper, owner.actor, at, made.pages)
        sweep_stored(before.stored_id)
    return paper


@transaction.atomic
def lay_copy(paper_id: UUID, *, owner: Owner, into: Owner, at: datetime) -> Paper:
    """Lay a paper of his also where papers are gathered under another key: the same bytes, a label of their own.

    Laid there already, it is that one. Raises `Paper.DoesNotExist` when it is not his, `PaperRefused` without room.
    """
    his = papers_of(owner).select_for_update(of=("self",)).get(pk=paper_id)
    there = papers_of(into).filter(stored_id=his.stored_id, name=his.name).first()
    if there is not None:
        return there
    require_space(into, his.stored.size)
    paper = Paper.objects.create(
        name=his.name, stored_id=his.stored_id, made_from=his.made_from, created_at=at, citizen_id=into.citizen_id,
        key_hash=into.key_hash,
    )  # fmt: skip
    _tell("paper.taken_in", paper, owner.actor, at, his.stored.pages)
    return paper


@transaction.atomic
def forget(paper_id: UUID, *, owner: Owner, at: datetime) -> None:
    """Take a paper out of the owner's store; what he handed in stays with its filing, the rest is erased.

    Raises `Paper.DoesNotExist` when it is not his.
    """
    paper = papers_of(owner).select_for_update(of=("self",)).get(pk=paper_id)
    _tell("paper.forgotten", paper, owner.actor, at, paper.stored.pages)
    _erase(paper, at)


@transaction.atomic
def forget_all(owner: Owner, *, at: datetime, by: Actor) -> int:
    """Take all his papers out: a guest's draft that ran out, an account that is closed. How many there were."""
    papers = list(papers_of(owner).select_for_update(of=("self",)))
    for paper in papers:
        _tell("paper.forgotten", paper, by, at, paper.stored.pages)
        _erase(paper, at)
    return len(papers)


@dataclass(frozen=True, slots=True)
class HandedTo:
    """A filing or a dossier (one of the two), as the citizen knows it: its number and what it is about."""

    called: str
    submission_id: UUID | None = None
    dossier_id: UUID | None = None


@transaction.atomic
def hand_in(papers: Iterable[tuple[UUID, UUID | None]], to: HandedTo, *, owner: Owner, at: datetime) -> list[PaperUse]:
    """Hand in papers of his (paper, component) as they are now. The caller records the filing's event beside it.

    Raises `Paper.DoesNotExist` when one is not his.
    """
    wanted = list(papers)
    found = own_papers(owner, [paper for paper, _component in wanted])
    return PaperUse.objects.bulk_create(
        PaperUse(
            paper=paper, stored_id=paper.stored_id, name=paper.name, component_id=component, called=to.called[:200],
            submission_id=to.submission_id, dossier_id=to.dossier_id, used_at=at,
        )
        for paper, (_paper, component) in zip(found, wanted, strict=True)
    )  # fmt: skip


@transaction.atomic
def carry_over(submission_id: UUID, to: HandedTo, *, at: datetime) -> list[PaperUse]:
    """What came with a filing stays with the dossier it became. The caller records the dossier's event beside it."""
    return PaperUse.objects.bulk_create(
        PaperUse(
            paper_id=use.paper_id, stored_id=use.stored_id, name=use.name, component_id=use.component_id,
            called=to.called[:200], dossier_id=to.dossier_id, used_at=at,
        )
        for use in PaperUse.objects.filter(submission_id=submission_id)
    )  # fmt: skip


def _erase(paper: Paper, at: datetime) -> None:
    if paper.uses.exists():
        paper.forgotten_at = at
        paper.save(update_fields=["forgotten_at"])
        return
    stored = paper.stored_id
    paper.delete()
    sweep_stored(stored)


def _tell(kind: str, paper: Paper, by: Actor, at: datetime, pages: int) -> None:
    """Neither name nor hash in it: what a citizen removed was never anybody's business."""
    record(kind=kind, subject=("paper", paper.id), by=by, at=at, after={"pages": pages})


def _require_room(parts: Sent, owner: Owner, counted: bool) -> None:
    """May he send this, and has he room for it? Raises `PaperRefused`."""
    require_parts(parts, paper_limits())
    if not counted:
        require_try(owner)
    require_space(owner, 0)
