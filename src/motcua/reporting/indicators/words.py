"""Indicators in words: the parts of their sets, rates and points as a page says them, the bar of a rate."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import Channel, OnlineLevel
from motcua.reporting.indicators.rules import Band

PARTS: Final = {
    "complete": gettext_lazy("Đủ các bộ phận cấu thành"),
    "no_version": gettext_lazy("Chưa có nội dung công khai có hiệu lực"),
    "no_name": gettext_lazy("Thiếu tên"),
    "no_how_to": gettext_lazy("Thiếu trình tự thực hiện"),
    "no_channels": gettext_lazy("Thiếu cách thực hiện"),
    "no_papers": gettext_lazy("Thiếu thành phần hồ sơ"),
    "no_numbers": gettext_lazy("Thiếu số lượng bản của giấy tờ"),
    "no_limit": gettext_lazy("Thiếu thời hạn giải quyết"),
    "no_applicants": gettext_lazy("Thiếu đối tượng thực hiện"),
    "by_transfer": gettext_lazy("Đã nộp phí bằng chuyển khoản"),
    "in_cash": gettext_lazy("Đã nộp phí bằng tiền mặt"),
    "unpaid": gettext_lazy("Đã lập khoản thu, chưa nộp"),
    "never_asked": gettext_lazy("Có phí, chưa lập khoản thu trên phần mềm"),
    "transfers": gettext_lazy("Có người nộp phí bằng chuyển khoản"),
    "no_transfer": gettext_lazy("Chưa có ai nộp phí bằng chuyển khoản"),
    "used": gettext_lazy("Có hồ sơ nộp trực tuyến"),
    "unused": gettext_lazy("Chưa có hồ sơ nộp trực tuyến"),
    "published_in_time": gettext_lazy("Công bố đúng hạn"),
    "published_late": gettext_lazy("Công bố sát hoặc sau ngày có hiệu lực"),
    "online_self": gettext_lazy("Trực tuyến, người dân tự nộp"),
    "online_helped": gettext_lazy("Trực tuyến, người dân được giúp nộp"),
    "online_officer": gettext_lazy("Trực tuyến, cán bộ nhập thay"),
    "ended_in_time": gettext_lazy("Đã xong, không quá hạn"),
    "ended_late": gettext_lazy("Đã xong, quá hạn"),
    "waiting_in_time": gettext_lazy("Đang chờ người nộp, lúc dừng chưa quá hạn"),
    "open_in_time": gettext_lazy("Đang xử lý, chưa quá hạn"),
    "open_late": gettext_lazy("Đang xử lý, quá hạn"),
    "asked_twice": gettext_lazy("Bị yêu cầu bổ sung lần thứ hai"),
    "electronic": gettext_lazy("Kết quả có bản điện tử từ đầu"),
    "scanned": gettext_lazy("Kết quả có bản quét từ giấy"),
    "copied": gettext_lazy("Kết quả có bản điện tử, không ghi là quét hay điện tử từ đầu"),
    "excepted": gettext_lazy("Kết quả chưa có bản điện tử, có ghi lý do"),
    "no_copy": gettext_lazy("Kết quả chưa có bản điện tử"),
    "digitized": gettext_lazy("Giấy tờ và kết quả đều có bản điện tử"),
    "papers_only": gettext_lazy("Giấy tờ có bản điện tử, kết quả thì chưa"),
    "copy_only": gettext_lazy("Kết quả có bản điện tử, giấy tờ thì không"),
    "on_paper": gettext_lazy("Giấy tờ và kết quả đều không có bản điện tử"),
    "undecided": gettext_lazy("Chưa có kết quả"),
    "no_result": gettext_lazy("Kết thúc không có kết quả (rút, dừng giải quyết)"),
    "reused": gettext_lazy("Có giấy tờ trong kho đã nộp ở lần nộp trước"),
    "from_result": gettext_lazy("Có giấy tờ là bản điện tử của kết quả đã cấp"),
    "first_use": gettext_lazy("Giấy tờ điện tử đều nộp lần đầu"),
    "no_scans": gettext_lazy("Không có giấy tờ điện tử nào"),
    "whole": gettext_lazy("Mọi bước ở Bộ phận Một cửa"),
    "ends": gettext_lazy("Nhận và trả ở Bộ phận Một cửa"),
    "elsewhere": gettext_lazy("Nhận hoặc trả ở nơi khác"),
    "no_route": gettext_lazy("Chưa có quy trình nội bộ"),
}  # fmt: skip
MARKS: Final = {
    "verified": gettext_lazy("đã đối chiếu với nguồn"),
    "remembered": gettext_lazy("theo hiểu biết chung, chưa đối chiếu"),
    "inferred": gettext_lazy("suy ra, chưa có văn bản để đối chiếu"),
}
ABSENT: Final = {
    "outside": gettext_lazy("không đo được ở đây"),
    "later": gettext_lazy("chưa đo"),
    "unscored": gettext_lazy("không tính điểm"),
}


def part_words(part: str) -> str:
    """What the members of a part have in common; a code nobody has words for is shown as it is."""
    return str(PARTS.get(part) or dict(OnlineLevel.choices).get(part) or dict(Channel.choices).get(part) or part)


def nothing_counted() -> dict[str, str]:
    """What a line says whose denominator is empty."""
    return {
        "absent": _("không có dữ liệu"),
        "reason": _("Trong kỳ không có gì để đếm; chỉ số đứng ngoài tổng điểm."),
    }


def rate_words(rate: Decimal) -> str:
    """A rate as "97,5 %", at most two decimals."""
    return f"{_plain(rate)} %"


def points_words(points: Decimal) -> str:
    """Points as "19,4"."""
    return _plain(points)


def rank_words(worst: Band, best: Band) -> str:
    """The rank, or between which it lies while something is not measured."""
    if worst == best:
        return worst.name
    return _("từ %(worst)s đến %(best)s") % {"worst": worst.name, "best": best.name}


def rank_state(worst: Band, best: Band) -> str:
    """The look of the rank: none while it is open."""
    return worst.state if worst == best else "plain"


def rate_bar(rate: Decimal, target: Decimal) -> dict[str, Any]:
    """A rate as a thin band with a mark at its target, and the sentence that says the same."""
    text = _("Đạt %(rate)s, đủ điểm từ %(target)s.") % {"rate": rate_words(rate), "target": rate_words(target)}
    return _bar([("hand-1", rate)], text, target)


def parts_bar(parts: Sequence[tuple[str, int]], kinds: Sequence[str]) -> dict[str, Any]:
    """How a whole divides, as a band; `kinds` the looks of its parts in their order."""
    whole = sum(count for _words, count in parts)
    widths = [(kind, Decimal(100 * count) / whole) for kind, (_words, count) in zip(kinds, parts, strict=True) if count]
    text = ", ".join(f"{words}: {count}" for words, count in parts)
    return _bar(widths, text, None)


def _bar(widths: Sequence[tuple[str, Decimal]], text: str, due: Decimal | None) -> dict[str, Any]:
    segments = [{"kind": kind, "width": float(width), "label": ""} for kind, width in widths if width]
    rest = 100 - sum(float(width) for _kind, width in widths)
    if rest > 0.001:
        segments.append({"kind": "rest", "width": rest, "label": ""})
    mark = None if due is None else min(float(due), 99.4)
    return {"segments": segments, "now": None, "due": mark, "text": text, "reason_url": ""}


def _plain(number: Decimal) -> str:
    text = f"{number:.2f}"
    places = 0 if text.endswith(".00") else 1 if text.endswith("0") else 2
    return str(number_format(number, decimal_pos=places, force_grouping=False))
