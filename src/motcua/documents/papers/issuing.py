"""What the office gives out with a dossier, as bytes: kept as it was signed or scanned, replaced, read."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.core.throttle import allow
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.making import Sent, kept_bytes, made_of, require_parts
from motcua.documents.papers.models import CopyKind, IssuedPaper
from motcua.documents.papers.refusals import PaperRefused, shown_name
from motcua.people.access import ActingOfficial


@dataclass(frozen=True, slots=True)
class Issued:
    """What a copy is of: the result it shows, the name it is downloaded under, and what stands on the paper.

    The dossier's result, or an older one (`older_id`). `valid_until` None: for good. `replaces`: the copy that stands
    as its sender saw it; when another stands by now, nothing is replaced under that one's hands.
    """

    about_id: UUID
    name: str
    dossier_id: UUID | None = None
    older_id: UUID | None = None
    kind: str = ""
    number: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    replaces: UUID | None = None


@contextmanager
def keeping_issued(parts: Sent, issued: Issued, *, by: ActingOfficial, at: datetime) -> Iterator[IssuedPaper]:
    """Keep the copy of a result; a PDF stays the very bytes it was, for it may be signed. One before it is replaced.

    Inside, in the same transaction, the caller records the dossier's event. Raises `PaperRefused`.
    """
    limits = paper_limits()
    require_parts(parts, limits)
    if not allow(what="paper", who=str(by.id), limit=limits.tries_an_hour, window=timedelta(hours=1)):
        raise PaperRefused("too_often")
    with made_of(parts, before=None) as made, kept_bytes(made, at) as kept:
        if issued.kind == CopyKind.ELECTRONIC and not made.as_sent:
            raise PaperRefused("photographed")
        if issued.replaces is not None:
            seen = IssuedPaper.objects.filter(about_id=issued.about_id, replaced_at=None, pk=issued.replaces)
            if not seen.update(replaced_at=at):
                raise PaperRefused("attached_meanwhile")
        try:
            with transaction.atomic():
                copy = IssuedPaper.objects.create(
                    dossier_id=issued.dossier_id, older_id=issued.older_id, about_id=issued.about_id,
                    stored_id=kept.sha256, name=shown_name(issued.name), kept_at=at, kept_by_id=by.id,
                    kind=issued.kind, number=issued.number, issued_on=issued.issued_on,
                    valid_until=issued.valid_until,
                )  # fmt: skip
        except IntegrityError as another:
            raise PaperRefused("attached_meanwhile") from another
        yield copy


def withdraw_issued(dossier_id: UUID, *, at: datetime) -> None:
    """The copies of what was decided before stand no longer. The caller records the dossier's event beside it."""
    IssuedPaper.objects.filter(dossier_id=dossier_id, replaced_at=None).update(replaced_at=at)


def issued_of(dossier_ids: Iterable[UUID]) -> dict[UUID, IssuedPaper]:
    """The copies that stand, by dossier. Whether the reader may have one is the caller's to know."""
    rows = IssuedPaper.objects.filter(dossier_id__in=[*dossier_ids], replaced_at=None).select_related("stored")
    return {row.dossier_id: row for row in rows.order_by("kept_at") if row.dossier_id is not None}


def copies_of(about_id: UUID) -> list[IssuedPaper]:
    """Every copy of this result, the newest first, those that were replaced among them."""
    return list(IssuedPaper.objects.filter(about_id=about_id).select_related("stored", "kept_by").order_by("-kept_at"))
