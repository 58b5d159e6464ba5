"""The ways a dossier may leave the plain way: who may go when, the words of it, the form, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import Channel
from motcua.core.refusals import Refusal
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Cause, Entry, Mark
from motcua.dossiers.states import OPEN, PAUSED, StaleMove, State
from motcua.intake import supplements
from motcua.intake.from_home import sent_for
from motcua.intake.online.supplementing import say_fault
from motcua.payments.forms import DemandForm
from motcua.people.access import ActingOfficial
from motcua.people.models import Role
from motcua.people.queries import serves_now
from motcua.routing import forms as detour_forms
from motcua.routing.actions import detours, waiting
from motcua.routing.actions.detours import Wish
from motcua.routing.queries import StepRow
from motcua.routing.supplement_forms import SupplementForm, TakeSupplementForm


@dataclass(frozen=True, slots=True)
class Situation:
    """Who looks at which dossier, with which open step before him, when, and what its clock went through."""

    by: ActingOfficial
    dossier: Dossier
    step: StepRow | None
    at: datetime
    entries: tuple[Entry, ...] = ()

    @property
    def state(self) -> State:
        return State(self.dossier.state)

    @property
    def works_here(self) -> bool:
        """Whether the open step is his to move on, and the clock runs."""
        step = self.step
        return (
            step is not None
            and self.state == State.PROCESSING
            and self.by.serves(step.unit_id, step.role)
            and (
                step.official_id in (None, self.by.id)
                or not serves_now(step.official_id, step.unit_id, step.role, self.at)
            )
        )


@dataclass(frozen=True, slots=True)
class Detour:
    """One way off: its name in the address, its words, when it is open, its form, and what it does.

    `grave` ends or reopens a dossier; `ends_wait` is what everybody at the desk waits for.
    """

    slug: str
    title: Any
    lead: Any
    button: Any
    is_open: Callable[[Situation], bool]
    form: Callable[..., forms.Form]
    act: Callable[[Situation, Any, UUID | None], None]
    done: Any
    grave: bool = False
    ends_wait: bool = False
    spent: Callable[[Situation], Refusal | None] = lambda now: None

    def refusal(self, now: Situation) -> Refusal | None:
        """Why it cannot be gone now, in a sentence; None when it can. `spent`: what was allowed was used up."""
        if not self.is_open(now):
            return Refusal(_("Việc này không còn làm được với hồ sơ lúc này. Trang đã theo tình trạng mới."))
        return self.spent(now)


def _supplement(now: Situation, form: Any, step: UUID | None) -> None:
    waiting.ask_supplement(
        _known(step), form.demands(), reason=form.cleaned_data["reason"], until=form.cleaned_data["until"],
        by=now.by, at=now.at, of=now.dossier.id,
    )  # fmt: skip


def _take_supplement(now: Situation, form: Any, step: UUID | None) -> None:
    supplements.take_supplement(now.dossier.id, form.papers(), by=now.by, at=now.at)


def _fault_supplement(now: Situation, form: Any, step: UUID | None) -> None:
    say_fault(sent_for(dossier_id=now.dossier.id), form.cleaned_data["reason"], by=now.by, at=now.at)


def _money(now: Situation, form: Any, step: UUID | None) -> None:
    waiting.demand_money(_known(step), form.duty(), by=now.by, at=now.at, of=now.dossier.id)


def _invite(now: Situation, form: Any, step: UUID | None) -> None:
    waiting.invite(_known(step), **form.cleaned_data, by=now.by, at=now.at, of=now.dossier.id)


def _attended(now: Situation, form: Any, step: UUID | None) -> None:
    waiting.attended(now.dossier.id, **form.cleaned_data, by=now.by, at=now.at)


def _forward(now: Situation, form: Any, step: UUID | None) -> None:
    detours.forward(_known(step), **form.cleaned_data, by=now.by, at=now.at, of=now.dossier.id)


def _reassign(now: Situation, form: Any, step: UUID | None) -> None:
    detours.reassign(
        _known(step),
        to=UUID(form.cleaned_data["to"]),
        reason=form.cleaned_data["reason"],
        by=now.by,
        at=now.at,
        of=now.dossier.id,
    )


def _reject(now: Situation, form: Any, step: UUID | None) -> None:
    detours.reject(_known(step), **form.cleaned_data, by=now.by, at=now.at, of=now.dossier.id)


def _withdraw(now: Situation, form: Any, step: UUID | None) -> None:
    detours.withdraw(now.dossier.id, wish=Wish(**form.cleaned_data), by=now.by, at=now.at)


def _discontinue(now: Situation, form: Any, step: UUID | None) -> None:
    detours.discontinue(now.dossier.id, wish=Wish(**form.cleaned_data), by=now.by, at=now.at)


def _unanswered(now: Situation, form: Any, step: UUID | None) -> None:
    detours.discontinue_unanswered(now.dossier.id, by=now.by, at=now.at)


def _reopen(now: Situation, form: Any, step: UUID | None) -> None:
    detours.reopen(now.dossier.id, **form.cleaned_data, by=now.by, at=now.at)


def _known(step: UUID | None) -> UUID:
    if step is None:
        raise StaleMove
    return step


def _asks(now: Situation) -> bool:
    return now.works_here and now.step is not None and now.step.role != Role.APPROVER


def _demands(now: Situation) -> bool:
    """Whoever has the step; a leader on another's once the clock was stopped for money as often as one may."""
    step = now.step
    stops = sum(entry.mark is Mark.PAUSED and entry.cause is Cause.MONEY for entry in now.entries)
    return _asks(now) or (
        step is not None and step.role != Role.APPROVER and now.state == State.PROCESSING
        and now.by.holds(Role.APPROVER) and stops >= waiting.MOST_DEMANDS
    )  # fmt: skip


