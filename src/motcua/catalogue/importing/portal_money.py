"""Fees of the portal. It prints 0 where a province decides: an amount is taken only when it is surely stated."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.importing import shapes
from motcua.catalogue.importing.own import MOST_DONG
from motcua.catalogue.importing.portal_words import FEE_KINDS
from motcua.catalogue.rules import FeeLine

# The smallest amount anybody pays; less is a slip of the source (45, 90 for thousands).
LEAST_DONG = 1_000


def read_fees(row: Mapping[str, Any]) -> tuple[FeeLine, ...]:
    """One line: the stated amount, or an open amount that says what the source prints."""
    stated = row.get("fee") or {}
    if not isinstance(stated, Mapping):
        raise shapes.Malformed(_("“fee” phải có amount và set_by_province."))
    kinds = {FEE_KINDS.get(shapes.text(line, "kind")) for line in shapes.mappings(row, "fee_entries")}
    kind = "fee" if kinds == {"fee"} else "charge"
    name = _("Phí") if kind == "fee" else _("Phí, lệ phí")
    printed = [value for value in shapes.rows(stated, "portal_values") if isinstance(value, int)]
    if stated.get("set_by_province"):
        note = _printed(printed) if any(printed) else ""
        return (FeeLine(kind, name, None, set_by_province=True, note=note),)
    if stated.get("amount") is None:
        return (FeeLine(kind, name, None, note=_printed(printed)),)
    amount = shapes.number(stated, "amount", high=MOST_DONG)
    if 0 < amount < LEAST_DONG or len(set(printed)) > 1:
        return (FeeLine(kind, name, None, note=_printed(printed or [amount])),)
    return (FeeLine(kind, name, amount),)


def _printed(values: list[int]) -> str:
    if not any(values):
        return _("Nguồn không nêu mức thu rõ ràng; hỏi tại quầy trước khi nộp.")
    amounts = ", ".join(f"{value:,}".replace(",", ".") for value in sorted(set(values)))
    return _("Nguồn ghi các mức: %(amounts)s đồng; hỏi tại quầy mức áp dụng.") % {"amounts": amounts}
