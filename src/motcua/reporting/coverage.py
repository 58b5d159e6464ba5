"""Form II.07b of Circular 01/2020/TT-VPCP: how many procedures the one-stop desks take, and with what route."""

from datetime import date
from typing import Final, LiteralString
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.core.sql import fetch_all
from motcua.people.queries import agencies_under
from motcua.reporting.rules.figures import Figure
from motcua.reporting.rules.periods import Period
from motcua.reporting.tables import LEVELS, Table, TableLine

ALL, POSTED, ROUTED = "all", "posted", "routed"
_IN_FORCE: Final[LiteralString] = """
SELECT p.id, p.national_code, v.name, p.sector_id, t.level,
  EXISTS (SELECT 1 FROM catalogue_posting o JOIN people_agency a ON a.id = o.agency_id AND a.level = t.level
          WHERE o.procedure_id = p.id AND o.agency_id = ANY (%(agencies)s)
          AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)) AS posted,
  EXISTS (SELECT 1 FROM catalogue_routestep s WHERE s.version_id = v.id) AS routed
FROM catalogue_procedure p
JOIN catalogue_procedureversion v ON v.procedure_id = p.id AND v.state = 'published'
  AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
CROSS JOIN LATERAL unnest(p.levels) AS t (level)
WHERE t.level = ANY (%(levels)s)
"""


def ii07b(agency: UUID, asked: Period, *, today: date) -> Table:
    """Per level of the agencies under this one: procedures in force, taken at their desks, with an internal route."""
    day = min(asked.last, today)
    agencies = agencies_under(agency)
    lines: list[TableLine] = []
    for level in levels_of(agencies):
        rows = fetch_all(_IN_FORCE, {"agencies": agencies, "day": day, "levels": [level]})
        counts = {ALL: len(rows), POSTED: sum(row[5] for row in rows), ROUTED: sum(row[6] for row in rows)}
        figures = tuple(
            Figure(label, counts[what], "procedure", _url(agency, level, what, day)) for what, label in _heads().items()
        )
        lines.append(TableLine(str(LEVELS.get(level, level)), figures))
    return Table(
        "II.07b/VPCP/KSTT", _("Phạm vi thực hiện cơ chế một cửa, một cửa liên thông"), asked,
        ((_("Số thủ tục hành chính đang có hiệu lực"), 3),), tuple(_heads().values()), tuple(lines), None,
        (_("Tính vào ngày %(day)s, theo danh mục thủ tục trong hệ thống này.") % {"day": f"{day:%d/%m/%Y}"},),
    )  # fmt: skip


def procedures_counted(agency: UUID, level: str, what: str, day: date) -> list[tuple[str, str]]:
    """Code and name of the procedures behind a figure of II.07b, by name."""
    rows = fetch_all(_IN_FORCE, {"agencies": agencies_under(agency), "day": day, "levels": [level]})
    place = {ALL: None, POSTED: 5, ROUTED: 6}[what]
    return sorted(((row[1], row[2]) for row in rows if place is None or row[place]), key=lambda row: (row[1], row[0]))


def levels_of(agencies: list[UUID]) -> list[str]:
    """The administrative levels of these agencies, highest first."""
    found = {row[0] for row in fetch_all("SELECT DISTINCT level FROM people_agency WHERE id = ANY (%s)", (agencies,))}
    return [level for level in ("ministry", "province", "district", "commune") if level in found]


def _heads() -> dict[str, str]:
    return {
        ALL: _("Tổng số thủ tục"),
        POSTED: _("Thực hiện tại Bộ phận một cửa"),
        ROUTED: _("Đã có quy trình nội bộ"),
    }


def _url(agency: UUID, level: str, what: str, day: date) -> str:
    asked = urlencode({"agency": agency, "level": level, "what": what, "day": day.isoformat()})
    return f"{reverse('counted-procedures')}?{asked}"
