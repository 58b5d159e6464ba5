"""The papers of a dossier on its way: forms 02, 05 and 06, written from its rows and its events.

The form is the one in force on the day the dossier was received.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.models import ComponentUse, SupplementRule
from motcua.catalogue.queries import version_by_id
from motcua.core.models import Event
from motcua.documents.prints import (
    ControlSheetPrint,
    DiscontinuationPrint,
    Letterhead,
    PrintedDemand,
    PrintedForm,
    PrintedFormKind,
    PrintedHandOver,
    PrintedParty,
    PrintedSignatory,
    SupplementRequestPrint,
    form_for,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Cause, Entry, Timeliness, timeliness
from motcua.dossiers.states import DossierOutcome, State
from motcua.dossiers.tracking import tracking_url
from motcua.intake.models import Demand, SupplementRequest
from motcua.intake.supplements import UNUSABLE
from motcua.people.models import PartyKind
from motcua.routing.cooperation import cooperation_of
from motcua.routing.forms import WISH_CHANNELS
from motcua.routing.models import Outcome
from motcua.routing.queries import StepRow, steps_of


class NothingToPrint(LookupError):
    """This dossier was not asked for papers, or not stopped at its applicant's wish: there is no such paper."""


def papers_of(dossier: Dossier, entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """The papers this dossier has, as its page lists them: name of the address, and words."""
    papers = []
    if any(entry.cause is Cause.PAPERS for entry in entries):
        papers.append(("supplement-request", _("In phiếu yêu cầu bổ sung")))
    if dossier.state == State.PAYMENT_ASKED:
        papers.append(("money-notice", _("In thông báo nộp tiền")))
    if dossier.outcome == DossierOutcome.REJECTED:
        papers.append(("refusal-letter", _("In phiếu từ chối")))
    if dossier.state == State.DISCONTINUED and _stop_of(dossier) is not None:
        papers.append(("discontinuation", _("In thông báo dừng giải quyết")))
    return [*papers, ("control-sheet", _("In phiếu kiểm soát"))]


def numbered(number: int, shape: PrintedForm) -> str:
    """A form's running number with its symbol."""
    return f"{number}/{shape.symbol}" if shape.symbol else str(number)


def letterhead_of(dossier: Dossier, section: str) -> Letterhead:
    """The agency of a dossier, and the unit that issues the paper."""
    agency = dossier.agency
    return Letterhead(
        superior=agency.parent.name if agency.parent else "",
        agency=agency.name,
        section=section,
        place=agency.short_name,
    )


def applicant_of(dossier: Dossier) -> PrintedParty:
    """The applicant as he declared himself on the day."""
    return PrintedParty(
        name=dossier.applicant_name,
        is_organisation=dossier.applicant_kind == PartyKind.ORGANISATION,
        identifier=dossier.applicant_personal_id,
        address=dossier.applicant_address,
        phone=dossier.applicant_phone,
        email=dossier.applicant_email,
    )


def request_of(dossier: Dossier) -> str:
    """What was asked for."""
    return dossier.request or version_by_id(dossier.version_id).name


def supplement_request_of(dossier: Dossier) -> SupplementRequestPrint:
    """Form 02. Raises `NothingToPrint` before papers were asked for, `PrintedFormGap`."""
    asked = SupplementRequest.objects.select_related("asked_by__unit").filter(dossier=dossier).first()
    if asked is None:
        raise NothingToPrint
    with translation.override("vi"):
        shape = form_for(PrintedFormKind.SUPPLEMENT_REQUEST, localdate(dossier.received_at))
        return SupplementRequestPrint(
            printed_form=shape,
            head=letterhead_of(dossier, asked.asked_by.unit.name),
            number=numbered(asked.number, shape),
            dossier_code=dossier.code,
            applicant=applicant_of(dossier),
            request=request_of(dossier),
            demands=tuple(_demand(line) for line in asked.demands.select_related("component").order_by("position")),
            reason=asked.reason,
            contact=asked.asked_by.full_name,
            contact_phone=dossier.agency.phone,
            clock_rule=_clock_rule(dossier, asked),
            issued_at=asked.asked_at,
            official=asked.asked_by.full_name,
            tracking_url=tracking_url(dossier),
        )


def _demand(line: Demand) -> PrintedDemand:
    if line.component is None:
        return PrintedDemand(paper=line.what, fault=_("Chưa nộp"), legal_reason=line.legal_basis)
    _name, unusable, fault = line.what.partition(f": {UNUSABLE}: ")
    if unusable:
        said = f"{UNUSABLE[0].upper()}{UNUSABLE[1:]}: {fault}"
        return PrintedDemand(paper=line.component.name, fault=said, legal_reason=line.legal_basis)
    fault = line.what.removeprefix(line.component.name).removeprefix(":").strip()
    return PrintedDemand(paper=line.component.name, fault=fault or _("Chưa nộp"), legal_reason=line.legal_basis)


def _clock_rule(dossier: Dossier, asked: SupplementRequest) -> str:
    restarts = version_by_id(dossier.version_id).content.supplement_rule == SupplementRule.RESTART
    after = (
        _("Thời hạn giải quyết tính lại từ đầu, kể từ khi ông/bà nộp đủ giấy tờ;")
        if restarts
        else _("Thời hạn giải quyết tạm dừng, tính tiếp phần còn lại từ khi ông/bà nộp đủ giấy tờ;")
    )
    return _("%(after)s đề nghị nộp đến hết ngày %(day)s.") % {"after": after, "day": f"{asked.until:%d/%m/%Y}"}


def discontinuation_of(dossier: Dossier) -> DiscontinuationPrint:
    """Form 05, for a dossier stopped at its applicant's wish. Raises `NothingToPrint`, `PrintedFormGap`.

    The name under it is left to the head of the office: none is put under a paper nobody signed.
    """
    stop = _stop_of(dossier)
    if stop is None:
        raise NothingToPrint
    told, before = stop.after or {}, stop.before or {}
    with translation.override("vi"):
        shape = form_for(PrintedFormKind.DISCONTINUATION, localdate(dossier.received_at))
        return DiscontinuationPrint(
            printed_form=shape,
            head=letterhead_of(dossier, dossier.received_by.unit.name),
            number=numbered(told["notice"], shape),
            addressee=applicant_of(dossier),
            agency=dossier.agency.name,
            procedure=version_by_id(dossier.version_id).name,
            applicant=applicant_of(dossier),
            dossier_code=dossier.code,
            received_at=dossier.received_at,
            asked_by=told["asked_by"],
            asked_at=stop.at,
            channel=str(dict(WISH_CHANNELS).get(told["channel"], told["channel"])),
            state=str(State(before["state"]).label),
            stopped_at=stop.at,
            signatory=PrintedSignatory(name="", title=_("Thủ trưởng đơn vị")),
            tracking_url=tracking_url(dossier),
            returned_papers=_given_back(dossier),
        )


def _stop_of(dossier: Dossier) -> Event | None:
    """How the dossier was last stopped at its applicant's wish, unless it was reopened since.

    Only such a stop has a numbered notice.
    """
    turns = Event.objects.filter(subject_id=dossier.id, kind__in=("dossier.discontinued", "dossier.reopened"))
    last = turns.order_by("-sequence").first()
    return last if last is not None and "notice" in (last.after or {}) else None


def _given_back(dossier: Dossier) -> tuple[str, ...]:
    """The papers the office kept, with how many of each."""
    kept = dossier.components.select_related("component").exclude(component__use=ComponentUse.SHOW)
    lines = []
    for row in kept.order_by("component__position"):
        counts = [
            words % {"n": f"{n:02}"}
            for n, words in ((row.originals, _("%(n)s bản chính")), (row.copies, _("%(n)s bản sao")))
            if n
        ]
        lines.append(f"{row.component.name} ({', '.join(counts)})" if counts else row.component.name)
    return tuple(lines)


def control_sheet_of(dossier: Dossier, at: datetime) -> ControlSheetPrint:
    """Form 06: every hand-over of a dossier, and whether the giver's step kept its time. Raises `PrintedFormGap`."""
    with translation.override("vi"):
        shape = form_for(PrintedFormKind.CONTROL_SHEET, localdate(dossier.received_at))
        return ControlSheetPrint(
            printed_form=shape,
            head=letterhead_of(dossier, dossier.received_by.unit.name),
            number=numbered(int(dossier.code.rsplit("-", 1)[-1]), shape),
            dossier_code=dossier.code,
            procedure=version_by_id(dossier.version_id).name,
            applicant=dossier.applicant_name,
            processing_agency=dossier.agency.name,
            coordinating_agencies=cooperation_of(dossier),
            received_at=dossier.received_at,
            due_at=dossier.appointed_at or dossier.due_at,
            hand_overs=hand_overs(steps_of(dossier.id)),
            printed_at=at,
            tracking_url=tracking_url(dossier),
        )


def hand_overs(steps: Sequence[StepRow]) -> tuple[PrintedHandOver, ...]:
    """One line for each step that ended, in that order: who gave, who took from that moment on."""
    done = sorted(
        (step for step in steps if step.finished_at is not None), key=lambda step: (step.finished_at, step.id)
    )
    return tuple(_hand_over(step, steps) for step in done)


def _hand_over(step: StepRow, steps: Sequence[StepRow]) -> PrintedHandOver:
    taken = [other for other in steps if other.id != step.id and other.started_at == step.finished_at]
    units, takers = "; ".join(dict.fromkeys(other.unit for other in taken)), "; ".join(_hands(other) for other in taken)
    if step.outcome == Outcome.RETURNED:
        units = _("Người nộp hồ sơ")
    return PrintedHandOver(
        giving_unit=step.unit,
        taking_unit=units,
        handed_at=step.finished_at,
        giver=_hands(step),
        taker=takers,
        outcome=_kept(step),
        note=_note(step, waits=not taken),
    )


def _hands(step: StepRow) -> str:
    if step.on_behalf_of:
        return _("%(name)s, thay mặt %(absent)s") % {"name": step.official, "absent": step.on_behalf_of}
    return step.official


def _kept(step: StepRow) -> str:
    """Early, on time or late; nothing for the return, whose day the citizen chooses, and for what simply ended."""
    if step.finished_at is None or step.outcome in (Outcome.RETURNED, Outcome.ENDED, Outcome.REOPENED):
        return ""
    words = {Timeliness.EARLY: _("trước hạn"), Timeliness.ON_TIME: _("đúng hạn"), Timeliness.LATE: _("quá hạn")}
    return words[timeliness(due_at=step.due_at, ended_at=step.finished_at)]


def _note(step: StepRow, *, waits: bool) -> str:
    if step.outcome == Outcome.PASSED_ON:
        return step.note or (_("Chờ bước làm cùng lúc") if waits else "")
    said = str(Outcome(step.outcome).label) if step.outcome not in (Outcome.APPROVED, Outcome.RETURNED) else ""
    return ": ".join(part for part in (said, step.note) if part)
