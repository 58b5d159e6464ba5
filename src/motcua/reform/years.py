"""Which years a plan may be of: those that have plans, in which the agency stood."""

from uuid import UUID

from django.utils.translation import gettext as _

from motcua.people.models import Agency
from motcua.reform.models.plans import FIRST_YEAR, LAST_YEAR


def year_fault(agency_id: UUID, year: int) -> str:
    """Why the agency cannot have a plan of this year; empty when it can."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _("Năm của kế hoạch phải từ %(first)d đến %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
    agency = Agency.objects.get(pk=agency_id)
    if year < agency.valid_from.year:
        return _("Cơ quan có từ ngày %(day)s nên không có kế hoạch năm %(year)d.") % {
            "day": f"{agency.valid_from:%d/%m/%Y}", "year": year,
        }  # fmt: skip
    if agency.valid_to is not None and year > agency.valid_to.year:
        return _("Cơ quan chỉ có đến ngày %(day)s nên không có kế hoạch năm %(year)d.") % {
            "day": f"{agency.valid_to:%d/%m/%Y}", "year": year,
        }  # fmt: skip
    return ""
