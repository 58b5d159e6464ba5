"""The duty roster of a month: who is away, who stands in, and what nobody does."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial, official_of
from motcua.people.actions import SubstituteRefused, end_absence, record_absence
from motcua.people.forms.roster import AbsenceForm
from motcua.people.models import Absence, Official, Role, RoleGrant
from motcua.people.phrases import period_words
from motcua.people.roster import month_bounds, month_rows, spoken_gaps
from motcua.people.views.parts import written


@officials(Role.ADMINISTRATOR, Role.APPROVER)
def roster(request: HttpRequest) -> HttpResponse:
    """One month of one's own agency."""
    by, at = official_of(request), timezone.now()
    month = _month(request.GET.get("month", "")) or timezone.localdate().replace(day=1)
    first, last = month_bounds(month)
    rows, gaps = month_rows(by.agency_id, month, at)
    return render(
        request,
        "people/roster.html",
        {
            "month": month,
            "before": first.date() - timedelta(days=1) if month > date(1976, 1, 1) else None,
            "after": last.date() if last.date().year < 2100 else None,
            "rows": rows,
            "gaps": spoken_gaps(gaps),
            "now": at,
        },
    )


@officials(Role.ADMINISTRATOR, Role.APPROVER)
def choose_absent(request: HttpRequest) -> HttpResponse:
    """Who is going to be away?"""
    staff = _serving(official_of(request)).select_related("unit").order_by("unit__name", "full_name")
    return render(request, "people/choose_absent.html", {"officials": staff})


@officials(Role.ADMINISTRATOR, Role.APPROVER)
def away(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """Write an absence, and who takes over which duty."""
    by, today = official_of(request), timezone.localdate()
    person = Official.objects.select_related("unit").filter(pk=official_id, unit__agency_id=by.agency_id).first()
    if person is None:
        raise Http404
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        grants=_grants(person, today),
        colleagues=list(_serving(by).exclude(pk=person.pk).order_by("full_name")),
        today=today,
    )
    if request.method == "POST" and form.is_valid() and _wrote(form, person, by):
        first_at, last_at = form.period()
        messages.success(
            request,
            _("Đã ghi %(name)s vắng mặt %(period)s.")
            % {"name": person.full_name, "period": period_words(first_at, last_at)},
        )
        return redirect(f"{reverse('roster')}?month={first_at:%Y-%m}")
    return render(request, "people/away.html", {"official": person, "form": form}, status=422 if form.errors else 200)


@require_POST
@officials(Role.ADMINISTRATOR, Role.APPROVER)
def back(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """He is back before the time, or does not go after all."""
    by = official_of(request)
    absence = (
        Absence.objects.select_related("official").filter(pk=absence_id, official__unit__agency_id=by.agency_id).first()
    )
    if absence is None:
        raise Http404
    try:
        end_absence(absence.pk, by=by, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("%(name)s làm lại việc của mình từ bây giờ.") % {"name": absence.official.full_name}
        )
    return redirect(f"{reverse('roster')}?month={timezone.localtime(absence.first_at):%Y-%m}")


def _wrote(form: AbsenceForm, person: Official, by: ActingOfficial) -> bool:
    first_at, last_at = form.period()

    def place(refusal: Refusal) -> str:
        return form.place_of(refusal.duty) if isinstance(refusal, SubstituteRefused) else "first_day"

    return written(
        form,
        lambda: record_absence(
            person.pk, first_at=first_at, last_at=last_at, reason=form.cleaned_data["reason"],
            stand_ins=form.stand_ins(), by=by, at=timezone.now(),
        ),
        place=place,
    )  # fmt: skip


def _serving(by: ActingOfficial) -> QuerySet[Official]:
    """Colleagues who serve today or will."""
    return Official.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate()),
        unit__agency_id=by.agency_id, account__is_active=True,
    )  # fmt: skip


def _grants(person: Official, today: date) -> list[RoleGrant]:
    """His duties from today on, each once."""
    found = person.grants.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)).select_related("unit")
    return list({(grant.unit_id, grant.role): grant for grant in found.order_by("unit__name", "role")}.values())


def _month(text: str) -> date | None:
    try:
        month = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 (a month, no moment)
    except ValueError:
        return None
    return month if 1976 <= month.year <= 2099 else None
