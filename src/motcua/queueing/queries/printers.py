"""Printers that take no slip: for whoever brings paper."""

from uuid import UUID

from motcua.queueing.models import Printer


def troubled(agency_id: UUID) -> list[Printer]:
    """The agency's printers that took no slip when last asked, each with its hall; longest first."""
    rows = Printer.objects.select_related("hall").filter(hall__agency_id=agency_id, hall__is_open=True)
    return list(rows.exclude(trouble="").order_by("trouble_since"))
