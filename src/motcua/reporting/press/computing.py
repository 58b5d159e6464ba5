"""The computed side: each query by its name, over the counters and the dossiers behind them.

Outcomes are those of the dossiers received in the period, whenever they were settled: that is how newspapers speak of
"5,880 received, of which ...". Bundles count once; parts of bundles are in no number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final, LiteralString
from uuid import UUID

from motcua.core.sql import fetch_all, fetch_one
from motcua.feedback.receptions.queries import received_by_head
from motcua.feedback.scales import OVERALL, scale_by_code
from motcua.people.models import Agency
from motcua.people.queries import agencies_under
from motcua.reporting.digitization import digitization
from motcua.reporting.press.claims import Answer, Claim, share_of
from motcua.reporting.reading import midnight, tally
from motcua.reporting.rules.figures import Figure
from motcua.reporting.which import WHOLE, Kind, Which
from motcua.signing.queries import holding_at
from motcua.worktime.queries import calendar_for
from motcua.worktime.rules import CalendarGap


@dataclass(frozen=True, slots=True)
class Asked:
    """An office and the days of a claim, [first, until)."""

    agency: UUID
    first: date
    until: date

    def of(self, **only: Any) -> int:
        """How many were received, of these channels, sources, levels, standings."""
        wanted = {"standing": WHOLE, **only, "measure": ("received",)}
        return int(tally([self.agency], self.first, self.until, by=(), only=wanted)[0][0])

    def a_year_before(self) -> "Asked":
        """The whole calendar year before."""
        return Asked(self.agency, date(self.first.year - 1, 1, 1), date(self.first.year, 1, 1))


_OFFICE: Final[LiteralString] = """
SELECT a.id FROM people_agency a WHERE a.short_name = %(name)s AND a.valid_from <= %(last)s
  AND (a.valid_to IS NULL OR a.valid_to >= %(first)s)
  AND EXISTS (SELECT 1 FROM reporting_daycount t WHERE t.agency_id = a.id AND t.day BETWEEN %(first)s AND %(last)s)
ORDER BY a.valid_from, a.id LIMIT 1
"""
# The dossiers received in the period, by what they are counted by and how they ended ('' while they have not).
_COHORT: Final[LiteralString] = """
WITH came AS (
  SELECT c.dossier_id, t.channel, t.source, t.day FROM reporting_daycount t
  JOIN reporting_counted c ON c.daycount_id = t.id
  WHERE t.agency_id = %(agency)s AND t.measure = 'received' AND t.day >= %(first)s AND t.day < %(until)s
    AND t.standing = ANY (%(whole)s)
),
ended AS (
  SELECT c.dossier_id, t.timing, max(t.day) AS day FROM reporting_daycount t
  JOIN reporting_counted c ON c.daycount_id = t.id
  WHERE t.agency_id = %(agency)s AND t.measure IN ('ended', 'reopened') AND t.day >= %(first)s
  GROUP BY c.dossier_id, t.timing HAVING sum(c.sign) > 0
)
SELECT came.channel, came.source, COALESCE(ended.timing, ''), COALESCE(ended.day = came.day, FALSE), count(*)::int
FROM came LEFT JOIN ended ON ended.dossier_id = came.dossier_id GROUP BY 1, 2, 3, 4
"""
# The public list shows whatever is open past its limit: who was on it came past his limit while he was still open.
_LATE_ANSWERED: Final[LiteralString] = """
SELECT count(*)::int, count(*) FILTER (WHERE EXISTS (SELECT 1 FROM routing_apology a
  WHERE a.dossier_id = late.dossier_id AND a.signed_at IS NOT NULL))::int,
  count(*) FILTER (WHERE EXISTS (SELECT 1 FROM dossiers_dossier o
  WHERE o.id = late.dossier_id AND o.finished_at > o.due_at))::int
FROM (SELECT c.dossier_id FROM reporting_daycount t JOIN reporting_counted c ON c.daycount_id = t.id
  WHERE t.agency_id = %(agency)s AND t.measure IN ('ended', 'reopened') AND t.timing = 'late'
    AND t.standing = ANY (%(whole)s) AND t.day >= %(first)s
    AND EXISTS (SELECT 1 FROM reporting_counted r JOIN reporting_daycount d ON d.id = r.daycount_id
      WHERE r.dossier_id = c.dossier_id AND d.agency_id = %(agency)s AND d.measure = 'received'
        AND d.day >= %(first)s AND d.day < %(until)s)
  GROUP BY c.dossier_id HAVING sum(c.sign) > 0) late
