"""The due-date calculator for other programs: the same answer as the public page."""

import re
from datetime import datetime, time
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import P, QueryEx, Router
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from motcua.core.api import UNREADABLE, Problem, Refused
from motcua.worktime.asking import ISO_SHAPE, MOST, NATIONAL, Answer, Neighbours, UnreadableMoment, answer, read_moment
from motcua.worktime.queries import UnknownCalendar
from motcua.worktime.rules import Amount, CalendarGap, CalendarMistake, ReasonKind, Unit


class ReasonRow(BaseModel):
    """One interval, counted or skipped. Rows are contiguous from receipt to the due instant."""

    model_config = ConfigDict(from_attributes=True)

    start: datetime
    end: datetime
    counted: bool
    minutes: int = Field(description="Minutes counted towards the limit; 0 when skipped.")
    text: str
    decision: str = Field(description="The decision that made the day off or the working day; empty for ordinary days.")
    kind: ReasonKind


class UsedCalendar(BaseModel):
    """The calendar the date was counted on; its revision rises whenever somebody changes it."""

    code: str
    name: str
    revision: int


class DueDate(BaseModel):
    """A promised instant with its reason sheet."""

    due_at: datetime
    received_at: datetime = Field(description="`from` as understood: Vietnamese time, seconds dropped.")
    amount: int
    unit: Unit
    calendar: UsedCalendar
    provisional: bool = Field(description="True when days off on the way still await their official announcement.")
    reasons: list[ReasonRow]


_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_FROM = (
    "When the dossier is received: ISO 8601. Without an offset it is office time (Asia/Ho_Chi_Minh); "
    "a date alone counts from that day's opening."
)
_AGENCY = "An agency code, old or new (letters, digits, dots); its own calendar is used."
_CUT_OFF = "HH:MM. Received after this hour counts from the next opening (some sectors' rule)."
_DESCRIPTION = """When a dossier received at `from` is due, and why: every interval counted or skipped, with the
decision behind it.

Units: `working_hour`; `working_day` (same time of day on the n-th next working day); `day` (calendar days; a due date
on a day off moves to the next working day). Without `agency` the national calendar answers: 07:00-11:30 and
13:30-17:00, Monday to Friday. A year whose holidays nobody has loaded is refused with 422, never guessed."""

# The shapes are stated for callers; a value that misses them is refused with a sentence of its own.
Moment = Annotated[str, WithJsonSchema({"type": "string", "maxLength": 40, "pattern": f"^{ISO_SHAPE}$"})]
Code = Annotated[str, WithJsonSchema({"type": "string", "maxLength": 35, "pattern": "^[0-9A-Za-z.]*$"})]
Hour = Annotated[str, WithJsonSchema({"type": "string", "maxLength": 5, "pattern": f"^({_HOUR.pattern})?$"})]

UnitName = Annotated[Unit, WithJsonSchema({"type": "string", "enum": [unit.value for unit in Unit]})]


def due_router(neighbours: Neighbours) -> Router:
    """`GET /due`. `neighbours` resolves agency codes, which lie outside of this package."""
    router = Router(tags=["due"])

    @router.get(
        "/due",
        response={200: DueDate, 404: Problem, **UNREADABLE},
        summary=gettext_noop("Tính ngày hẹn trả"),
        description=_DESCRIPTION,
        operation_id="due",
        url_name="due",
    )
    def due(
        request: HttpRequest,
        from_: QueryEx[Moment, P(alias="from", description=_FROM, example="2025-12-31T09:00")],
        amount: QueryEx[int, P(ge=1, le=MOST, description="The time limit, in units.", example=3)],
        unit: QueryEx[UnitName, P(description="What the limit is counted in.", example="working_day")],
        agency: QueryEx[Code, P(default="", description=_AGENCY)] = "",
        cut_off: QueryEx[Hour, P(default="", description=_CUT_OFF)] = "",
    ) -> DueDate:
        start = _moment(from_)
        hour = _hour(cut_off)
        calendar_code = _calendar_of(neighbours, agency, start)
        try:
            return _written(answer(start, Amount(amount, unit), calendar_code=calendar_code, cut_off=hour))
        except (CalendarGap, CalendarMistake, UnknownCalendar) as fault:
            raise Refused(422, str(fault), parameter="from") from fault

    return router


def _moment(text: str) -> datetime:
    try:
        return read_moment(text)
    except UnreadableMoment as fault:
        raise Refused(422, str(fault), parameter="from") from fault


def _calendar_of(neighbours: Neighbours, agency: str, start: datetime) -> str:
    if not agency:
        return NATIONAL
    code = neighbours.calendar_of(agency, start.date())
    if code is None:
        sentence = _(
            "Không có cơ quan nào mang mã %(code)s. Xem lại mã, hoặc bỏ tham số agency để dùng lịch chung cả nước."
        )
        raise Refused(404, sentence % {"code": agency}, parameter="agency")
    return code


def _hour(text: str) -> time | None:
    if not text:
        return None
    if not _HOUR.fullmatch(text):
        raise Refused(422, _("Tham số “cut_off” phải là giờ và phút, ví dụ 15:00."), parameter="cut_off")
    return time.fromisoformat(text)


def _written(found: Answer) -> DueDate:
    calendar = found.calendar
    return DueDate(
        due_at=found.due_at,
        received_at=found.start,
        amount=found.amount.number,
        unit=found.amount.unit,
        calendar=UsedCalendar(code=calendar.code, name=calendar.name, revision=calendar.revision),
        provisional=found.provisional,
        reasons=[ReasonRow.model_validate(reason) for reason in found.reasons],
    )
