"""A change of the office's calendar as an administrator types it, and when it needs a leader too.

Whoever changes the calendar moves every due date behind it, so a dossier about to be late could be made punctual
by closing the afternoon. Three steps, by how near the change begins:

- hours gone stay as they were, today's too: what was late stays late;
- what begins before a working day has passed needs the number of a decision and a leader who confirms it, since
  nobody hears of it in time to object; a storm in the morning is still written down in the morning;
- what begins later the administrator changes alone, as everybody can see it coming.

A calendar text loaded on the machine (`motcua calendar`) is not asked: whoever keeps the machine answers for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.events import Actor
from motcua.core.refusals import Refusal
from motcua.routing.recalculation import Change
from motcua.worktime.actions import mark_day, set_hours, unmark_day
from motcua.worktime.calendar_forms import PAST_DAY, DayForm, HoursForm
from motcua.worktime.queries import calendar_for, calendar_if
from motcua.worktime.rules import VIETNAM, Amount, DatedDay, Unit

_NO_CUT_OFF: Final = time(23, 59)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change as it was asked for: its words, the date it begins, the fields to send again, and what makes it.

    `marks` is the dated day, None when the date is unmarked or when it is about the hours of the week.
    """

    title: str
    done: str
    begins: date
    fields: Sequence[str]
    make: Change
    form: forms.Form | None = None
    marks: DatedDay | None = None

    @property
    def year(self) -> int:
        """Whose page shows it."""
        return timezone.localdate().year if isinstance(self.form, HoursForm) else self.begins.year


class ProposalRefused(Refusal):
    """The change cannot be asked for like this; `form` holds what is wrong where there is one."""

    def __init__(self, sentence: str = "", form: forms.Form | None = None) -> None:
        super().__init__(sentence or (" ".join(_sentences(form)) if form else ""))
        self.form = form


def _sentences(form: forms.Form) -> list[str]:
    return [str(sentence) for errors in form.errors.values() for sentence in errors]


def read_proposal(said: Mapping[str, Any], code: str, *, by: Actor) -> Proposal:
    """The change of calendar `code` that these fields ask for. Raises `ProposalRefused`."""
    kind = said.get("change", "")
    if kind == "hours":
        return _hours(said, code, by)
    if kind == "mark":
        return _mark(said, code, by)
    day = _day(said.get("day", "")) if kind == "unmark" else None
    if day is None:
        raise ProposalRefused(_("Ngày chưa đúng. Ông/bà chọn lại."))
    if day < timezone.localdate():
        raise ProposalRefused(str(PAST_DAY))
    shown = {"day": f"{day:%d/%m/%Y}"}
    return Proposal(_("Bỏ ngày %(day)s khỏi lịch riêng") % shown, _("Ngày %(day)s trở lại theo lịch thường.") % shown,
                    day, ["day"], lambda: unmark_day(code, day, by=by))  # fmt: skip


def _hours(said: Mapping[str, Any], code: str, by: Actor) -> Proposal:
    form = HoursForm(said, week={})
    if not form.is_valid():
        raise ProposalRefused(form=form)
    since: date = form.cleaned_data["valid_from"]
    words = {"day": f"{since:%d/%m/%Y}"}
    done = _("Giờ làm việc mới áp dụng từ ngày %(day)s.") % words
    return Proposal(_("Giờ làm việc mới từ ngày %(day)s") % words, done, since, [*form.fields],
                    lambda: set_hours(code, form.week(), since, by=by), form)  # fmt: skip


def _mark(said: Mapping[str, Any], code: str, by: Actor) -> Proposal:
    form = DayForm(said)
    if not form.is_valid():
        raise ProposalRefused(form=form)
    dated = form.dated()
    written: dict[str, Any] = {"day": f"{dated.day:%d/%m/%Y}", "name": dated.name}
    return Proposal(_("%(name)s, ngày %(day)s") % written, _("Đã ghi ngày %(day)s vào lịch.") % written,
                    dated.day, [*form.fields], lambda: mark_day(code, dated, by=by), form, dated)  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def needs_leader(proposal: Proposal, code: str, at: datetime) -> bool:
    """Whether it begins before a working day has passed. Raises `CalendarGap`."""
    after = calendar_for(code).due(at, Amount(1, Unit.WORKING_DAY), _NO_CUT_OFF)
    return _midnight(proposal.begins) < after


def require_gone_hours(proposal: Proposal, code: str, at: datetime) -> None:
    """Refuse what changes hours before `at`. Raises `ProposalRefused`, `CalendarGap`, `CalendarMistake`."""
    if proposal.begins > at.astimezone(VIETNAM).date():
        return
    if isinstance(proposal.form, HoursForm):
        raise ProposalRefused(
            _("Giờ làm việc trong tuần đổi sớm nhất từ ngày mai. Hôm nay thì ghi giờ riêng trong ngày.")
        )
    days = [proposal.marks] if proposal.marks else []
    new = calendar_if(code, days, () if days else (proposal.begins,))
    if new.elapsed(_midnight(proposal.begins), at) != calendar_for(code).elapsed(_midnight(proposal.begins), at):
        raise ProposalRefused(
            _("Giờ đã qua hôm nay không đổi được. Ông/bà chọn giờ làm việc riêng trong ngày và giữ nguyên giờ làm việc "
              "đến %(now)s.") % {"now": f"{at.astimezone(VIETNAM):%H:%M}"}
        )  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
