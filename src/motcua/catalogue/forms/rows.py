"""One row of a draft's lists: a paper, a limit, a fee, a legal basis, a step of the route."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.forms.parts import choice_box, number_box, text_box, tick_box
from motcua.catalogue.importing.own import MOST_DONG
from motcua.catalogue.importing.shapes import LONGEST_LIMIT, MOST_PAPERS_OF_A_KIND
from motcua.catalogue.models import Channel, ComponentUse, FeeKind, LimitUnit
from motcua.catalogue.rules import BasisLine, ComponentLine, FeeLine, LimitLine, StepLine
from motcua.people.models import Role, UnitFunction

Line = ComponentLine | LimitLine | FeeLine | BasisLine | StepLine
WHEN = gettext_lazy("Chỉ trong trường hợp")


class Row(forms.Form):
    """A row of a list. One left as it was offered does not count; one begun must be finished."""

    use_required_attribute = False
    line_kind: ClassVar[type[Line]]
    row_name: ClassVar[Promise]
    add_name: ClassVar[Promise]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"empty_permitted": True, "use_required_attribute": False})

    def line(self) -> Line | None:
        """The row as a plain value, None when nothing was entered; call after `is_valid()`."""
        return self.line_kind(**self.cleaned_data) if self.has_changed() else None

    @classmethod
    def typed(cls, line: Line) -> dict[str, Any]:
        """A line as the values of a row."""
        values = asdict(line)
        return {name: values[name] for name in cls.base_fields}


class PaperRow(Row):
    line_kind = ComponentLine
    row_name = gettext_lazy("Giấy tờ")
    add_name = gettext_lazy("Thêm giấy tờ")

    name = text_box(gettext_lazy("Tên giấy tờ"), rows=2, missing=gettext_lazy("Ghi tên giấy tờ, hoặc bỏ dòng này."))
    use = choice_box(gettext_lazy("Nộp hay xuất trình"), ComponentUse.choices, initial=ComponentUse.SUBMIT.value)
    originals = number_box(gettext_lazy("Số bản chính"), low=0, high=MOST_PAPERS_OF_A_KIND, required=True, initial=1)
    copies = number_box(gettext_lazy("Số bản sao"), low=0, high=MOST_PAPERS_OF_A_KIND, required=True, initial=0)
    required = tick_box(gettext_lazy("Bắt buộc"), initial=True)
    when = text_box(WHEN, hint=gettext_lazy("Để trống thì áp dụng cho mọi hồ sơ."))
    note = text_box(gettext_lazy("Ghi chú"))

    def clean(self) -> dict[str, Any]:
        """A paper of one situation is asked by the situation, not of everybody."""
        cleaned = super().clean() or {}
        cleaned["required"] = cleaned.get("required", False) and not cleaned.get("when")
        return cleaned


class LimitRow(Row):
    line_kind = LimitLine
    row_name = gettext_lazy("Thời hạn")
    add_name = gettext_lazy("Thêm thời hạn")

    number = number_box(gettext_lazy("Số"), low=1, high=LONGEST_LIMIT, required=True)
    unit = choice_box(gettext_lazy("Đơn vị"), LimitUnit.choices, initial=LimitUnit.WORKING_DAY.value)
    channel = choice_box(gettext_lazy("Chỉ khi nộp"), Channel.choices, required=False)
    when = text_box(WHEN)


class FeeRow(Row):
    line_kind = FeeLine
    row_name = gettext_lazy("Khoản thu")
    add_name = gettext_lazy("Thêm khoản thu")

    kind = choice_box(gettext_lazy("Loại"), FeeKind.choices, initial=FeeKind.CHARGE.value)
    name = text_box(
        gettext_lazy("Tên khoản thu"), length=300, missing=gettext_lazy("Ghi tên khoản thu, hoặc bỏ dòng này.")
    )
    amount = number_box(
        gettext_lazy("Mức thu (đồng)"), low=0, high=MOST_DONG, hint=gettext_lazy("0 là không thu; để trống là chưa rõ.")
    )
    set_by_province = tick_box(gettext_lazy("Do tỉnh quy định"))
    when = text_box(WHEN)
    note = text_box(gettext_lazy("Ghi chú"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("amount") is not None and cleaned.get("set_by_province"):
            self.add_error("amount", _("Một khoản thu hoặc có mức cụ thể, hoặc do tỉnh quy định: bỏ một trong hai."))
        return cleaned


class BasisRow(Row):
    line_kind = BasisLine
    row_name = gettext_lazy("Căn cứ")
    add_name = gettext_lazy("Thêm căn cứ")

    number = text_box(
        gettext_lazy("Số, ký hiệu"), length=120, missing=gettext_lazy("Ghi số, ký hiệu văn bản, hoặc bỏ dòng này.")
    )
    name = text_box(gettext_lazy("Trích yếu"))


class StepRow(Row):
    line_kind = StepLine
    row_name = gettext_lazy("Bước")
    add_name = gettext_lazy("Thêm bước")

    name = text_box(gettext_lazy("Tên bước"), length=200, missing=gettext_lazy("Ghi tên bước, hoặc bỏ dòng này."))
    role = choice_box(gettext_lazy("Vai trò"), Role.choices, initial=Role.CASE_OFFICER.value)
    function = choice_box(gettext_lazy("Đơn vị"), UnitFunction.choices, initial=UnitFunction.ONE_STOP.value)
    share = number_box(gettext_lazy("Phần thời hạn (%)"), low=0, high=100, required=True)
    parallel = tick_box(gettext_lazy("Làm cùng lúc với bước trước"))


ROWS: Mapping[str, type[Row]] = {
    "components": PaperRow,
    "limits": LimitRow,
    "fees": FeeRow,
    "legal_bases": BasisRow,
    "route": StepRow,
}
