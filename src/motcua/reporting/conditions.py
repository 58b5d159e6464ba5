"""Conditions on a dossier that only its papers and its log can tell, `c.dossier_id`, for the lists behind figures."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, LiteralString

from django.conf import settings

from motcua.reporting.detectors.thresholds import figures_on

_WITH: Final[LiteralString] = (
    "EXISTS (SELECT 1 FROM documents_issuedpaper i WHERE i.dossier_id = c.dossier_id AND i.replaced_at IS NULL)"
)
_EXCEPTED: Final[LiteralString] = (
    "EXISTS (SELECT 1 FROM result_digitizingexception x WHERE x.dossier_id = c.dossier_id AND x.ended_at IS NULL)"
)
# From the receipt to the last end; what is told of it later (handed over, collected, scanned) is no step to that end.
_IN_TURN: Final[LiteralString] = """
COALESCE((
  WITH told AS (
    SELECT e.kind, e.at, e.recorded_at, e.sequence,
           max(e.at) OVER (ORDER BY e.sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS known,
           max(e.sequence) FILTER (WHERE e.kind IN ('dossier.finished', 'dossier.rejected')) OVER () AS last
    FROM core_event e WHERE e.subject_kind = 'dossier' AND e.subject_id = c.dossier_id AND e.kind <> 'dossier.viewed'),
  way AS (SELECT * FROM told WHERE sequence <= last)
  SELECT bool_or(w.kind = 'dossier.received')
     AND bool_and(COALESCE(w.known - w.at <= make_interval(mins => %(behind)s), TRUE)
                  AND (w.recorded_at - w.at <= make_interval(mins => %(behind)s) OR %(is_demo)s AND (
                       SELECT a.is_demo FROM dossiers_dossier d JOIN people_official o ON o.id = d.received_by_id
                       JOIN people_account a ON a.id = o.account_id WHERE d.id = c.dossier_id)))
     AND NOT EXISTS (
       SELECT 1 FROM routing_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
       WHERE s.dossier_id = c.dossier_id AND s.finished_at <= d.finished_at
         AND NOT EXISTS (SELECT 1 FROM way t WHERE t.at = s.finished_at AND t.kind <> 'dossier.received'))
  FROM way w), FALSE)
"""
CONDITIONS: Final[Mapping[str, LiteralString]] = {
    "with": _WITH,
    "without": "NOT " + _WITH,
    "excepted": "NOT " + _WITH + " AND " + _EXCEPTED,
    "in_turn": _IN_TURN,
    "not_in_turn": "NOT " + _IN_TURN,
}
"""By the words of `Which.copy` and `Which.log`."""


def log_values(day: date) -> dict[str, Any]:
    """What the conditions take: how far behind its moment something may be written, and whether a demo may stand here.

    What a demo was built with is written down all at once, so only its order is judged. Raises LookupError without a
    figure in force on this day.
    """
    figures = figures_on("dated_backwards", day)
    if figures is None:
        raise LookupError(day)
    return {"behind": figures["behind_minutes"], "is_demo": settings.MOTCUA_MODE != "production"}
