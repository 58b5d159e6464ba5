"""From which day a procedure is posted here, and until when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.forms.parts import day_box, text_box

UNKNOWN = _("Không thấy lần niêm yết này. Ông/bà mở lại trang Niêm yết rồi chọn lại.")


class PostForm(forms.Form):
    """Start posting a procedure at the own agency."""

    code = text_box(_("Mã thủ tục"), length=40, missing=_("Nhập mã thủ tục, ví dụ 1.001193."))
    valid_from = day_box(_("Niêm yết từ ngày"))


class WithdrawForm(forms.Form):
    """End a posting of the own agency."""

    posting = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": UNKNOWN, "invalid": UNKNOWN})
    last_day = day_box(_("Niêm yết đến hết ngày"), hint=_("Từ ngày sau đó quầy không tiếp nhận thủ tục này nữa."))
