"""The printer of a hall: set by an administrator, and marked when it takes no slip, so that somebody brings paper."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from motcua.core.events import Actor, record
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.queueing.live import hall_changed
from motcua.queueing.models import Hall, Printer, PrinterTrouble, PrinterWay
from motcua.queueing.printing.sending import NotPrinted, send
from motcua.queueing.printing.slip import Slip, slip_picture

THE_PRINTER: Final = Actor(None, gettext_noop("Máy in phiếu"))


def set_printer(hall: Hall, wanted: Printer | None, *, by: ActingOfficial, at: datetime) -> None:
    """The hall prints there from now on, or nowhere. Records `hall.printer_set`.

    Raises `ValidationError` when `wanted` does not say where the printer is.
    """
    with transaction.atomic():
        Hall.objects.select_for_update().get(pk=hall.pk, agency_id=by.agency_id)
        Printer.objects.filter(hall=hall).delete()
        if wanted is not None:
            wanted.hall, wanted.trouble, wanted.trouble_since = hall, "", None
            wanted.full_clean()
            wanted.save(force_insert=True)
        record(
            kind="hall.printer_set", subject=("hall", hall.pk), by=by.acting_for(Role.ADMINISTRATOR), at=at,
            agency_id=hall.agency_id, after={"printer": _told(wanted)},
        )  # fmt: skip
        hall_changed(hall.pk)


def print_slip(slip: Slip, printer: Printer, *, at: datetime) -> bool:
    """Print a slip; whether it came out. The first slip that did not, and the first that does again, are told.

    Records `hall.printer_troubled` and `hall.printer_mended`.
    """
    try:
        send(slip_picture(slip), printer)
    except NotPrinted as fault:
        _mark(printer, fault.trouble, at)
        return False
    _mark(printer, None, at)
    return True


def _mark(printer: Printer, trouble: PrinterTrouble | None, at: datetime) -> None:
    said = trouble.value if trouble else ""
    if said == printer.trouble:
        return
    with transaction.atomic():
        rows = Printer.objects.filter(pk=printer.pk, trouble=printer.trouble)
        if not rows.update(trouble=said, trouble_since=at if trouble else None):
            return
        record(
            kind=f"hall.printer_{'troubled' if trouble else 'mended'}", subject=("hall", printer.hall_id),
            by=THE_PRINTER, at=at, agency_id=_agency(printer.hall_id), before={"trouble": printer.trouble},
            after={"trouble": said},
        )  # fmt: skip
        hall_changed(printer.hall_id)


def _agency(hall_id: UUID) -> UUID:
    return Hall.objects.values_list("agency_id", flat=True).get(pk=hall_id)


def _told(printer: Printer | None) -> dict[str, Any]:
    if printer is None:
        return {}
    where: dict[str, dict[str, Any]] = {
        PrinterWay.NETWORK: {"host": printer.host, "port": printer.port},
        PrinterWay.USB: {"vendor": printer.vendor, "product": printer.product},
        PrinterWay.DEVICE: {"device": printer.device},
    }
    return {"way": str(printer.way), **where[printer.way]}
