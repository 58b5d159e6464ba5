"""Numbers without gaps and without twins, per agency, series and day."""

from datetime import date
from typing import Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_one

# Also the first part of a larger statement: the shorter its counter row is locked, the more can be numbered.
NEXT_NUMBER: Final[LiteralString] = (
    "INSERT INTO core_numberseries (agency_id, series, day, last) VALUES (%s, %s, %s, 1) "
    "ON CONFLICT (agency_id, series, day) DO UPDATE SET last = core_numberseries.last + 1 RETURNING last"
)


def next_number(*, agency_id: UUID, series: str, day: date) -> int:
    """The next number of the series, from 1 each day.

    Call it inside the transaction that uses the number: the counter row is locked until that ends, and a
    rollback gives the number back (Circular 01/2018/TT-VPCP art. 19: a daily sequence per unit).
    """
    row = fetch_one(NEXT_NUMBER, (agency_id, series, day))
    if row is None:
        raise RuntimeError("the number series returned no row")
    return int(row[0])
