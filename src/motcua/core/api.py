"""What every answer of the public API shares: the shape of a refusal, and its sentences."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from ninja import Field, Schema


class Problem(Schema):
    """Why the call was refused, in a sentence a person can act on."""

    detail: str = Field(description="A sentence in Vietnamese (in English when Accept-Language asks for it).")
    parameter: str | None = Field(None, description="The parameter to correct, when one is to blame.")


UNREADABLE: dict[int, type[Schema]] = {400: Problem, 422: Problem}
"""What any operation may answer: 400 for an address that cannot be read, 422 for a value that is not allowed."""


class Refused(Exception):
    """Answer with this status and sentence instead of the facts asked for. `retry_after` is in seconds."""

    def __init__(
        self, status: int, sentence: str, *, parameter: str | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.parameter, self.retry_after = status, sentence, parameter, retry_after


def query_fault(query: Mapping[str, Sequence[str]], path: str, known: Sequence[str]) -> Refused | None:
    """What is wrong with an address before any value is looked at: a parameter twice, unknown, or a NUL character.

    An unknown name is refused because a misspelt `agency` would otherwise give the date of another calendar.
    """
    if "\x00" in path or any("\x00" in part for name, values in query.items() for part in (name, *values)):
        return Refused(400, _("Địa chỉ có ký tự không đọc được (mã 0). Hãy bỏ ký tự ấy rồi gọi lại."))
    for name, values in query.items():
        if name not in known:
            names = ", ".join(known) or _("không có tham số nào")
            sentence = _("Không có tham số “%(name)s” ở địa chỉ này; các tham số nhận được: %(names)s.")
            return Refused(400, sentence % {"name": name[:60], "names": names}, parameter=name[:60])
        if len(values) > 1:
            return Refused(
                400, _("Tham số “%(name)s” được ghi hai lần; chỉ ghi một lần.") % {"name": name}, parameter=name
            )
    return None


def value_fault(errors: Sequence[Mapping[str, Any]]) -> Refused:
    """The sentences for values that pydantic refused (its error types, its `ctx`), as one refusal with status 422."""
    named = [(str(error["loc"][-1]), error) for error in errors]
    sentence = " ".join(_sentence(name, str(error["type"]), error.get("ctx") or {}) for name, error in named)
    return Refused(422, sentence, parameter=named[0][0] if named else None)


def _sentence(name: str, kind: str, limits: Mapping[str, Any]) -> str:
    if kind == "missing":
        return _("Thiếu tham số “%(name)s”.") % {"name": name}
    if kind.startswith("int_"):
        return _("Tham số “%(name)s” phải là số nguyên.") % {"name": name}
    if kind == "greater_than_equal":
        return _("Tham số “%(name)s” phải từ %(least)s trở lên.") % {"name": name, "least": limits.get("ge")}
    if kind == "less_than_equal":
        return _("Tham số “%(name)s” nhiều nhất là %(most)s.") % {"name": name, "most": limits.get("le")}
    if kind == "string_too_long":
        sentence = _("Tham số “%(name)s” dài quá, nhiều nhất %(most)s ký tự.")
        return sentence % {"name": name, "most": limits.get("max_length")}
    if kind in {"enum", "literal_error"}:
        choices = ", ".join(re.findall(r"'([^']*)'", str(limits.get("expected", ""))))
        return _("Tham số “%(name)s” chỉ nhận một trong: %(choices)s.") % {"name": name, "choices": choices}
    return _("Tham số “%(name)s” không đúng dạng.") % {"name": name}
