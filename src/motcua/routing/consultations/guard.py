"""What an open question forbids: nobody goes on as if it had been answered."""

from datetime import datetime
from typing import Final, LiteralString

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.core.sql import fetch_all
from motcua.routing.actions.steps import NotYours, OpenStep
from motcua.routing.consultations.closing import ASKED_NAME, apply_silence
from motcua.routing.consultations.models import SilenceRule

# The step's own questions, and those left over from a step that was sent back, forwarded or done before.
_OPEN: Final[LiteralString] = (
    "SELECT c.due_at, c.silence, "
    + ASKED_NAME
    + " FROM routing_consultation c JOIN routing_step s ON s.id = c.step_id "
    "WHERE c.dossier_id = %s AND c.closed_at IS NULL AND (s.id = %s OR s.finished_at IS NOT NULL) "
    "ORDER BY c.due_at, c.id"
)


def require_no_open_consultation(step: OpenStep, at: datetime) -> None:
    """Raises `NotYours` while somebody asked about the dossier from this step may still answer.

    Silence that closes a question closes it at its deadline, whether or not the recurring job has run since.
    """
    rows = fetch_all(_OPEN, (step.dossier_id, step.id))
    if any(due_at < at and silence != SilenceRule.REMIND for due_at, silence, _name in rows):
        apply_silence(at, dossier_id=step.dossier_id)
        rows = fetch_all(_OPEN, (step.dossier_id, step.id))
    if rows:
        due_at, _silence, name = rows[0]
        raise NotYours(
            _("Đang chờ ý kiến của “%(name)s”, hạn %(due)s. Ông/bà chờ trả lời, hoặc thôi hỏi rồi làm tiếp.")
            % {"name": name, "due": f"{localtime(due_at):%H:%M %d/%m/%Y}"}
        )
