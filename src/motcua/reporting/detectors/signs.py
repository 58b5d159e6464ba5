"""The signs: what each looks for, in plain words, and what else may explain it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules import Cause
from motcua.reporting.detectors import queries
from motcua.reporting.detectors.queries import Period
from motcua.reporting.detectors.thresholds import figures_on
from motcua.reporting.detectors.words import event_words
from motcua.worktime.rules import VIETNAM

MOST_DAYS = 366
_STOPS: Mapping[Cause, Promise | str] = {
    Cause.PAPERS: _("Yêu cầu bổ sung"),
    Cause.MONEY: _("Yêu cầu nộp tiền"),
    Cause.ATTENDANCE: _("Mời người nộp đến"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One dossier that a sign points to, with what was seen, in words."""

    dossier_id: UUID
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern that asks for a look. `saying` takes the figures of a found row."""

    code: str
    title: Promise | str
    meaning: Promise | str
    innocent: Promise | str
    saying: Promise | str
    read: Callable[[Period, Mapping[str, int]], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign and what it found in a period; `figures` None: it was not looked for then."""

    sign: Sign
    figures: Mapping[str, int] | None
    rows: list[Found] = field(default_factory=list)


SIGNS: tuple[Sign, ...] = (
    Sign(
        "taken_in_late",
        _("Tiếp nhận chậm nhiều giờ sau khi yêu cầu đến"),
        _("Yêu cầu gửi qua mạng hoặc bưu chính đến rồi, nhưng quá hạn trả lời mới ghi tiếp nhận, "
          "nên thời hạn giải quyết bắt đầu muộn."),
        _("Yêu cầu dồn về cùng lúc, người tiếp nhận vắng, mạng hỏng."),
        _("Đến lúc %(arrived)s, phải trả lời trước %(due)s, mãi %(taken)s mới tiếp nhận."),
        queries.taken_in_late,
    ),
    Sign(
        "taken_in_after_turn",
        _("Ghi tiếp nhận nhiều giờ sau khi người dân đã đến quầy"),
        _("Người dân có số thứ tự, đã được gọi và phục vụ, nhưng hồ sơ của lượt ấy rất lâu sau mới ghi tiếp nhận: "
          "giấy tờ nằm ở quầy mà thời hạn chưa chạy."),
        _("Người dân về lấy thêm giấy tờ rồi quay lại bằng số cũ; mất điện, mất mạng rồi nhập lại."),
        _("Số %(number)s được phục vụ từ %(arrived)s, mãi %(taken)s mới tiếp nhận."),
        queries.taken_in_after_turn,
    ),
    Sign(
        "dated_backwards",
        _("Ghi lùi thời gian"),
        _("Việc được ghi vào sổ sau khá lâu so với lúc nó nói là đã xảy ra, "
          "hoặc ghi sau một việc khác mà lại mang giờ sớm hơn."),
        _("Mất điện, mất mạng rồi nhập lại; dữ liệu chuyển từ hệ thống cũ; đồng hồ máy chủ bị chỉnh. "
          "Hồ sơ dựng sẵn của bản trình diễn được ghi vào sổ cùng một lúc, nên chỉ bị xét thứ tự ghi trước, ghi sau."),
        _("Việc “%(kind)s” ghi là %(at)s, nhưng sổ chỉ nhận lúc %(written)s."),
        queries.dated_backwards,
    ),
    Sign(
        "withdrawn_and_refiled",
        _("Rút rồi nộp lại ngay trước hạn"),
        _("Hồ sơ được ghi là người nộp rút khi sắp đến hạn, rồi chính người ấy nộp lại cùng thủ tục ít ngày sau: "
          "thời hạn được tính lại từ đầu mà không hồ sơ nào trễ."),
        _("Người nộp thấy khai sai và tự xin rút; giấy tờ cần làm lại."),
        _("Rút lúc %(ended)s khi hạn là %(due)s, nộp lại lúc %(again)s (hồ sơ %(other)s)."),
        queries.withdrawn_and_refiled,
    ),
    Sign(
        "papers_asked_on_last_day",
        _("Dừng thời hạn sát lúc hết hạn"),
        _("Yêu cầu bổ sung giấy tờ, yêu cầu nộp tiền hoặc mời người nộp đến làm thời hạn dừng lại. "
          "Làm vậy đúng ngày hết hạn, hoặc trong những giờ làm việc cuối trước hạn, "
          "khiến hồ sơ sắp trễ thành không trễ."),
        _("Thiếu sót chỉ lộ ra ở bước cuối; cơ quan khác trả lời hoặc thông báo số tiền muộn."),
        _("%(cause)s lúc %(at)s, hạn lúc đó là %(due)s."),
        queries.stopped_at_the_end,
    ),
    Sign(
        "finished_at_month_end",
        _("Dồn dập “đã xong” vào những phút cuối tháng"),
        _("Số hồ sơ được ghi là xong trong những phút làm việc cuối của tháng nhiều gấp nhiều lần nhịp thường ngày, "
          "như thể để kịp báo cáo."),
        _("Lãnh đạo đi vắng dồn việc ký; đợt trả kết quả theo lịch."),
        _("Xong lúc %(ended)s, cùng %(others)s hồ sơ khác trong những phút cuối tháng."),
        queries.finished_at_month_end,
    ),
    Sign(
        "finished_then_reopened",
        _("Đóng kịp hạn rồi mở lại"),
        _("Hồ sơ được ghi là xong sát hạn, ít ngày sau lại mở ra xử lý tiếp: xong trên sổ, chưa xong ngoài đời."),
        _("Người nhận phát hiện sai sót trên kết quả và cơ quan sửa ngay."),
        _("Ghi xong lúc %(ended)s, hạn %(due)s, mở lại lúc %(again)s."),
        queries.finished_then_reopened,
    ),
    Sign(
        "many_steps_at_once",
        _("Nhiều bước xong trong một phút"),
        _("Một người ghi xong bước của rất nhiều hồ sơ trong vòng một phút: khó mà đã đọc từng hồ sơ."),
        _("Ký duyệt theo danh sách đã xem từ trước."),
        _("%(who)s ghi xong bước “%(step)s” lúc %(at)s."),
        queries.many_steps_at_once,
    ),
    Sign(
        "received_while_closed",
        _("Tiếp nhận tại quầy khi đã đóng cửa"),
        _("Hồ sơ nộp tại quầy mà lúc ghi tiếp nhận cơ quan không mở cửa: có thể giấy đã nằm đó từ trước."),
        _("Quầy mở thêm giờ để phục vụ người dân mà chưa ghi vào lịch làm việc."),
        _("Ghi tiếp nhận tại quầy lúc %(at)s."),
        queries.received_while_closed,
    ),
    Sign(
        "looked_up_many",
        _("Một người mở xem nhiều hồ sơ không phải việc của mình"),
        _("Trong một ngày, một cán bộ mở rất nhiều hồ sơ mà không giữ bước nào của chúng."),
        _("Người trực điện thoại trả lời dân; lãnh đạo rà soát hồ sơ sắp trễ."),
        _("%(who)s mở lúc %(at)s, một trong %(others)s hồ sơ trong ngày."),
        queries.looked_up_many,
    ),
    Sign(
        "one_phone_many_people",
        _("Một số điện thoại đứng tên nhiều người nộp"),
        _("Nhiều người khác nhau nộp qua mạng mà cùng một số điện thoại: "
          "có thể cán bộ hay dịch vụ nộp thay rồi tính là dân tự nộp."),
        _("Người nhà, luật sư hoặc tổ hỗ trợ nộp giúp và để lại số của mình."),
        _("Số điện thoại này đứng tên %(others)s người nộp trong kỳ."),
        queries.one_phone_many_people,
    ),
)  # fmt: skip


