"""What the guarded rows are held to besides their imprint: what the events themselves say, and what they add up to.

An imprint only knows the rows as they were when last sealed: a row changed between its event and the seal, or before
an honest event came and had it sealed anew, is found here.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Final, LiteralString

from django.utils.translation import gettext as _

from motcua.config.number_checks import number_series
from motcua.config.score_checks import day_scores
from motcua.core.record.findings import MOST, Findings, Found, What
from motcua.core.sql import fetch_planned
from motcua.documents.papers.checking import lost_papers, rows_alone
from motcua.dossiers.actions.ending import ENDINGS
from motcua.reporting import actions as reporting

# Of a dossier that was taken up again, what ended it before no longer stands. Events without a fact say nothing of it.
_TOLD: Final[LiteralString] = """
WITH life AS (
  SELECT subject_id, coalesce(max(sequence) FILTER (WHERE kind = 'dossier.reopened'), 0) AS since
  FROM core_event WHERE subject_kind = 'dossier' GROUP BY subject_id),
told AS (
  SELECT e.subject_id,
    (array_agg(e.at ORDER BY e.sequence) FILTER (WHERE e.kind = 'dossier.received'))[1] AS received_at,
    (array_agg((e.after ->> 'promised_at')::timestamptz ORDER BY e.sequence)
      FILTER (WHERE e.kind = 'dossier.received'))[1] AS promised_at,
    (array_agg((e.after ->> 'due_at')::timestamptz ORDER BY e.sequence DESC)
      FILTER (WHERE e.after ? 'due_at' AND starts_with(e.kind, 'dossier.')))[1] AS due_at,
    (array_agg((e.after ->> 'state')::int ORDER BY e.sequence DESC) FILTER (WHERE e.after ? 'state'))[1] AS state,
    (array_agg(e.at ORDER BY e.sequence DESC)
      FILTER (WHERE e.kind = ANY(%(endings)s) AND e.sequence > life.since))[1] AS finished_at,
    (array_agg(e.after ->> 'outcome' ORDER BY e.sequence DESC)
      FILTER (WHERE e.kind = ANY(%(endings)s) AND e.sequence > life.since))[1] AS outcome,
    (array_agg(e.at ORDER BY e.sequence DESC)
      FILTER (WHERE e.kind = 'dossier.returned' AND e.sequence > life.since))[1] AS returned_at
  FROM core_event e JOIN life USING (subject_id) WHERE e.subject_kind = 'dossier' GROUP BY e.subject_id)
SELECT d.id, d.code, d.state IS DISTINCT FROM told.state,
  told.outcome IS NOT NULL AND d.outcome <> told.outcome OR told.finished_at IS NULL AND d.outcome <> '',
  d.received_at IS DISTINCT FROM told.received_at,
  told.promised_at IS NOT NULL AND d.promised_at <> told.promised_at, d.due_at IS DISTINCT FROM told.due_at,
  d.finished_at IS DISTINCT FROM told.finished_at, d.returned_at IS DISTINCT FROM told.returned_at
FROM dossiers_dossier d LEFT JOIN told ON told.subject_id = d.id
WHERE (d.state, d.received_at, d.due_at, d.finished_at, d.returned_at) IS DISTINCT FROM
      (told.state, told.received_at, told.due_at, told.finished_at, told.returned_at)
   OR told.promised_at IS NOT NULL AND d.promised_at <> told.promised_at
   OR told.outcome IS NOT NULL AND d.outcome <> told.outcome OR told.finished_at IS NULL AND d.outcome <> ''
ORDER BY d.id LIMIT 1000
"""


# What every figure counts a dossier by is in its events: an event written over before its seal would move figures.
_COUNTED_BY: Final[LiteralString] = """
WITH life AS (
  SELECT subject_id, coalesce(max(sequence) FILTER (WHERE kind = 'dossier.reopened'), 0) AS since
  FROM core_event WHERE subject_kind = 'dossier' GROUP BY subject_id),
