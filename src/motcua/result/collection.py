"""The result's electronic copy, and after it left the office: whether it arrived."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.refusals import Refusal
from motcua.core.sql import execute, fetch_one
from motcua.documents.papers.issuing import Issued, issued_of, keeping_issued
from motcua.documents.papers.making import Sent
from motcua.dossiers.models import ReturnMethod
from motcua.dossiers.states import StaleMove, State
from motcua.people.access import ActingOfficial
from motcua.result.models import Delivery, DigitizingException, Evidence, Result
from motcua.result.phrases import DAY_FAULTS
from motcua.result.rules import day_fault

READY: Final = (State.PROCESSING, State.FINISHED, State.RETURNED)
NOON: Final = time(12)
"""A carrier tells a day; it is kept as that day's noon."""


class CopyRefused(Refusal):
    """The copy cannot be attached like this; the sentence says why."""


class NotCollected(Refusal, ValueError):
    """The arrival cannot be written down like this; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Shows:
    """What stands on the copy, and whether it was `scanned` or `electronic`; `valid_until` None: valid for good."""

    kind: str
    issued_on: date
    number: str = ""
    valid_until: date | None = None

    def told(self) -> dict[str, str]:
        """As the event keeps it; nothing that was left empty."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def attach_copy(
    dossier_id: UUID, parts: Sent, *, shows: Shows, by: ActingOfficial, at: datetime, replaces: UUID | None = None
) -> UUID:
    """Attach the electronic copy of the result that stands, or replace the one seen while the citizen has none yet.

    Raises `CopyRefused` (nothing approved, handed over with a copy before, days that cannot be), `PaperRefused`.
    """
    result = Result.objects.select_related("dossier").filter(
        dossier_id=dossier_id, dossier__agency_id=by.agency_id, superseded_at=None
    ).first()  # fmt: skip
    if result is None or result.dossier.state not in READY:
        raise CopyRefused(_("Chưa có kết quả được duyệt nên chưa đính kèm được."))
    received_on = localdate(result.dossier.received_at)
    fault = day_fault(shows.issued_on, shows.valid_until, today=localdate(at), first=received_on)
    if fault is not None:
        raise CopyRefused(str(DAY_FAULTS[fault]))
    issued = Issued(result.id, f"{result.code} {result.name}"[:120], dossier_id, **asdict(shows), replaces=replaces)
    with keeping_issued(parts, issued, by=by, at=at) as copy:
        _require_open(dossier_id, copy.id, result.id)
        DigitizingException.objects.filter(dossier_id=dossier_id, ended_at=None).update(ended_at=at)
        record(
            kind="dossier.result_attached", subject=("dossier", dossier_id), by=by.actor, at=at,
            agency_id=by.agency_id, after={"result": result.code, "sha256": copy.stored_id, **shows.told()},
        )  # fmt: skip
    return copy.id


def _require_open(dossier_id: UUID, copy_id: UUID, result_id: UUID) -> None:
    """The result still stands, and what the citizen may have had is not replaced under his hands.

    Both rows are locked: who waited here for a reopening reads the dossier anew, and must not read the result as old.
    """
    row = fetch_one(
        "SELECT d.state, EXISTS (SELECT 1 FROM documents_issuedpaper i WHERE i.about_id = r.id AND i.id <> %s) "
        "FROM dossiers_dossier d JOIN result_result r ON r.dossier_id = d.id AND r.superseded_at IS NULL "
        "WHERE d.id = %s AND r.id = %s FOR SHARE OF d, r",
        (copy_id, dossier_id, result_id),
    )
    if row is None or row[0] not in READY:
        raise StaleMove
    if row[0] == State.RETURNED and row[1]:
        raise CopyRefused(_("Kết quả đã trả kèm bản điện tử. Muốn thay thì mở lại hồ sơ."))


def note_download(dossier_id: UUID, *, by: Actor, at: datetime) -> bool:
    """The citizen downloads what was opened for him: the first time he has collected it, an event. Was it the first?"""
    with transaction.atomic():
        row = fetch_one(
            "UPDATE result_delivery v SET collected_at = %s, evidence = %s, confirmed = true FROM dossiers_dossier d "
            "WHERE v.dossier_id = %s AND d.id = v.dossier_id AND v.superseded_at IS NULL AND v.method = %s "
            "AND v.collected_at IS NULL RETURNING d.agency_id",
            (at, str(Evidence.DOWNLOAD), dossier_id, str(ReturnMethod.ONLINE)),
        )
        if row is None:
            return False
        _tell(dossier_id, Evidence.DOWNLOAD, at, by=by, at=at, agency_id=row[0])
    return True


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the carrier, or the signed slip, says: the day, and which of the two it is."""

    on: date
    evidence: str


def note_arrival(dossier_id: UUID, arrived: Arrived, *, by: ActingOfficial, at: datetime) -> None:
    """Write down that a letter with a result arrived.

    Raises `NotCollected` for a day before it left or after today, `StaleMove` when nothing is on its way.
    """
    with transaction.atomic():
        found = (
            Delivery.objects.select_for_update()
            .filter(
                dossier_id=dossier_id,
                dossier__agency_id=by.agency_id,
                method=ReturnMethod.POST,
                superseded_at=None,
                collected_at=None,
            )
            .first()
        )
        if found is None or arrived.evidence not in (Evidence.SIGNED_SLIP, Evidence.CARRIER):
            raise StaleMove
        if not localdate(found.returned_at) <= arrived.on <= localdate(at):
            raise NotCollected(_("Ngày nhận phải từ ngày gửi đi đến hôm nay."))
        moment = min(max(make_aware(datetime.combine(arrived.on, NOON)), found.returned_at), at)
        execute(
            "UPDATE result_delivery SET collected_at = %s, evidence = %s, confirmed = true, "
            "collection_noted_by_id = %s WHERE id = %s",
            (moment, arrived.evidence, by.id, found.id),
        )
        _tell(dossier_id, Evidence(arrived.evidence), moment, by=by.actor, at=at, agency_id=by.agency_id)


def copy_ready(dossier_id: UUID) -> bool:
    """Whether an electronic copy of the result lies here."""
    return dossier_id in issued_of([dossier_id])


def _tell(
    dossier_id: UUID, evidence: Evidence, collected_at: datetime, *, by: Actor, at: datetime, agency_id: UUID
) -> None:
    record(
        kind="dossier.collected", subject=("dossier", dossier_id), by=by, at=at, agency_id=agency_id,
        after={"evidence": evidence.value, "collected_at": collected_at.isoformat()},
    )  # fmt: skip
