"""A bank's sheet, CSV or XLSX, opened into rows; what is no sheet is refused in a sentence."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core import sheets
from motcua.core.sheets import BIGGEST, HEADING_WITHIN, MOST_ROWS, Fault, Row, SheetFault
from motcua.payments.statements.refusals import StatementRefused

__all__ = ["BIGGEST", "HEADING_WITHIN", "MOST_ROWS", "Row", "open_rows"]

_WORDS: Final = {
    Fault.TOO_BIG: gettext_lazy("Sao kê lớn quá, nhiều nhất 5 MB. Ông/bà tải sao kê theo từng tháng."),
    Fault.TOO_MANY_ROWS: gettext_lazy("Sao kê nhiều hơn 20.000 dòng. Ông/bà chia theo từng tháng."),
    Fault.BROKEN_CSV: gettext_lazy("Tệp CSV này hỏng. Ông/bà tải lại sao kê từ trang của ngân hàng."),
    Fault.BROKEN_XLSX: gettext_lazy("Tệp XLSX này hỏng. Ông/bà tải lại sao kê từ trang của ngân hàng."),
    Fault.UNPACKS_TOO_BIG: gettext_lazy("Tệp XLSX này mở ra lớn quá. Ông/bà tải sao kê theo từng tháng."),
}


def open_rows(content: bytes) -> tuple[str, list[Row]]:
    """ "xlsx" or "csv", and the rows of the (first) sheet. Raises `StatementRefused`."""
    try:
        return sheets.open_rows(content)
    except SheetFault as fault:
        words = _WORDS.get(fault.fault)
        raise StatementRefused(
            str(words) if words else _("Không đọc được tệp này: không phải CSV cũng không phải XLSX.")
        ) from fault
