"""What a hall learns of its own days, once a night: how long needs take, how wide its ranges must be, its scores."""

from datetime import date, datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.queueing.models import DayScore, Hall, HallPace
from motcua.queueing.queries.pace import forget_pace, widening_of
from motcua.queueing.rules.forecast import Range, Truth, Widening, widened
from motcua.queueing.scoring import MINUTES_WAITED, SCORED

PACE_DAYS: Final = 60
TRUTH_DAYS: Final = 20
"""Days with truths of which the widening is learnt."""
LONGEST_MINUTES: Final = 120
"""Who took longer was forgotten on the screen; he counts as this long."""
_TAKEN: Final[LiteralString] = f"""
SELECT t.need_id, t.counter_id, t.turn, t.called_at,
  least(extract(epoch FROM t.ended_at - t.called_at) / 60, {LONGEST_MINUTES}) AS minutes
FROM queueing_ticket t
WHERE t.hall_id = %(hall)s AND t.day >= %(since)s AND t.day < %(today)s AND t.state IN ('done', 'absent')
  AND t.counter_id IS NOT NULL AND t.ended_at > t.called_at
"""
_PACE: Final[LiteralString] = f"""
INSERT INTO queueing_pace (id, need_id, counter_id, hour, count, total, squares)
SELECT gen_random_uuid(), need_id, counter_id, extract(hour FROM called_at AT TIME ZONE 'Asia/Ho_Chi_Minh'), count(*),
  sum(minutes), sum(minutes * minutes)
FROM ({_TAKEN}) AS taken GROUP BY 2, 3, 4
"""
_PASSING: Final[LiteralString] = f"""
SELECT coalesce(sum(minutes) FILTER (WHERE turn <> 'ordinary'), 0)::float8,
  60 * count(DISTINCT date_trunc('hour', called_at))
FROM ({_TAKEN}) AS taken
"""
_SCORE: Final[LiteralString] = f"""
INSERT INTO queueing_dayscore (id, hall_id, day, told, held, sooner, later, below, above)
SELECT gen_random_uuid(), s.*, %(below)s, %(above)s FROM (
  {SCORED} AND t.hall_id = %(hall)s AND t.day < %(today)s GROUP BY t.hall_id, t.day) AS s
ON CONFLICT (hall_id, day) DO UPDATE SET told = excluded.told, held = excluded.held, sooner = excluded.sooner,
  later = excluded.later
WHERE (queueing_dayscore.told, queueing_dayscore.held, queueing_dayscore.sooner, queueing_dayscore.later)
  IS DISTINCT FROM (excluded.told, excluded.held, excluded.sooner, excluded.later)
"""
_TRUTHS: Final[LiteralString] = f"""
SELECT t.told_from, t.told_to, s.below, s.above, ({MINUTES_WAITED})::float8
FROM queueing_ticket t JOIN queueing_dayscore s ON s.hall_id = t.hall_id AND s.day = t.day
WHERE t.hall_id = %(hall)s AND t.told_to IS NOT NULL AND t.first_called_at IS NOT NULL AND t.day IN (
  SELECT d.day FROM queueing_dayscore d WHERE d.hall_id = %(hall)s AND d.day < %(today)s
  ORDER BY d.day DESC LIMIT {TRUTH_DAYS})
"""


def learn_round(at: datetime) -> dict[str, int]:
    """Every hall that has not learnt today learns of the days before today."""
    today = localdate(at)
    due = Hall.objects.exclude(pace__learnt_on__gte=today).values_list("pk", flat=True)
    return {"halls": len([learn(hall_id, today) for hall_id in due])}


def learn(hall_id: UUID, today: date) -> Widening:
    """Pace, scores and widening of one hall, made anew of its tickets before today."""
    with transaction.atomic():
        execute("SELECT FROM queueing_hall WHERE id = %s FOR NO KEY UPDATE", (hall_id,))
        asked = {"hall": hall_id, "today": today, "since": today - timedelta(days=PACE_DAYS)}
        execute(
            "DELETE FROM queueing_pace p USING queueing_need n WHERE n.id = p.need_id AND n.hall_id = %s", (hall_id,)
        )
        execute(_PACE, asked)
        used = widening_of(hall_id)
        execute(_SCORE, {"hall": hall_id, "today": today, "below": used.below, "above": used.above})
        truths = [
            Truth(Range(least, most), Widening(below, above), minutes)
            for least, most, below, above, minutes in fetch_all(_TRUTHS, {"hall": hall_id, "today": today})
        ]
        wide = widened(truths, Widening(used.below, used.above, _passing(asked)))
        HallPace.objects.update_or_create(
            pk=hall_id,
            defaults={"learnt_on": today, "below": wide.below, "above": wide.above, "passing": wide.passing},
        )
    forget_pace()
    return wide


def scores(hall_id: UUID, first: date, last: date) -> tuple[int, int]:
    """How many ranges were told on these days, and how many of them held."""
    rows = DayScore.objects.filter(hall_id=hall_id, day__range=(first, last)).values_list("told", "held")
    return sum(row[0] for row in rows), sum(row[1] for row in rows)


def _passing(asked: dict[str, object]) -> float:
    """Minutes of favoured work in each minute in which anybody was called."""
    row = fetch_one(_PASSING, asked)
    return 0.0 if row is None or not row[1] else float(row[0]) / float(row[1])
