"""How often what was told came true, day by day: the statement that both the score and verify reckon by."""

from typing import Final, LiteralString

from motcua.core.sql import fetch_all

MINUTES_WAITED: Final[LiteralString] = "extract(epoch FROM t.first_called_at - t.issued_at) / 60"
# Who gave his number up on its day was told of a wait that nobody knows; who was never called waited longer than told.
SCORED: Final[LiteralString] = f"""
SELECT t.hall_id, t.day, count(*)::int AS told,
  count(*) FILTER (WHERE {MINUTES_WAITED} BETWEEN t.told_from AND t.told_to)::int AS held,
  count(*) FILTER (WHERE {MINUTES_WAITED} < t.told_from)::int AS sooner,
  count(*) FILTER (WHERE t.first_called_at IS NULL OR {MINUTES_WAITED} > t.told_to)::int AS later
FROM queueing_ticket t
WHERE t.told_to IS NOT NULL AND NOT (
  t.state = 'left' AND t.first_called_at IS NULL AND (t.ended_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = t.day)
"""
_UNLIKE: Final[LiteralString] = f"""
WITH said AS (
  {SCORED} AND t.day < (SELECT p.learnt_on FROM queueing_hallpace p WHERE p.hall_id = t.hall_id)
  GROUP BY t.hall_id, t.day)
SELECT h.code, day::text, s.id IS NULL, said.told IS NULL
FROM queueing_dayscore s FULL JOIN said USING (hall_id, day) JOIN queueing_hall h ON h.id = hall_id
WHERE (s.told, s.held, s.sooner, s.later) IS DISTINCT FROM (said.told, said.held, said.sooner, said.later)
ORDER BY h.code, day LIMIT 1000
"""


def unlike() -> list[tuple[str, str, bool, bool]]:
    """Scores that are not what the tickets say: hall, day, whether the score is missing, whether it is made up."""
    return [(row[0], row[1], row[2], row[3]) for row in fetch_all(_UNLIKE)]