def look_for(sign: Sign, agencies: list[UUID], first: date, last: date) -> Seen:
    """What one sign finds in the dossiers of these agencies in the days from `first` to `last`, both included.

    Thresholds are those in force on the last day. Raises `CalendarGap` when a sign needs a year that is not loaded.
    """
    figures = figures_on(sign.code, last)
    if figures is None:
        return Seen(sign, None)
    period = Period(agencies, datetime.combine(first, time(), VIETNAM),
                    datetime.combine(last + timedelta(days=1), time(), VIETNAM))  # fmt: skip
    rows = [Found(row["id"], row["code"], str(sign.saying) % _told(row)) for row in sign.read(period, figures)]
    return Seen(sign, figures, rows)


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """Moments as people read them, what was done, and what stopped a clock."""
    told = {
        name: f"{localtime(value):%H:%M %d/%m/%Y}" if isinstance(value, datetime) else value
        for name, value in row.items()
    }
    if "kind" in told:
        told["kind"] = event_words(told["kind"])
    return told | ({"cause": str(_STOPS[Cause(told["cause"])])} if "cause" in told else {})


def look_for_all(agencies: list[UUID], first: date, last: date) -> list[Seen]:
    """Every sign in the order of the list."""
    return [look_for(sign, agencies, first, last) for sign in SIGNS]


def sign_named(code: str) -> Sign | None:
    """The sign with this code."""
    return next((sign for sign in SIGNS if sign.code == code), None)
