"""Plain values from a file, asked for by kind; what is wrong is noted, not raised, so that all of it is told."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.eforms.shapes import Words

NOTHING = Words("", "")


class Told:
    """One mapping of the file, the place it stands at, and the list that faults are noted in."""

    def __init__(self, told: Any, where: str, faults: list[str]) -> None:
        self.where = where
        self.faults = faults
        self.values: Mapping[str, Any] = told if isinstance(told, Mapping) else {}
        if not isinstance(told, Mapping):
            self.note(_("phải là một bảng khóa và giá trị."))

    def note(self, sentence: str) -> None:
        self.faults.append(f"{self.where}: {sentence}")

    def keys(self, needed: Collection[str], allowed: Collection[str]) -> None:
        """Every needed key is there, and none that nobody reads."""
        for key in needed:
            if self.values.get(key) is None:
                self.note(_("thiếu “%s”.") % key)
        for key in self.values:
            if key not in needed and key not in allowed:
                self.note(_("không có khóa nào tên “%s”.") % key)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if isinstance(value, str):
            return value
        self.note(_("“%s” phải là chữ.") % key)
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key) or []
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self.note(_("“%s” phải là danh sách chữ.") % key)
        return ()

    def whole(self, key: str, default: int | None = None) -> int:
        value = self.values.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.note(_("“%s” phải là số nguyên từ 0.") % key)
        return 0

    def day(self, key: str) -> date:
        value = self.values.get(key)
        if type(value) is date:
            return value
        self.note(_("“%s” phải là ngày, dạng 2026-07-01.") % key)
        return date.max

    def day_or_none(self, key: str) -> date | None:
        return None if self.values.get(key) is None else self.day(key)

    def words(self, key: str) -> Words:
        """A text in both languages."""
        value = self.values.get(key)
        if isinstance(value, Mapping) and {*value} == {"vi", "en"} and all(_is_said(one) for one in value.values()):
            return Words(value["vi"], value["en"])
        self.note(_("“%s” phải có chữ ở cả hai thứ tiếng: vi và en.") % key)
        return NOTHING

    def words_or_none(self, key: str) -> Words | None:
        return None if self.values.get(key) is None else self.words(key)

    def mapping(self, key: str) -> Mapping[str, Any]:
        value = self.values.get(key) or {}
        if isinstance(value, Mapping):
            return value
        self.note(_("“%s” phải là một bảng khóa và giá trị.") % key)
        return {}

    def parts(self, key: str) -> Iterator["Told"]:
        """Each mapping of a list, with its place."""
        value = self.values.get(key) or []
        if not isinstance(value, list):
            self.note(_("“%s” phải là danh sách.") % key)
            return
        for number, one in enumerate(value, 1):
            name = one.get("id", number) if isinstance(one, Mapping) else number
            yield Told(one, f"{self.where} › {key} {name}", self.faults)


def _is_said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