def _demanded_before(now: Situation) -> Refusal | None:
    """Only money that stopped the clock before has to be looked up."""
    asked = any(entry.cause is Cause.MONEY for entry in now.entries)
    return waiting.DemandedBefore() if asked and waiting.demanded_before(now.dossier.id, now.by.id) else None


def _asked_before(now: Situation) -> Refusal | None:
    """What was asked in work stands in the clock; only of what did not come to the counter it has to be looked up."""
    in_work = any(entry.cause is Cause.PAPERS for entry in now.entries)
    sent_in = now.dossier.channel != Channel.COUNTER
    return supplements.AskedBefore() if in_work or (sent_in and supplements.asked_before(now.dossier.id)) else None


def _invited_before(now: Situation) -> Refusal | None:
    visits = sum(entry.cause is Cause.ATTENDANCE for entry in now.entries)
    return waiting.InvitedBefore() if visits >= waiting.MOST_VISITS else None


def _waits_for(now: Situation, cause: str) -> bool:
    return now.state == State.SUPPLEMENT_ASKED and pause_cause(now.dossier) == cause


def pause_cause(dossier: Dossier) -> str:
    """What a stopped clock waits for; nothing when it runs."""
    if State(dossier.state) not in PAUSED:
        return ""
    last = dossier.clock_entries.order_by("-position").first()
    return last.cause if last else ""


def _passed(now: Situation) -> bool:
    until = now.dossier.paused_until
    return now.state in PAUSED and until is not None and timezone.localdate(now.at) > until


