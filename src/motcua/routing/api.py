"""Following a dossier by program: the same reads, the same throttle and the same silence as the tracking page."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, P, PathEx, QueryEx, Router, Schema

from motcua.core.api import UNREADABLE, Problem, Refused
from motcua.core.events import Actor
from motcua.core.throttle import address_of, allow
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import completion_of, tracked_dossier
from motcua.dossiers.states import COMPLETION
from motcua.people.looking import Purpose, Task, look
from motcua.routing.views.tracking import TRIES, WINDOW, tracking_page

router = Router(tags=["dossiers"])
# Whoever reads by program with the receipt's key; the log has one language.
KEY_HOLDER = Actor(None, gettext_noop("Người giữ khóa tra cứu"))


class Progress(Schema):
    """All that is told to who knows only the code: the degree of completion in percent."""

    code: str
    completion: int


class StateName(Schema):
    """One of the ten states of the national portal (`TrangThaiHoSo`)."""

    code: int
    name: str


class ProcedureName(Schema):
    """The procedure the dossier was received under."""

    code: str
    name: str


class TimeLimit(Schema):
    """The time limit promised at receipt."""

    number: int
    unit: str
    text: str


class PassedStep(Schema):
    """A stay in one unit's hands; `finished_at` null while it lasts."""

    name: str
    unit: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str = Field(
        description="How it ended: passed_on, approved, returned, sent_back, forwarded, rejected, ended (with the "
        "whole dossier) or reopened (nothing was returned: the dossier was taken up again); empty while it lasts."
    )


class TrackedReason(Schema):
    """One line of the reason sheet: an interval counted or skipped (`end` null while it lasts), or something that
    happened (`start` = `end`), with its kind: a reason of the calendar or a turn of the clock."""

    start: datetime
    end: datetime | None
    counted: bool
    minutes: int
    text: str
    decision: str
    kind: str


class TrackedDossier(Progress):
    """What the holder of the receipt may know. Officials are named by unit only; the applicant is not named at all."""

    state: StateName
    standing: str = Field(description="How it stands to its promise, in words.")
    procedure: ProcedureName
    agency: str
    unit: str | None = Field(description="The unit that has it now; null when nobody does.")
    step: str | None
    received_at: datetime
    time_limit: TimeLimit
    promised_at: datetime = Field(description="The first promise; never changes.")
    due_at: datetime = Field(description="The end of the time limit; while paused, as it stood before the pause.")
    appointed_at: datetime | None = Field(description="The re-appointment after an apology, if there was one.")
    paused_at: datetime | None = Field(description="Since when the clock stands still for the applicant.")
    paused_until: date | None = Field(description="The applicant's last day to do his part.")
    finished_at: datetime | None
    returned_at: datetime | None
    steps: list[PassedStep]
    reasons: list[TrackedReason]
    appointment_reasons: list[TrackedReason] = Field(
        description="How `appointed_at` was counted, from the date that is not kept; empty without a re-appointment."
    )


@router.get(
    "/{code}",
    response={200: TrackedDossier | Progress, 404: Problem, 429: Problem, **UNREADABLE},
    summary=gettext_noop("Hồ sơ đến đâu rồi"),
    description="With the token of the receipt's QR: where the dossier stands, who has it, when it is due and why. "
    "Without it only the degree of completion. A wrong token is answered like an unknown code. "
    "Tries are counted per caller together with the tracking page's; past them 429 says when to come back.",
    operation_id="get_dossier",
    url_name="dossier",
    openapi_extra={
        "responses": {
            429: {"headers": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}}
        }
    },
)
def get_dossier(
    request: HttpRequest,
    response: HttpResponse,
    code: PathEx[str, P(description="The code printed on the receipt.", example="H17.21-261123-0007")],
    token: QueryEx[
        str, P(default="", max_length=40, description="The 20 letters and digits after the code in the QR address.")
    ] = "",
) -> TrackedDossier | Progress:
    code = code.strip().upper()
    if not token:
        return _progress(request, code)
    _count(request, what="tracking-key", limit=TRIES * 6)
    found = tracked_dossier(code, token)
    if found is None:
        raise _unknown()
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    look("dossier", (found.id,), by=KEY_HOLDER, agency_id=None, task=Task(Purpose.KEY), at=now())
    return _tracked(found)


def _progress(request: HttpRequest, code: str) -> Progress:
    _count(request, what="tracking", limit=TRIES)
    completion = completion_of(code)
    if completion is None:
        raise _unknown()
    return Progress(code=code, completion=completion)


def _count(request: HttpRequest, *, what: str, limit: int) -> None:
    """One try, in the same books as the page."""
    if not allow(what=what, who=address_of(request), limit=limit, window=WINDOW):
        seconds = int(WINDOW.total_seconds())
        sentence = _("Địa chỉ này đã tra quá nhiều lần trong ít phút. Xin đợi %(minutes)d phút rồi gọi lại.")
        raise Refused(429, sentence % {"minutes": seconds // 60}, retry_after=seconds)


def _unknown() -> Refused:
    return Refused(404, _("Không thấy hồ sơ nào khớp. Xem lại mã hồ sơ và khóa tra cứu in trên giấy hẹn."))


def _tracked(found: Dossier) -> TrackedDossier:
    page: dict[str, Any] = tracking_page(found)
    state, current, offered = page["state"], page["current"], page["offered"]
    return TrackedDossier(
        code=found.code,
        completion=COMPLETION[state],
        state=StateName(code=state.value, name=str(state.label)),
        standing=page["standing"]["words"],
        procedure=ProcedureName(code=offered.code, name=offered.name),
        agency=found.agency.name,
        unit=current.unit if current else None,
        step=current.name if current else None,
        received_at=localtime(found.received_at),
        time_limit=TimeLimit(number=found.limit_number, unit=found.limit_unit, text=page["limit"]),
        promised_at=localtime(found.promised_at),
        due_at=localtime(found.due_at),
        appointed_at=_here(found.appointed_at),
        paused_at=_here(found.paused_at),
        paused_until=found.paused_until,
        finished_at=_here(found.finished_at),
        returned_at=_here(found.returned_at),
        steps=[
            PassedStep(
                name=step.name,
                unit=step.unit,
                started_at=localtime(step.started_at),
                finished_at=_here(step.finished_at),
                outcome=step.outcome,
            )
            for step in page["steps"]
        ],
        reasons=[TrackedReason.from_orm(reason) for reason in page["reasons"]],
        appointment_reasons=[TrackedReason.from_orm(row) for row in page["promise"].rows] if page["promise"] else [],
    )


def _here(moment: datetime | None) -> datetime | None:
    return localtime(moment) if moment else None
