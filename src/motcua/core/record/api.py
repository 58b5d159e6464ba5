"""The seals for programs: who keeps a copy of them can tell later whether the record was rewritten."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, QueryEx, Router, Schema

from motcua.core.api import UNREADABLE
from motcua.core.record.witness import seals_after, told

router = Router(tags=["record"])
MOST = 1000


class SealFacts(Schema):
    """A seal as it is hashed: SHA-256 over "motcua-seal-1" and the fields up to `sealed_at`, one a line."""

    number: int
    previous: str = Field(description="Hash of the seal before; sixty-four zeros for the first.")
    leaves: int
    root: str = Field(description="Root of the Merkle tree over its leaves (RFC 6962).")
    first: int = Field(description="Lowest sequence of its events.")
    last: int = Field(description="Highest sequence of its events.")
    floor: int = Field(description="Every event up to this sequence is sealed by now.")
    sealed_at: str
    hash: str


class Seals(Schema):
    """Seals in order. `next`: ask for those after it; null at the end."""

    seals: list[SealFacts]
    next: int | None


@router.get(
    "/seals",
    response={200: Seals, **UNREADABLE},
    summary=gettext_noop("Các niêm phong, theo thứ tự"),
    description="The chain of seals. Keep a copy elsewhere and compare: a rewritten record has other hashes. "
    "How everything is hashed stands in docs/decisions/0013.",
    operation_id="list_seals",
    url_name="record-seals",
)
def list_seals(
    request: HttpRequest,
    after: Annotated[int, QueryEx(0, ge=0, le=2**62, description="Only seals with a higher number.")] = 0,
    limit: Annotated[int, QueryEx(100, ge=1, le=MOST, description="At most so many.")] = 100,
) -> Seals:
    found = seals_after(after, limit)
    return Seals(
        seals=[SealFacts(**told(*one)) for one in found], next=found[-1][0].number if len(found) == limit else None
    )
