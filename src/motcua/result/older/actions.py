"""What is done with older results: listed one by one or from a sheet, corrected, digitized, checked, refused."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import EventRow, record, record_many
from motcua.core.ids import uuid7
from motcua.core.models import Event
from motcua.core.refusals import Refusal
from motcua.documents.papers.issuing import Issued, keeping_issued
from motcua.documents.papers.making import Sent
from motcua.documents.papers.models import CopyKind, IssuedPaper
from motcua.people.access import ActingOfficial
from motcua.result.older.access import SUBJECT, older_of
from motcua.result.older.models import OlderResult
from motcua.result.older.states import OlderState, may_move
from motcua.result.phrases import DAY_FAULTS
from motcua.result.rules import day_fault

SHORTEST = 5
"""Letters of a reason that says anything."""


class OlderRefused(Refusal, ValueError):
    """It cannot be done with this older result; the sentence says why."""


class StaleOlder(Refusal):
    """It is no longer as the page showed it. Nothing was changed."""

    def __str__(self) -> str:
        return _("Kết quả này vừa được người khác xử lý. Trang đã tải lại, việc của ông/bà chưa ghi.")


@dataclass(frozen=True, slots=True)
class OlderFacts:
    """What stands on an older result; `valid_until` None: valid for good."""

    title: str
    number: str
    issued_on: date
    holder_name: str
    valid_until: date | None = None
    holder_id: str = ""
    procedure_id: UUID | None = None

    @classmethod
    def of(cls, older: OlderResult) -> "OlderFacts":
        """As the register has it."""
        return cls(**{one.name: getattr(older, one.name) for one in fields(cls)})

    def told(self) -> dict[str, str]:
        """By name, as text: what an event says of it."""
        return {one.name: str(getattr(self, one.name) or "") for one in fields(self)}

    @property
    def mark(self) -> str:
        """What tells a page whether the register still says what it showed."""
        return hashlib.sha256(json.dumps(self.told(), sort_keys=True).encode()).hexdigest()[:16]

    @property
    def key(self) -> tuple[str, str, date]:
        """What an agency has once."""
        return self.title, self.number, self.issued_on


def list_older(facts: OlderFacts, *, by: ActingOfficial, at: datetime, first: date = date.min) -> OlderResult:
    """Write one older result into the register. Raises `OlderRefused`: days that cannot be, there already."""
    fault = day_fault(facts.issued_on, facts.valid_until, today=localdate(at), first=first)
    if fault is not None:
        raise OlderRefused(str(DAY_FAULTS[fault]))
    try:
        (older,) = list_many([facts], by=by, at=at)
    except IntegrityError as again:
        raise OlderRefused(_("Kết quả này đã có trong sổ.")) from again
    return older


def list_many(rows: Sequence[OlderFacts], *, by: ActingOfficial, at: datetime) -> list[OlderResult]:
    """Write many, each with its event; all or none. The caller has looked at their days."""
    written = [
        OlderResult(
            id=uuid7(), agency_id=by.agency_id, title=one.title, procedure_id=one.procedure_id, number=one.number,
            issued_on=one.issued_on, valid_until=one.valid_until, holder_name=one.holder_name,
            holder_id=one.holder_id, listed_at=at, listed_by_id=by.id,
        )
        for one in rows
    ]  # fmt: skip
    with transaction.atomic():
        OlderResult.objects.bulk_create(written, batch_size=500)
        record_many(
            EventRow("older.listed", (SUBJECT, one.id), by.actor, at, by.agency_id, None, {"state": str(one.state)})
            for one in written
        )
    return written


def correct_older(
    older_id: UUID, facts: OlderFacts, *, seen: str, why: str, by: ActingOfficial, at: datetime, first: date = date.min
) -> OlderResult:
    """What was written down wrongly is put right; the event keeps what stood there. What was checked waits for another
    check: it was the row that was checked too.

    Raises `OlderRefused`: without a reason, nothing changed, days that cannot be, another row says the same;
    `StaleOlder` when the register no longer says what the page showed (`OlderFacts.mark`).
    """
    reason = " ".join(why.split())[:400]
    if len(reason) < SHORTEST:
        raise OlderRefused(_("Ông/bà ghi vì sao sửa, ví dụ: gõ nhầm số, đối chiếu với sổ gốc năm 2015."))
    fault = day_fault(facts.issued_on, facts.valid_until, today=localdate(at), first=first)
    if fault is not None:
        raise OlderRefused(str(DAY_FAULTS[fault]))
    try:
        with transaction.atomic():
            return _correct(older_id, facts, seen, reason, by, at)
    except IntegrityError as again:
        raise OlderRefused(_("Sổ đã có một kết quả khác cùng tên, số và ngày cấp như vậy.")) from again


def _correct(
    older_id: UUID, facts: OlderFacts, seen: str, reason: str, by: ActingOfficial, at: datetime
) -> OlderResult:
    older = older_of(by).select_for_update().filter(pk=older_id).first()
    if older is None or OlderFacts.of(older).mark != seen:
        raise StaleOlder
    before, after = OlderFacts.of(older).told(), facts.told()
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        raise OlderRefused(_("Ông/bà chưa sửa gì."))
    state = older.state
    for name in changed:
        setattr(older, name, getattr(facts, name))
    if state == OlderState.CHECKED:
        older.state, older.decided_at, older.decided_by = OlderState.DIGITIZED, None, None
    older.save(update_fields=[*changed, "state", "decided_at", "decided_by"])
    record(
        kind="older.corrected", subject=(SUBJECT, older.pk), by=by.actor, at=at, agency_id=by.agency_id,
        before={"state": state, **{name: before[name] for name in changed}},
        after={"state": str(older.state), "reason": reason, **{name: after[name] for name in changed}},
    )  # fmt: skip
    return older


def digitize(
    older_id: UUID, parts: Sent, *, by: ActingOfficial, at: datetime, replaces: UUID | None = None
) -> OlderResult:
    """Keep the scan of an older result; one before it is replaced and stays. It waits for a second official then.

    Raises `StaleOlder`, `PaperRefused`.
    """
    older = older_of(by).filter(pk=older_id).first()
    if older is None:
        raise StaleOlder
    issued = Issued(
        older.id, f"{older.title} {older.number}"[:120], older_id=older.id, kind=CopyKind.SCANNED, replaces=replaces
    )
    with keeping_issued(parts, issued, by=by, at=at) as copy:
        _move(older, OlderState.DIGITIZED, "older.digitized", by, at, {"sha256": copy.stored_id},
              copied_at=at, copied_by_id=by.id, decided_at=None, decided_by_id=None, refused_why="")  # fmt: skip
    return older


def check(older_id: UUID, *, copy_id: UUID, by: ActingOfficial, at: datetime) -> None:
    """A second official found the scan whole and readable, and the row right. Raises `OlderRefused`, `StaleOlder`."""
    with transaction.atomic():
        older = _lock_seen(older_id, copy_id, by)
        _move(older, OlderState.CHECKED, "older.checked", by, at, {}, decided_at=at, decided_by_id=by.id)


def refuse_scan(older_id: UUID, *, copy_id: UUID, why: str, by: ActingOfficial, at: datetime) -> None:
    """A second official found it unreadable or wrong; it is to be scanned again. Raises as `check`."""
    reason = " ".join(why.split())[:400]
    if len(reason) < SHORTEST:
        raise OlderRefused(_("Ông/bà ghi bản quét không đạt ở chỗ nào, ví dụ: trang 2 mờ, mất dấu."))
    with transaction.atomic():
        older = _lock_seen(older_id, copy_id, by)
        _move(older, OlderState.REFUSED, "older.refused", by, at, {"reason": reason},
              decided_at=at, decided_by_id=by.id, refused_why=reason)  # fmt: skip


def _lock_seen(older_id: UUID, copy_id: UUID, by: ActingOfficial) -> OlderResult:
    """The row, as long as the copy that was looked at is the one that stands; and he is not the one who made it."""
    older = older_of(by).select_for_update().filter(pk=older_id, state=OlderState.DIGITIZED).first()
    if older is None or not IssuedPaper.objects.filter(pk=copy_id, older_id=older.id, replaced_at=None).exists():
        raise StaleOlder
    if older.copied_by_id == by.id:
        raise OlderRefused(_("Ông/bà đã số hóa kết quả này. Người khác kiểm tra."))
    corrected = Event.objects.filter(
        subject_kind=SUBJECT, subject_id=older.id, kind="older.corrected", actor_id=by.account_id
    )
    if corrected.filter(at__gte=older.copied_at).exists():
        raise OlderRefused(_("Ông/bà đã sửa dòng này trong sổ. Người khác kiểm tra."))
    return older


def _move(
    older: OlderResult, to: OlderState, kind: str, by: ActingOfficial, at: datetime, told: dict[str, str],
    **changes: object,
) -> None:  # fmt: skip
    seen = OlderState(older.state)
    moved = may_move(seen, to) and OlderResult.objects.filter(pk=older.pk, state=seen).update(state=to, **changes)
    if not moved:
        raise StaleOlder
    record(
        kind=kind, subject=(SUBJECT, older.pk), by=by.actor, at=at, agency_id=by.agency_id,
        before={"state": str(seen)}, after={"state": str(to), **told},
    )  # fmt: skip
