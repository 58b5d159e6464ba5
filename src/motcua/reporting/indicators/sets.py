"""The sets that indicators count: one statement each, of rows (id, code, name, agency_id, agency, part,
counted).

Values: `agencies`; `first` and `after` (the period's first moment, and the one just past it); `until` (the same, or now
while the period lasts); `day` (its last day, or today). A part of a bundle handled elsewhere is counted once, by its
lead: `standing <> 'part'`.
"""

from typing import Final, LiteralString

# What an office offers on the day: each procedure once, with the version in force, if it has one.
OFFERED: Final[LiteralString] = """
offered AS (
  SELECT DISTINCT ON (p.id) p.id, p.national_code AS code, COALESCE(v.name, p.name) AS name, g.id AS agency_id,
         g.short_name AS agency, v.id AS version_id, v.online_level, v.how_to, v.channels, v.applicant_kinds
  FROM catalogue_posting o
  JOIN people_agency g ON g.id = o.agency_id
  JOIN catalogue_procedure p ON p.id = o.procedure_id
  LEFT JOIN catalogue_procedureversion v ON v.procedure_id = p.id AND v.state = 'published'
       AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
  WHERE o.agency_id = ANY(%(agencies)s::uuid[]) AND o.valid_from <= %(day)s
    AND (o.valid_to IS NULL OR o.valid_to >= %(day)s)
  ORDER BY p.id, g.short_name
)
"""

# The parts that a procedure must have: Decree 63/2010/NĐ-CP art. 8.2. The agency is the one that posts it.
_PARTS: Final[LiteralString] = """
SELECT o.id, o.code, o.name, o.agency_id, o.agency, CASE
  WHEN o.version_id IS NULL THEN 'no_version'
  WHEN o.name = '' THEN 'no_name'
  WHEN cardinality(o.how_to) = 0 THEN 'no_how_to'
  WHEN cardinality(o.channels) = 0 THEN 'no_channels'
  WHEN NOT EXISTS (SELECT 1 FROM catalogue_component c WHERE c.version_id = o.version_id) THEN 'no_papers'
  WHEN EXISTS (SELECT 1 FROM catalogue_component c WHERE c.version_id = o.version_id AND c.use = 'submit'
               AND c.originals = 0 AND c.copies = 0) THEN 'no_numbers'
  WHEN NOT EXISTS (SELECT 1 FROM catalogue_timelimit t WHERE t.version_id = o.version_id) THEN 'no_limit'
  WHEN cardinality(o.applicant_kinds) = 0 THEN 'no_applicants'
  ELSE 'complete' END AS part
FROM offered o
"""
COMPLETE: Final[LiteralString] = (
    "WITH" + OFFERED + "SELECT q.*, q.part = 'complete' AS counted FROM (" + _PARTS + ") AS q"
)

ONLINE: Final[LiteralString] = (
    "WITH" + OFFERED + "SELECT o.id, o.code, o.name, o.agency_id, o.agency, "
    "COALESCE(o.online_level, 'no_version') AS part, "
    "o.online_level IS NOT NULL AND o.online_level <> 'information' AS counted FROM offered o"
)

# Parts of a bundle too: here procedures are counted, not dossiers.
ONLINE_USED: Final[LiteralString] = (
    "WITH" + OFFERED + ""
    ", used AS ("
    "SELECT DISTINCT c.procedure_id AS id FROM reporting_daycount c "
    "WHERE c.agency_id = ANY(%(agencies)s::uuid[]) AND c.channel = 'online' AND c.measure = 'received' "
    "AND c.day >= %(first_day)s AND c.day < %(until_day)s) "
    "SELECT o.id, o.code, o.name, o.agency_id, o.agency, CASE WHEN u.id IS NULL THEN 'unused' ELSE 'used' END AS part, "
    "u.id IS NOT NULL AS counted FROM offered o LEFT JOIN used u ON u.id = o.id "
    "WHERE o.online_level <> 'information'"
)

# With a fee in the version in force that is not nothing; what the province sets has no amount here.
PAYMENT_USED: Final[LiteralString] = (
    "WITH" + OFFERED + ""
    ", used AS ("
    "SELECT DISTINCT v.procedure_id AS id FROM payments_paymentorder o "
    "JOIN payments_payment m ON m.order_id = o.id AND m.way = 'transfer' AND m.taken_back_at IS NULL "
    "JOIN catalogue_procedureversion v ON v.id = o.version_id "
    "WHERE o.agency_id = ANY(%(agencies)s::uuid[]) AND o.state <> 'cancelled' "
    "AND m.paid_at >= %(first)s AND m.paid_at < %(after)s) "
    "SELECT o.id, o.code, o.name, o.agency_id, o.agency, "
    "CASE WHEN u.id IS NULL THEN 'no_transfer' ELSE 'transfers' END AS part, u.id IS NOT NULL AS counted "
    "FROM offered o LEFT JOIN used u ON u.id = o.id "
    "WHERE EXISTS (SELECT 1 FROM catalogue_fee f WHERE f.version_id = o.version_id AND f.amount IS DISTINCT FROM 0)"
)

