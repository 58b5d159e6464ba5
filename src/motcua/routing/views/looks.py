"""A citizen who proves who he is sees who looked at his dossier, when, and under which task."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.access import public
from motcua.core.throttle import address_of, allow
from motcua.routing.looks import LAST_DIGITS, MOST, looks_at, tracked_by

# Four digits are ten thousand guesses: counted for the dossier, wherever they come from.
TRIES, WINDOW = 5, timedelta(hours=1)
OPENINGS, OPENINGS_WINDOW = 60, timedelta(minutes=10)
_DAY = forms.DateField(input_formats=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"])


class ProofForm(forms.Form):
    """One thing that stands on the applicant's own papers."""

    proof = forms.CharField(
        label=gettext_lazy("Bốn số cuối của số định danh, hoặc ngày sinh của chủ hồ sơ"),
        help_text=gettext_lazy("Ví dụ 1234, hoặc 05/09/1984. Tổ chức nhập bốn số cuối của mã số."),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Ông/bà nhập bốn số cuối của số định danh, hoặc ngày sinh."),
            "max_length": gettext_lazy("Ông/bà chỉ nhập bốn số cuối, hoặc ngày sinh."),
        },
    )

    def clean_proof(self) -> tuple[str, date | None]:
        """The four digits, or the day."""
        text = self.cleaned_data["proof"].strip()
        if re.fullmatch(rf"[0-9]{{{LAST_DIGITS}}}", text):
            return text, None
        try:
            return "", _DAY.clean(text)
        except ValidationError as unreadable:
            raise ValidationError(
                _("Chưa đọc được. Ông/bà nhập đúng bốn chữ số, hoặc ngày sinh dạng 05/09/1984.")
            ) from unreadable


@public
def who_looked(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Ask for a proof, then show the looks on the answer itself: nothing is kept, nothing stands in an address."""
    if not allow(what="tracking-key", who=address_of(request), limit=OPENINGS * 2, window=OPENINGS_WINDOW):
        fault = _("Trang này được mở quá nhiều lần trong ít phút. Xin thử lại sau 10 phút.")
        return render(request, "routing/track.html", {"fault": fault}, status=429)
    subject = tracked_by(code, token)
    if subject is None:
        raise Http404
    context: dict[str, Any] = {"subject": subject, "rows": None, "most": MOST}
    form = ProofForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if not allow(what="looks-proof", who=code, limit=TRIES, window=WINDOW):
            form.add_error("proof", _("Đã thử quá nhiều lần. Xin đợi một giờ rồi thử lại, hoặc đến Bộ phận Một cửa."))
            status = 429
        elif subject.is_applicant(*form.cleaned_data["proof"]):
            context["rows"] = looks_at(subject.subjects)
        else:
            form.add_error("proof", _("Không khớp với hồ sơ. Ông/bà xem lại số định danh hoặc ngày sinh đã khai."))
    if form.errors and status == 200:
        status = 422
    response = render(request, "routing/who_looked.html", {**context, "form": form}, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    if status == 429:
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response
