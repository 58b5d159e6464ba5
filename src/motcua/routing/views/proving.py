"""Whoever holds a receipt's key proves that he is the applicant, by one thing that stands on his own papers.

Four digits are ten thousand guesses, and a receipt may lie about: wrong ones are counted for the address, for the
dossier at that address, and for the dossier a day wherever they come from. Whose it is (he filed it by his account or
the guest's key in his browser, or is identified by its number) has books of his own, which no stranger fills.
"""

import re
from datetime import date, timedelta
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.throttle import Book, address_of, allow_in, forgive
from motcua.intake.online.access import Filer, drafts_of, filer_of
from motcua.routing.looks import LAST_DIGITS, Tracked

TRIES, WINDOW, DAY = 5, timedelta(hours=1), timedelta(days=1)
TRIES_OF_ADDRESS: Final = 30
TRIES_A_DAY: Final = 10
TRIES_OF_DOSSIER_A_DAY: Final = 30
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


def proved(request: HttpRequest, form: ProofForm, subject: Tracked) -> int:
    """Hold what was sent to the applicant's own papers: 200 when it is his, else the status of the form's sentence.

    Wrong guesses are counted for the dossier, whatever page they are made on.
    """
    if not form.is_valid():
        return 422
    books = _books(request, subject)
    if not allow_in(books):
        form.add_error(
            "proof", _("Đã thử sai quá nhiều lần. Xin đợi rồi thử lại, hoặc mang giấy tờ đến Bộ phận Một cửa.")
        )
        return 429
    if not subject.is_applicant(*form.cleaned_data["proof"]):
        form.add_error("proof", _("Không khớp với hồ sơ. Ông/bà xem lại số định danh hoặc ngày sinh đã khai."))
        return 422
    forgive(books)
    return 200


def _books(request: HttpRequest, subject: Tracked) -> list[Book]:
    """Where a guess about this dossier is counted, the narrowest first: a full one keeps the wider ones as they are."""
    filer, address = filer_of(request), address_of(request)
    if filer.official is None and _is_his(filer, subject):
        own = f"{subject.code}:{filer.citizen.id if filer.citizen is not None else filer.guest_hash}"
        return [Book("proof-own", own, TRIES, WINDOW), Book("proof-own-day", own, TRIES_A_DAY, DAY)]
    here = f"{subject.code}:{address}"
    return [
        Book("proof-here", here, TRIES, WINDOW),
        Book("proof-here-day", here, TRIES_A_DAY, DAY),
        Book("proof-address", address, TRIES_OF_ADDRESS, WINDOW),
        Book("proof-dossier-day", subject.code, TRIES_OF_DOSSIER_A_DAY, DAY),
    ]


def _is_his(filer: Filer, subject: Tracked) -> bool:
    """Whether he filed it from home, or a provider vouches that the applicant's number is his."""
    citizen = filer.citizen
    if citizen is not None and citizen.is_identified and citizen.personal_id == subject.personal_id:
        return True
    return drafts_of(filer).filter(submission_id__in=subject.subjects).exists()