"""
_POSTED: Final[LiteralString] = """
SELECT v.online_level, count(*)::int FROM catalogue_posting g
JOIN catalogue_procedureversion v ON v.procedure_id = g.procedure_id AND v.state = 'published'
  AND v.valid_from <= %(day)s AND (v.valid_to IS NULL OR v.valid_to >= %(day)s)
WHERE g.agency_id = %(agency)s AND g.valid_from <= %(day)s AND (g.valid_to IS NULL OR g.valid_to >= %(day)s)
GROUP BY v.online_level
"""
_UNDER_A_POSTED_ONE: Final[LiteralString] = """
SELECT COALESCE(sum(t.count), 0)::int, COALESCE(sum(t.count) FILTER (WHERE EXISTS (SELECT 1 FROM catalogue_posting g
  WHERE g.procedure_id = t.procedure_id AND g.agency_id = t.agency_id AND g.valid_from <= t.day
    AND (g.valid_to IS NULL OR g.valid_to >= t.day))), 0)::int
FROM reporting_daycount t WHERE t.agency_id = %(agency)s AND t.measure = 'received' AND t.day >= %(first)s
  AND t.day < %(until)s AND t.standing = ANY (%(whole)s)
"""
_RATED: Final[LiteralString] = """
SELECT r.scale, r.answers ->> %(overall)s, count(*)::int FROM feedback_rating r
WHERE r.agency_id = %(agency)s AND r.rated_at >= %(first)s AND r.rated_at < %(until)s GROUP BY 1, 2
"""
_WEDNESDAY: Final = 3
_THURSDAY: Final = 4


Query = Callable[[Asked], Answer | None]
_handed_in: dict[str, Query] = {}


def hand_in(several: Mapping[str, Query]) -> None:
    """Let `data/press.yaml` ask for figures of packages above this one too; `config` calls it, twice is once."""
    _handed_in.update(several)


def queries() -> Mapping[str, Query]:
    """What `data/press.yaml` may ask for: the queries of this package and those handed in."""
    return {**QUERIES, **_handed_in}


def answer_of(claim: Claim) -> Answer | None:
    """What is computed for a claim; None where nothing is known of the place in that period."""
    row = fetch_one(_OFFICE, {"name": claim.agency, "first": claim.first, "last": claim.last})
    if row is None:
        return None
    return queries()[claim.query](Asked(row[0], claim.first, claim.last + timedelta(days=1)))


def _values(asked: Asked) -> dict[str, Any]:
    return {"agency": asked.agency, "first": asked.first, "until": asked.until, "whole": list(WHOLE)}


def _cohort(
    asked: Asked, *, channel: str = "", source: str = "", timing: tuple[str, ...] = (), same_day: bool = False
) -> int:
    """How many of those received in the period: this channel, this source, ended so, on the day they came."""
    return sum(
        count
        for its_channel, its_source, its_timing, its_same_day, count in fetch_all(_COHORT, _values(asked))
        if channel in ("", its_channel) and source in ("", its_source)
        and (not timing or its_timing in timing) and (its_same_day or not same_day)
    )  # fmt: skip


_IN_TIME: Final = ("early", "on_time")
_SETTLED: Final = (*_IN_TIME, "late")


def _number(count: int) -> Answer:
    return Answer(Fraction(count))


def _late_letters(asked: Asked) -> Answer | None:
    late, answered, _listed = fetch_one(_LATE_ANSWERED, _values(asked)) or (0, 0, 0)
    return share_of(answered, late)


def _late_listed(asked: Asked) -> Answer | None:
    late, _answered, listed = fetch_one(_LATE_ANSWERED, _values(asked)) or (0, 0, 0)
    return share_of(listed, late)


def _posted(asked: Asked, *levels: str) -> int:
    rows = fetch_all(_POSTED, {"agency": asked.agency, "day": asked.until - timedelta(days=1)})
    return sum(count for level, count in rows if not levels or level in levels)


def _under_posted(asked: Asked) -> Answer | None:
    every, posted = (fetch_one(_UNDER_A_POSTED_ONE, _values(asked)) or (0, 0))[:2]
    return share_of(posted, every)


def _satisfied(asked: Asked) -> Answer | None:
    """Of those who rated a result in the period, how many were content with it as a whole."""
    values = {"agency": asked.agency, "first": midnight(asked.first), "until": midnight(asked.until)}
    every = content = 0
    for scale, degree, count in fetch_all(_RATED, values | {"overall": OVERALL}):
        every += count
        content += 0 if scale_by_code(scale).is_bad({OVERALL: degree}) else count
    return share_of(content, every)


def _certified(asked: Asked) -> Answer | None:
    """Of the office, the agencies below it and their leaders: who held a certificate in force as the period ended."""
    return share_of(*holding_at(agencies_under(asked.agency), midnight(asked.until)))


def _digitized(asked: Asked, what: str) -> Answer | None:
    """A share of what was settled in the period, or of the older results valid on its last day."""
    base, last = Which(Kind.SETTLED, asked.agency, asked.until, asked.first), asked.until - timedelta(days=1)
    told: Figure = getattr(digitization([asked.agency], base, last=last, now=midnight(asked.until)), what)
    return share_of(told.numerator or 0, told.denominator or 0)


def _ordinary_on_other_days(asked: Asked) -> Answer:
    rows = tally([asked.agency], asked.first, asked.until, by=("day",), only={
        "measure": ("received",), "channel": ("counter", "post"), "standing": WHOLE,
    })  # fmt: skip
    return _number(sum(count for day, count in rows if day.isoweekday() != _THURSDAY))


def _wednesdays_received(asked: Asked) -> Answer | None:
    """Of the Wednesdays on which the office worked, on how many its head received citizens himself."""
    calendar = calendar_for(Agency.objects.values_list("calendar_code", flat=True).get(pk=asked.agency))
    days = (asked.first + timedelta(days=n) for n in range((asked.until - asked.first).days))
    try:
        worked = {day for day in days if day.isoweekday() == _WEDNESDAY and calendar.is_working_day(day)}
    except CalendarGap:
        return None
    received = received_by_head(asked.agency, asked.first, asked.until - timedelta(days=1))
    return share_of(len(worked & received), len(worked))


def _growth(asked: Asked) -> Answer | None:
    only = {"channel": ("online",), "level": ("partial",)}
    before = asked.a_year_before().of(**only)
    now = asked.of(**only)
    return Answer(Fraction(100 * (now - before), before), now, before) if before else None


QUERIES: Final[Mapping[str, Query]] = {
    "received": lambda asked: _number(asked.of()),
    "received_online": lambda asked: _number(asked.of(channel=("online",))),
    "received_online_share": lambda asked: share_of(asked.of(channel=("online",)), asked.of()),
    "received_level_3": lambda asked: _number(asked.of(channel=("online",), level=("partial",))),
    "received_level_3_growth": _growth,
    "received_portal": lambda asked: _number(asked.of(channel=("online",), source=("portal",))),
    "bundles": lambda asked: _number(asked.of(standing=("lead",))),
    "settled": lambda asked: _number(_cohort(asked, timing=_SETTLED)),
    "late": lambda asked: _number(_cohort(asked, timing=("late",))),
    "same_day_share": lambda asked: share_of(_cohort(asked, timing=_SETTLED, same_day=True), asked.of()),
    "online_in_time": lambda asked: _number(_cohort(asked, channel="online", timing=_IN_TIME)),
    "online_in_time_share": lambda asked: share_of(
        _cohort(asked, channel="online", timing=_IN_TIME), asked.of(channel=("online",))
    ),
    "portal_in_time_share": lambda asked: share_of(
        _cohort(asked, channel="online", source="portal", timing=_IN_TIME),
        asked.of(channel=("online",), source=("portal",)),
    ),
    "late_with_letter_share": _late_letters,
    "late_listed_share": _late_listed,
    "not_online_outside_thursday": _ordinary_on_other_days,
    "satisfied_share": _satisfied,
    "wednesdays_received_share": _wednesdays_received,
    "digitized_share": lambda asked: _digitized(asked, "results"),
    "in_software_share": lambda asked: _digitized(asked, "in_software"),
    "older_digitized_share": lambda asked: _digitized(asked, "older"),
    "procedures": lambda asked: _number(_posted(asked)),
    "procedures_level_2_share": lambda asked: share_of(
        _posted(asked, "information", "partial", "full"), _posted(asked)
    ),
    "procedures_level_3": lambda asked: _number(_posted(asked, "partial")),
    "procedures_level_4": lambda asked: _number(_posted(asked, "full")),
    "under_posted_share": _under_posted,
    "certificates_share": _certified,
}
"""What this package computes."""
