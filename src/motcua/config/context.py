"""What every page knows: the office, the mode, and for officials the shell around their work."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from motcua.config.health import WATCHERS, overdue_rules
from motcua.core.look import look_of
from motcua.demo.beside import LOGINS
from motcua.demo.office import CITIZEN, CITIZEN_PHONE, PASSWORD
from motcua.feedback.queries import follow_up_count
from motcua.feedback.receptions.keeping import KEEPERS as CALENDAR_KEEPERS
from motcua.intake.queries import SubmissionCounts, submission_counts
from motcua.people.access import ActingOfficial, acting_official
from motcua.people.citizens.access import citizen_or_none
from motcua.people.models import WORKERS, Agency, Role
from motcua.people.overseeing import OVERSEERS
from motcua.people.queries import home_agency
from motcua.queueing.counters.queries import waiting_here
from motcua.reform.access import READERS
from motcua.routing.apologies.queries import awaiting_count
from motcua.routing.bundles.queries import held_up
from motcua.routing.confirmations.queries import waiting_count
from motcua.routing.views.worklists import rail_of
from motcua.signing.access import KEEPERS as CERTIFICATE_KEEPERS
from motcua.signing.queries import ending_soon


def page(request: HttpRequest) -> dict[str, Any]:
    """Cheap for every page: what costs a query is read only when a template asks for it, and once.

    Components are rendered with contexts of their own, so this runs several times a page.
    """
    known: dict[str, Any] | None = getattr(request, "page_context", None)
    if known is not None:
        return known
    demo = settings.MOTCUA_MODE == "demo"
    context: dict[str, Any] = {
        "demo_mode": demo,
        "request_id": getattr(request, "request_id", ""),
        "citizen": _lazy(lambda: citizen_or_none(request)),
        "office": _lazy(_office),
        "shell": _lazy(lambda: _shell(request)),
        "appearance": look_of(request),
    }
    if demo and request.path == reverse(settings.LOGIN_URL):
        context["demo_accounts"] = [
            {"username": post.username, "password": PASSWORD, "title": post.title} for post in LOGINS
        ]
    if demo and request.path == reverse("citizen-log-in"):
        context["demo_citizen"] = {"name": CITIZEN, "phone": CITIZEN_PHONE, "password": PASSWORD}
    request.page_context = context  # type: ignore[attr-defined]
    return context


def _lazy(read: Callable[[], Any]) -> Any:
    return SimpleLazyObject(read)


def _office() -> dict[str, str]:
    agency: Agency | None = home_agency(timezone.localdate())
    if agency is None:
        return {"name": "", "address": "", "phone": "", "email": ""}
    return {"name": agency.short_name, "address": agency.address, "phone": agency.phone, "email": agency.email}


def _shell(request: HttpRequest) -> dict[str, Any]:
    official = acting_official(request) if hasattr(request, "user") else None
    if official is None:
        return {"rail": [], "official": None, "now": None}
    return {
        "rail": _rail(request, official),
        "official": {"name": official.name, "title": official.title},
        "now": timezone.localtime(),
        "works": official.holds(*WORKERS),
        "receives": official.holds(Role.RECEIVER),
    }


def _rail(request: HttpRequest, official: ActingOfficial) -> list[dict[str, Any]]:
    """The day's work for the roles this official holds, with counts."""
    counts, waiting, alarms = rail_of(request, official), _waiting(official), _alarms(official)
    stuck, unconfirmed, disliked = _held_up(official), _unconfirmed(official), _disliked(official)
    ending = _ending(official)
    rows: list[tuple[str, str, int | None, str, bool, tuple[str, ...]]] = [
        (_("Hôm nay"), "today", None, "", False, (Role.APPROVER,)),
        (_("Việc của tôi"), "worklist", counts.mine, "V", False, ()),
        (_("Nhắc việc"), "reminders", counts.reminders, "", False, ()),
        (_("Quầy gọi số"), "counter", _at_counter(official), "", False, (Role.RECEIVER,)),
        (_("Tiếp nhận"), "choose-procedure", None, "T", False, (Role.RECEIVER,)),
        (_("Liên thông"), "bundles", stuck, "", bool(stuck), (Role.RECEIVER,)),
        (_("Trả kết quả"), "results", counts.to_return, "K", False, (Role.RECEIVER,)),
        (_("Kết quả cũ"), "older-results", None, "", False, (Role.RECEIVER, Role.RECORDS_CLERK)),
        (_("Thu phí"), "money", None, "", False, (Role.RECEIVER,)),
        (_("Tin nhắn"), "messages", None, "", False, WORKERS),
        (_("Khoản chờ nộp"), "duties", None, "", False, (Role.RECEIVER, Role.CASE_OFFICER)),
        (_("Hồ sơ trễ"), "late", counts.agency_late, "", bool(counts.agency_late), WORKERS),
        (_("Thư xin lỗi"), "apologies", _letters(official), "", False, (Role.APPROVER,)),
        (_("Chờ tiếp nhận"), "submissions", waiting.waiting, "H", bool(waiting.late), (Role.RECEIVER,)),
        (_("Hỏi ý kiến đơn vị tôi"), "consultations", counts.consultations, "", False, WORKERS),
        (_("Sổ theo dõi"), "register", None, "S", False, WORKERS),
        (_("Danh mục thủ tục"), "catalogue", None, "", False, (Role.PROCEDURE_CONTROLLER,)),
        (_("Áp phích, sổ tay"), "notice-board", None, "", False, (Role.PROCEDURE_CONTROLLER,)),
        (_("Cán bộ và đơn vị"), "people", None, "", False, (Role.ADMINISTRATOR,)),
        (_("Thời gian đã đi đâu"), "time-spent", None, "", False, (Role.APPROVER,)),
        (_("Báo cáo"), "reports", None, "", False, OVERSEERS),
        (_("Cải cách hành chính"), "reform-plans", None, "", False, READERS),
        (_("Đánh giá"), "ratings-desk", disliked, "", bool(disliked), OVERSEERS),
        (_("Lịch tiếp công dân"), "receptions-desk", None, "", False, CALENDAR_KEEPERS),
        (_("Số liệu xếp hàng"), "queue-figures", None, "", False, OVERSEERS),
        (_("Dấu hiệu cần xem"), "signs", None, "", False, OVERSEERS),
        (_("Gói kiểm tra"), "record-pack", None, "", False, OVERSEERS),
        (_("Lịch trực"), "roster", None, "", False, (Role.ADMINISTRATOR, Role.APPROVER)),
        (_("Sảnh chờ, quầy"), "halls", None, "", False, (Role.ADMINISTRATOR,)),
        (_("Lịch làm việc"), "calendar", None, "", False, (Role.ADMINISTRATOR,)),
        (_("Tài khoản thu"), "collecting-account", None, "", False, (Role.ADMINISTRATOR, Role.APPROVER)),
        (_("Chứng thư số"), "certificates", ending, "", bool(ending), CERTIFICATE_KEEPERS),
        (_("Chờ xác nhận"), "confirmations", unconfirmed, "", bool(unconfirmed), (Role.ADMINISTRATOR, Role.APPROVER)),
        (_("Sự cố hệ thống"), "system-faults", None, "", False, (Role.ADMINISTRATOR, Role.APPROVER)),
        (_("Tình trạng hệ thống"), "health", alarms, "", bool(alarms), WATCHERS),
    ]
    shown = [row for row in rows if not row[5] or official.holds(*row[5])]
    shown = [row for row in shown if row[1] not in {"consultations", "confirmations"} or row[2]]
    return [_item(request, row) for row in shown]


