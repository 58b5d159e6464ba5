"""What the due-date calculator asks of packages that working time may not import."""

from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from motcua.catalogue.models import Channel
from motcua.catalogue.queries import Standing, procedure_sheet
from motcua.catalogue.rules import choose_limit
from motcua.people.models import AgencyCode
from motcua.people.queries import home_agency
from motcua.worktime.asking import KnownLimit, Neighbours
from motcua.worktime.rules import Amount, Unit

MOST_AGENCIES = 200


def calendar_of(agency_code: str, day: date) -> str | None:
    """The calendar of the agency known by this code: on that day if there was one, else the latest to bear it."""
    in_force = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    bearer = (
        AgencyCode.objects.filter(code=agency_code.strip().upper())
        .annotate(fits=Case(When(in_force, then=Value(1)), default=Value(0), output_field=IntegerField()))
        .order_by("-fits", "-valid_from")
        .values_list("agency__calendar_code", flat=True)
        .first()
    )
    return str(bearer) if bearer is not None else None


def agencies() -> list[tuple[str, str]]:
    """(code, short name) of the agencies that have rooms today: those whose hours a visitor may ask for."""
    today = timezone.localdate()
    open_end = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    codes = AgencyCode.objects.filter(open_end, agency__units__isnull=False, valid_from__lte=today)
    newest_last = codes.distinct().order_by("agency__short_name", "valid_from").select_related("agency")[:MOST_AGENCIES]
    named = {row.agency_id: (row.code, row.agency.short_name) for row in newest_last}
    return [*named.values()]


def home() -> str:
    """The code of this office, as the list of agencies has it; "" when it has none."""
    office = home_agency(timezone.localdate())
    name = office.short_name if office else ""
    return next((code for code, short_name in agencies() if short_name == name), "")


def limit_of(procedure_code: str, day: date) -> KnownLimit | None:
    """The general limit of the procedure in force on that day."""
    sheet = procedure_sheet(procedure_code.strip(), day)
    if sheet is None or sheet.version is None or sheet.standing != Standing.IN_FORCE:
        return None
    limit = choose_limit(sheet.version.limits, channel=Channel.COUNTER)
    if limit is None:
        return None
    return KnownLimit(sheet.version.name, Amount(limit.number, Unit(limit.unit)), sheet.version.cut_off)


NEIGHBOURS = Neighbours(
    calendar_of=calendar_of,
    agencies=agencies,
    home=home,
    limit_of=limit_of,
    api_address=lambda: reverse("api-v1:due"),
)
