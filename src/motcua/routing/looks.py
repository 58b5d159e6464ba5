"""Who looked at what a citizen handed in, for the citizen himself."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.core.sql import fetch_all
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import tracked_dossier
from motcua.intake.queries import tracked_submission
from motcua.people.looking import Purpose
from motcua.people.models import Role
from motcua.routing.bundles.queries import tracked_bundle

MOST = 500
LAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Tracked:
    """What the key opens: its code, whose looks count, and what its applicant can prove himself by."""

    code: str
    token: str
    subjects: tuple[UUID, ...]
    personal_id: str
    birth_date: date | None

    @property
    def provable(self) -> bool:
        return bool(self.personal_id) or self.birth_date is not None

    def is_applicant(self, digits: str, born: date | None) -> bool:
        """Whether the last four digits of the personal id, or the birth date, are the applicant's. Constant time."""
        by_digits = len(self.personal_id) >= LAST_DIGITS and len(digits) == LAST_DIGITS
        same = hmac.compare_digest(self.personal_id[-LAST_DIGITS:].encode(), digits.encode())
        return (by_digits and same) or (born is not None and born == self.birth_date)


def tracked_by(code: str, token: str) -> Tracked | None:
    """The dossier, filing or bundle that this key opens; None when it opens nothing."""
    dossier = tracked_dossier(code, token)
    if dossier is not None:
        return _of_dossier(code, token, dossier)
    bundle = tracked_bundle(code, token)
    if bundle is not None:
        parts = list(Dossier.objects.filter(part_of__bundle=bundle).order_by("part_of__position"))
        subjects = tuple(part.id for part in parts)
        first = parts[0] if parts else None
        return Tracked(
            code, token, subjects, first.applicant_personal_id if first else "",
            first.applicant_birth_date if first else None,
        )  # fmt: skip
    filed = tracked_submission(code, token)
    if filed is None:
        return None
    subjects = (filed.id, *([filed.dossier_id] if filed.dossier_id else []))
    return Tracked(code, token, subjects, filed.applicant_personal_id, filed.applicant_birth_date)


def _of_dossier(code: str, token: str, found: Dossier) -> Tracked:
    """A dossier was perhaps a filing before: who looked at that looked at the same citizen's papers."""
    subjects = (found.id, found.submission_id)
    return Tracked(code, token, subjects, found.applicant_personal_id, found.applicant_birth_date)


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look: when, who, where he sat, and under which task, in words."""

    at: datetime
    name: str
    desk: str
    words: str


_LOOKS: Final[LiteralString] = """
SELECT e.at, e.actor_name, e.after ->> 'desk', e.after ->> 'task', e.after ->> 'step', e.after ->> 'role',
       e.after ->> 'unit'
FROM core_event e
WHERE e.subject_kind IN ('dossier', 'submission') AND e.subject_id = ANY(%s::uuid[])
  AND e.kind IN ('dossier.viewed', 'submission.viewed')
ORDER BY e.sequence DESC LIMIT %s
"""


def looks_at(subjects: tuple[UUID, ...], limit: int = MOST) -> list[LookRow]:
    """Who looked at these subjects, the newest first."""
    rows = fetch_all(_LOOKS, (list(subjects), limit))
    return [
        LookRow(at, name, desk or "", task_words({"task": task, "step": step, "role": role, "unit": unit}))
        for at, name, desk, task, step, role, unit in rows
    ]


def task_words(told: Mapping[str, Any]) -> str:
    """The task of a look (`Task.told`) as the citizen reads it."""
    purpose, step, unit = told.get("task") or "", told.get("step") or "", told.get("unit") or ""
    if purpose in (Purpose.STEP, Purpose.DUTY):
        role = told.get("role") or ""
        known = {"step": step, "unit": unit, "role": Role(role).label if role in Role.values else role}
        if purpose == Purpose.STEP:
            return _("Đang làm bước “%(step)s” của hồ sơ (%(role)s, %(unit)s).") % known
        return _("Bước “%(step)s” đang chờ việc của người này (%(role)s, %(unit)s).") % known
    words = {
        Purpose.CONSULTATION: _("Được hỏi ý kiến về hồ sơ."),
        Purpose.DESK: _("Tiếp nhận, trả lời ở quầy."),
        Purpose.SEARCH: _("Tra cứu: hồ sơ hiện trong kết quả tìm kiếm."),
        Purpose.REGISTER: _("Xem sổ theo dõi hồ sơ của cơ quan."),
        Purpose.INSPECTION: _("Kiểm tra: hồ sơ được đưa vào gói kiểm tra."),
        Purpose.KEY: _("Xem qua API bằng khóa tra cứu trên giấy hẹn."),
    }
    return words.get(Purpose(purpose), _("Tra cứu: không giữ bước nào của hồ sơ lúc xem.")) if purpose else ""
