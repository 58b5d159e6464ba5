"""Sentences about the days of a result."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.result.rules import DayFault

BAD_HOLDER: Final = _("Số định danh có 12 chữ số; mã số thuế có 10 chữ số, có thể thêm -001.")
DAY_FAULTS: Final[Mapping[DayFault, Promise | str]] = {
    DayFault.ISSUED_LATER: _("Ngày cấp phải từ hôm nay trở về trước."),
    DayFault.ISSUED_TOO_EARLY: _("Ngày cấp sớm quá. Ông/bà xem lại năm."),
    DayFault.ENDS_BEFORE: _("Ngày hết hiệu lực phải từ ngày cấp trở đi."),
}
