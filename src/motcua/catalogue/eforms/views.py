"""Staff look at the e-forms: which there are, and each page as a citizen meets it. Nothing is stored."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.eforms.queries import NoEForm, eform_by_key, eforms
from motcua.catalogue.eforms.rules import asked_on, settled, summary, told
from motcua.catalogue.eforms.screen import page_context
from motcua.catalogue.eforms.shapes import EForm
from motcua.catalogue.eforms.turning import Turn, turned
from motcua.core.access import officials


@officials()
@require_safe
def eform_list(request: HttpRequest) -> HttpResponse:
    """Every version of every e-form, with the day it holds from."""
    today = localdate()
    rows = [
        {
            "eform": one,
            "in_force": one.valid_from <= today and (one.valid_to is None or today <= one.valid_to),
            "questions": sum(1 for _item in one.items()),
        }
        for one in eforms()
    ]
    return render(request, "catalogue/eforms/list.html", {"rows": rows})


@officials()
@require_http_methods(["GET", "HEAD", "POST"])
def eform_page(request: HttpRequest, eform_code: str, eform_number: int, page_number: int) -> HttpResponse:
    """One page of a version: empty, or filled with its right sample (`?filled=1`); POST judges what was typed."""
    eform, page = _eform(eform_code, eform_number), page_number
    if not 1 <= page <= len(eform.pages):
        raise Http404
    today = localdate()
    filled = "filled" in request.GET
    sample: dict[str, Any] = dict(eform.samples.get("right", {}))
    page_items = {item.id for item in eform.pages[page - 1].items()}
    shown = sample if filled else {name: value for name, value in sample.items() if name not in page_items}
    turn = Turn(shown, (), stay=True)
    if request.method == "POST":
        turn = turned(eform, page, request.POST, shown, on=today)
        if not turn.stay:
            return redirect(_after(eform, page) + ("?filled=1" if filled else ""))
    context: dict[str, Any] = {
        **page_context(eform, page, turn.answers, turn.faults, on=today),
        "eform": eform, "filled": filled, "anew": turn.anew,
        "nothing_asked": not asked_on(eform.pages[page - 1], settled(eform, turn.answers, on=today)),
    }  # fmt: skip
    status = 422 if turn.faults and turn.sent_on else 200
    return render(request, "catalogue/eforms/preview.html", context, status=status)


@officials()
@require_safe
def eform_told(request: HttpRequest, eform_code: str, eform_number: int) -> HttpResponse:
    """The right sample told again, as the page before filing and the printed sheet tell it."""
    eform = _eform(eform_code, eform_number)
    day = eform.samples.get("day") or localdate()
    sample = eform.samples.get("right", {})
    context = {
        "eform": eform, "sections": told(eform, sample, on=day), "summary": summary(eform, sample, on=day),
    }  # fmt: skip
    return render(request, "catalogue/eforms/told.html", context)


def _eform(code: str, number: int) -> EForm:
    try:
        return eform_by_key(code, number)
    except NoEForm as missing:
        raise Http404 from missing


def _after(eform: EForm, page: int) -> str:
    if page < len(eform.pages):
        return reverse("eform-page", args=[eform.code, eform.number, page + 1])
    return reverse("eform-told", args=[eform.code, eform.number])
