"""Asking for an opinion, giving one, and no longer asking. Each is one transaction, compare-and-set, with its event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.sql import execute
from motcua.dossiers.actions import ClockWentBack
from motcua.dossiers.states import OPEN as OPEN_STATES
from motcua.dossiers.states import StaleMove
from motcua.people.access import ActingOfficial
from motcua.people.models import WORKERS
from motcua.routing.actions.detours import required
from motcua.routing.actions.steps import NotYours, OpenStep, own_step, require_running
from motcua.routing.consultations.access import is_asked, may_close
from motcua.routing.consultations.models import (
    LONGEST_DELAY,
    OPEN,
    ClosedHow,
    Consultation,
    Opinion,
    SentHow,
    SilenceRule,
)
from motcua.routing.consultations.queries import agencies_to_ask, units_to_ask
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import Amount, Unit


class ConsultationRefused(NotYours, ValueError):
    """A question cannot be put, answered or taken back like this; the sentence says why."""


class MakesLate(ConsultationRefused):
    """The deadline for the answer lies after the date the applicant was told."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, of exactly one: a unit, an agency of the system, or one outside (name and way of sending)."""

    words: str
    deadline: Amount
    silence: SilenceRule
    legal_basis: str = ""
    unit_id: UUID | None = None
    agency_id: UUID | None = None
    outside_name: str = ""
    sent_how: str = ""


def consult(
    step_id: UUID, question: Question, *, by: ActingOfficial, at: datetime, even_if_late: bool = False,
    of: UUID | None = None,
) -> Consultation:  # fmt: skip
    """Ask for an opinion from the step one has in hand; the deadline is counted in the office's working time.

    Raises `Unsaid`, `NotYours`, `ConsultationRefused` for whom nobody can be asked there, `MakesLate` when the
    deadline lies after the promised date and that was not accepted, `StaleMove`, `CalendarGap`.
    """
    words = required(question.words, _("Ông/bà ghi nội dung cần hỏi ý kiến."))
    if question.silence == SilenceRule.AGREE:
        basis = required(question.legal_basis, _("Ông/bà ghi căn cứ pháp lý của việc coi im lặng là đồng ý."))
    else:
        basis = ""
    with transaction.atomic():
        step = own_step(step_id, by, of, at)
        require_running(step)
        if step.state not in OPEN_STATES:
            raise NotYours(_("Hồ sơ đã xử lý xong nên không hỏi ý kiến nữa."))
        due_at = _due(step, question.deadline, at, even_if_late)
        asked = Consultation(
            dossier_id=step.dossier_id, step_id=step.id, question=words, asked_at=at, asked_by_id=by.id,
            deadline_number=question.deadline.number, deadline_unit=question.deadline.unit.value, due_at=due_at,
            silence=question.silence, legal_basis=basis, **_whom(question, step, at),
        )  # fmt: skip
        asked.save(force_insert=True)
        _tell("consultation.asked", asked, by=by.acting_as(step.unit_id, step.role), at=at, question=words,
              due_at=due_at.isoformat(), silence=str(asked.silence))  # fmt: skip
    return asked


def _due(step: OpenStep, deadline: Amount, at: datetime, even_if_late: bool) -> datetime:
    if not 1 <= deadline.number <= LONGEST_DELAY or deadline.unit not in (Unit.WORKING_HOUR, Unit.WORKING_DAY):
        raise ConsultationRefused(_("Hạn trả lời phải từ 1 đến %(most)d giờ hoặc ngày làm việc.") % {
            "most": LONGEST_DELAY})  # fmt: skip
    due_at = calendar_for(step.calendar_code).due(at, deadline)
    goal_at = step.appointed_at or step.due_at
    if due_at >= goal_at and not even_if_late:
        raise MakesLate(
            _("Hạn trả lời %(due)s không trước ngày hẹn trả %(goal)s: hồ sơ sẽ trễ. Rút ngắn hạn, hoặc xác nhận.")
            % {"due": _spoken(due_at), "goal": _spoken(goal_at)}
        )
    return due_at


def _whom(question: Question, step: OpenStep, at: datetime) -> dict[str, Any]:
    """The columns that say who is asked. Raises `ConsultationRefused` when nobody is, or he is being asked already."""
    if question.unit_id is not None:
        unit = units_to_ask(step.agency_id, but=step.unit_id, at=at).filter(pk=question.unit_id).first()
        if unit is None:
            raise ConsultationRefused(_("Đơn vị này chưa có ai trả lời được. Ông/bà chọn đơn vị khác của cơ quan."))
        whom: dict[str, Any] = {"unit": unit}
    elif question.agency_id is not None:
        agency = agencies_to_ask(step.agency_id, at=at).filter(pk=question.agency_id).first()
        if agency is None:
            raise ConsultationRefused(_("Cơ quan này chưa có ai trả lời được trong hệ thống. Ông/bà hỏi bằng văn bản."))
        whom = {"agency": agency}
    else:
        name = required(question.outside_name, _("Ông/bà chọn hoặc ghi tên nơi cần hỏi ý kiến."))
        if question.sent_how not in SentHow.values:
            raise ConsultationRefused(_("Ông/bà chọn câu hỏi được gửi bằng cách nào."))
        whom = {"outside_name": name, "sent_how": question.sent_how}
    if Consultation.objects.filter(OPEN, step_id=step.id, **whom).exists():
        raise ConsultationRefused(_("Nơi này đang được hỏi ý kiến ở bước này rồi. Ông/bà chờ trả lời hoặc thôi hỏi."))
    return whom


