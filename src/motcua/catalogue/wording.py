"""How limits, fees and papers are said in a few plain words."""

from collections.abc import Mapping, Sequence

from django.utils import numberformat
from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.rules import ComponentLine, FeeLine, LimitLine
from motcua.worktime.phrases import limit_words

# The elements of a procedure under the names of the law (Decree 63/2010 art. 8.2).
ELEMENTS: Mapping[str, Promise] = {
    "valid_from": gettext_lazy("Ngày áp dụng"),
    "levels": gettext_lazy("Cấp thực hiện"),
    "name": gettext_lazy("Tên thủ tục"),
    "summary": gettext_lazy("Tóm tắt"),
    "decision": gettext_lazy("Quyết định công bố"),
    "applicant_kinds": gettext_lazy("Ai được nộp"),
    "channels": gettext_lazy("Cách nộp"),
    "online_level": gettext_lazy("Mức độ trực tuyến"),
    "cut_off": gettext_lazy("Giờ chốt nhận"),
    "supplement_rule": gettext_lazy("Thời hạn sau khi bổ sung"),
    "supplement_days": gettext_lazy("Số ngày làm việc để bổ sung"),
    "results": gettext_lazy("Kết quả"),
    "conditions": gettext_lazy("Yêu cầu, điều kiện"),
    "how_to": gettext_lazy("Trình tự thực hiện"),
    "remarks": gettext_lazy("Lưu ý"),
    "unverified": gettext_lazy("Điều chưa kiểm chứng"),
    "components": gettext_lazy("Thành phần hồ sơ"),
    "limits": gettext_lazy("Thời hạn giải quyết"),
    "time_limits": gettext_lazy("Thời hạn giải quyết"),
    "fees": gettext_lazy("Phí, lệ phí"),
    "legal_bases": gettext_lazy("Căn cứ pháp lý"),
    "route": gettext_lazy("Quy trình nội bộ"),
}


def doubt_text(doubt: str) -> str:
    """A doubt of the catalogue ("fees: …") with its element named as the law does."""
    element, colon, said = doubt.partition(":")
    named = ELEMENTS.get(element.strip())
    return f"{named}:{said}" if colon and named is not None else doubt


def figure(amount: float) -> str:
    """A number as the reader's language writes it: 1.234 and 1,5 in Vietnamese, 1,234 and 1.5 in English.

    One decimal at most, none when it is zero. (Django's Vietnamese formats do not group thousands.)
    """
    rounded = round(amount, 1)
    return numberformat.format(
        rounded, get_format("DECIMAL_SEPARATOR"), decimal_pos=0 if rounded == int(rounded) else 1, grouping=3,
        thousand_sep=get_format("THOUSAND_SEPARATOR"), force_grouping=True,
    )  # fmt: skip


def money(amount: int) -> str:
    """An amount in đồng: 8.000 đồng; 8,000 VND in English."""
    return _("%(amount)s đồng") % {"amount": figure(amount)}


def limit_text(limit: LimitLine) -> str:
    """The limit as the law writes it: 3 ngày làm việc."""
    return limit_words(limit.number, limit.unit)


def fee_text(fee: FeeLine) -> str:
    """One fee: its amount, nothing, or who sets it. An amount nobody stated is never called free."""
    if fee.amount is None:
        return _("Do tỉnh quy định") if fee.set_by_province else _("Chưa rõ mức thu")
    return money(fee.amount) if fee.amount else _("Không thu")


def fee_headline(fees: Sequence[FeeLine]) -> str:
    """All fees in one line for the top of a page."""
    if all(fee.amount == 0 for fee in fees):
        return _("Không thu")
    stated = sorted({fee.amount for fee in fees if fee.amount is not None})
    if len(fees) == 1:
        return fee_text(fees[0])
    if not stated:
        return _("Do tỉnh quy định") if all(fee.set_by_province for fee in fees) else _("Hỏi tại quầy")
    if len(stated) == len({fee.amount for fee in fees}) and stated[0] != stated[-1]:
        return _("%(low)s đến %(high)s") % {"low": figure(stated[0]), "high": money(stated[-1])}
    return _("Tùy trường hợp")


def fee_sublines(fees: Sequence[FeeLine]) -> list[str]:
    """What stands small under the headline: one or two fees said in full, none when there are more."""
    if len(fees) == 1:
        return [line for line in (fees[0].when, fees[0].note) if line]
    if len(fees) != 2:
        return []
    return [_("%(when)s: %(amount)s") % {"when": fee.when or fee.name, "amount": fee_text(fee).lower()} for fee in fees]


def paper_count(component: ComponentLine) -> str:
    """How many, and whether it is only shown: 1 bản chính, 2 bản sao · xuất trình."""
    if component.use == "show":
        return _("chỉ xuất trình")
    counts = []
    if component.originals:
        counts.append(_("%(n)d bản chính") % {"n": component.originals})
    if component.copies:
        counts.append(_("%(n)d bản sao") % {"n": component.copies})
    return " · ".join(counts)
