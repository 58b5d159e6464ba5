"""What waiting would have been with one counter more or less: the hall's own days, played again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access import officials
from motcua.core.typed import BAD_DAY, day_typed
from motcua.people.overseeing import OVERSEERS
from motcua.queueing.declared import declared_on
from motcua.queueing.figures.asking import halls_overseen
from motcua.queueing.models import Hall
from motcua.queueing.queries.recorded_days import last_days, recorded_days
from motcua.queueing.rules.whatif import ADDED, Change, Outcome, played, truth_of

DAYS: Final = (5, 10, 20)
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3])(?:[:h.]([0-5][0-9])?)?")


class Unclear(ValueError):
    """What was typed says no change that can be played; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way the days went: in truth, played again, played with the change."""

    name: str
    outcome: Outcome | None


@officials(*OVERSEERS)
@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Choose days and a counter more or less; see waits in truth, replayed, and changed."""
    halls = halls_overseen(request)
    if not halls:
        return render(request, "queueing/figures/no_hall.html")
    wanted = request.GET.get("hall", "")
    hall = next((one for one in halls if one.code == wanted), None) if wanted else halls[0]
    if hall is None:
        raise Http404
    today = timezone.localdate()
    context: dict[str, Any] = {"hall": hall, "halls": halls, "days": DAYS, "typed": _typed(request.GET, hall)}
    try:
        change = _change(request.GET, hall) if request.GET else None
        span = _span(request.GET, hall, today)
    except Unclear as unclear:
        return render(request, "queueing/figures/what_if.html", context | {"fault": str(unclear)}, status=422)
    if span:
        context |= {"result": _result(hall, span, change, today), "span": span}
    return render(request, "queueing/figures/what_if.html", context)


def _result(hall: Hall, days: Sequence[date], change: Change | None, today: date) -> dict[str, Any]:
    """The rows of the answer and the sentence that sums it up."""
    wanted = set(days)
    first, last = min(wanted), max(wanted)
    recorded = recorded_days(hall.pk, first, last)
    cap = declared_on(today).cap
    truth, again = truth_of(recorded), played(recorded, cap=cap)
    rows = [Row(_("Thực tế đã ghi"), truth), Row(_("Mô phỏng lại như đã ghi"), again)]
    after = None
    if change is not None:
        after = played(recorded, change, cap=cap)
        rows.append(Row(_("Mô phỏng với thay đổi"), after))
    off = abs(truth.median - again.median) if truth and again else None
    return {
        "rows": rows, "days": len(recorded), "people": sum(len(day.arrivals) for day in recorded),
        "off": None if off is None else round(off), "sentence": _sentence(again, after),
    }  # fmt: skip


def _sentence(before: Outcome | None, after: Outcome | None) -> str:
    if before is None or after is None:
        return ""
    said = {"before": round(before.median), "after": round(after.median), "worst": round(after.worst)}
    if said["before"] == said["after"]:
        return _("Một nửa số người vẫn chờ không quá %(after)d phút; người chờ lâu nhất chờ %(worst)d phút.") % said
    return _(
        "Một nửa số người sẽ chờ không quá %(after)d phút, thay vì %(before)d phút; "
        "người chờ lâu nhất chờ %(worst)d phút."
    ) % said  # fmt: skip


def _typed(asked: QueryDict, hall: Hall) -> dict[str, Any]:
    """What stands in the fields: as typed, or a first proposal."""
    number = asked.get("counter", str(ADDED))
    return {
        "days": asked.get("days", str(DAYS[-1])), "day": asked.get("day", "")[:20], "counter": number,
        "from": asked.get("from", "08:00")[:10], "to": asked.get("to", "10:00")[:10],
        "needs": asked.getlist("needs") if asked else [need.letter for need in hall.needs.all()],
    }  # fmt: skip


def _span(asked: QueryDict, hall: Hall, today: date) -> list[date]:
    """The days to play, newest first. Raises `Unclear`."""
    typed = asked.get("day", "").strip()
    if typed:
        try:
            day = day_typed(typed)
        except ValueError as error:
            raise Unclear(BAD_DAY) from error
        if day >= today:
            raise Unclear(_("Chỉ xem được những ngày đã qua. Ông/bà chọn một ngày trước hôm nay."))
        return [day]
    number = asked.get("days", "")
    return last_days(hall.pk, today, int(number) if number in {str(one) for one in DAYS} else DAYS[-1])


def _change(asked: QueryDict, hall: Hall) -> Change | None:
    """What is to be changed. Raises `Unclear`."""
    opens, closes = _minute(asked.get("from", "")), _minute(asked.get("to", ""))
    if opens >= closes:
        raise Unclear(_("Giờ bắt đầu phải trước giờ kết thúc. Ông/bà sửa lại hai giờ."))
    number = asked.get("counter", str(ADDED))
    if number == str(ADDED):
        letters = frozenset(asked.getlist("needs")) & {need.letter for need in hall.needs.all()}
        if not letters:
            raise Unclear(_("Chưa chọn việc nào cho quầy thêm. Ông/bà chọn ít nhất một việc."))
        return Change(ADDED, opens, closes, letters)
    if number not in {str(one.number) for one in hall.counters.all()}:
        raise Unclear(_("Không có quầy này. Ông/bà chọn lại quầy."))
    return Change(int(number), opens, closes)


def _minute(text: str) -> float:
    found = _TIME.fullmatch(text.strip().lower())
    if found is None:
        raise Unclear(_("Giờ chưa đúng. Ông/bà nhập giờ và phút, ví dụ 08:00."))
    return int(found[1]) * 60 + int(found[2] or 0)
