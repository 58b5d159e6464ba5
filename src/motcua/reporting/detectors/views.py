"""The page of signs: what asks for a look in a period, each sign in plain words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.core.access import officials
from motcua.people.access import official_of
from motcua.people.models import WORKERS
from motcua.people.overseeing import OVERSEERS, overseen_by
from motcua.reporting.detectors.forms import PeriodForm, last_month
from motcua.reporting.detectors.signs import Seen, look_for_all
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import CalendarGap

SHOWN = 100
"""So many dossiers of a sign are listed, and of each so many things:"""
OF_EACH = 3


@officials(*OVERSEERS)
def signs(request: HttpRequest) -> HttpResponse:
    """Every sign with what it found. A sign is not a proof: each says what else may explain it."""
    by = official_of(request)
    overseen = overseen_by(by)
    form = PeriodForm(overseen, request.GET if "first" in request.GET else last_month(overseen))
    found: list[Seen] = []
    gap = ""
    if form.is_valid():
        try:
            agencies = [one.id for one in form.chosen()]
            found = look_for_all(agencies, form.cleaned_data["first"], form.cleaned_data["last"])
        except (CalendarGap, UnknownCalendar) as absent:
            gap = str(absent)
    context: dict[str, Any] = {
        "form": form, "seen": [_shown(one) for one in found], "gap": gap, "works": by.holds(*WORKERS),
        "total": sum(len(one.rows) for one in found), "own": str(by.agency_id), "most": SHOWN,
    }  # fmt: skip
    return render(request, "reporting/signs.html", context, status=422 if form.errors else 200)


def _shown(seen: Seen) -> dict[str, Any]:
    """A sign with its dossiers, each once with the first things seen of it."""
    said: dict[str, list[str]] = {}
    for row in seen.rows:
        said.setdefault(row.code, []).append(row.words)
    return {
        "sign": seen.sign,
        "looked_for": seen.figures is not None,
        "dossiers": [
            {"code": code, "words": words[:OF_EACH], "more": max(len(words) - OF_EACH, 0)}
            for code, words in list(said.items())[:SHOWN]
        ],
        "more": len(said) > SHOWN,
        "state": "late" if said else "ok",
        "words": ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", len(said))
        % {"n": number_format(len(said), force_grouping=True)}
        if said
        else _("không thấy"),
    }
