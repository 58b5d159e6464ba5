"""Days that cannot be, and how a finding stands, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy

from motcua.reform.inspections.rules import Fault, Remedied

FAULTS: Final[Mapping[Fault, object]] = {
    Fault.TO_COME: gettext_lazy("Ngày này ở sau hôm nay. Ông/bà ghi việc đã làm."),
    Fault.BEFORE_PLAN: gettext_lazy("Ngày này trước ngày ký kế hoạch kiểm tra."),
    Fault.BEFORE_VISIT: gettext_lazy("Ngày này trước ngày kiểm tra."),
    Fault.OUTSIDE_YEAR: gettext_lazy("Ngày dự kiến phải nằm trong năm của kế hoạch kiểm tra."),
    Fault.TOO_FAR: gettext_lazy("Hạn khắc phục nhiều nhất là hai năm sau ngày kiểm tra."),
}
REMEDIED: Final[Mapping[Remedied, tuple[str, object]]] = {
    Remedied.IN_TIME: ("done", gettext_lazy("Đã khắc phục")),
    Remedied.LATE: ("near", gettext_lazy("Khắc phục trễ hạn")),
    Remedied.WAITING: ("plain", gettext_lazy("Chưa khắc phục")),
    Remedied.OVERDUE: ("late", gettext_lazy("Quá hạn khắc phục")),
}
"""Kind of the label and its words."""
