"""Whose older results are whose: those of one's own agency, for who keeps its papers or its counter."""

from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import now

from motcua.people.access import ActingOfficial
from motcua.people.looking import LOOKUP, look_as
from motcua.people.models import Role
from motcua.result.older.models import OlderResult

KEEPERS: Final = (Role.RECORDS_CLERK, Role.RECEIVER)
SUBJECT: Final = "older"


def older_of(by: ActingOfficial) -> QuerySet[OlderResult]:
    """The older results he may see."""
    if not by.holds(*KEEPERS):
        return OlderResult.objects.none()
    return OlderResult.objects.filter(agency_id=by.agency_id)


def older_for(by: ActingOfficial, older_id: UUID) -> OlderResult:
    """One of them, opened: the look is in the log before the page is. Raises `Http404` for a stranger's."""
    told = older_of(by).select_related("procedure", "listed_by", "copied_by", "decided_by")
    found = told.filter(pk=older_id).first()
    if found is None:
        raise Http404
    look_as(by, SUBJECT, (found.id,), task=LOOKUP, at=now())
    return found
