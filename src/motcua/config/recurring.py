"""What the office does by itself: the one screen that says which rule runs how often.

`motcua work` runs them, on as many machines as there are; each rule on one of them at a time.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from motcua.config.told import TOLD, word
from motcua.config.told_mandates import tell_of_mandates_over
from motcua.core.record.sealing import seal
from motcua.core.recurring.rules import Counts, RecurringRule
from motcua.core.recurring.upkeep import purge
from motcua.correspondence.keeping import forget
from motcua.correspondence.outbox import hear
from motcua.correspondence.sending import send_due
from motcua.documents.papers.uploads import sweep_uploads
from motcua.intake.online.keeping import forget_drafts
from motcua.queueing.actions.booking import forget_round, miss_round, remind_round
from motcua.queueing.actions.evening import evening_round
from motcua.queueing.actions.learning import learn_round
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
    "handed_over": _("bước đã chuyển"), "half_sent": _("tệp gửi dở đã bỏ"),
    "drafts": _("bản nháp đã bỏ"), "papers": _("giấy tờ đã bỏ"),
    "mandates": _("người làm thay đã báo hết hạn"),
    "reminded": _("lượt hẹn đã nhắc"), "missed": _("lượt hẹn không đến"), "phones": _("số điện thoại đã xóa"),
    "said": _("tin đã soạn"), "gone": _("tin đã gửi"), "arrived": _("tin đã đến"),
    "unserved": _("số hết giờ chưa được phục vụ"), "left": _("quầy quên rời"),
    "failed": _("tin chờ in phiếu"), "given_up": _("tin thôi không gửi"), "halls": _("sảnh chờ đã học"),
}  # fmt: skip


def apology_round(at: datetime) -> Counts:
    """Letters of apology for what cannot be ready in time."""
    return {"drafted": tick(at)}


def seal_round(at: datetime) -> Counts:
    """Whatever was committed and is not sealed yet."""
    done = seal()
    return {"sealed": done.events, "subjects": done.subjects}


def papers_round(at: datetime) -> Counts:
    """What nobody went on sending."""
    return {"half_sent": sweep_uploads(at)}


SEALING = RecurringRule("seals", _("Niêm phong nhật ký"), timedelta(seconds=5), seal_round)
"""Runs beside the others, not among them: no long round of theirs may keep it waiting."""


def message_round(at: datetime) -> Counts:
    """What happened is said to whom it concerns, and what waits is sent."""
    try:
        said = hear(TOLD, word, at=at)
    finally:  # a text that cannot be worded keeps no other message waiting
        sent = send_due(at)
    return {"said": said, **dict.fromkeys(("gone", "arrived", "failed", "given_up"), 0), **sent}


def mandate_round(at: datetime) -> Counts:
    """Who acts for others is told what ran out."""
    return {"mandates": tell_of_mandates_over(at)}


def message_forgetting(at: datetime) -> Counts:
    """Old messages go."""
    return {"forgotten": forget(at)}


def booking_round(at: datetime) -> Counts:
    """Appointments: who comes tomorrow is reminded, who did not come yesterday is noted, old telephones go."""
    return {"reminded": remind_round(at), "missed": miss_round(at), "phones": forget_round(at)}


def draft_forgetting(at: datetime) -> Counts:
    """Drafts that ran out, and papers of guests who hold none any more."""
    drafts, papers = forget_drafts(at)
    return {"drafts": drafts, "papers": papers}


MESSAGES = RecurringRule("messages", _("Gửi tin cho người dân"), timedelta(seconds=3), message_round)
"""Runs beside the others too: a carrier that does not answer keeps nobody else waiting."""

RULES: tuple[RecurringRule, ...] = (
    SEALING,
    MESSAGES,
    RecurringRule("warnings", _("Nhắc việc sắp đến hạn, đến hạn, quá hạn"), timedelta(minutes=1), warning_round),
    RecurringRule("apologies", _("Soạn thư xin lỗi cho hồ sơ sẽ trễ"), timedelta(minutes=10), apology_round),
    RecurringRule("duties", _("Báo việc không có ai trực trước giờ mở cửa"), timedelta(minutes=10), duty_round),
    RecurringRule("silence", _("Xử lý câu hỏi ý kiến hết hạn mà không ai trả lời"), timedelta(minutes=1), end_silence),
    RecurringRule(
        "closed-units", _("Chuyển việc của đơn vị đã đóng sang đơn vị nhận"), timedelta(minutes=10), take_over_round
    ),
    RecurringRule("mandates", _("Báo người làm thay khi hết hạn làm thay"), timedelta(hours=1), mandate_round),
    RecurringRule("bookings", _("Nhắc hẹn, ghi người không đến"), timedelta(minutes=10), booking_round),
    RecurringRule("evening", _("Kết thúc ngày ở các sảnh chờ"), timedelta(minutes=10), evening_round),
    RecurringRule("purge", _("Dọn phiên đăng nhập và giá trị nhớ tạm đã hết hạn"), timedelta(hours=1), purge),
    RecurringRule("old-drafts", _("Bỏ bản nháp quá 30 ngày không ai mở"), timedelta(hours=6), draft_forgetting),
    RecurringRule("old-messages", _("Bỏ tin nhắn cũ"), timedelta(days=1), message_forgetting),
    RecurringRule("queue-pace", _("Học nhịp phục vụ và chấm điểm giờ chờ đã báo"), timedelta(minutes=10), learn_round),
    RecurringRule("papers", _("Bỏ tệp gửi dở quá một ngày"), timedelta(hours=1), papers_round),
    RecurringRule("old-reminders", _("Bỏ nhắc việc cũ hơn một năm"), timedelta(days=1), forgetting_round),
)
