"""What the pages of figures are asked: which hall, which days, and which tickets behind a figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from motcua.core.typed import BAD_DAY, day_typed
from motcua.people.access import official_of
from motcua.people.overseeing import overseen_by
from motcua.queueing.models import Hall
from motcua.queueing.queries.figures import KINDS, Behind

USUAL_DAYS: Final = 30
MOST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as understood; `fault`: the sentence for what could not be, then the days are the usual ones."""

    halls: Sequence[Hall]
    hall: Hall
    first: date
    last: date
    typed: dict[str, str]
    fault: str = ""

    @property
    def behind(self) -> Behind:
        """All tickets of these days."""
        return Behind(self.hall.code, self.first, self.last)


def halls_overseen(request: HttpRequest) -> list[Hall]:
    """The halls whose figures the official may see."""
    agencies = [one.id for one in overseen_by(official_of(request))]
    return list(Hall.objects.filter(agency__in=agencies).select_related("agency"))


def asked_of(request: HttpRequest, today: date) -> Asked | None:
    """What the address asks; None where there is no hall at all. Raises `Http404` for a hall that is not his to see."""
    halls = halls_overseen(request)
    if not halls:
        return None
    wanted = request.GET.get("hall", "")
    hall = next((one for one in halls if one.code == wanted), None) if wanted else halls[0]
    if hall is None:
        raise Http404
    usual = today - timedelta(days=USUAL_DAYS - 1), today
    typed = {name: request.GET.get(name, "")[:40] for name in ("from", "to")}
    first, last, fault = days_typed(typed["from"], typed["to"], usual)
    shown = typed if fault else {"from": f"{first:%d/%m/%Y}", "to": f"{last:%d/%m/%Y}"}
    return Asked(halls, hall, first, last, shown, fault)


def days_typed(first: str, last: str, usual: tuple[date, date]) -> tuple[date, date, str]:
    """The days as typed, or the usual ones with the sentence that says what is wrong."""
    if not (first.strip() or last.strip()):
        return *usual, ""
    try:
        begins, ends = day_typed(first), day_typed(last)
    except ValueError:
        return *usual, str(BAD_DAY)
    if begins > ends:
        return *usual, _("Ngày đầu đứng sau ngày cuối. Ông/bà đổi lại hai ngày.")
    if (ends - begins).days >= MOST_DAYS or begins.year < 2000:
        return *usual, _("Mỗi lần xem được nhiều nhất một năm. Ông/bà chọn khoảng ngày ngắn hơn.")
    return begins, ends, ""


def behind_of(asked: QueryDict) -> Behind:
    """The tickets that an address asks for. Raises `Http404` when no figure is of them."""
    try:
        first, last = day_typed(asked.get("from", "")), day_typed(asked.get("to", ""))
        counter, hour, weekday = (_number(asked.get(name, "")) for name in ("counter", "hour", "weekday"))
    except ValueError as error:
        raise Http404 from error
    kind = asked.get("kind", "taken")
    if kind not in KINDS:
        raise Http404
    return Behind(asked.get("hall", ""), first, last, kind, asked.get("need", "")[:1] or None, counter, hour, weekday)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError(text)
    return int(text)
