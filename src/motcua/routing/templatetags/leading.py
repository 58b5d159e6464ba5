"""The rows of a leader's lists: a hundred to a page, so that each is one string and not twenty nodes."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from motcua.core.templatetags.ribbon import state_label
from motcua.core.templatetags.worklist import due_cell

register = template.Library()


@register.simple_tag
def lead_rows(
    rows: Iterable[Mapping[str, Any]], *, step_label: str, hands_label: str, due_label: str, left_label: str,
    nobody: str, reassign: str, paused: str,
) -> SafeString:  # fmt: skip
    """The rows of `routing/_lead_table.html`: each of `rows` holds a dossier (`row`) and its `standing`.

    The labels are the column heads, said again in each cell where a narrow screen shows no heads; `nobody` is
    said of what nobody has taken, `reassign` is the link to put it into other hands, `paused` is said before the
    moment a stopped clock stands at.
    """
    before, _, after = reverse("dossier", args=("-",)).rpartition("-")
    _same, _, detour = reverse("detour", args=("-", "reassign")).rpartition("-/")
    step_label, hands_label, due_label, left_label, nobody, reassign, paused = map(
        conditional_escape, (step_label, hands_label, due_label, left_label, nobody, reassign, paused)
    )
    drawn = []
    for item in rows:
        row, standing = item["row"], item["standing"]
        code = escape(row.code)
        address = f"{before}{quote(row.code)}"
        drawn.append(
            f'<tr data-row><td><a data-open href="{address}{after}"><span class="code">{code}</span></a>'
            f"<br>{escape(row.applicant)}</td>"
            f'<td data-label="{step_label}"><span class="clamp" lang="vi">{escape(row.procedure)}</span>'
            f'<span class="soft">{escape(row.step)}</span></td>'
            f'<td data-label="{hands_label}">{escape(row.official) or nobody}<br>'
            f'<span class="soft">{escape(row.unit)}</span></td>'
            f'<td data-label="{due_label}">{due_cell(row, standing["kind"], paused)}</td>'
            f'<td data-label="{left_label}">{state_label(standing["kind"], standing["words"])}<br>'
            f'<a class="small" href="{address}/{detour}">{reassign}'
            f'<span class="govuk-visually-hidden"> {code}</span></a></td></tr>\n'
        )
    return mark_safe("".join(drawn))  # noqa: S308 (every word is escaped where it is put in)
