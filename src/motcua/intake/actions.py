"""Receiving a dossier: one transaction, from the number to the first step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.models import Channel, ComponentUse
from motcua.catalogue.queries import OfferedVersion
from motcua.catalogue.rules import ComponentLine
from motcua.core.events import EventRow, announce
from motcua.core.ids import uuid7
from motcua.core.refusals import Refusal
from motcua.core.sql import execute
from motcua.dossiers.actions import NewDossier, Opened, PaperHandedIn, open_dossier, opened_before
from motcua.dossiers.models import FiledBy, Source, Standing
from motcua.dossiers.rules import code_prefix
from motcua.dossiers.states import State
from motcua.intake.rules import Promise, missing_papers, promise
from motcua.people.access import ActingOfficial
from motcua.people.actions import PartyFacts, keep_party
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Calendar


@dataclass(frozen=True, slots=True)
class Filing:
    """What is about to be received, as checked by the form. `filed_by` empty: as its channel usually is.

    `lacking`: what was said of papers of the list that are not here, by component. `ticket_id`: whose number it was,
    when he came with one.
    """

    submission_id: UUID
    channel: str
    applicant: PartyFacts
    papers: Sequence[PaperHandedIn]
    filed_by: str = ""
    source: str = Source.OFFICE
    standing: str = Standing.SINGLE
    whens: tuple[str, ...] = ()
    submitter_name: str = ""
    submitter_personal_id: str = ""
    request: str = ""
    copies: int = 1
    return_method: str = "counter"
    return_address: str = ""
    lacking: Mapping[str, str] = field(default_factory=dict)
    ticket_id: UUID | None = None


FILED_BY: Final[Mapping[str, FiledBy]] = {
    Channel.COUNTER: FiledBy.OFFICER,
    Channel.POST: FiledBy.HELPED,
    Channel.ONLINE: FiledBy.SELF,
}
"""Whose hands usually file by a channel."""


@dataclass(frozen=True, slots=True)
class Received:
    """What the listeners of `dossier.received` have in hand."""

    dossier_id: UUID
    offered: OfferedVersion
    calendar: Calendar
    by: ActingOfficial
    received_at: datetime
    promised_at: datetime


def handed_in(paper: ComponentLine, component_id: UUID) -> PaperHandedIn:
    """A paper of the list as the office takes it: what is only shown goes home again, none of it is kept."""
    if paper.use != ComponentUse.SUBMIT:
        return PaperHandedIn(component_id, 0, 0)
    return PaperHandedIn(component_id, paper.originals, paper.copies)


class PapersMissing(Refusal):
    """Mandatory papers are not there; `names` lists them. The dossier is not received (form 02 or 03 instead)."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(_("Còn thiếu giấy tờ bắt buộc: %(names)s.") % {"names": "; ".join(names)})
        self.names = tuple(names)


class NoAgencyCode(Refusal):
    """The agency has no code in force, so no dossier can be numbered."""


class AnotherFiling(Refusal):
    """The same submission number came with another procedure or another person: nothing may be swallowed."""

    def __str__(self) -> str:
        return _(
            "Trang này đã dùng để nhận một hồ sơ khác. Thông tin vừa nhập còn nguyên: ông/bà bấm Tiếp nhận lần nữa."
        )


def received_before(filing: Filing, code: str, *, by: ActingOfficial) -> Opened | None:
    """The dossier this very submission opened before, if any. Raises `AnotherFiling` when it was another filing."""
    earlier = opened_before(filing.submission_id, by.agency_id)
    if earlier is None:
        return None
    if (earlier.procedure_code, earlier.applicant_name) != (code, filing.applicant.full_name):
        raise AnotherFiling
    return earlier.opened


