"""The public page “tính ngày hẹn trả”: nothing personal is asked, so everything is in the address."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access import public
from motcua.worktime.asking import NATIONAL, Answer, KnownLimit, Neighbours, UnreadableMoment, answer
from motcua.worktime.forms import DueForm
from motcua.worktime.phrases import limit_words, shown
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import Amount, CalendarGap, CalendarMistake, Unit
from motcua.worktime.typed import MOMENT_WRITTEN, moment_typed

ASKED = frozenset({"from", "amount", "unit", "procedure", "filled", "agency"})


@public
@require_safe
def due_date(request: HttpRequest, neighbours: Neighbours) -> HttpResponse:
    """Ask for a moment and a limit; answer the promised date with its reasons."""
    asked = {name: request.GET[name].strip() for name in ASKED if name in request.GET}
    if not asked:
        form = DueForm(
            neighbours=neighbours, initial={"from": _now(), "unit": Unit.WORKING_DAY, "agency": neighbours.home()}
        )
        return render(request, "worktime/due_date.html", {"form": form})
    limit = _limit(asked, neighbours)
    form = DueForm(_filled(asked, limit), neighbours=neighbours)
    context: dict[str, Any] = {"form": form, "limit": limit, "filled": asked.get("procedure", "") if limit else ""}
    if asked.get("procedure") and limit is None:
        form.add_error(
            "procedure", _("Không thấy thời hạn của thủ tục này. Ông/bà xem lại mã, hoặc để trống và tự nhập thời hạn.")
        )
    if form.is_valid():
        context |= _result(form, limit, neighbours)
    return render(request, "worktime/due_date.html", context)


def _now() -> str:
    return timezone.localtime().strftime(MOMENT_WRITTEN)


def _limit(asked: dict[str, str], neighbours: Neighbours) -> KnownLimit | None:
    """The limit of the procedure on the day of filing (today when no day can be read)."""
    code = asked.get("procedure", "")
    if not code or "\x00" in code:
        return None
    try:
        day = moment_typed(asked.get("from", "")).date()
    except UnreadableMoment:
        day = timezone.localdate()
    return neighbours.limit_of(code, day)


def _filled(asked: dict[str, str], limit: KnownLimit | None) -> dict[str, str]:
    """What was asked, the moment as people write it, with the procedure's limit unless it stands there already.

    `filled` is the procedure whose limit the form showed: after that the visitor may have changed the amount.
    """
    filled = {"from": _now(), "unit": Unit.WORKING_DAY.value, **asked}
    try:
        filled["from"] = moment_typed(filled["from"]).strftime(MOMENT_WRITTEN)
    except UnreadableMoment:
        filled["from"] = asked["from"]
    if limit is not None and (asked.get("filled") != asked["procedure"] or not asked.get("amount")):
        filled |= {"amount": str(limit.amount.number), "unit": limit.amount.unit.value}
    return filled


def _result(form: DueForm, limit: KnownLimit | None, neighbours: Neighbours) -> dict[str, Any]:
    """The answer for the page; a year nobody has loaded becomes an error at the moment's field."""
    said = form.cleaned_data
    amount = Amount(said["amount"], Unit(said["unit"]))
    cut_off = limit.cut_off if limit else None
    try:
        found = answer(said["from"], amount, calendar_code=said.get("calendar_code", NATIONAL), cut_off=cut_off)
    except (CalendarGap, CalendarMistake, UnknownCalendar) as fault:
        form.add_error("from", str(fault))
        return {}
    return {
        "found": found,
        "amount_text": limit_words(amount.number, amount.unit),
        "reasons": shown(found.reasons),
        "cut_off": cut_off,
        "api_address": _same_by_api(found, said.get("agency", ""), limit, neighbours),
    }


def _same_by_api(found: Answer, agency: str, limit: KnownLimit | None, neighbours: Neighbours) -> str:
    """The API call that gives the same answer."""
    query = {
        "from": found.start.strftime("%Y-%m-%dT%H:%M"),
        "amount": found.amount.number,
        "unit": found.amount.unit.value,
    }
    if agency:
        query["agency"] = agency
    if limit and limit.cut_off:
        query["cut_off"] = limit.cut_off.strftime("%H:%M")
    return f"{neighbours.api_address()}?{urlencode(query)}"
