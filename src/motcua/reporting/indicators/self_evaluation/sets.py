"""The sets of the nine indices: as those of the service index; the part of a dossier is its points.

A dossier is judged in the period in which it ended with a decision (granted or rejected).
"""

from typing import Final, LiteralString

from motcua.reporting.indicators.sets import OFFERED

_ENDED: Final[LiteralString] = """
ended AS (
  SELECT d.id, d.code, v.name, g.id AS agency_id, g.short_name AS agency, d.finished_at, d.due_at,
         d.channel, d.return_method, (d.finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
  FROM dossiers_dossier d
  JOIN catalogue_procedureversion v ON v.id = d.version_id
  JOIN people_agency g ON g.id = d.agency_id
  WHERE d.agency_id = ANY(%(agencies)s::uuid[]) AND d.standing <> 'part' AND d.outcome IN ('granted', 'rejected')
    AND d.finished_at >= %(first)s AND d.finished_at < %(after)s
)
"""
# Early on an earlier day, as for every dossier (docs/decisions/0003).
_TIME: Final[LiteralString] = """
timed AS (
  SELECT e.id, CASE WHEN e.finished_at > e.due_at THEN 0
    WHEN (e.finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < (e.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    THEN 2 ELSE 1 END AS points
  FROM ended e
)
"""
# Steps that somebody did; handing over the result takes nothing of the limit.
_STEPS: Final[LiteralString] = """
steps AS (
  SELECT s.dossier_id AS id, s.official_id, CASE WHEN s.finished_at > s.due_at THEN 0
    WHEN (s.finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < (s.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    THEN 2 ELSE 1 END AS points
  FROM ended e JOIN routing_step s ON s.dossier_id = e.id
  WHERE s.finished_at IS NOT NULL AND s.outcome NOT IN ('returned', 'ended', 'reopened')
)
"""
# Asked for papers before or after receipt, or given another date.
_CONTACTS: Final[LiteralString] = """
contacts AS (
  SELECT e.id, GREATEST(0, 2 - COALESCE(c.times, 0) - (s.asked_at IS NOT NULL)::int)::int AS points
  FROM ended e
  LEFT JOIN (
    SELECT x.dossier_id, count(*)::int AS times FROM dossiers_clockentry x JOIN ended o ON o.id = x.dossier_id
    WHERE x.mark = 'reappointed' OR (x.mark = 'paused' AND x.cause = 'papers') GROUP BY x.dossier_id
  ) c ON c.dossier_id = e.id
  LEFT JOIN intake_submission s ON s.dossier_id = e.id
)
"""
_AGENCIES: Final[LiteralString] = """
visited AS (
  SELECT e.id, CASE WHEN e.channel = 'online' AND COALESCE(r.method, e.return_method) <> 'counter' THEN 2 ELSE 1 END
    AS points
  FROM ended e LEFT JOIN result_delivery r ON r.dossier_id = e.id AND r.superseded_at IS NULL
)
"""
_POINTS: Final[LiteralString] = (
    "SELECT e.id, e.code, e.name, e.agency_id, e.agency, q.points::text AS part, q.points = 2 AS counted "
    "FROM ended e JOIN "
)
TOTAL_TIME: Final[LiteralString] = "WITH" + _ENDED + "," + _TIME + _POINTS + "timed q ON q.id = e.id"
UNITS_TIME: Final[LiteralString] = (
    "WITH" + _ENDED + "," + _STEPS + _POINTS
    + "(SELECT id, min(points) AS points FROM steps GROUP BY id) q ON q.id = e.id"
)  # fmt: skip
CONTACTS: Final[LiteralString] = "WITH" + _ENDED + "," + _CONTACTS + _POINTS + "contacts q ON q.id = e.id"
AGENCIES: Final[LiteralString] = "WITH" + _ENDED + "," + _AGENCIES + _POINTS + "visited q ON q.id = e.id"

WHOLLY: Final[LiteralString] = (
    "WITH" + OFFERED + ""
    ", ways AS ("
    "SELECT o.id, bool_and(s.function = 'one_stop') AS whole, "
    "(array_agg(s.function ORDER BY s.position))[1] = 'one_stop' "
    "AND (array_agg(s.function ORDER BY s.position DESC))[1] = 'one_stop' AS ends "
    "FROM offered o JOIN catalogue_routestep s ON s.version_id = o.version_id GROUP BY o.id) "
    "SELECT o.id, o.code, o.name, o.agency_id, o.agency, "
    "CASE WHEN w.id IS NULL THEN 'no_route' WHEN w.whole THEN 'whole' "
    "WHEN w.ends THEN 'ends' ELSE 'elsewhere' END AS part, COALESCE(w.whole, false) AS counted "
    "FROM offered o LEFT JOIN ways w ON w.id = o.id"
)

# What each official had a hand in: the dossier's own points, and of index 2 only those of his steps.
_SCORED: Final[LiteralString] = (
    "WITH" + _ENDED + "," + _TIME + "," + _STEPS + "," + _CONTACTS + "," + _AGENCIES + ""
    ", judged AS MATERIALIZED ("
    "SELECT e.id, t.points AS total_time, c.points AS contacts, a.points AS agencies "
    "FROM ended e JOIN timed t ON t.id = e.id JOIN contacts c ON c.id = e.id JOIN visited a ON a.id = e.id)"
    ", own AS MATERIALIZED ("
    "SELECT official_id, id, min(points) AS points FROM steps WHERE official_id IS NOT NULL GROUP BY 1, 2)"
    ", scored AS ("
    "SELECT h.official_id, h.id, j.total_time, h.points AS own_time, j.contacts, j.agencies "
    "FROM own h JOIN judged j ON j.id = h.id) "
)
# Everything that days count, in one pass: rows (day, what, part, count, points); of an official his points.
OF_DAYS: Final[LiteralString] = (
    "WITH" + _ENDED + "," + _TIME + "," + _STEPS + "," + _CONTACTS + "," + _AGENCIES + ""
    ", own AS MATERIALIZED (SELECT official_id, id, min(points) AS points FROM steps GROUP BY 1, 2)"
    ", judged AS MATERIALIZED ("
    "SELECT e.id, e.day, t.points AS total_time, u.points AS units_time, c.points AS contacts, a.points AS agencies "
    "FROM ended e JOIN timed t ON t.id = e.id JOIN contacts c ON c.id = e.id JOIN visited a ON a.id = e.id "
    "LEFT JOIN (SELECT id, min(points) AS points FROM own GROUP BY 1) u ON u.id = e.id) "
    "SELECT j.day, v.what, v.points::text, count(*)::int, 0 FROM judged j CROSS JOIN LATERAL (VALUES "
    "('total_time', j.total_time), ('each_units_time', j.units_time), ('contacts', j.contacts), "
    "('agencies_to_contact', j.agencies)) AS v (what, points) WHERE v.points IS NOT NULL GROUP BY 1, 2, 3 "
    "UNION ALL SELECT j.day, 'official', h.official_id::text, count(*)::int, "
    "sum(j.total_time + h.points + j.contacts + j.agencies)::int "
    "FROM own h JOIN judged j ON j.id = h.id WHERE h.official_id IS NOT NULL GROUP BY 1, 3"
)
ONE_OFFICIAL: Final[LiteralString] = (
    _SCORED + "SELECT e.code, e.name, s.total_time, s.own_time, s.contacts, s.agencies "
    "FROM scored s JOIN ended e ON e.id = s.id WHERE s.official_id = %(official)s "
    "ORDER BY e.code"
)
