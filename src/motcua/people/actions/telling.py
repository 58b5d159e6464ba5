"""How facts stand in an event."""

from datetime import date
from typing import Any
from uuid import UUID


def told(fact: Any) -> Any:
    """A fact as an event keeps it: days and moments as ISO text, rows by their id."""
    if isinstance(fact, date):
        return fact.isoformat()
    return str(fact) if isinstance(fact, UUID) else fact
