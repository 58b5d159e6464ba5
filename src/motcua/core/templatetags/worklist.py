"""The rows of a worklist: fifty to a page and opened all day, so that each is one string and not twenty nodes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any, Protocol
from urllib.parse import quote
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from motcua.core.templatetags.moments import moment
from motcua.core.templatetags.ribbon import ribbon_bar, state_label

register = template.Library()


class Waiting(Protocol):
    """A dossier in somebody's hands, as the table needs it; `official` is empty while nobody took it."""

    @property
    def code(self) -> str: ...
    @property
    def applicant(self) -> str: ...
    @property
    def procedure(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def official_id(self) -> UUID | None: ...
    @property
    def official(self) -> str: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def paused_at(self) -> datetime | None: ...


@register.simple_tag
def work_rows(
    rows: Iterable[Mapping[str, Any]], *, reader: UUID, me: str, step_label: str, due_label: str, left_label: str,
    paused: str, step_late: str, came: str,
) -> SafeString:  # fmt: skip
    """The rows of `routing/_work_table.html`: each of `rows` holds a dossier (`row`), its `ribbon`, its `standing`,
    whether its open step is past its own date while the dossier is not (`step_late`), and whether its applicant sent
    from home what it waits for (`came`); those words say so.

    `reader` is the official who looks, called `me` in his own rows; the labels are the column heads, said again
    in each cell where a narrow screen shows no heads; `paused` is said before the moment a stopped clock stands at.
    """
    before, _, after = reverse("dossier", args=("-",)).rpartition("-")
    me, step_label, due_label, left_label, paused, step_late, came = map(
        conditional_escape, (me, step_label, due_label, left_label, paused, step_late, came)
    )
    drawn = [
        f"<tr data-row><td>{_dossier(item['row'], before, after)}</td>"
        f'<td data-label="{step_label}">{_step(item["row"], reader, me)}</td>'
        f'<td data-label="{due_label}">{due_cell(item["row"], item["standing"]["kind"], paused)}'
        f"{ribbon_bar(item['ribbon'], thin=True)}</td>"
        f'<td data-label="{left_label}">{state_label(item["standing"]["kind"], item["standing"]["words"])}'
        f"{_own_lateness(item, step_late)}{_came(item, came)}</td></tr>\n"
        for item in rows
    ]
    return mark_safe("".join(drawn))  # noqa: S308 (every word is escaped where it is put in)


def _own_lateness(item: Mapping[str, Any], step_late: str) -> str:
    return f' <span class="soft small nowrap">{step_late}</span>' if item["step_late"] else ""


def _came(item: Mapping[str, Any], came: str) -> str:
    return f"<br>{state_label('near', came)}" if item["came"] else ""


def due_cell(row: Waiting, kind: str, paused: str) -> SafeString:
    """When the dossier is due, or, while its clock stands still, since when: a stopped clock has no due date.

    `kind` is that of its standing; `paused` is escaped by who calls.
    """
    if kind == "paused" and row.paused_at is not None:
        since = moment(row.paused_at, "%H:%M %d/%m")
        return mark_safe(f'<span class="soft">{paused} <span class="nowrap">{since}</span></span>')  # noqa: S308
    return mark_safe(f'<span class="nowrap">{moment(row.due_at, "%H:%M %d/%m")}</span>')  # noqa: S308 (digits)


def _dossier(row: Waiting, before: str, after: str) -> str:
    """The address lies between `before` and `after`: asked for once, since asking costs as much as the whole row."""
    return (
        f'<a data-open href="{before}{quote(row.code)}{after}"><span class="code">{escape(row.code)}</span></a>'
        f"<br>{escape(row.applicant)}"
    )


def _step(row: Waiting, reader: UUID, me: str) -> str:
    who = me if row.official_id == reader else escape(row.official or row.unit)
    return (
        f'<span class="clamp" lang="vi">{escape(row.procedure)}</span>'
        f'<span class="soft">{escape(row.step)} · {who}</span>'
    )
