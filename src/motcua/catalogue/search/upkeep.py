"""What follows from which version is in force, kept up to date: the procedure's own name, and what the search holds.

Most of it changes when somebody publishes, posts or imports, and is written there. But a version or a posting also
begins and ends by the mere passing of days. The index says until which day it is right (`stale_from`); the first
search on or after that day brings what began or ended since up to date. No clock has to run for it, and an office
that was closed for a week is right again with its first question.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from motcua.catalogue.search.index import SearchEntryInput, reindex, standing_of
from motcua.core.sql import execute, fetch_all, fetch_one

# Who brings the new day in; others meanwhile answer from the index as it stands.
_DAYBREAK = 7_305_119

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


# Everything that begins or ends by itself, with the first day on which it shows.
_TURNS = """
SELECT procedure_id, valid_from AS day FROM catalogue_procedureversion WHERE state = 'published'
UNION ALL SELECT procedure_id, valid_to + 1 FROM catalogue_procedureversion WHERE state = 'published'
UNION ALL SELECT procedure_id, valid_from FROM catalogue_posting
UNION ALL SELECT procedure_id, valid_to + 1 FROM catalogue_posting
"""
_DUE = f"""
SELECT DISTINCT procedure_id FROM ({_TURNS}) turn
WHERE turn.day BETWEEN (SELECT stale_from FROM catalogue_searchrevision WHERE id = 1) AND %(day)s
"""
_RIGHT_UNTIL = f"""
UPDATE catalogue_searchrevision SET stale_from = (SELECT min(turn.day) FROM ({_TURNS}) turn WHERE turn.day > %(day)s)
WHERE id = 1
"""


def index_procedures(ids: Iterable[UUID] | None = None) -> None:
    """Bring names and search up to date as of today here: for these procedures, or for all when none are named.

    With them goes whatever began or ended since the index was last right.
    """
    day = localdate()
    wanted = None if ids is None else [*ids]
    if wanted == []:
        return
    with transaction.atomic():
        _bring_up_to_date(wanted, day)


def current_revision() -> int | None:
    """The number of the index as it is right today; None before the first. One row read when no day has to come in.

    On the first call of a day on which versions or postings begin or have ended these are brought in.
    """
    day = localdate()
    row = _revision(day)
    if row is None or not row[1]:
        return row[0] if row else None
    with transaction.atomic():
        free = fetch_one("SELECT pg_try_advisory_xact_lock(%s)", [_DAYBREAK])
        if free is not None and free[0]:
            _bring_up_to_date([], day)
            row = _revision(day)
    return row[0] if row else None


def _revision(day: date) -> tuple[int, bool] | None:
    """The index's number, and whether something began or ended since it was written."""
    row = fetch_one(
        "SELECT number, coalesce(stale_from <= %s, false) FROM catalogue_searchrevision WHERE id = 1", [day]
    )
    return (row[0], row[1]) if row else None


def _bring_up_to_date(wanted: list[UUID] | None, day: date) -> None:
    if wanted is not None:
        wanted = [*{*wanted, *(row[0] for row in fetch_all(_DUE, {"day": day}))}]
    which = {"every": wanted is None, "ids": wanted or [], "day": day}
    execute(_NAMES, which)
    reindex(_entries(which), replace=wanted is None)
    execute(_RIGHT_UNTIL, {"day": day})


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
