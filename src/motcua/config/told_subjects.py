"""Whom a message is about and to whom it goes: the rows behind an event, as they stand when it is told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.catalogue.wording import money
from motcua.core.sql import fetch_all
from motcua.correspondence.actions import About
from motcua.correspondence.preferences import with_preference
from motcua.correspondence.rules import Contact
from motcua.dossiers.models import Dossier, ReturnMethod
from motcua.dossiers.tracking import tracking_address
from motcua.feedback.keys import rating_url
from motcua.intake.models import Submission
from motcua.payments.models import Refund
from motcua.payments.orders.queries import pay_url
from motcua.people.citizens.models import Citizen, Mandate
from motcua.queueing.models.bookings import Booking


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message is about, as whoever it concerns is told of it."""

    to: Contact
    about: About
    agency_id: UUID | None
    link: str
    values: Mapping[str, str]


_DOSSIERS: Final[LiteralString] = """
SELECT d.id, d.code, d.tracking_token, d.agency_id, a.name, v.name, d.applicant_id, d.applicant_name,
       d.applicant_phone, d.applicant_email, d.applicant_address, d.promised_at, d.return_method
FROM dossiers_dossier d JOIN people_agency a ON a.id = d.agency_id
JOIN catalogue_procedureversion v ON v.id = d.version_id WHERE d.id = ANY(%s)
"""


def dossiers(ids: set[UUID]) -> dict[UUID, Subject]:
    rows = fetch_all(_DOSSIERS, ([*ids],)) if ids else []
    contacts = with_preference({row[0]: Contact(row[7], row[8], row[9], row[10], party_id=row[6]) for row in rows})
    return {
        row[0]: Subject(
            contacts[row[0]], About("dossier", row[0], row[1]), row[3], tracking_address(row[1], row[2]),
            _plain(contacts[row[0]], row[4], row[1], row[5], tracking_address(row[1], row[2]))
            | {"due": moment(row[11]), "how": str(ReturnMethod(row[12]).label), "rate": rating_url(row[0]),
               "download": f"{settings.MOTCUA_BASE_URL}{reverse('download-result', args=(row[1], row[2]))}"},
        )
        for row in rows
    }  # fmt: skip


def bookings(ids: set[UUID]) -> dict[UUID, Subject]:
    """Who has an appointment is known by his telephone only; the address of its page holds a key and is not said."""
    rows = [*Booking.objects.filter(pk__in=ids).select_related("agency", "need__hall")] if ids else []
    return {
        row.id: Subject(
            Contact("", row.phone), About("booking", row.id, row.code), row.agency_id, "",
            {"agency": row.agency.name, "code": row.code, "need": row.need.name, "hall": row.need.hall.name,
             "at": moment(row.slot_at)},
        )
        for row in rows
    }  # fmt: skip


def submissions(ids: set[UUID]) -> dict[UUID, Subject]:
    rows = [*Submission.objects.filter(pk__in=ids).select_related("agency", "version")] if ids else []
    contacts = with_preference({row.id: _contact(row) for row in rows})
    return {
        row.id: Subject(
            contacts[row.id], About("submission", row.id, row.number), row.agency_id,
            tracking_address(row.number, row.tracking_token),
            _plain(contacts[row.id], row.agency.name, row.number, row.version.name,
                   tracking_address(row.number, row.tracking_token))
            | {"due": moment(row.answer_due_at), "papers": _papers(row), "reason": row.reason or row.asked_reason},
        )
        for row in rows
    }  # fmt: skip


def _contact(row: Submission) -> Contact:
    return Contact(row.applicant_name, row.applicant_phone, row.applicant_email, row.applicant_address)


def _papers(row: Submission) -> str:
    return "\n".join(f"- {name}: {fault}" if fault else f"- {name}" for name, fault in row.demanded())


def _plain(to: Contact, agency: str, code: str, procedure: str, link: str) -> dict[str, str]:
    return {
        "name": to.name, "agency": agency, "code": code, "procedure": procedure, "link": link,
        "until": "", "papers": "", "number": "", "carrier": "", "follow": link,
        "reason": _("xem ở địa chỉ dưới đây"),
    }  # fmt: skip


def moment(at: datetime) -> str:
    return f"{localtime(at):%H:%M %d/%m/%Y}"


def refunds(ids: set[UUID]) -> dict[UUID, Subject]:
    """Money that goes back, told to whose filing it was paid for; money that named no order is nobody's to tell."""
    rows = Refund.objects.filter(Q(line__order__isnull=False) | Q(payment__isnull=False), pk__in=ids)
    rows = rows.select_related("line__order", "payment__order") if ids else rows.none()
    orders = {row.id: row.payment.order if row.payment else row.line.order if row.line else None for row in rows}
    filings = {order.submission_id for order in orders.values() if order}
    taken = dict(Dossier.objects.filter(submission_id__in=filings).values_list("submission_id", "pk"))
    of_dossiers, of_filings = dossiers({*taken.values()}), submissions(filings - taken.keys())
    found = {}
    for row in rows:
        order = orders[row.id]
        about = None if order is None else of_dossiers.get(taken.get(order.submission_id, order.pk))
        about = about or (of_filings.get(order.submission_id) if order else None)
        if about is not None and order is not None:
            how = _("tiền mặt tại Bộ phận Một cửa") if row.line_id is None else _("chuyển khoản về nơi đã gửi")
            values = {"amount": money(row.amount), "number": order.reference, "how": how, "link": pay_url(order)}
            found[row.id] = replace(about, link=pay_url(order), values={**about.values, **values})
    return found


def mandates(ids: set[UUID]) -> dict[UUID, Subject]:
    """Whoever acted for somebody, when another than himself ended it."""
    rows = Mandate.objects.filter(pk__in=ids, agent__isnull=False).exclude(ended_by="").select_related("agent")
    return {row.id: mandate_subject(row, row.agent) for row in (rows if ids else rows.none()) if row.agent}


def mandate_subject(row: Mandate, agent: Citizen) -> Subject:
    """A mandate as the one who holds it is told of it."""
    to = Contact(
        agent.full_name, agent.phone if agent.verified_phone_at else "", agent.email if agent.verified_email_at else "",
        account_id=agent.account_id, party_id=agent.party_id, preferred=agent.preferred_way,
    )  # fmt: skip
    link = f"{settings.MOTCUA_BASE_URL}{reverse('mandates')}"
    day = f"{row.valid_to:%d/%m/%Y}" if row.valid_to else ""
    why = row.end_reason or _("xem ở địa chỉ dưới đây")
    values = {"name": to.name, "of": row.full_name, "link": link, "until": day, "reason": why}
    return Subject(to, About("mandate", row.id), None, link, values)
