"""What the receiver types about a filing that is not yet a dossier: a letter, an answer to it, a refusal."""

from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.eforms.rules import Answered
from motcua.catalogue.models import Channel
from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import ComponentLine
from motcua.intake.forms import IntakeForm
from motcua.intake.submissions import WantedAnswer, WantedPaper

_TOO_LONG = {"max_length": _("Nội dung dài quá, nhiều nhất %(limit_value)d ký tự.")}
_STRANGE = {"invalid_choice": _("Có giấy tờ không thuộc thủ tục này. Ông/bà tải lại trang và đánh dấu lại.")}


def _reason(label: Any, missing: Any = "", hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=1000,
        required=bool(missing),
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": "3"}),
        error_messages={"required": missing, **_TOO_LONG},
    )


def _basis() -> forms.CharField:
    return forms.CharField(
        label=_("Căn cứ pháp lý"),
        help_text=_("Văn bản và điều khoản, ví dụ: Nghị định số 61/2018/NĐ-CP, Điều 17."),
        max_length=400,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off", "list": "legal-bases"}),
        error_messages={"required": _("Ông/bà ghi căn cứ pháp lý của việc từ chối."), **_TOO_LONG},
    )


_WHY = _("Ông/bà ghi lý do từ chối để người dân hiểu.")
_WHY_HINT = _("Lý do in trên phiếu từ chối (mẫu 03) trao người nộp.")


class GroundsForm(forms.Form):
    """Why a filing is refused, and on what law."""

    reason = _reason(_("Lý do từ chối"), _WHY, _WHY_HINT)
    legal_basis = _basis()


