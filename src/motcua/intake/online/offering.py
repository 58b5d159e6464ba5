"""What is filed from home, and the e-form of a draft."""

from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from motcua.catalogue.eforms.queries import eform_by_key, eform_for
from motcua.catalogue.eforms.shapes import EForm
from motcua.catalogue.queries import OfferedVersion, version_in_force
from motcua.intake.models import Draft
from motcua.intake.online.refusals import NotFiledOnline
from motcua.intake.online.rules import is_filed_online


def offered_online(procedure_code: str, agency_id: UUID, at: datetime) -> tuple[OfferedVersion, EForm]:
    """What is filed here from home now. Raises `NotOffered`, `NotFiledOnline`."""
    day = localdate(at)
    offered = version_in_force(procedure_code, agency_id, day)
    eform = eform_for(procedure_code, day)
    if eform is None or not is_filed_online(offered):
        raise NotFiledOnline
    return offered, eform


def eform_of(draft: Draft) -> EForm:
    """The version of the e-form that this draft is filled in."""
    return eform_by_key(draft.eform_code, draft.eform_number)