def answer(consultation_id: UUID, opinion: Opinion, *, words: str, by: ActingOfficial, at: datetime) -> None:
    """Say the asked unit's or agency's opinion; what disagrees or sets conditions says why.

    Raises `NotYours` for who was not asked, `Unsaid`, `ConsultationRefused` when it is closed or its deadline passed
    and silence decided, `ClockWentBack`, `StaleMove`.
    """
    with transaction.atomic():
        asked = _open(consultation_id, at)
        if not is_asked(by, asked):
            raise NotYours(_("Câu hỏi này gửi nơi khác nên ông/bà không trả lời được."))
        _close_answered(asked, opinion, words, "", by=by, told_as=_answering(by, asked), at=at)


def record_letter(
    consultation_id: UUID, opinion: Opinion, *, letter: str, words: str, by: ActingOfficial, at: datetime
) -> None:
    """Write down the letter with which an agency outside the system answered. Raises as `answer`."""
    letter = required(letter, _("Ông/bà ghi số, ngày của văn bản trả lời."))
    with transaction.atomic():
        asked = _open(consultation_id, at)
        if not asked.outside_name or not may_close(by, asked):
            raise NotYours(_("Người hỏi hoặc người đang giữ hồ sơ mới ghi văn bản trả lời."))
        _close_answered(asked, opinion, words, letter, by=by, told_as=_asking(by, asked), at=at)


def _close_answered(
    asked: Consultation, opinion: Opinion, words: str, letter: str, *, by: ActingOfficial, told_as: Actor, at: datetime
) -> None:
    if opinion in (Opinion.CONDITIONAL, Opinion.DISAGREE):
        words = required(words, _("Ông/bà ghi rõ điều kiện, hoặc vì sao không đồng ý."))
    touched = Consultation.objects.filter(OPEN, pk=asked.pk).update(
        answered_at=at, answered_by_id=by.id, opinion=opinion, words=words.strip(), letter=letter, closed_at=at,
        closed_how=ClosedHow.ANSWERED,
    )  # fmt: skip
    if touched != 1:
        raise StaleMove
    _tell("consultation.answered", asked, by=told_as, at=at, opinion=opinion.value, words=words.strip(), letter=letter)


def withdraw(consultation_id: UUID, *, reason: str, by: ActingOfficial, at: datetime) -> None:
    """No longer ask. Raises `Unsaid`, `NotYours` for who neither asked nor holds the dossier, and as `answer`."""
    reason = required(reason, _("Ông/bà ghi vì sao không hỏi nữa."))
    with transaction.atomic():
        asked = _open(consultation_id, at)
        if not may_close(by, asked):
            raise NotYours(_("Người hỏi hoặc người đang giữ hồ sơ mới thôi hỏi được."))
        touched = Consultation.objects.filter(OPEN, pk=asked.pk).update(closed_at=at, closed_how=ClosedHow.WITHDRAWN)
        if touched != 1:
            raise StaleMove
        _tell("consultation.withdrawn", asked, by=_asking(by, asked), at=at, reason=reason)


_LOCK: Final[LiteralString] = "SELECT 1 FROM routing_consultation WHERE id = %s FOR UPDATE"


def _open(consultation_id: UUID, at: datetime) -> Consultation:
    """The open question under a lock. Raises `ConsultationRefused` saying how it was closed, `ClockWentBack`."""
    execute(_LOCK, (consultation_id,))
    asked = Consultation.objects.select_related("dossier", "step", "unit", "agency").filter(pk=consultation_id).first()
    if asked is None:
        raise StaleMove
    if asked.closed_how == ClosedHow.ANSWERED:
        raise ConsultationRefused(_("Câu hỏi này vừa được trả lời rồi; việc của ông/bà chưa ghi."))
    if asked.closed_how == ClosedHow.WITHDRAWN:
        raise ConsultationRefused(_("Nơi hỏi đã thôi hỏi, không cần trả lời nữa."))
    if asked.closed_at is not None or (asked.silence != SilenceRule.REMIND and asked.due_at < at):
        raise ConsultationRefused(
            _("Đã quá hạn trả lời %(due)s. Nơi hỏi đã làm theo cách định trước: %(rule)s. Ông/bà trao đổi trực tiếp.")
            % {"due": _spoken(asked.due_at), "rule": SilenceRule(asked.silence).label}
        )
    if at < asked.asked_at:
        raise ClockWentBack(asked.asked_at)
    return asked


def _asking(by: ActingOfficial, asked: Consultation) -> Actor:
    """As whom he acts for the office that asks: himself when it was he, else in the duty of the asking step."""
    return by.actor if by.id == asked.asked_by_id else by.acting_in([(asked.step.unit_id, asked.step.role)])


def _answering(by: ActingOfficial, asked: Consultation) -> Actor:
    """As whom he answers for a unit: in his own duty there, or in an absent colleague's."""
    if asked.unit_id is None:
        return by.actor
    return by.acting_in((asked.unit_id, role) for role in WORKERS)


def _spoken(at: datetime) -> str:
    return f"{localtime(at):%H:%M %d/%m/%Y}"


def _tell(kind: str, asked: Consultation, *, by: Actor, at: datetime, **after: Any) -> None:
    """The event stands in the dossier's story."""
    record(
        kind=kind, subject=("dossier", asked.dossier_id), by=by, at=at, agency_id=asked.dossier.agency_id,
        after={"consultation": str(asked.pk), "consulted": asked.asked, **after}, carried=asked,
    )  # fmt: skip
