"""What the office's pages share: one form on one page, and writing what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal


@dataclass(frozen=True, slots=True)
class OneForm:
    """The words around a form that stands alone on its page. `back` is where one comes from: address, label."""

    title: str
    submit: str
    back: tuple[str, str]
    lead: str = ""
    danger: bool = False


def one_form(request: HttpRequest, form: forms.Form, words: OneForm) -> HttpResponse:
    """The page of one form; 422 with the errors at their places when it could not be written."""
    status = 422 if form.errors else 200
    return render(request, "people/one_form.html", {"form": form, "words": words}, status=status)


Place = str | Callable[[Refusal], str] | None


def written(form: forms.Form, write: Callable[[], Any], *, place: Place = None) -> bool:
    """Whether the checked form could be written; what the office refuses is said at `place`."""
    try:
        with transaction.atomic():
            write()
    except Refusal as refusal:
        form.add_error(place(refusal) if callable(place) else place, str(refusal))
    except IntegrityError:  # what the form checked was overtaken by a colleague
        form.add_error(None, _("Vừa có người khác ghi trước. Ông/bà tải lại trang, kiểm tra rồi ghi lại."))
    return not form.errors


def posted(request: HttpRequest) -> Any:
    """What was sent, or None when the page is only asked for; an empty form is sent all the same."""
    return request.POST if request.method == "POST" else None