# `late`: the versions that were published too late (`publications.py` counts the working days).
PUBLISHED: Final[LiteralString] = """
SELECT p.id, p.national_code AS code, max(v.name) AS name, 
       (array_agg(g.id ORDER BY g.short_name))[1] AS agency_id, min(g.short_name) AS agency,
       CASE WHEN bool_or(v.id = ANY(%(late)s::uuid[])) THEN 'published_late' ELSE 'published_in_time' END AS part,
       NOT bool_or(v.id = ANY(%(late)s::uuid[])) AS counted
FROM catalogue_procedureversion v
JOIN catalogue_procedure p ON p.id = v.procedure_id
JOIN people_agency g ON g.id = v.agency_id
WHERE v.agency_id = ANY(%(agencies)s::uuid[]) AND v.state = 'published'
  AND v.published_at >= %(first)s AND v.published_at < %(after)s
GROUP BY p.id, p.national_code
"""

FILED_ONLINE: Final[LiteralString] = """
SELECT d.id, d.code, v.name, g.id AS agency_id, g.short_name AS agency,
       CASE WHEN d.channel = 'online' THEN 'online_' || d.filed_by ELSE d.channel END AS part,
       d.channel = 'online' AS counted
FROM dossiers_dossier d
JOIN catalogue_procedureversion v ON v.id = d.version_id
JOIN people_agency g ON g.id = d.agency_id
WHERE d.agency_id = ANY(%(agencies)s::uuid[]) AND d.standing <> 'part'
  AND d.received_at >= %(first)s AND d.received_at < %(after)s
"""

# Where a clock stood still at the end (of the dossier or of the period), that is when it is measured: what ends or
# waits while it stands still is not late by the waiting (docs/decisions/0011). `due_at` already holds the pauses;
# `settled`: it had ended then, and was reopened after the period.
JUDGED: Final[LiteralString] = """
SELECT q.id, q.code, q.name, q.agency_id, q.agency, CASE
  WHEN q.asks > 1 THEN 'asked_twice'
  WHEN q.ended IS NOT NULL AND LEAST(q.ended, q.stopped) <= q.due_at THEN 'ended_in_time'
  WHEN q.ended IS NOT NULL THEN 'ended_late'
  WHEN q.stopped <= q.due_at THEN 'waiting_in_time'
  WHEN q.stopped IS NULL AND %(until)s <= q.due_at THEN 'open_in_time'
  ELSE 'open_late' END AS part,
  q.asks < 2 AND LEAST(COALESCE(q.ended, %(until)s), q.stopped) <= q.due_at AS counted
FROM (
  SELECT d.id, d.code, v.name, g.id AS agency_id, g.short_name AS agency, d.due_at, c.stopped,
         COALESCE(CASE WHEN d.finished_at < %(until)s THEN d.finished_at END, c.settled) AS ended,
         COALESCE(c.asks, 0) + (s.asked_at IS NOT NULL)::int AS asks
  FROM dossiers_dossier d
  JOIN catalogue_procedureversion v ON v.id = d.version_id
  JOIN people_agency g ON g.id = d.agency_id
  LEFT JOIN (
    SELECT x.dossier_id,
           (array_agg(CASE x.mark WHEN 'paused' THEN x.at WHEN 'voided' THEN x.void_to END ORDER BY x.position DESC)
            FILTER (WHERE x.mark <> 'settled'))[1] AS stopped,
           (array_agg(CASE x.mark WHEN 'settled' THEN x.at END ORDER BY x.position DESC))[1] AS settled,
           count(*) FILTER (WHERE x.mark = 'paused' AND x.cause = 'papers')::int AS asks
    FROM dossiers_clockentry x JOIN dossiers_dossier o ON o.id = x.dossier_id
    WHERE x.at < %(until)s AND o.agency_id = ANY(%(agencies)s::uuid[])
      AND o.received_at >= %(first)s AND o.received_at < %(after)s {of_entries}
    GROUP BY x.dossier_id) c ON c.dossier_id = d.id
  LEFT JOIN intake_submission s ON s.dossier_id = d.id AND s.asked_at < %(until)s
  WHERE d.agency_id = ANY(%(agencies)s::uuid[]) AND d.standing <> 'part'
    AND d.received_at >= %(first)s AND d.received_at < %(after)s
"""
_ALL: Final[LiteralString] = JUDGED.replace("{of_entries}", "")
IN_TIME: Final[LiteralString] = _ALL + ") AS q"
ONLINE_IN_TIME: Final[LiteralString] = _ALL + " AND d.channel = 'online') AS q"
