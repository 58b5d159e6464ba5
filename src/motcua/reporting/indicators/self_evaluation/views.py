"""The nine indices on screen: the agency's, its officials', and the dossiers behind each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.people.access import official_of
from motcua.people.models import Official
from motcua.people.overseeing import OVERSEERS, opened_by
from motcua.reporting.exports.limits import takes
from motcua.reporting.indicators.listing import PAGE, listed, page_number
from motcua.reporting.indicators.measures import DOSSIER, CountedSet, Scope, count_of, scope_of
from motcua.reporting.indicators.self_evaluation.evaluating import (
    INDEX_SETS,
    Evaluation,
    IndexScore,
    dossiers_of,
    evaluate,
    official_dossiers,
)
from motcua.reporting.indicators.self_evaluation.rules import BEST
from motcua.reporting.indicators.self_evaluation.table import Index, nine_on
from motcua.reporting.indicators.words import (
    MARKS,
    nothing_counted,
    part_words,
    parts_bar,
    points_words,
    rank_state,
    rank_words,
)
from motcua.reporting.screens.asking import Asked
from motcua.reporting.screens.tables import question

_LOOKS = {"2": "hand-1", "1": "hand-2", "0": "over"}


@officials(*OVERSEERS)
def evaluation(request: HttpRequest) -> HttpResponse:
    """Circular 01/2018/TT-VPCP art. 13 for one agency in a period: nine indices, the class, the officials."""
    asked = question(request)
    context = asked.shown(timezone.localdate()) | {"here": "self-evaluation"}
    found = evaluate(scope_of_one(asked))
    if found is not None:
        context |= _shown(found, asked)
    return render(request, "reporting/self_evaluation.html", context, status=422 if asked.fault else 200)


@officials(*OVERSEERS)
def one_index(request: HttpRequest, index_number: int) -> HttpResponse:
    """One index: what it counts, and the dossiers or procedures with the points of each."""
    asked = question(request)
    scope = scope_of_one(asked)
    found = nine_on(scope.last_day)
    told = found[0].index(index_number) if found else None
    if told is None or found is None:
        raise Http404
    context = asked.shown(timezone.localdate()) | {
        "index": told, "mark": str(MARKS[found[1].mark]), "scale": found[1], "up": _up(asked),
    }  # fmt: skip
    judged = judged_index(request, scope, index_number)
    if judged is not None:
        _told, one, values, words = judged
        context |= listed(request, asked, one, values, count_of(one, values), words)
        sets = INDEX_SETS[told.formula]
        chosen = request.GET.get("set", next(iter(sets)))
        context["also"] = f"&set={chosen}"
        context["sets"] = [
            {"query": asked.again(set=name), "label": set_words(name), "current": name == chosen} for name in sets
        ]
    return render(request, "reporting/self_evaluation_index.html", context, status=422 if asked.fault else 200)


def judged_index(
    request: HttpRequest, scope: Scope, number: int
) -> tuple[Index, CountedSet, dict[str, Any], Callable[[str], str]] | None:
    """The index, the set of it that is asked for, its values, the words of its parts; None for one nothing counts.

    Raises `Http404` for a set it does not have.
    """
    found = nine_on(scope.last_day)
    told = found[0].index(number) if found else None
    if told is None or not told.formula:
        return None
    sets = INDEX_SETS[told.formula]
    chosen = request.GET.get("set", next(iter(sets)))
    if chosen not in sets:
        raise Http404
    return told, sets[chosen], scope.values(), lambda part: _part_words(told, part)


def judged_official(asked: Asked, scope: Scope, official_id: UUID) -> Official:
    """An official of the agency, or one who had a hand in what it settled. Raises `Http404` for anybody else."""
    person = Official.objects.select_related("unit").filter(pk=official_id).first()
    if person is None:
        raise Http404
    if person.unit.agency_id != asked.agency.id and not official_dossiers(scope, official_id, limit=1):
        raise Http404
    return person


@officials(*OVERSEERS)
def one_official(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """The dossiers behind an official's average, with the points of each."""
    asked = question(request)
    number, scope = page_number(request), scope_of_one(asked)
    person = judged_official(asked, scope, official_id)
    rows = official_dossiers(scope, official_id, limit=PAGE + 1, offset=(number - 1) * PAGE)
    context = asked.shown(timezone.localdate()) | {
        "person": person, "up": _up(asked), "rows": rows[:PAGE], "number": number, "has_next": len(rows) > PAGE,
        "page_before": number - 1, "page_after": number + 1,
        "takes": takes(dossiers_of(scope, official_id), request.GET),
        "opens": asked.agency.id in opened_by(official_of(request)),
    }  # fmt: skip
    return render(request, "reporting/self_evaluation_official.html", context)


def scope_of_one(asked: Asked) -> Scope:
    """One agency judges itself: those below it have their own page."""
    return scope_of([asked.agency.id], asked.period)


def _up(asked: Asked) -> str:
    return f"{reverse('self-evaluation')}?{asked.again()}"


def _shown(found: Evaluation, asked: Asked) -> dict[str, Any]:
    return {
        "evaluation": found,
        "carried": found.scale.mark != "verified",
        "total": points_words(found.total.points),
        "measured": points_words(found.total.measured),
        "most": points_words(found.total.most),
        "rank": rank_words(found.worst, found.best),
        "rank_state": rank_state(found.worst, found.best),
        "rows": [_row(row, asked) for row in found.rows],
        "officials": [
            {"official": one, "average": points_words(one.average), "rank": rank_words(one.worst, one.best),
             "state": rank_state(one.worst, one.best),
             "url": f"{reverse('self-evaluation-official', args=(one.id,))}?{asked.again()}"}
            for one in found.officials
        ],
    }  # fmt: skip


def _row(row: IndexScore, asked: Asked) -> dict[str, Any]:
    """An index as a line: its points, and for a dossier index how the dossiers divide."""
    url = reverse("self-evaluation-index", args=(row.index.number,))
    shown: dict[str, Any] = {"row": row, "url": f"{url}?{asked.again()}", "best": BEST}
    if not row.index.formula:
        return shown | {"absent": _("chưa có dữ liệu"), "reason": row.index.reason}
    if row.points is None:
        return shown | nothing_counted()
    shown["points"] = points_words(row.points)
    if row.index.scope == DOSSIER:
        numbers = {part.part: part.count for part in row.counts["dossiers"].parts}
        shown["parts"] = [
            {"count": numbers.get(part, 0), "words": _part_words(row.index, part),
             "url": f"{url}?{asked.again(part=part, side='counted' if part == '2' else 'rest')}"}
            for part in _LOOKS
        ]  # fmt: skip
        shown["bar"] = parts_bar([(one["words"], one["count"]) for one in shown["parts"]], list(_LOOKS.values()))
    else:
        shown["figures"] = [
            {"words": set_words(name), "numerator": count.numerator, "denominator": count.denominator,
             "url": f"{url}?{asked.again(set=name)}"}
            for name, count in row.counts.items()
        ]  # fmt: skip
    return shown


def _part_words(index: Index, part: str) -> str:
    """The part of a dossier index is its points: in the words of the index."""
    words = {"2": index.two, "1": index.one, "0": index.none}
    return (
        _("%(points)s điểm: %(words)s") % {"points": part, "words": words[part]} if part in words else part_words(part)
    )


def set_words(name: str) -> str:
    """What a set of an index counts."""
    words = {"procedures": _("Thủ tục"), "dossiers": _("Hồ sơ"), "in_time": _("Hồ sơ trực tuyến không quá hạn")}
    return words[name]