class _FixedChannelForm(IntakeForm):
    """The counter's form for filings of one channel, whatever channels the procedure lists."""

    fixed: Channel

    def __init__(self, offered: OfferedVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(offered, *args, **kwargs)
        channel = cast("forms.ChoiceField", self.fields["channel"])
        channel.widget = forms.HiddenInput()
        channel.choices = [(self.fixed.value, self.fixed.label)]
        channel.initial = self.fixed.value


class PostalForm(_FixedChannelForm):
    """A filing that came by post: papers may be missing, the desk answers later."""

    fixed = Channel.POST


class CounterRefusalForm(_FixedChannelForm):
    """A filing that somebody brought to the counter and that is refused there."""

    fixed = Channel.COUNTER
    reason = _reason(_("Lý do từ chối"), _WHY, _WHY_HINT)
    legal_basis = _basis()


class AcceptForm(forms.Form):
    """Nothing to type: everything was declared."""


class FaultForm(forms.Form):
    """What is wrong with papers sent from home."""

    reason = _reason(
        _("Chỗ chưa được"),
        _("Ông/bà ghi chỗ chưa được để người nộp gửi lại."),
        _("Ví dụ: ảnh mờ, thiếu trang 2. Không yêu cầu thêm giấy khác."),
    )


class WithdrawForm(forms.Form):
    """The applicant's wish, in his words if he gave any."""

    reason = _reason(_("Lý do (nếu người nộp nói)"))


class _MissingPapersForm(forms.Form):
    """Papers of the list that are not here yet."""

    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ vừa nhận thêm"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
        error_messages={"required": _("Ông/bà đánh dấu ít nhất một giấy tờ."), **_STRANGE},
    )

    def __init__(self, missing: Collection[ComponentLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = missing
        cast("forms.ChoiceField", self.fields["papers"]).choices = [(str(line.id), line.name) for line in missing]

    def chosen(self) -> list[UUID]:
        """The ticked papers; call after `is_valid()`."""
        return [UUID(value) for value in self.cleaned_data["papers"]]


class MorePapersForm(_MissingPapersForm):
    """Papers that came after the filing, or in the place of those that were of no use."""

    def __init__(
        self, missing: Collection[ComponentLine], *args: Any, answers_came: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(missing, *args, **kwargs)
        self.fields["papers"].required = not answers_came


class AskForm(_MissingPapersForm):
    """What to ask for, once: papers that are missing, papers that are of no use, answers that are wrong; and why.

    Of what is here, whatever somebody writes a fault at is asked for again: there is nothing to tick.
    """

    reason = _reason(
        _("Lý do yêu cầu bổ sung"),
        _("Ông/bà ghi lý do để người dân biết vì sao phải bổ sung."),
        _("Chỉ được yêu cầu một lần: ông/bà ghi đủ ngay lần này. In trên phiếu yêu cầu bổ sung (mẫu 02)."),
    )

    def __init__(
        self,
        missing: Collection[ComponentLine],
        here: Collection[ComponentLine],
        answers: Sequence[tuple[str, Sequence[Answered]]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(missing, *args, **kwargs)
        self.here, self.answers = here, answers
        self.fields["papers"].label = _("Giấy tờ còn thiếu")
        self.fields["papers"].required = False
        for line in missing:
            self.fields[f"fault-{line.id}"] = _at_row(_("Cần gì ở giấy tờ này"), line.name)
        for line in here:
            self.fields[f"unusable-{line.id}"] = _at_row(_("Bản đã nộp không dùng được vì"), line.name)
        for _title, rows in answers:
            for one in rows:
                self.fields[f"answer-{one.id}"] = _at_row(_("Sai ở đâu, cần sửa gì"), one.label)

    def clean(self) -> dict[str, Any]:
        """Something has to be asked for."""
        values = super().clean() or self.cleaned_data
        if "papers" in values and not self.demands():
            self.add_error(
                "papers",
                _("Ông/bà đánh dấu giấy tờ còn thiếu, hoặc ghi chỗ chưa được ở giấy tờ hay câu trả lời."),
            )
        return values

    def rows(self) -> list[tuple[ComponentLine, bool, forms.BoundField]]:
        """Each missing paper, whether it is ticked, and the box for what is wanted of it."""
        ticked = {str(value) for value in (self["papers"].value() or ())}
        return [(line, str(line.id) in ticked, self[f"fault-{line.id}"]) for line in self.missing]

    def rows_here(self) -> list[tuple[ComponentLine, forms.BoundField]]:
        """Each paper that is here, and the box for what is wrong with it."""
        return [(line, self[f"unusable-{line.id}"]) for line in self.here]

    def rows_answered(self) -> list[tuple[str, bool, list[tuple[Answered, forms.BoundField]]]]:
        """Each page of answers, whether anything is written there, and each answer with its box."""
        pages = [(title, [(one, self[f"answer-{one.id}"]) for one in rows]) for title, rows in self.answers]
        return [(title, any(box.value() for _one, box in rows), rows) for title, rows in pages]

    def demands(self) -> list[WantedPaper | WantedAnswer]:
        """What is asked for, with what is wanted or wrong; call after the fields are clean."""
        values = self.cleaned_data
        here = {line.id: values.get(f"unusable-{line.id}", "") for line in self.here if line.id is not None}
        given = {one.id: values.get(f"answer-{one.id}", "") for _title, rows in self.answers for one in rows}
        return [
            *(WantedPaper(component, values.get(f"fault-{component}", "")) for component in self.chosen()),
            *(WantedPaper(component, fault, unusable=True) for component, fault in here.items() if fault),
            *(WantedAnswer(question, fault) for question, fault in given.items() if fault),
        ]


def _at_row(label: Any, name: str) -> forms.CharField:
    """What is wanted of one thing, or wrong with it; a screen reader hears of which."""
    told = gettext("%(label)s: %(name)s") % {"label": label, "name": name}
    attrs = {"class": "govuk-input", "autocomplete": "off", "aria-label": told}
    return forms.CharField(
        label=label, max_length=300, required=False, widget=forms.TextInput(attrs=attrs), error_messages=_TOO_LONG
    )