told AS (
  SELECT e.subject_id,
    (array_agg(e.after ORDER BY e.sequence) FILTER (WHERE e.kind = 'dossier.received'))[1] AS receipt,
    (array_agg(e.after ->> 'timing' ORDER BY e.sequence DESC)
      FILTER (WHERE e.kind = ANY(%(endings)s) AND e.sequence > life.since))[1] AS timing
  FROM core_event e JOIN life USING (subject_id) WHERE e.subject_kind = 'dossier' GROUP BY e.subject_id)
SELECT * FROM (
  SELECT d.id, d.code, told.receipt ->> 'channel' <> d.channel AS way, told.receipt ->> 'filed_by' <> d.filed_by AS who,
    told.receipt ->> 'source' <> d.source AS portal, told.receipt ->> 'standing' <> d.standing AS share,
    told.receipt ->> 'level' <> v.online_level AS level, told.receipt ->> 'version' <> d.version_id::text AS version,
    told.timing <> CASE WHEN ended.at > d.due_at THEN 'late'
      WHEN (ended.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < (d.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
      THEN 'early' ELSE 'on_time' END AS timing
  FROM dossiers_dossier d JOIN told ON told.subject_id = d.id JOIN catalogue_procedureversion v ON v.id = d.version_id
  LEFT JOIN LATERAL (
    SELECT CASE e.mark WHEN 'paused' THEN e.at WHEN 'voided' THEN e.void_to END AS at FROM dossiers_clockentry e
    WHERE e.dossier_id = d.id AND e.mark <> 'settled' ORDER BY e.position DESC LIMIT 1) AS stopped ON TRUE
  CROSS JOIN LATERAL (SELECT coalesce(stopped.at, d.finished_at) AS at) AS ended) AS held
WHERE way OR who OR portal OR share OR level OR version OR timing ORDER BY id LIMIT 1000
"""


def facts_of_dossiers(found: Findings) -> None:
    """State, dates and outcome of every dossier must be what its events say."""
    names = (_("trạng thái"), _("kết cục"), _("lúc nhận"), _("lúc hẹn trả"), _("hạn hiện tại"), _("lúc xử lý xong"),
             _("lúc trả"))  # fmt: skip
    _hold(_TOLD, names, found)


def counted_by(found: Findings) -> None:
    """How a dossier was filed, and how its end stood to its date, must be in its events as in its rows."""
    names = (_("cách nộp"), _("ai nộp"), _("đến từ"), _("cách tính"), _("mức độ trực tuyến"), _("phiên bản"),
             _("so với hạn"))  # fmt: skip
    _hold(_COUNTED_BY, names, found)


def _hold(statement: LiteralString, names: Sequence[str], found: Findings) -> None:
    """Name each dossier of these rows (id, code, then for each name whether it differs)."""
    for key, code, *differ in fetch_planned(statement, {"endings": [*ENDINGS.values()]}):
        what = ", ".join(name for name, other in zip(names, differ, strict=True) if other)
        where = _("hồ sơ %(code)s: %(what)s khác với nhật ký") % {"code": code, "what": what}
        found.add(Found("dossiers_dossier", str(key), What.CHANGED, where))


def counters(found: Findings) -> None:
    """Every kept counter must be what its events add up to, every figure kept of days gone by what the dossiers say."""
    for number, one in enumerate(chain(reporting.check(), reporting.check_kept())):
        if number == MOST:
            return
        where = _("ghi %(stored)s, theo nhật ký là %(counted)s") % {
            "stored": one.stored if one.stored is not None else _("không có"),
            "counted": one.counted if one.counted is not None else _("không có"),
        }
        what = What.INSERTED if one.counted is None else What.MISSING if one.stored is None else What.CHANGED
        found.add(Found(one.table, one.row, what, where))


def papers(found: Findings) -> None:
    """The bytes of everything that was handed in must be those that were handed in."""
    for one in lost_papers():
        where = _("nội dung giấy tờ đã nộp cho %(called)s") % {"called": one.called}
        what = What.MISSING if one.missing else What.CHANGED
        found.add(Found("documents_storedfile", one.sha256, what, where))
    for sha256 in rows_alone():
        found.add(Found("documents_storedfile", sha256, What.INSERTED, _("không thuộc về đâu")))


CHECKS: Final = (facts_of_dossiers, counted_by, counters, number_series, papers, day_scores)
