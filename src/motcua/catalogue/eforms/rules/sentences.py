"""The sentence for each way an answer can be wrong; the validator's own messages are never shown."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.eforms.shapes import Item, Question, Repeat, Widget
from motcua.catalogue.wording import figure, money

REQUIRED = "required"
# Which of several faults of one answer is said: the first of these.
FIRST = ("required", "type", "format", "enum", "const", "minItems", "maxItems", "minLength", "maxLength", "pattern")


def rank(keyword: str) -> int:
    return FIRST.index(keyword) if keyword in FIRST else len(FIRST)


def sentence_for(item: Item, keyword: str, bound: Any, label: str) -> str:
    """What is wrong with the answer to this question and what to do about it; `bound` is the schema's own value."""
    if isinstance(item, Repeat):
        return _of_repeat(item, keyword, label)
    if keyword == REQUIRED:
        return str(item.missing) if item.missing else _missing(item, label)
    if item.wrong and keyword not in ("minLength", "maxLength"):
        return str(item.wrong)
    if keyword in _BOUNDS and isinstance(bound, int | float):
        return _BOUNDS[keyword](item, bound, label)
    return _misread(item.widget, label)


def _missing(question: Question, label: str) -> str:
    if question.widget in (Widget.CHOICE, Widget.SELECT):
        return _("Ông/bà chọn một câu trả lời cho “%(label)s”.") % {"label": label}
    if question.widget is Widget.TICKS:
        return _("Ông/bà đánh dấu ít nhất một ô ở “%(label)s”.") % {"label": label}
    if question.widget is Widget.TICK:
        return _("Ông/bà cần đánh dấu vào ô “%(label)s” thì mới nộp được.") % {"label": label}
    return _("Ông/bà chưa điền “%(label)s”.") % {"label": label}


def _misread(widget: Widget, label: str) -> str:
    said = {"label": label}
    match widget:
        case Widget.DAY:
            return _("%(label)s: ngày chưa đúng. Ông/bà nhập theo dạng ngày/tháng/năm, ví dụ 05/12/1984.") % said
        case Widget.YEAR:
            return _("%(label)s: ông/bà nhập năm đủ bốn chữ số, ví dụ 1984.") % said
        case Widget.NUMBER:
            return _("%(label)s: ông/bà nhập bằng chữ số, ví dụ 2.") % said
        case Widget.MONEY:
            return _("%(label)s: ông/bà nhập số tiền bằng chữ số, ví dụ 50.000.000.") % said
        case Widget.MEASURE:
            return _("%(label)s: ông/bà nhập bằng chữ số, phần lẻ sau dấu phẩy, ví dụ 85,5.") % said
        case Widget.PERSONAL_ID:
            return _("%(label)s: số định danh gồm đúng 12 chữ số, như in trên thẻ căn cước.") % said
        case Widget.PHONE:
            return _("%(label)s: số điện thoại bắt đầu bằng 0 và có 10 chữ số, ví dụ 0912345678.") % said
        case Widget.EMAIL:
            return _("%(label)s: địa chỉ thư điện tử có dạng ten@noigui.vn.") % said
        case Widget.CHOICE | Widget.SELECT | Widget.TICKS:
            return _("%(label)s: ông/bà chọn trong các câu trả lời có sẵn.") % said
    return _("%(label)s: câu trả lời có chữ hoặc dấu không dùng được. Ông/bà xem và nhập lại.") % said


def _least(question: Question, bound: float, label: str) -> str:
    return _("%(label)s phải từ %(bound)s trở lên.") % {"label": label, "bound": _amount(question, bound)}


def _most(question: Question, bound: float, label: str) -> str:
    return _("%(label)s nhiều nhất là %(bound)s.") % {"label": label, "bound": _amount(question, bound)}


def _more(question: Question, bound: float, label: str) -> str:
    return _("%(label)s phải lớn hơn %(bound)s.") % {"label": label, "bound": _amount(question, bound)}


def _less(question: Question, bound: float, label: str) -> str:
    return _("%(label)s phải nhỏ hơn %(bound)s.") % {"label": label, "bound": _amount(question, bound)}


def _short(question: Question, bound: float, label: str) -> str:
    said = {"label": label, "n": int(bound)}
    return _("%(label)s ngắn quá: ông/bà ghi ít nhất %(n)d chữ cái hoặc chữ số.") % said


def _long(question: Question, bound: float, label: str) -> str:
    return _("%(label)s dài quá: chỉ nhận đến %(n)d ký tự.") % {"label": label, "n": int(bound)}


_BOUNDS: Mapping[str, Callable[[Question, float, str], str]] = {
    "minimum": _least,
    "maximum": _most,
    "exclusiveMinimum": _more,
    "exclusiveMaximum": _less,
    "minLength": _short,
    "maxLength": _long,
}


def _amount(question: Question, bound: float) -> str:
    if question.widget is Widget.MONEY:
        return money(int(bound))
    said = str(bound) if question.widget is Widget.YEAR else figure(bound)
    return f"{said} {question.unit}" if question.unit else said


def _of_repeat(repeat: Repeat, keyword: str, label: str) -> str:
    if repeat.missing and keyword in (REQUIRED, "minItems"):
        return str(repeat.missing)
    said = {"label": label, "least": max(repeat.least, 1), "most": repeat.most}
    if keyword == "maxItems":
        return _("%(label)s: nhiều nhất %(most)d dòng.") % said
    if keyword == "uniqueItems":
        return _("%(label)s: có hai dòng giống nhau. Ông/bà xóa bớt một dòng.") % said
    return _("%(label)s: ông/bà điền ít nhất %(least)d dòng.") % said
