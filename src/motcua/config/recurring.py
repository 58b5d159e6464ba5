"""What the office does by itself: the one screen that says which rule runs how often.

`motcua work` runs them, on as many machines as there are; each rule on one of them at a time.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from motcua.core.record.sealing import seal
from motcua.core.recurring.rules import Counts, RecurringRule
from motcua.core.recurring.upkeep import purge
from motcua.routing.apologies.drafting import tick
from motcua.routing.closed_units import take_over_round
from motcua.routing.consultations.closing import tick as end_silence
from motcua.routing.warnings.rounds import duty_round, forgetting_round, warning_round

# What a rule's figures count, for people.
FIGURES = {
    "sent": _("đã nhắc"), "overtaken": _("không còn cần nhắc"), "drafted": _("thư đã soạn"),
    "sessions": _("phiên đăng nhập"), "values": _("giá trị nhớ tạm"), "tries": _("lượt đếm"),
    "runs": _("lần chạy cũ"), "forgotten": _("nhắc việc đã bỏ"),
    "sealed": _("sự kiện đã niêm phong"), "subjects": _("hồ sơ có dấu mới"),
    "closed": _("câu hỏi coi như xong"), "noticed": _("câu hỏi quá hạn còn chờ"),
    "handed_over": _("bước đã chuyển"),
}  # fmt: skip


def apology_round(at: datetime) -> Counts:
    """Letters of apology for what cannot be ready in time."""
    return {"drafted": tick(at)}


def seal_round(at: datetime) -> Counts:
    """Whatever was committed and is not sealed yet."""
    done = seal()
    return {"sealed": done.events, "subjects": done.subjects}


SEALING = RecurringRule("seals", _("Niêm phong nhật ký"), timedelta(seconds=5), seal_round)
"""Runs beside the others, not among them: no long round of theirs may keep it waiting."""

RULES: tuple[RecurringRule, ...] = (
    SEALING,
    RecurringRule("warnings", _("Nhắc việc sắp đến hạn, đến hạn, quá hạn"), timedelta(minutes=1), warning_round),
    RecurringRule("apologies", _("Soạn thư xin lỗi cho hồ sơ sẽ trễ"), timedelta(minutes=10), apology_round),
    RecurringRule("duties", _("Báo việc không có ai trực trước giờ mở cửa"), timedelta(minutes=10), duty_round),
    RecurringRule("silence", _("Xử lý câu hỏi ý kiến hết hạn mà không ai trả lời"), timedelta(minutes=1), end_silence),
    RecurringRule(
        "closed-units", _("Chuyển việc của đơn vị đã đóng sang đơn vị nhận"), timedelta(minutes=10), take_over_round
    ),
    RecurringRule("purge", _("Dọn phiên đăng nhập và giá trị nhớ tạm đã hết hạn"), timedelta(hours=1), purge),
    RecurringRule("old-reminders", _("Bỏ nhắc việc cũ hơn một năm"), timedelta(days=1), forgetting_round),
)
