"""What officials write down of inspections."""

from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.typed import day_input
from motcua.people.models import Agency
from motcua.reform.facts import causes_of
from motcua.reform.inspections.visiting import MOST_PEOPLE
from motcua.reform.models import Finding, InspectionState
from motcua.reform.models.inspections import LONGEST_POST
from motcua.reform.models.plans import FIRST_YEAR, LAST_YEAR, LONGEST_NUMBER, LONGEST_WORDS
from motcua.reform.plan.forms import year_sentences
from motcua.routing.forms import text_area, text_line


def _select(label: Any, missing: Any = "", *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=required, widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": missing, "invalid_choice": gettext_lazy("Ông/bà chọn một dòng trong danh sách.")},
    )  # fmt: skip


def _number(label: Any, sentences: dict[str, Any], least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most,
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages=sentences,
    )  # fmt: skip


_NUMBER_FAULTS = ("required", "invalid", "min_value", "max_value")
_HOW_MANY = format_lazy(gettext_lazy("Ông/bà ghi số người bằng chữ số, từ 1 đến {most}."), most=MOST_PEOPLE)


class InspectionPlanForm(forms.Form):
    """Whose plan of which year."""

    inspector = _select(gettext_lazy("Cơ quan kiểm tra"), gettext_lazy("Ông/bà chọn cơ quan kiểm tra."))
    year = _number(gettext_lazy("Năm"), year_sentences(), FIRST_YEAR, LAST_YEAR)

    def __init__(self, inspectors: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), one.short_name) for one in inspectors]
        cast("forms.ChoiceField", self.fields["inspector"]).choices = choices


class TargetsForm(forms.Form):
    """Agencies to be inspected, planned for a day."""

    targets = forms.MultipleChoiceField(
        label=gettext_lazy("Cơ quan được kiểm tra"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
        error_messages={
            "required": gettext_lazy("Ông/bà chọn ít nhất một cơ quan."),
            "invalid_choice": gettext_lazy("Ông/bà chọn cơ quan trong danh sách."),
        },
    )  # fmt: skip
    planned_on = day_input(gettext_lazy("Dự kiến ngày"), gettext_lazy("Ông/bà ghi ngày dự kiến kiểm tra."))

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), one.short_name) for one in agencies]
        cast("forms.MultipleChoiceField", self.fields["targets"]).choices = choices


class IssueInspectionsForm(forms.Form):
    """Under which number the plan was signed."""

    number = text_line(
        gettext_lazy("Số, ký hiệu"), gettext_lazy("Ông/bà ghi số, ký hiệu của kế hoạch kiểm tra."),
        length=LONGEST_NUMBER,
    )  # fmt: skip
    signed_on = day_input(gettext_lazy("Ngày ký"), gettext_lazy("Ông/bà ghi ngày ký kế hoạch."))


class HoldForm(forms.Form):
    """When the visit was."""

    on = day_input(gettext_lazy("Kiểm tra ngày"), gettext_lazy("Ông/bà ghi ngày kiểm tra."))


class ConcludeForm(forms.Form):
    """The conclusion."""

    number = text_line(
        gettext_lazy("Số kết luận"), gettext_lazy("Ông/bà ghi số, ký hiệu của kết luận kiểm tra."),
        length=LONGEST_NUMBER,
    )  # fmt: skip
    on = day_input(gettext_lazy("Ngày kết luận"), gettext_lazy("Ông/bà ghi ngày ký kết luận."))


class FindingForm(forms.Form):
    """What was found wanting."""

    cause = _select(gettext_lazy("Nguyên nhân"), gettext_lazy("Ông/bà chọn nguyên nhân."))
    words = text_area(
        gettext_lazy("Tồn tại"), gettext_lazy("Ông/bà ghi tồn tại là gì."),
        gettext_lazy("Ghi việc, không ghi tên người."), length=LONGEST_WORDS,
    )  # fmt: skip
    remedy = text_area(
        gettext_lazy("Phải khắc phục"), gettext_lazy("Ông/bà ghi phải khắc phục thế nào."), length=LONGEST_WORDS
    )
    remedy_by = day_input(gettext_lazy("Hạn khắc phục"), gettext_lazy("Ông/bà ghi hạn khắc phục."))

    def __init__(self, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Chọn…")), *((one.code, one.name) for one in causes_of(year))]
        cast("forms.ChoiceField", self.fields["cause"]).choices = choices


class CorrectFindingForm(FindingForm):
    """The finding written anew; `why` only once the conclusion is signed."""

    why = text_area(
        gettext_lazy("Vì sao sửa"), gettext_lazy("Kết luận đã ký. Ông/bà ghi vì sao sửa tồn tại này."),
        length=LONGEST_WORDS,
    )  # fmt: skip

    def __init__(self, finding: Finding, *args: Any, **kwargs: Any) -> None:
        told = {name: getattr(finding, name) for name in ("cause", "words", "remedy", "remedy_by")}
        super().__init__(finding.inspection.plan.year, *args, initial=told, **kwargs)
        if finding.inspection.state != InspectionState.CONCLUDED:
            del self.fields["why"]


class AdmonitionForm(forms.Form):
    """How many people of which post were admonished."""

    finding = _select(gettext_lazy("Vì tồn tại nào"), required=False)
    post = text_line(
        gettext_lazy("Chức danh"), gettext_lazy("Ông/bà ghi chức danh, không ghi tên."), length=LONGEST_POST
    )
    people = _number(gettext_lazy("Số người"), dict.fromkeys(_NUMBER_FAULTS, _HOW_MANY), 1, MOST_PEOPLE)

    def __init__(self, findings: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Cả cuộc kiểm tra")), *findings]
        cast("forms.ChoiceField", self.fields["finding"]).choices = choices


class RemedyForm(forms.Form):
    """When a finding was remedied, and what proves it."""

    on = day_input(gettext_lazy("Khắc phục xong ngày"), gettext_lazy("Ông/bà ghi ngày khắc phục xong."))
    evidence = text_area(
        gettext_lazy("Minh chứng"), gettext_lazy("Ông/bà ghi minh chứng: đã khắc phục bằng việc gì, văn bản nào."),
        length=LONGEST_WORDS,
    )  # fmt: skip