def _alarms(official: ActingOfficial) -> int | None:
    """How many recurring rules did not run; only an administrator's page asks."""
    return (overdue_rules(timezone.now()) or None) if official.holds(Role.ADMINISTRATOR) else None


def _ending(official: ActingOfficial) -> int | None:
    """How many certificates end soon and have no successor; only their keeper's page asks."""
    return (ending_soon(official.agency_id, timezone.now()) or None) if official.holds(*CERTIFICATE_KEEPERS) else None


def _disliked(official: ActingOfficial) -> int | None:
    """How many bad ratings the head owes a follow-up."""
    return (follow_up_count(official.agency_id) or None) if official.holds(Role.APPROVER) else None


def _unconfirmed(official: ActingOfficial) -> int | None:
    """How many changes wait for a second person; only those who may be one pay for the question."""
    return waiting_count(official.agency_id) if official.holds(Role.ADMINISTRATOR, Role.APPROVER) else None


def _letters(official: ActingOfficial) -> int | None:
    """How many letters of apology a leader has to sign."""
    return awaiting_count(official.agency_id) if official.holds(Role.APPROVER) else None


def _at_counter(official: ActingOfficial) -> int | None:
    """How many wait for the counter where the official sits; only a receiver's page asks."""
    return waiting_here(official, timezone.now()) if official.holds(Role.RECEIVER) else None


def _held_up(official: ActingOfficial) -> int | None:
    """How many parts of the desk's bundles something stands in the way of; only a receiver's page asks."""
    return held_up(official.agency_id) or None if official.holds(Role.RECEIVER) else None


def _waiting(official: ActingOfficial) -> SubmissionCounts:
    """What a receiver's desk owes an answer; nobody else's page pays for the question."""
    if not official.holds(Role.RECEIVER):
        return SubmissionCounts(0, 0, 0)
    return submission_counts(official.agency_id, at=timezone.now())


_BRANCHES: Final = ("choose-procedure", "submissions", "older-results", "reform-plans")
"""Whose pages below them belong to the same item."""


def _item(request: HttpRequest, row: tuple[str, str, int | None, str, bool, tuple[str, ...]]) -> dict[str, Any]:
    label, name, count, key, hot, _roles = row
    url = reverse(name)
    current = request.path == url or (name in _BRANCHES and request.path.startswith(url))
    return {"label": label, "url": url, "count": count, "key": key, "hot": hot, "current": current}
