"""From which day a version applies."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """From which day the version applies; the confirmation names the procedure."""

    valid_from = forms.DateField(
        label=_("Áp dụng từ ngày"),
        help_text=_("Phiên bản đang áp dụng, nếu có, hết hiệu lực vào ngày liền trước."),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"class": "govuk-input govuk-input--width-10", "inputmode": "numeric"}
        ),
        error_messages={
            "required": _("Nhập ngày bắt đầu áp dụng, ví dụ 01/12/2026."),
            "invalid": _("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 01/12/2026."),
        },
    )
