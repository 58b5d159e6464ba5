"""The index of the national catalogue: which procedures exist, without their details."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.importing import shapes
from motcua.catalogue.importing.portal_words import LEVEL_WORDS
from motcua.catalogue.importing.records import CODE, ProcedureRecord, Rejection
from motcua.catalogue.importing.shapes import Malformed

IN_FORCE = frozenset({"ACTIVE", "UPDATED"})


def read_index(entries: list[Any]) -> Iterator[ProcedureRecord | Rejection]:
    """One record per entry of the index; an entry that breaks the format is a Rejection."""
    for position, entry in enumerate(entries, 1):
        code = str(entry.get("code") or "") if isinstance(entry, Mapping) else ""
        try:
            yield _record(entry, code)
        except Malformed as wrong:
            yield Rejection(code or _("dòng %(n)d") % {"n": position}, str(wrong))


def _record(entry: Any, code: str) -> ProcedureRecord:
    if not isinstance(entry, Mapping):
        raise Malformed(_("không phải một thủ tục có tên cột."))
    if not CODE.fullmatch(code):
        raise Malformed(_("mã không đúng dạng mã thủ tục quốc gia (ví dụ 1.001193)."))
    state = shapes.text(entry, "state")
    if state and state not in IN_FORCE:
        raise Malformed(_("trạng thái “%(state)s”: thủ tục không còn trong danh mục đang áp dụng.") % {"state": state})
    sectors = shapes.texts(entry, "categories")
    if not sectors:
        raise Malformed(_("thiếu lĩnh vực."))
    return ProcedureRecord(
        code=code,
        name=shapes.text(entry, "name", needed=True),
        sector_name=sectors[0],
        levels=_levels(shapes.texts(entry, "departments")),
        promulgated_by=shapes.text(entry, "departmentPromulgate")[:200],
        source=_("Danh mục thủ tục hành chính quốc gia"),
    )


def _levels(departments: tuple[str, ...]) -> tuple[str, ...]:
    """The levels that the names of the departments give away; none when they say nothing."""
    joined = " ".join(departments).lower()
    return tuple(dict.fromkeys(level for word, level in LEVEL_WORDS if word in joined))
