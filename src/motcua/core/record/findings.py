"""What does not agree with the record, each said in a sentence that names the table and the row."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST: Final = 50
"""So many are named; the rest are only counted."""


class What(StrEnum):
    """What was done to a row by other hands than the program's.

    Astray: it was changed before an event had it sealed anew that never changes such rows. Misdated: an event says
    it was written down at another time than it was. Waiting: it is kept from its seal.
    """

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    ASTRAY = "astray"
    MISDATED = "misdated"
    WAITING = "waiting"


_SENTENCES: Final = {
    What.CHANGED: gettext_lazy("Bảng %(table)s, dòng %(row)s: nội dung đã bị sửa ngoài phần mềm%(where)s."),
    What.MISSING: gettext_lazy("Bảng %(table)s, dòng %(row)s: đã bị xóa ngoài phần mềm%(where)s."),
    What.INSERTED: gettext_lazy("Bảng %(table)s, dòng %(row)s: bị chèn thêm ngoài phần mềm%(where)s."),
    What.ASTRAY: gettext_lazy("Bảng %(table)s, dòng %(row)s: đã đổi mà không sự kiện nào giải thích%(where)s."),
    What.MISDATED: gettext_lazy("Bảng %(table)s, dòng %(row)s: giờ ghi không đúng lúc được niêm phong%(where)s."),
    What.WAITING: gettext_lazy("Bảng %(table)s, dòng %(row)s: chờ niêm phong quá 5 phút, việc niêm phong có thể đang "
                               "bị chặn%(where)s."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One place where the database and the record differ; `where` says in words what it belongs to."""

    table: str
    row: str
    what: What
    where: str = ""

    @property
    def sentence(self) -> str:
        """The whole sentence, in the reader's language."""
        where = _(" (%(where)s)") % {"where": self.where} if self.where else ""
        return str(_SENTENCES[self.what] % {"table": self.table, "row": self.row, "where": where})


@dataclass(slots=True)
class Findings:
    """What was found, in order; every row is named once."""

    named: list[Found] = field(default_factory=list)
    count: int = 0
    _known: set[tuple[str, str]] = field(default_factory=set)

    def add(self, one: Found) -> None:
        """Take it in, unless this row was named before."""
        if (one.table, one.row) in self._known:
            return
        self.count += 1
        if len(self.named) < MOST:
            self._known.add((one.table, one.row))
            self.named.append(one)

    def names(self, table: str, row: str) -> bool:
        """Whether this row was named."""
        return (table, row) in self._known
