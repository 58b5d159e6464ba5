"""The number series held to the numbers given: every one of them stands in a guarded row or an event.

A series guards itself: the last number given must be how many were given, none left out and none given twice. So a
counter set back, raised, taken away or put in is found, and so is a row that was taken out together with its events.
"""

from typing import Final, LiteralString

from django.utils.translation import gettext as _

from motcua.core.record.findings import Findings, Found, What
from motcua.core.sql import fetch_all

_YEAR: Final[LiteralString] = "make_date(extract(year FROM {at} AT TIME ZONE 'Asia/Ho_Chi_Minh')::int, 1, 1)"
_CODED: Final[LiteralString] = (
    "SELECT agency_id, '{series}', to_date(parts[1], 'YYMMDD'), parts[2]::int FROM (SELECT agency_id, "
    "regexp_match({code}, '-([0-9]{6})-([0-9]+)$') AS parts FROM {table}) AS coded WHERE parts IS NOT NULL"
)


def _coded(series: LiteralString, table: LiteralString, code: LiteralString) -> LiteralString:
    """The numbers of a day's series, at the end of codes."""
    return _CODED.replace("{series}", series).replace("{table}", table).replace("{code}", code)


def _in_year(at: LiteralString) -> LiteralString:
    """The series of the year in which this was."""
    return _YEAR.replace("{at}", at)


# Papers of the desk and papers of the dossier share one series of the year.
_GIVEN: Final[LiteralString] = " UNION ALL ".join((
    _coded("dossier", "dossiers_dossier", "code"),
    _coded("submission", "intake_submission", "number"),
    _coded("bundle", "routing_bundle", "code"),
    f"SELECT d.agency_id, 'supplement', {_in_year('s.asked_at')}, s.number "
    "FROM intake_supplementrequest s JOIN dossiers_dossier d ON d.id = s.dossier_id",
    f"SELECT agency_id, 'supplement', {_in_year('asked_at')}, asked_number FROM intake_submission "
    "WHERE asked_number IS NOT NULL",
    f"SELECT agency_id, 'refusal', {_in_year('COALESCE(decided_at, submitted_at)')}, refusal_number "
    "FROM intake_submission WHERE refusal_number IS NOT NULL",
    "SELECT agency_id, 'money_receipt', make_date(year, 1, 1), number FROM payments_moneyreceipt",
    "SELECT t.agency_id, 'line:' || h.code, t.day, t.place "
    "FROM queueing_ticket t JOIN queueing_hall h ON h.id = t.hall_id",
    "SELECT t.agency_id, 'ticket:' || h.code || ':' || n.letter, t.day, t.number FROM queueing_ticket t "
    "JOIN queueing_hall h ON h.id = t.hall_id JOIN queueing_need n ON n.id = t.need_id",
    "SELECT agency_id, 'refund', make_date(year, 1, 1), number FROM payments_refund",
    f"SELECT d.agency_id, 'refusal', {_in_year('r.approved_at')}, r.refusal_number "
    "FROM result_result r JOIN dossiers_dossier d ON d.id = r.dossier_id WHERE r.refusal_number IS NOT NULL",
    "SELECT agency_id, 'apology', make_date(year, 1, 1), number FROM routing_apology WHERE number IS NOT NULL",
    f"SELECT agency_id, 'discontinuation', {_in_year('at')}, (after ->> 'notice')::int FROM core_event "
    "WHERE subject_kind = 'dossier' AND kind = 'dossier.discontinued' AND after ? 'notice'",
))  # fmt: skip
_UNLIKE: Final[LiteralString] = f"""
WITH given (agency_id, series, day, number) AS ({_GIVEN}),
counted AS (
  SELECT agency_id, series, day, count(*) AS times, count(DISTINCT number) AS numbers, max(number) AS highest
  FROM given GROUP BY agency_id, series, day)
SELECT agency_id::text, series, day::text, n.last, coalesce(c.times, 0), coalesce(c.numbers, 0), coalesce(c.highest, 0)
FROM counted c FULL JOIN core_numberseries n USING (agency_id, series, day)
WHERE (n.last, n.last, n.last) IS DISTINCT FROM (c.times, c.numbers, c.highest)
ORDER BY agency_id, series, day LIMIT 1000
"""


def number_series(found: Findings) -> None:
    """The last number of every series must be how many numbers of it were given."""
    for agency, series, day, last, times, numbers, highest in fetch_all(_UNLIKE):
        what = What.MISSING if last is None else What.INSERTED if not times else What.CHANGED
        where = _("ghi số cuối %(last)s; đã cấp %(numbers)d số, số lớn nhất %(highest)d, trùng %(twice)d") % {
            "last": _("không có") if last is None else last, "numbers": numbers, "highest": highest,
            "twice": times - numbers,
        }  # fmt: skip
        found.add(Found("core_numberseries", f"{agency}/{series}/{day}", what, where))
