"""Preparing the result and giving it to the citizen."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.catalogue.queries import version_by_id
from motcua.core.events import Happened, record
from motcua.core.ids import uuid7
from motcua.core.numbering import next_number
from motcua.core.refusals import Refusal
from motcua.core.sql import execute, fetch_one
from motcua.documents.papers.issuing import issued_of, withdraw_issued
from motcua.dossiers.models import ReturnMethod
from motcua.dossiers.rules import timeliness
from motcua.dossiers.states import StaleMove, State, move
from motcua.people.access import ActingOfficial
from motcua.result.models import Evidence
from motcua.routing.actions import OpenStep, close_return_step
from motcua.routing.actions.detours import Rejected

# A result whose procedure names none; stored, so Vietnamese in whatever language it was approved.
UNNAMED = gettext_noop("Kết quả giải quyết")
REFUSAL = gettext_noop("Phiếu từ chối giải quyết hồ sơ")


class DeliveryRefused(Refusal, ValueError):
    """The result cannot be handed over like this; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who takes the result, or to whom it goes. `confirmed`: he signed or pressed the confirmation at the counter.

    `shown`: what he showed of himself there. By post: the `carrier` and the number it gave the letter.
    """

    name: str
    personal_id: str
    method: str
    confirmed: bool
    shown: str = ""
    carrier: str = ""
    tracking_number: str = ""


def prepare(happened: Happened) -> None:
    """Write the result of an approved dossier. Listens to `dossier.approved`.

    Code `<mã hồ sơ>-KQ1`, `-KQ2` … (Decree 45/2020/NĐ-CP art. 14.3); an earlier one is superseded.
    """
    carried: tuple[OpenStep, ActingOfficial] = happened.carried
    step, by = carried
    names = version_by_id(step.version_id).results
    _supersede(step.dossier_id, happened.at)
    _write(step.dossier_id, step.code, names[0] if names else UNNAMED, by, happened.at)


def prepare_refusal(happened: Happened) -> None:
    """Write the refusal letter (form 03) of a dossier rejected on the merits. Listens to `dossier.rejected`."""
    rejected: Rejected = happened.carried
    number = next_number(agency_id=rejected.by.agency_id, series="refusal", day=date(localdate(happened.at).year, 1, 1))
    _supersede(rejected.dossier_id, happened.at)
    _write(rejected.dossier_id, rejected.code, REFUSAL, rejected.by, happened.at,
           refusal=(number, rejected.reason, rejected.legal_basis))  # fmt: skip


def supersede_results(happened: Happened) -> None:
    """What was decided of a reopened dossier no longer stands. Listens to `dossier.reopened`."""
    _supersede(happened.subject_id, happened.at)


def _supersede(dossier_id: UUID, at: datetime) -> None:
    execute(
        "UPDATE result_delivery SET superseded_at = %s WHERE dossier_id = %s AND superseded_at IS NULL",
        (at, dossier_id),
    )
    execute(
        "UPDATE result_result SET superseded_at = %s WHERE dossier_id = %s AND superseded_at IS NULL", (at, dossier_id)
    )
    withdraw_issued(dossier_id, at=at)
    execute(
        "UPDATE result_digitizingexception SET ended_at = %s WHERE dossier_id = %s AND ended_at IS NULL",
        (at, dossier_id),
    )


def _write(
    dossier_id: UUID, code: str, name: str, by: ActingOfficial, at: datetime,
    refusal: tuple[int | None, str, str] = (None, "", ""),
) -> None:  # fmt: skip
    execute(
        "INSERT INTO result_result (id, dossier_id, code, name, approved_by_id, approved_at, refusal_number, reason, "
        "legal_basis) SELECT %s, %s, %s || '-KQ' || (count(*) + 1), %s, %s, %s, %s, %s, %s FROM result_result "
        "WHERE dossier_id = %s",
        (uuid7(), dossier_id, code, name[:400], by.id, at, *refusal, dossier_id),
    )


def return_result(dossier_id: UUID, *, recipient: Recipient, by: ActingOfficial, at: datetime) -> None:
    """The result leaves the office and the dossier ends: given at the desk, taken to the post, or opened for download.

    Raises `DeliveryRefused` without a name or, as long as nobody confirmed, without what shows that it left: at the
    counter the confirmation itself, by post the letter's number, online the electronic copy. `StaleMove` when the
    result is not ready or was returned before.
    """
    _require_traces(dossier_id, recipient)
    with transaction.atomic():
        row = fetch_one(
            "SELECT due_at, finished_at, state FROM dossiers_dossier WHERE id = %s AND agency_id = %s FOR UPDATE",
            (dossier_id, by.agency_id),
        )
        if row is None or row[2] != State.FINISHED:
            raise StaleMove
        execute(
            "INSERT INTO result_delivery (id, dossier_id, method, recipient_name, recipient_personal_id, confirmed, "
            "returned_at, returned_by_id, shown, carrier, tracking_number, collected_at, evidence, "
            "collection_noted_by_id) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (uuid7(), dossier_id, recipient.method, recipient.name.strip(), recipient.personal_id,
             recipient.confirmed, at, by.id, recipient.shown, recipient.carrier, recipient.tracking_number,
             *((at, str(Evidence.AT_DESK), by.id) if recipient.method == ReturnMethod.COUNTER else (None, "", None))),
        )  # fmt: skip
        told_as = close_return_step(dossier_id, by=by, at=at)
        move(dossier_id=dossier_id, seen=State.FINISHED, to=State.RETURNED, at=at)
        record(
            kind="dossier.returned", subject=("dossier", dossier_id), by=told_as, at=at, agency_id=by.agency_id,
            before={"state": int(State.FINISHED)},
            after={
                "state": int(State.RETURNED),
                "method": recipient.method,
                "timeliness": timeliness(due_at=row[0], ended_at=row[1]).value,
                **({"carrier": recipient.carrier, "tracking_number": recipient.tracking_number}
                   if recipient.tracking_number else {}),
            },
        )  # fmt: skip


def _require_traces(dossier_id: UUID, recipient: Recipient) -> None:
    if not recipient.name.strip():
        raise DeliveryRefused(_("Ông/bà ghi họ tên người nhận kết quả."))
    if recipient.confirmed:
        return
    if recipient.method == ReturnMethod.COUNTER:
        raise DeliveryRefused(
            _("Người nhận cần xác nhận đã nhận kết quả. Ông/bà đánh dấu xác nhận sau khi người nhận ký.")
        )
    if recipient.method == ReturnMethod.POST and not (recipient.carrier and recipient.tracking_number):
        raise DeliveryRefused(_("Ông/bà ghi đơn vị bưu chính và số vận đơn của bưu gửi."))
    if recipient.method == ReturnMethod.ONLINE and dossier_id not in issued_of([dossier_id]):
        raise DeliveryRefused(
            _("Chưa có bản điện tử để tải về. Văn thư đính kèm bản điện tử trước khi trả trực tuyến.")
        )
