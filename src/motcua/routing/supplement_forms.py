"""What is asked of the applicant, paper by paper, and what he brought."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.queries import version_by_id
from motcua.core.typed import day_input
from motcua.dossiers.models import Dossier
from motcua.intake.models import Demand
from motcua.intake.supplements import Asked
from motcua.routing.forms import text_area, text_line
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount, CalendarGap, Unit

# One field for each paper that is here, by its id: what is wrong with it.
FAULT, LONGEST_FAULT = "fault-", 200
# Proposed when the version does not say how long the applicant has; the official may write another day.
PROPOSED_DAYS = 15


class SupplementForm(forms.Form):
    """The one request: papers of the list that are not here, those that are here but of no use and why, and by when."""

    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Giấy tờ còn thiếu trong danh mục"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
        error_messages={"invalid_choice": gettext_lazy("Có giấy tờ không thuộc danh mục. Ông/bà tải lại trang.")},
    )
    outside = text_line(gettext_lazy("Yêu cầu khác, ngoài danh mục"), required=False, length=400)
    legal_basis = text_line(gettext_lazy("Căn cứ của yêu cầu ngoài danh mục"), required=False, length=400)
    reason = text_area(
        gettext_lazy("Lý do"),
        gettext_lazy("Ông/bà ghi lý do yêu cầu bổ sung."),
        gettext_lazy("Người nộp đọc lý do này trên phiếu, ví dụ: người đi làm thay chưa có văn bản ủy quyền."),
    )
    until = day_input(gettext_lazy("Bổ sung đến hết ngày"), gettext_lazy("Ông/bà ghi ngày cuối để người nộp bổ sung."))

    def __init__(self, dossier: Dossier, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = set(dossier.components.values_list("component_id", flat=True))
        offered = version_by_id(dossier.version_id)
        lacking = [(str(paper.id), paper.name) for paper in offered.components if paper.id not in here]
        self.fields["papers"].choices = lacking  # type: ignore[attr-defined]
        for paper in offered.components:
            if paper.id in here:
                self.fields[f"{FAULT}{paper.id}"] = _fault_of(paper.name)
        faults = [name for name in self.fields if name.startswith(FAULT)]
        self.order_fields(["papers", *faults, "outside", "legal_basis", "reason", "until"])
        self.fields["until"].initial = _proposed(dossier, offered.content.supplement_days, at)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("papers") or cleaned.get("outside") or self._faults(cleaned)):
            self.add_error("papers", _("Ông/bà chọn ít nhất một giấy tờ cần bổ sung, đầy đủ trong một lần."))
        if cleaned.get("outside") and not cleaned.get("legal_basis"):
            self.add_error("legal_basis", _("Yêu cầu ngoài danh mục phải ghi căn cứ pháp lý."))
        return cleaned

    def demands(self) -> list[Asked]:
        """The checked request as plain values; call after `is_valid()`."""
        listed = [Asked(UUID(key)) for key in self.cleaned_data["papers"]]
        listed += [Asked(UUID(key), fault, unusable=True) for key, fault in self._faults(self.cleaned_data)]
        outside = self.cleaned_data["outside"]
        return [*listed, Asked(None, outside, self.cleaned_data["legal_basis"])] if outside else listed

    @staticmethod
    def _faults(cleaned: dict[str, Any]) -> list[tuple[str, str]]:
        """The papers that are here and of no use, by id, with what is wrong."""
        return [(name.removeprefix(FAULT), said) for name, said in cleaned.items() if name.startswith(FAULT) and said]


def _fault_of(paper: str) -> forms.CharField:
    line = text_line(
        _("Bản đã nộp không dùng được: %(paper)s") % {"paper": paper}, required=False, length=LONGEST_FAULT
    )
    line.help_text = _("Ghi lý do, ví dụ: sai mẫu, rách, mờ, hết hạn. Bản dùng được thì để trống.")
    return line


def _proposed(dossier: Dossier, days: int | None, at: datetime) -> date | None:
    try:
        calendar = calendar_for(dossier.agency.calendar_code)
        return localtime(calendar.due(at, Amount(days or PROPOSED_DAYS, Unit.WORKING_DAY))).date()
    except CalendarGap:
        return None


class TakeSupplementForm(forms.Form):
    """What the applicant brought, against what was asked."""

    brought = forms.MultipleChoiceField(
        label=gettext_lazy("Giấy tờ đã nhận"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
        error_messages={
            "required": gettext_lazy("Ông/bà đánh dấu giấy tờ người nộp vừa bổ sung."),
            "invalid_choice": gettext_lazy("Có giấy tờ không nằm trong yêu cầu bổ sung. Ông/bà tải lại trang."),
        },
    )

    def __init__(self, dossier: Dossier, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = Demand.objects.filter(request__dossier=dossier, request__answered_at__isnull=True)
        self.fields["brought"].choices = [  # type: ignore[attr-defined]
            (str(demand.component_id or demand.id), demand.what) for demand in wanted.order_by("position")
        ]

    def papers(self) -> set[UUID]:
        """The ids ticked; call after `is_valid()`."""
        return {UUID(key) for key in self.cleaned_data["brought"]}
