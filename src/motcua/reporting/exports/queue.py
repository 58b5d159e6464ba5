"""The numbers behind a figure of the queue, as a list to be kept: times only, nothing of who held them."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access import officials
from motcua.people.overseeing import OVERSEERS
from motcua.queueing.figures.asking import behind_of, halls_overseen
from motcua.queueing.models import Hall, TicketState, TicketWay, Turn
from motcua.queueing.queries.figures import Behind, Listed, every_listed, listed
from motcua.reporting.exports.sending import TooLong, sent
from motcua.reporting.exports.value import Column, Line, Report, Section, Shape
from motcua.reporting.exports.views import site_of
from motcua.reporting.rules.periods import days

SHAPES = ("xlsx", "csv")


@officials(*OVERSEERS)
@require_safe
def export_tickets(request: HttpRequest, shape: str) -> HttpResponseBase:
    """The numbers behind a figure, all of them, as a spreadsheet or CSV."""
    if shape not in SHAPES:
        raise Http404
    if not request.GET:
        return redirect("queue-figures")
    behind = behind_of(request.GET)
    hall = next((one for one in halls_overseen(request) if one.code == behind.hall), None)
    if hall is None or behind.first > behind.last:
        raise Http404
    try:
        return sent(of_tickets(hall, behind), shape, agency_id=hall.agency_id, site=site_of(request), at=timezone.now())
    except TooLong as refusal:
        back = f"{reverse('queue-tickets')}?{behind.query}"
        return render(request, "reporting/too_long.html", {"sentence": str(refusal), "back": back}, status=422)


def of_tickets(hall: Hall, behind: Behind) -> Report:
    """What `queue/figures/tickets/` lists, read while it is written."""
    columns = (
        Column("number", _("Số")),
        Column("need", _("Việc cần làm"), width=30),
        Column("turn", _("Lượt"), width=14),
        Column("way", _("Cách lấy số"), width=18),
        Column("issued_at", _("Lấy số lúc"), Shape.MOMENT, width=17),
        Column("called_at", _("Gọi lúc"), Shape.MOMENT, width=17),
        Column("began_at", _("Bắt đầu lúc"), Shape.MOMENT, width=17),
        Column("ended_at", _("Xong lúc"), Shape.MOMENT, width=17),
        Column("counter", _("Quầy"), Shape.COUNT, width=6),
        Column("waited", _("Chờ"), Shape.DECIMAL, unit=_("phút")),
        Column("ahead", _("Số người trước, lúc lấy số"), Shape.COUNT),
        Column("told_from", _("Báo chờ từ"), Shape.COUNT, unit=_("phút")),
        Column("told_to", _("Báo chờ đến"), Shape.COUNT, unit=_("phút")),
        Column("state", _("Tình trạng"), width=24),
    )
    _some, length = listed(hall.pk, behind, limit=0, offset=0)
    words = _("từ %(first)s đến hết %(last)s") % {
        "first": f"{behind.first:%d/%m/%Y}", "last": f"{behind.last:%d/%m/%Y}",
    }  # fmt: skip
    return Report(
        "queue", _("Số thứ tự: %(hall)s") % {"hall": hall.name}, hall.agency.short_name,
        days(behind.first, behind.last), words, (Section("", columns, _lines(hall, behind)),), length=length,
    )  # fmt: skip


def _lines(hall: Hall, behind: Behind) -> Iterator[Line]:
    states, turns, ways = ({code: str(label) for code, label in one.choices} for one in (TicketState, Turn, TicketWay))

    def line(row: Listed) -> Line:
        return Line(
            (row.label, row.need, turns[row.turn], ways[row.way], row.issued_at, row.called_at, row.began_at,
             row.ended_at, row.counter, _tenths(row.waited), row.ahead, row.told_from, row.told_to, states[row.state])
        )  # fmt: skip

    return (line(row) for row in every_listed(hall.pk, behind))


def _tenths(minutes: float | None) -> Decimal | None:
    return None if minutes is None else Decimal(minutes).quantize(Decimal("0.1"))
