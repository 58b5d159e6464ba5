"""Lists of procedures: what an office posts, what a sector holds, what a search found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.catalogue.rules import LimitLine
from motcua.catalogue.rules.names import slug
from motcua.core.sql import fetch_all, fetch_one


@dataclass(frozen=True, slots=True)
class ListedProcedure:
    """A procedure as one row of a list. `limit` is the general one; None when nothing is published."""

    code: str
    name: str
    sector_code: str
    sector_name: str
    summary: str
    limit: LimitLine | None
    posted: bool


@dataclass(frozen=True, slots=True)
class SectorCount:
    """A sector with how many of its procedures are posted here."""

    code: str
    name: str
    posted: int


_ROWS = """
SELECT p.id, p.national_code, coalesce(v.name, p.name), s.code, s.name, coalesce(v.summary, ''),
       l.number, l.unit, EXISTS (SELECT 1 FROM catalogue_posting o WHERE o.procedure_id = p.id
          AND o.agency_id = %(agency)s AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s))
FROM catalogue_procedure p
JOIN catalogue_sector s ON s.code = p.sector_id
LEFT JOIN catalogue_procedureversion v ON v.procedure_id = p.id AND v.state = 'published'
     AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
LEFT JOIN LATERAL (SELECT t.number, t.unit FROM catalogue_timelimit t
     WHERE t.version_id = v.id AND t.channel = '' AND t."when" = '' ORDER BY t.position LIMIT 1) l ON true
WHERE p.id = ANY (%(ids)s)
"""

_POSTED_IDS = """
SELECT p.id, s.name, p.name FROM catalogue_posting o
JOIN catalogue_procedure p ON p.id = o.procedure_id JOIN catalogue_sector s ON s.code = p.sector_id
WHERE o.agency_id = %(agency)s AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
"""

_SECTOR_IDS = """
SELECT p.id, p.name, EXISTS (SELECT 1 FROM catalogue_posting o WHERE o.procedure_id = p.id
    AND o.agency_id = %(agency)s AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s))
FROM catalogue_procedure p WHERE p.sector_id = %(sector)s
"""

_SECTORS = """
SELECT s.code, s.name, coalesce(n.posted, 0)
FROM catalogue_sector s
LEFT JOIN (SELECT p.sector_id, count(*) AS posted FROM catalogue_posting o
     JOIN catalogue_procedure p ON p.id = o.procedure_id
     WHERE o.agency_id = %(agency)s AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
     GROUP BY p.sector_id) n ON n.sector_id = s.code
WHERE EXISTS (SELECT 1 FROM catalogue_procedure p WHERE p.sector_id = s.code)
"""

_FIGURES = """
SELECT (SELECT count(*) FROM catalogue_procedure), count(*), count(*) FILTER (WHERE 'online' = ANY (v.channels))
FROM catalogue_posting o
JOIN catalogue_procedureversion v ON v.procedure_id = o.procedure_id AND v.state = 'published'
     AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
WHERE o.agency_id = %(agency)s AND o.valid_from <= %(day)s AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
"""


def posted_ids(agency_id: UUID | None, day: date) -> list[UUID]:
    """Procedures posted at the agency, by sector and name in Vietnamese reading order."""
    rows = fetch_all(_POSTED_IDS, {"agency": agency_id, "day": day})
    return [row[0] for row in sorted(rows, key=lambda row: (slug(row[1]), slug(row[2])))]


def sector_ids(sector_code: str, agency_id: UUID | None, day: date) -> list[UUID]:
    """Procedures of a sector, those posted at the agency first, then by name."""
    rows = fetch_all(_SECTOR_IDS, {"sector": sector_code, "agency": agency_id, "day": day})
    return [row[0] for row in sorted(rows, key=lambda row: (not row[2], slug(row[1])))]


def listed(ids: Sequence[UUID], agency_id: UUID | None, day: date) -> list[ListedProcedure]:
    """The procedures as rows, in the order of `ids`."""
    found = {row[0]: row for row in fetch_all(_ROWS, {"ids": [*ids], "agency": agency_id, "day": day})}
    return [_listed(found[key]) for key in ids if key in found]


def _listed(row: tuple[object, ...]) -> ListedProcedure:
    _id, code, name, sector_code, sector_name, summary, number, unit, posted = row
    limit = LimitLine(int(str(number)), str(unit)) if number is not None else None
    return ListedProcedure(str(code), str(name), str(sector_code), str(sector_name), str(summary), limit, bool(posted))


def sectors(agency_id: UUID | None, day: date) -> list[SectorCount]:
    """Every sector that holds a procedure, those with procedures posted here first (most first), then by name."""
    rows = [SectorCount(*row) for row in fetch_all(_SECTORS, {"agency": agency_id, "day": day})]
    return sorted(rows, key=lambda sector: (-sector.posted, slug(sector.name)))


def by_sector(rows: Iterable[ListedProcedure]) -> list[tuple[str, list[ListedProcedure]]]:
    """Rows grouped under their sector, in the order given."""
    groups: dict[str, list[ListedProcedure]] = {}
    for row in rows:
        groups.setdefault(row.sector_name, []).append(row)
    return list(groups.items())


@dataclass(frozen=True, slots=True)
class CatalogueFigures:
    """How many procedures are known, posted here, and may be sent in online."""

    known: int
    posted: int
    online: int


def catalogue_figures(agency_id: UUID | None, day: date) -> CatalogueFigures:
    """The counts for the home page, in one query."""
    row = fetch_one(_FIGURES, {"agency": agency_id, "day": day})
    return CatalogueFigures(*(row or (0, 0, 0)))
