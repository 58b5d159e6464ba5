"""The members of a set on a page: all of them, one side or one part, so many at a time."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest

from motcua.people.access import official_of
from motcua.people.overseeing import opened_by
from motcua.reporting.exports.limits import takes
from motcua.reporting.indicators.counts import Count
from motcua.reporting.indicators.measures import DOSSIER, SIDES, CountedSet, members_of
from motcua.reporting.indicators.words import part_words
from motcua.reporting.screens.asking import Asked

PAGE: Final = 50


def listed(
    request: HttpRequest, asked: Asked, one: CountedSet, values: Mapping[str, Any], count: Count,
    words: Callable[[str], str] = part_words,
) -> dict[str, Any]:  # fmt: skip
    """A page of the members of a set, of one side or one part when asked, and the parts to choose from."""
    side, part = chosen(request, words)
    number = page_number(request)
    rows = members_of(one, values, side=side, part=part, limit=PAGE + 1, offset=(number - 1) * PAGE)
    total = total_of(count, side, part)
    return {
        "count": count,
        "parts": [
            {"words": words(known.part), "counted": known.counted, "count": known.count, "current": known.part == part,
             "query": asked.again(part=known.part, side="counted" if known.counted else "rest")}
            for known in count.parts
        ],
        "sides": {name: asked.again(side=name) for name in SIDES},
        "side": side,
        "part": words(part) if part else "",
        "total_listed": total,
        "takes": takes(total, request.GET),
        "members": [{"member": member, "part": words(member.part)} for member in rows[:PAGE]],
        "of_dossiers": one.kind == DOSSIER,
        "opens": opened_by(official_of(request)),
        "number": number, "has_next": len(rows) > PAGE, "page_before": number - 1, "page_after": number + 1,
    }  # fmt: skip


def chosen(request: HttpRequest, words: Callable[[str], str] = part_words) -> tuple[str, str]:
    """`?side=` and `?part=`. Raises `Http404` for what there is not."""
    side, part = request.GET.get("side", "all"), request.GET.get("part", "")
    if side not in SIDES or (part and words(part) == part):
        raise Http404
    return side, part


def total_of(count: Count, side: str, part: str) -> int:
    """How many members one side, or one part, has."""
    return sum(known.count for known in count.parts if known.counted in SIDES[side] and part in ("", known.part))


def page_number(request: HttpRequest) -> int:
    """`?page=`; anything that is no page is the first."""
    text = request.GET.get("page", "")
    return min(int(text), 100_000) if text.isascii() and text.isdigit() and len(text) < 8 and int(text) else 1
