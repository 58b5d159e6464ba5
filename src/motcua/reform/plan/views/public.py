"""What anybody may read of reform plans: every task of an issued plan and how it stands, without a name."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from motcua.core.access import public
from motcua.reform.plan.queries import Wanted, by_area, issued_plans, rows_of, tally_of
from motcua.reform.plan.words import STANDINGS, tally_words

SHOWN = 200


@public
def open_plans(request: HttpRequest) -> HttpResponse:
    """Every issued plan."""
    return render(request, "reform/open_plans.html", {"plans": issued_plans()[:SHOWN]})


@public
def open_plan(request: HttpRequest, reform_plan_id: UUID) -> HttpResponse:
    """The plan with its tasks as they stand today."""
    plan = get_object_or_404(issued_plans(), pk=reform_plan_id)
    rows, wanted = rows_of(plan, timezone.localdate()), Wanted.read(request.GET)
    context = {
        "plan": plan, "areas": by_area(plan, rows, wanted), "tally": tally_words(tally_of(rows)), "wanted": wanted,
        "standings": [(one.value, words) for one, words in STANDINGS.items()],
    }  # fmt: skip
    return render(request, "reform/open_plan.html", context)
