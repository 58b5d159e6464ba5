"""What the receiver types about a filing that is not yet a dossier: a letter, an answer to it, a refusal."""

from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Channel
from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import ComponentLine
from motcua.intake.forms import IntakeForm
from motcua.intake.submissions import WantedPaper

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
    """Papers that came after the filing."""


class AskForm(_MissingPapersForm):
    """What to ask for, once: which papers, what is wanted of each, and why."""

    reason = _reason(
        _("Lý do yêu cầu bổ sung"),
        _("Ông/bà ghi lý do để người dân biết vì sao phải bổ sung."),
        _("Chỉ được yêu cầu một lần: ông/bà ghi đủ ngay lần này. In trên phiếu yêu cầu bổ sung (mẫu 02)."),
    )

    def __init__(self, missing: Collection[ComponentLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(missing, *args, **kwargs)
        self.fields["papers"].label = _("Giấy tờ cần bổ sung")
        for line in missing:
            self.fields[f"fault-{line.id}"] = forms.CharField(
                label=_("Cần gì ở giấy tờ này"),
                max_length=300,
                required=False,
                widget=forms.TextInput(
                    attrs={
                        "class": "govuk-input",
                        "autocomplete": "off",
                        "aria-label": gettext("Cần gì ở giấy tờ này: %(name)s") % {"name": line.name},
                    }
                ),
                error_messages=_TOO_LONG,
            )

    def rows(self) -> list[tuple[ComponentLine, bool, forms.BoundField]]:
        """Each missing paper, whether it is ticked, and the box for what is wanted of it."""
        ticked = {str(value) for value in (self["papers"].value() or ())}
        return [(line, str(line.id) in ticked, self[f"fault-{line.id}"]) for line in self.missing]

    def demands(self) -> list[WantedPaper]:
        """What was ticked, with what is wanted; call after `is_valid()`."""
        return [WantedPaper(component, self.cleaned_data[f"fault-{component}"]) for component in self.chosen()]