_DESK = (Role.RECEIVER,)
DETOURS: tuple[Detour, ...] = (
    Detour(
        "take-supplement", gettext_lazy("Nhận giấy tờ bổ sung"),
        gettext_lazy("Đánh dấu những giấy tờ người nộp vừa mang đến. Đủ giấy tờ thì thời hạn chạy lại."),
        gettext_lazy("Nhận bổ sung"),
        lambda now: _waits_for(now, "papers") and now.by.holds(Role.RECEIVER, Role.CASE_OFFICER),
        TakeSupplementForm, _take_supplement, gettext_lazy("Đã nhận giấy tờ bổ sung."), ends_wait=True,
    ),
    Detour(
        "fault-supplement", gettext_lazy("Giấy tờ gửi từ nhà chưa được"),
        gettext_lazy("Người nộp đọc lý do rồi gửi lại những giấy đã yêu cầu. Không yêu cầu thêm giấy khác."),
        gettext_lazy("Báo người nộp"),
        lambda now: _waits_for(now, "papers") and now.by.holds(Role.RECEIVER, Role.CASE_OFFICER)
        and sent_for(dossier_id=now.dossier.id) is not None,
        detour_forms.ReasonForm, _fault_supplement, gettext_lazy("Đã báo người nộp chỗ chưa được."),
    ),
    Detour(
        "attended", gettext_lazy("Người nộp đã đến"),
        gettext_lazy("Ghi lại buổi làm việc. Thời hạn chạy tiếp từ lúc này."), gettext_lazy("Ghi lại"),
        lambda now: _waits_for(now, "attendance") and now.by.holds(Role.RECEIVER, Role.CASE_OFFICER),
        detour_forms.AttendedForm, _attended,
        gettext_lazy("Đã ghi buổi làm việc, thời hạn chạy tiếp."), ends_wait=True,
    ),
    Detour(
        "supplement", gettext_lazy("Yêu cầu bổ sung giấy tờ"),
        gettext_lazy("Chỉ yêu cầu được một lần, nêu đủ mọi giấy tờ còn thiếu. Thời hạn dừng đến khi bổ sung xong."),
        gettext_lazy("Gửi yêu cầu bổ sung"), _asks, SupplementForm, _supplement,
        gettext_lazy("Đã yêu cầu bổ sung; thời hạn tạm dừng."), spent=_asked_before,
    ),
    Detour(
        "money", gettext_lazy("Yêu cầu nộp tiền"),
        gettext_lazy("Nghĩa vụ tài chính phải có căn cứ. Thời hạn dừng đến khi có chứng từ đã nộp."),
        gettext_lazy("Gửi yêu cầu nộp tiền"), _demands, DemandForm, _money,
        gettext_lazy("Đã yêu cầu nộp tiền; thời hạn tạm dừng."), spent=_demanded_before,
    ),
    Detour(
        "invite", gettext_lazy("Mời người nộp đến"),
        gettext_lazy("Dùng khi phải có mặt người nộp để xác minh. Thời hạn dừng đến khi người nộp đến."),
        gettext_lazy("Mời"), _asks, detour_forms.InviteForm, _invite, gettext_lazy("Đã mời; thời hạn tạm dừng."),
        spent=_invited_before,
    ),
    Detour(
        "forward", gettext_lazy("Chuyển đơn vị khác"),
        gettext_lazy("Dùng khi bước này thuộc việc của đơn vị khác. Thời hạn vẫn chạy."), gettext_lazy("Chuyển"),
        lambda now: now.works_here and now.step is not None and now.step.role == Role.CASE_OFFICER,
        detour_forms.ForwardForm, _forward, gettext_lazy("Đã chuyển sang đơn vị khác."),
    ),
    Detour(
        "reject", gettext_lazy("Từ chối giải quyết"),
        gettext_lazy("Hồ sơ kết thúc bằng phiếu từ chối có lý do và căn cứ, trả cho người nộp tại quầy."),
        gettext_lazy("Từ chối giải quyết"),
        lambda now: now.works_here and now.step is not None and now.step.role == Role.APPROVER,
        detour_forms.RejectForm, _reject, gettext_lazy("Đã từ chối giải quyết hồ sơ."), True,
    ),
    Detour(
        "reassign", gettext_lazy("Giao người khác"),
        gettext_lazy("Bước đang làm chuyển sang tay người được chọn trong cùng đơn vị."), gettext_lazy("Giao"),
        lambda now: now.state in OPEN and now.step is not None and now.by.holds(Role.APPROVER),
        detour_forms.ReassignForm, _reassign, gettext_lazy("Đã giao lại."),
    ),
    Detour(
        "withdraw", gettext_lazy("Người nộp rút hồ sơ"),
        gettext_lazy("Giấy tờ trả lại người nộp. Muốn làm tiếp thì nộp hồ sơ mới."), gettext_lazy("Ghi rút hồ sơ"),
        lambda now: now.state in OPEN and now.by.holds(*_DESK), detour_forms.WishForm, _withdraw,
        gettext_lazy("Đã ghi người nộp rút hồ sơ."), True,
    ),
    Detour(
        "discontinue", gettext_lazy("Dừng theo đề nghị"),
        gettext_lazy("Người nộp đề nghị dừng khi chưa có quyết định. In thông báo dừng giải quyết sau khi ghi."),
        gettext_lazy("Dừng giải quyết"),
        lambda now: now.state in OPEN and now.by.holds(*_DESK), detour_forms.WishForm, _discontinue,
        gettext_lazy("Đã dừng giải quyết hồ sơ."), True,
    ),
    Detour(
        "unanswered", gettext_lazy("Dừng vì quá hạn bổ sung"),
        gettext_lazy("Đã qua ngày cuối mà người nộp chưa bổ sung. Hồ sơ kết thúc, người nộp có thể nộp lại."),
        gettext_lazy("Dừng giải quyết"),
        lambda now: _passed(now) and now.by.holds(Role.RECEIVER, Role.APPROVER), forms.Form, _unanswered,
        gettext_lazy("Đã dừng giải quyết hồ sơ."), True,
    ),
    Detour(
        "reopen", gettext_lazy("Mở lại hồ sơ"),
        gettext_lazy("Hồ sơ quay lại người thụ lý; thời hạn tính tiếp phần còn lại."), gettext_lazy("Mở lại"),
        lambda now: now.state in detours.REOPENABLE and now.by.holds(Role.APPROVER),
        detour_forms.ReasonForm, _reopen, gettext_lazy("Đã mở lại hồ sơ."), True,
    ),
)  # fmt: skip


def detours_for(
    by: ActingOfficial, dossier: Dossier, step: StepRow | None, at: datetime, entries: tuple[Entry, ...] = ()
) -> list[Detour]:
    """The ways off that are open to this official now. The actions check again."""
    now = Situation(by, dossier, step, at, entries)
    return [detour for detour in DETOURS if detour.refusal(now) is None]
