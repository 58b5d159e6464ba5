"""What becomes of letters when their dossier moves: listeners, named in `config/journey.py`."""

from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.core.events import Happened, record
from motcua.core.ids import uuid7
from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.dossiers.actions import Turned
from motcua.routing.apologies.drafting import SYSTEM
from motcua.routing.apologies.models import ExceptionKind

_CLOSE: Final[LiteralString] = """
UPDATE routing_apology SET withdrawn_at = GREATEST(drafted_at, %s), withdraw_reason = %s
WHERE dossier_id = %s AND signed_at IS NULL AND withdrawn_at IS NULL RETURNING id
"""
# The clock stopped at the end, or at the beginning of the pause in which the dossier ended. Answered: by a letter
# whose new date was kept, or by an exception.
_HOW_IT_ENDED: Final[LiteralString] = """
SELECT d.agency_id, COALESCE(d.appointed_at, d.due_at), s.stopped_at > d.due_at
         AND NOT COALESCE(d.appointed_at >= s.stopped_at, false)
         AND NOT EXISTS (SELECT FROM routing_lateexception x WHERE x.dossier_id = d.id
                         AND x.promised_at = COALESCE(d.appointed_at, d.due_at)),
       EXISTS (SELECT FROM routing_apology l WHERE l.dossier_id = d.id AND l.signed_at IS NULL
               AND l.withdrawn_at IS NULL)
FROM dossiers_dossier d CROSS JOIN LATERAL (
  SELECT COALESCE((SELECT CASE e.mark WHEN 'paused' THEN e.at WHEN 'voided' THEN e.void_to END
                   FROM dossiers_clockentry e
                   WHERE e.dossier_id = d.id ORDER BY e.position DESC LIMIT 1), %s) AS stopped_at
) s WHERE d.id = %s
"""
_EXCEPT: Final[LiteralString] = """
INSERT INTO routing_lateexception (id, agency_id, dossier_id, kind, evidence, promised_at, recorded_at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


def settle_letters(happened: Happened) -> None:
    """A dossier ended: its draft is closed, and lateness that no letter answered stays on record as an exception.

    Listens to `dossier.finished`, `dossier.rejected`, `dossier.withdrawn`, `dossier.discontinued`.
    """
    row = fetch_one(_HOW_IT_ENDED, (happened.at, happened.subject_id))
    if row is None:
        raise LookupError(happened.subject_id)
    agency_id, goal_at, unanswered, has_draft = row
    with override("vi"):  # stored, so in the language of the office
        ended = f"{localtime(happened.at):%H:%M %d/%m/%Y}"
        if has_draft:
            _close(happened.subject_id, agency_id, _("Hồ sơ kết thúc lúc %(ended)s.") % {"ended": ended}, happened.at)
        if unanswered:
            proof = _("Hẹn trả %(goal)s, kết thúc %(ended)s, chưa có thư xin lỗi được ký.") % {
                "goal": f"{localtime(goal_at):%H:%M %d/%m/%Y}", "ended": ended,
            }  # fmt: skip
            _except(happened.subject_id, agency_id, proof, goal_at, happened.at)


def reconsider_draft(happened: Happened) -> None:
    """A dossier's clock was stopped in time or its date moved: a draft for the old date is void.

    Listens to `dossier.paused`, `dossier.resumed`, `dossier.restarted`, `dossier.pause_voided`, `dossier.extended`. If
    the new date will not be kept either, a new letter is drafted in its turn.
    """
    turned: Turned = happened.carried
    stopped_in_time = turned.reading.paused_since is not None and turned.reading.paused_since <= turned.reading.goal_at
    drafts = fetch_all(
        "SELECT promised_at FROM routing_apology WHERE dossier_id = %s AND signed_at IS NULL AND withdrawn_at IS NULL",
        (turned.dossier_id,),
    )
    if not drafts or not (stopped_in_time or drafts[0][0] != turned.reading.goal_at):
        return
    with override("vi"):
        reason = _("Hồ sơ tạm dừng chờ người nộp.") if stopped_in_time else _("Ngày hẹn trả đã đổi.")
    _close(turned.dossier_id, turned.agency_id, reason, happened.at)


def _close(dossier_id: UUID, agency_id: UUID, reason: str, at: datetime) -> None:
    for (letter,) in fetch_all(_CLOSE, (at, reason, dossier_id)):
        record(
            kind="apology.withdrawn", subject=("dossier", dossier_id), by=SYSTEM, at=at, agency_id=agency_id,
            after={"apology": str(letter), "reason": reason},
        )  # fmt: skip


def _except(dossier_id: UUID, agency_id: UUID, proof: str, goal_at: datetime, at: datetime) -> None:
    kind = ExceptionKind.SETTLED_FIRST.value
    if execute(_EXCEPT, (uuid7(), agency_id, dossier_id, kind, proof, goal_at, at)) == 1:
        record(
            kind="apology.excepted", subject=("dossier", dossier_id), by=SYSTEM, at=at, agency_id=agency_id,
            after={"kind": kind, "reason": proof},
        )  # fmt: skip
