"""The sets of digitizing and of payment, and all of them at once by the day on which the dossiers came.

Each dossier stands in one part of each set; `copy` is empty for one that was not granted, `paid` for one that owes no
fee. Values as in `indicators`.
"""

from typing import Final, LiteralString

_CAME: Final[LiteralString] = """
 d.agency_id = ANY(%(agencies)s::uuid[]) AND d.standing <> 'part'
AND d.received_at >= %(first)s AND d.received_at < %(after)s
"""
# The copy that stands of the result that stands.
_COPIES: Final[LiteralString] = """
SELECT i.dossier_id, i.kind FROM documents_issuedpaper i
JOIN result_result r ON r.id = i.about_id AND r.superseded_at IS NULL WHERE i.replaced_at IS NULL
"""
# What was handed in with the dossier: 0 for the first time, 1 the very bytes of a copy that an office gave out before,
# 2 a paper that its owner had handed in before, as it is, with another filing. A filing and its dossier are one.
# Looked up dossier by dossier: joined as a whole it is read once for each of them where the planner knows too little.
_PAPERS: Final[LiteralString] = """
SELECT max(CASE
  WHEN NOT (SELECT COALESCE(f.dossier_id = d.id, f.submission_id = d.submission_id) FROM documents_paperuse f
            WHERE f.paper_id = u.paper_id AND f.stored_id = u.stored_id ORDER BY f.used_at, f.id LIMIT 1) THEN 2
  WHEN (SELECT min(g.kept_at) FROM documents_issuedpaper g WHERE g.stored_id = u.stored_id) < u.used_at THEN 1
  ELSE 0 END) AS used
FROM documents_paperuse u WHERE u.dossier_id = d.id
"""
# Of what was asked: 3 money by transfer, whatever came beside it; 2 cash; 1 nothing yet; 0 given up, so that no fee is
# owed.
_ORDERS: Final[LiteralString] = """
SELECT max(CASE WHEN o.state = 'cancelled' THEN 0 WHEN EXISTS (SELECT 1 FROM payments_payment y
    WHERE y.order_id = o.id AND y.taken_back_at IS NULL AND y.way = 'transfer') THEN 3
  WHEN o.state = 'paid' THEN 2 ELSE 1 END) AS paid
FROM payments_paymentorder o WHERE o.submission_id = d.submission_id
"""
_STANDS: Final[LiteralString] = (
    """
SELECT d.id, d.code, d.version_id, d.agency_id, d.received_at,
  CASE WHEN d.outcome <> 'granted' THEN '' WHEN c.kind <> '' THEN c.kind WHEN c.kind = '' THEN 'copied'
    WHEN x.id IS NOT NULL THEN 'excepted' ELSE 'no_copy' END AS copy,
  CASE WHEN c.dossier_id IS NOT NULL AND p.used IS NOT NULL THEN 'digitized'
    WHEN d.outcome = '' THEN 'undecided' WHEN d.outcome NOT IN ('granted', 'rejected') THEN 'no_result'
    WHEN c.dossier_id IS NOT NULL THEN 'copy_only' WHEN p.used IS NOT NULL THEN 'papers_only'
    ELSE 'on_paper' END AS digitized,
  CASE WHEN p.used = 2 THEN 'reused' WHEN p.used = 1 THEN 'from_result' WHEN p.used = 0 THEN 'first_use'
    ELSE 'no_scans' END AS reused,
  CASE m.paid WHEN 3 THEN 'by_transfer' WHEN 2 THEN 'in_cash' WHEN 1 THEN 'unpaid' WHEN 0 THEN ''
    ELSE CASE d.fee_total WHEN 0 THEN '' ELSE 'never_asked' END END AS paid
FROM dossiers_dossier d
LEFT JOIN ("""
    + _COPIES + ") c ON c.dossier_id = d.id "
    "LEFT JOIN result_digitizingexception x ON x.dossier_id = d.id AND x.ended_at IS NULL "
    "CROSS JOIN LATERAL (" + _PAPERS + ") p CROSS JOIN LATERAL (" + _ORDERS + ") m WHERE"
    + _CAME
)  # fmt: skip
_LISTED: Final[LiteralString] = (
    "SELECT q.id, q.code, v.name, g.id AS agency_id, g.short_name AS agency, q.{set} AS part, {counted} AS counted "
    "FROM (" + _STANDS + ") q JOIN catalogue_procedureversion v ON v.id = q.version_id "
    "JOIN people_agency g ON g.id = q.agency_id WHERE q.{set} <> ''"
)  # fmt: skip
COPIES: Final[LiteralString] = _LISTED.replace("{set}", "copy").replace(
    "{counted}", "q.copy NOT IN ('excepted', 'no_copy')"
)
DIGITIZED: Final[LiteralString] = _LISTED.replace("{set}", "digitized").replace(
    "{counted}", "q.digitized = 'digitized'"
)
REUSED: Final[LiteralString] = _LISTED.replace("{set}", "reused").replace(
    "{counted}", "q.reused IN ('reused', 'from_result')"
)
PAID: Final[LiteralString] = _LISTED.replace("{set}", "paid").replace("{counted}", "q.paid = 'by_transfer'")
# Rows (day, "copy:digitized:reused:paid", count).
OF_DAYS: Final[LiteralString] = (
    "SELECT (q.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, "
    "q.copy || ':' || q.digitized || ':' || q.reused || ':' || q.paid, count(*)::int FROM (" + _STANDS + ") q "
    "GROUP BY 1, 2"
)  # fmt: skip