def receive(filing: Filing, *, offered: OfferedVersion, by: ActingOfficial, at: datetime) -> tuple[Opened, bool]:
    """Take a dossier in: number, party, dossier, papers, event, first step, all or nothing.

    `offered` is what `catalogue.queries.version_in_force` says is offered here on that day. Gives back the
    dossier and whether it is new: a second submit of the same form finds the first one.
    Raises `PapersMissing`, `NoLimit`, `CalendarGap` (worktime: a date that cannot be computed
    stops the work), `NoAgencyCode`, `RouteBroken` (routing), `AnotherFiling`. Decree 118/2025/NĐ-CP art. 17.
    """
    missing = missing_papers(offered.components, filing.whens, {paper.component_id for paper in filing.papers})
    if missing:
        raise PapersMissing(missing)
    if not by.agency_code:
        raise NoAgencyCode(_("Cơ quan chưa có mã định danh đang hiệu lực. Quản trị cần khai mã trước khi nhận hồ sơ."))
    try:
        with transaction.atomic():
            calendar = settled_calendar(by.calendar_code)
            promised = promise(offered, channel=filing.channel, whens=filing.whens, at=at, calendar=calendar)
            return _write(filing, offered, calendar, promised, by, at), True
    except IntegrityError:
        earlier = received_before(filing, offered.code, by=by)
        if earlier is None:
            raise
        return earlier, False


def settled_calendar(code: str) -> Calendar:
    """The calendar, which no change can overtake before this transaction ends. Raises what `calendar_for` raises.

    Whoever changes a calendar shuts the dossiers to writers and moves the dates of those that are there. So this
    waits until such a change is done and reads the new calendar, or the change waits and moves this dossier too.
    Not a lock of the calendar's row: a transaction that wrote dossiers before would then wait for a change that
    waits for it, and everybody would wait for a mere preview.
    """
    execute("LOCK TABLE dossiers_dossier IN ROW EXCLUSIVE MODE")
    return calendar_for(code)


def _write(
    filing: Filing, offered: OfferedVersion, calendar: Calendar, promised: Promise, by: ActingOfficial, at: datetime
) -> Opened:
    """Everything that needs no number first; the numbered statement last (see `dossiers.actions`)."""
    who, dossier_id = filing.applicant, uuid7()
    filed_by = filing.filed_by or FILED_BY[filing.channel].value
    told = _told(filing, filed_by, offered, promised, dossier_id, by, at)
    applicant_id = keep_party(who, by=by.actor, at=at, agency_id=by.agency_id)
    announce(told, carried=Received(dossier_id, offered, calendar, by, at, promised.due_at))
    return open_dossier(
        NewDossier(
            id=dossier_id,
            code_prefix=code_prefix(agency_code=by.agency_code, day=localdate(at)),
            submission_id=filing.submission_id,
            agency_id=by.agency_id,
            version_id=offered.version_id,
            channel=filing.channel,
            filed_by=filed_by,
            source=filing.source,
            standing=filing.standing,
            applicant_id=applicant_id,
            applicant_kind=who.kind,
            applicant_name=who.full_name,
            applicant_personal_id=who.personal_id,
            applicant_birth_date=who.birth_date,
            applicant_address=who.address,
            applicant_phone=who.phone,
            applicant_email=who.email,
            submitter_name=filing.submitter_name,
            submitter_personal_id=filing.submitter_personal_id,
            request=filing.request,
            copies=filing.copies,
            return_method=filing.return_method,
            return_address=filing.return_address,
            limit_number=promised.number,
            limit_unit=promised.unit,
            fee_total=promised.fee_total,
            received_at=at,
            received_by_id=by.id,
            promised_at=promised.due_at,
        ),
        filing.papers,
        told,
    )


def _told(
    filing: Filing, filed_by: str, offered: OfferedVersion, promised: Promise, dossier_id: UUID,
    by: ActingOfficial, at: datetime,
) -> EventRow:  # fmt: skip
    """The event of the receipt: all that the statistics count of a dossier is said here, once."""
    return EventRow(
        "dossier.received", ("dossier", dossier_id), by.actor, at, by.agency_id,
        after={
            "state": int(State.RECEIVED), "procedure": offered.code, "version": str(offered.version_id),
            "sector": offered.sector_code, "level": offered.content.online_level, "channel": filing.channel,
            "filed_by": filed_by, "source": filing.source, "standing": filing.standing,
            "due_at": promised.due_at.isoformat(), "promised_at": promised.due_at.isoformat(),
            "papers": len(filing.papers),
            **({"ticket": str(filing.ticket_id)} if filing.ticket_id else {}),
        },
    )  # fmt: skip
