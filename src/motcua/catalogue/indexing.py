"""What follows from which version is in force: the procedure's own name, and what the search holds."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from motcua.catalogue.search import SearchEntryInput, reindex, standing_of
from motcua.core.sql import execute, fetch_all

# A provincial code ends in ".Hnn"; what a province promulgates is not national either.
_ENTRIES = """
SELECT p.id, p.national_code, coalesce(v.name, p.name), s.name, p.everyday_words, p.levels,
       p.national_code ~ '\\.H[0-9]{2}' OR p.promulgated_by ILIKE 'UBND%%',
       EXISTS (SELECT 1 FROM catalogue_posting o WHERE o.procedure_id = p.id AND o.valid_from <= %(day)s
               AND (o.valid_to IS NULL OR o.valid_to >= %(day)s))
FROM catalogue_procedure p JOIN catalogue_sector s ON s.code = p.sector_id
LEFT JOIN catalogue_procedureversion v ON v.procedure_id = p.id AND v.state = 'published'
     AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
WHERE %(every)s OR p.id = ANY (%(ids)s)
"""


# A row that somebody else is changing is left to him: he comes by here himself.
_NAMES = """
WITH other AS (
     SELECT p.id, v.name FROM catalogue_procedure p JOIN catalogue_procedureversion v ON v.procedure_id = p.id
     WHERE v.state = 'published' AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
     AND v.name <> p.name AND (%(every)s OR p.id = ANY (%(ids)s)) FOR NO KEY UPDATE OF p SKIP LOCKED)
UPDATE catalogue_procedure p SET name = other.name FROM other WHERE other.id = p.id
"""


def index_procedures(ids: Iterable[UUID] | None = None) -> None:
    """Bring names and search up to date as of today here: for these procedures, or for all when none are named."""
    wanted = None if ids is None else [*ids]
    if wanted == []:
        return
    which = {"every": wanted is None, "ids": wanted or [], "day": localdate()}
    execute(_NAMES, which)
    reindex(_entries(which), replace=wanted is None)


def _entries(which: Mapping[str, Any]) -> Iterator[SearchEntryInput]:
    for row in fetch_all(_ENTRIES, which):
        procedure_id, code, name, sector, everyday_words, levels, local, offered = row
        yield SearchEntryInput(
            procedure_id=procedure_id,
            code=code,
            name=name,
            sector=sector,
            everyday_words=everyday_words,
            standing=standing_of(levels, national=not local, offered=offered),
            offered=offered,
        )
