"""What officials write down of a plan and its tasks."""

from typing import Any, Self, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.typed import day_input
from motcua.reform.facts import areas_of
from motcua.reform.models import Plan, PlanTask
from motcua.reform.models.plans import FIRST_YEAR, LAST_YEAR, LONGEST_CONTENT, LONGEST_NUMBER, LONGEST_WORDS
from motcua.reform.plan.importing import deadline_typed
from motcua.reform.plan.saying import TaskSaid, deadline_fault, officials_of, units_of
from motcua.routing.forms import TOO_LONG, text_area, text_line

_MISSING_DEADLINE = gettext_lazy("Ông/bà ghi hạn hoàn thành.")


def year_sentences() -> dict[str, Any]:
    """What is said of a year that is none, and of one that no plan can have."""
    no_year = gettext_lazy("Ông/bà ghi năm của kế hoạch bằng bốn chữ số, ví dụ 2027.")
    outside = format_lazy(
        gettext_lazy("Năm của kế hoạch phải từ {first} đến {last}."), first=FIRST_YEAR, last=LAST_YEAR
    )
    return {"required": no_year, "invalid": no_year, "min_value": outside, "max_value": outside}


class PlanForm(forms.Form):
    """Year and title of a plan."""

    year = forms.IntegerField(
        label=gettext_lazy("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages=year_sentences(),
    )  # fmt: skip
    title = text_line(gettext_lazy("Trích yếu"), gettext_lazy("Ông/bà ghi trích yếu của kế hoạch."), length=300)


class IssueForm(forms.Form):
    """Under which number the plan was signed, and when."""

    number = text_line(
        gettext_lazy("Số, ký hiệu"), gettext_lazy("Ông/bà ghi số, ký hiệu của kế hoạch."), length=LONGEST_NUMBER
    )
    signed_on = day_input(gettext_lazy("Ngày ký"), gettext_lazy("Ông/bà ghi ngày ký kế hoạch."))


class DeadlineText(forms.CharField):
    """A day, or the last day of a month, quarter or year in words; the form gives the year."""

    year = 0

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = deadline_typed(text, self.year)
        if found is None:
            raise ValidationError(
                _("Hạn chưa đúng. Ông/bà ghi ngày có thật như 30/06/%(year)d, hoặc tháng 6, quý II, cả năm.")
                % {"year": self.year},
                code="invalid",
            )
        return found


def _select(label: Any, missing: Any = "", *, required: bool = True, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=required, help_text=hint, widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": missing, "invalid_choice": gettext_lazy("Ông/bà chọn một dòng trong danh sách.")},
    )  # fmt: skip


class TaskForm(forms.Form):
    """A task; `basis` only once the plan is issued."""

    area = _select(gettext_lazy("Lĩnh vực"), gettext_lazy("Ông/bà chọn lĩnh vực."))
    content = text_area(
        gettext_lazy("Nội dung nhiệm vụ"), gettext_lazy("Ông/bà ghi nội dung nhiệm vụ."), length=LONGEST_CONTENT
    )
    lead_unit = _select(gettext_lazy("Đơn vị chủ trì"), gettext_lazy("Ông/bà chọn đơn vị chủ trì."))
    coordinating = text_line(gettext_lazy("Đơn vị phối hợp"), required=False, length=LONGEST_WORDS)
    owner = _select(gettext_lazy("Người phụ trách"), required=False)
    deadline = DeadlineText(
        label=gettext_lazy("Hạn hoàn thành"), max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": _MISSING_DEADLINE, "max_length": TOO_LONG},
    )  # fmt: skip
    product = text_area(
        gettext_lazy("Sản phẩm"),
        gettext_lazy("Ông/bà ghi sản phẩm của nhiệm vụ: văn bản, báo cáo, kết quả đo được."),
        length=LONGEST_WORDS,
    )
    basis = text_line(
        gettext_lazy("Số văn bản bổ sung, điều chỉnh"),
        gettext_lazy("Kế hoạch đã ban hành. Ông/bà ghi số văn bản bổ sung, điều chỉnh nhiệm vụ."),
    )

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self._choose("area", [(area.code, area.name) for area in areas_of(plan.year)])
        self._choose("lead_unit", [(str(unit.pk), unit.name) for unit in units_of(plan)])
        people = [(str(one.pk), f"{one.full_name}, {one.title}".strip(", ")) for one in officials_of(plan)]
        self._choose("owner", people)
        deadline = cast("DeadlineText", self.fields["deadline"])
        deadline.year = plan.year
        deadline.help_text = _("Ngày như 30/06/%(year)d, hoặc tháng 6, quý II, cả năm: tính đến ngày cuối.") % {
            "year": plan.year
        }
        if not plan.is_issued:
            del self.fields["basis"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [("", _("Chọn…")), *choices]

    def clean_deadline(self) -> Any:
        """Within the plan's year, not before it was signed."""
        deadline = self.cleaned_data["deadline"]
        if fault := deadline_fault(deadline, self.plan):
            raise ValidationError(fault)
        return deadline

    def said(self) -> TaskSaid:
        """The task; call after `is_valid()`."""
        typed = self.cleaned_data
        return TaskSaid(
            area=typed["area"], content=typed["content"], lead_unit_id=UUID(typed["lead_unit"]),
            deadline=typed["deadline"], product=typed["product"], coordinating=typed["coordinating"],
            owner_id=UUID(typed["owner"]) if typed["owner"] else None,
        )  # fmt: skip


def told_of(task: PlanTask) -> dict[str, Any]:
    """What a form about a task begins with; not the document of the last change: the next one has its own."""
    return {
        "area": task.area, "content": task.content, "lead_unit": str(task.lead_unit_id),
        "coordinating": task.coordinating, "owner": str(task.owner_id or ""), "product": task.product,
        "deadline": f"{task.deadline:%d/%m/%Y}",
    }  # fmt: skip


class ProgressForm(forms.Form):
    """How far a task is."""

    words = text_area(gettext_lazy("Đã làm đến đâu"), gettext_lazy("Ông/bà ghi đã làm đến đâu."), length=LONGEST_WORDS)


class DoneForm(forms.Form):
    """When a task was done, and what proves it."""

    on = day_input(gettext_lazy("Ngày hoàn thành"), gettext_lazy("Ông/bà ghi ngày việc đã xong."))
    evidence_number = text_line(gettext_lazy("Số, ký hiệu văn bản minh chứng"), required=False, length=LONGEST_NUMBER)
    evidence = text_area(
        gettext_lazy("Minh chứng"),
        gettext_lazy("Ông/bà ghi minh chứng: văn bản, báo cáo hoặc kết quả nào cho thấy việc đã xong."),
        length=LONGEST_WORDS,
    )


class WhyForm(forms.Form):
    """Why a task is dropped or taken up again."""

    reason = text_area(gettext_lazy("Lý do"), gettext_lazy("Ông/bà ghi rõ lý do."), length=LONGEST_WORDS)


class SheetForm(forms.Form):
    """A sheet of tasks, as a spreadsheet or pasted from one."""

    sheet = forms.FileField(
        label=gettext_lazy("Tệp bảng nhiệm vụ"), required=False,
        help_text=gettext_lazy("Tệp CSV hoặc XLSX, nhiều nhất 5 MB."),
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.xlsx,.txt"}),
        error_messages={"empty": gettext_lazy("Tệp này trống.")},
    )  # fmt: skip
    pasted = forms.CharField(
        label=gettext_lazy("Hoặc dán các dòng từ bảng tính"), required=False, strip=False,
        help_text=gettext_lazy("Chép cả hàng tiêu đề. Dòng chưa nhập được hiện lại ở đây để ông/bà sửa."),
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 8, "wrap": "off"}),
    )  # fmt: skip

    @classmethod
    def handing_back(cls, lines: str) -> Self:
        """The box of lines that could not be read; the page that shows it has no other."""
        form = cls(initial={"pasted": lines})
        box = form.fields["pasted"]
        box.label, box.required = _("Sửa các dòng chưa nhập được rồi nhập lại"), True
        box.help_text = _("Giữ hàng tiêu đề ở dòng đầu.")
        return form

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        typed = super().clean() or {}
        pasted = (typed.get("pasted") or "").strip()
        if not self.errors and not typed.get("sheet") and not pasted:
            self.add_error("sheet", _("Ông/bà chọn tệp, hoặc dán các dòng của bảng."))
        if typed.get("sheet") and pasted:
            self.add_error("sheet", _("Ông/bà chỉ gửi một thứ: tệp, hoặc các dòng đã dán. Chưa nhập dòng nào."))
        return typed
