"""Reads about agencies and officials."""

from datetime import date

from django.db.models import Q

from motcua.people.models import Agency


def home_agency(day: date) -> Agency | None:
    """The agency this installation serves: the one in force that posts procedures, lowest level first."""
    in_force = Agency.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    return in_force.filter(units__officials__isnull=False).order_by("valid_from", "pk").first()
