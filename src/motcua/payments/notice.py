"""The money notice of a dossier: what its rows say, put into the printed slip."""

from collections.abc import Sequence

from motcua.catalogue.queries import version_by_id
from motcua.documents.prints import Letterhead, MoneyNoticePrint, PrintedDuty, PrintedParty
from motcua.dossiers.models import Dossier
from motcua.dossiers.tracking import tracking_url
from motcua.payments.models import FinancialDuty
from motcua.people.models import Agency, PartyKind, Unit


def notice_of(dossier: Dossier, owed: Sequence[FinancialDuty]) -> MoneyNoticePrint:
    """The slip over these sums, dated and signed as the last of them was asked for. Raises ValueError for none."""
    last = max(owed, key=lambda duty: duty.asked_at)
    agency = Agency.objects.select_related("parent").get(pk=dossier.agency_id)
    return MoneyNoticePrint(
        head=Letterhead(
            superior=agency.parent.name if agency.parent else "",
            agency=agency.name,
            section=Unit.objects.get(pk=last.asked_by.unit_id).name,
            place=agency.short_name,
        ),
        dossier_code=dossier.code,
        procedure=version_by_id(dossier.version_id).name,
        applicant=PrintedParty(
            name=dossier.applicant_name, is_organisation=dossier.applicant_kind == PartyKind.ORGANISATION
        ),
        duties=tuple(
            PrintedDuty(
                what=duty.what,
                amount=duty.amount,
                payee=duty.payee,
                account=duty.account,
                legal_basis=duty.legal_basis,
                due_on=duty.due_on,
            )
            for duty in owed
        ),
        paused_at=dossier.paused_at,
        asked_at=last.asked_at,
        official=last.asked_by.full_name,
        tracking_url=tracking_url(dossier),
    )
