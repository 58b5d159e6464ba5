"""To rate a dossier, to let a remark be shown or not, to follow a bad rating up."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from psycopg.types.json import Jsonb

from motcua.core.events import Actor, record
from motcua.core.ids import uuid7
from motcua.core.refusals import Refusal
from motcua.core.sql import execute, fetch_one
from motcua.dossiers.states import StaleMove, State
from motcua.feedback.models import RatingWay, RemarkState
from motcua.feedback.scales import OVERALL, scale_on
from motcua.people.access import ActingOfficial

CITIZEN: Final = Actor(None, gettext_noop("Người dân"))
"""Who rates is not known, and not asked."""


class NotReturned(Refusal):
    """The result is not in the citizen's hands: there is nothing to rate yet."""

    def __init__(self) -> None:
        super().__init__(_("Hồ sơ chưa trả kết quả nên chưa đánh giá được. Ông/bà mở lại trang này sau khi nhận."))


class RatedBefore(Refusal):
    """One dossier, one rating; the first one stands."""

    def __init__(self) -> None:
        super().__init__(_("Hồ sơ này đã được đánh giá. Mỗi hồ sơ chỉ đánh giá một lần."))


class NotAnAnswer(Refusal, ValueError):
    """An answer that the scale of the day does not know, or none overall."""

    def __init__(self) -> None:
        super().__init__(_("Câu trả lời không có trong phiếu đánh giá. Ông/bà mở lại trang rồi chọn lại."))


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answered: by criterion the code of a degree (`overall` is one of them), and in his own words."""

    answers: dict[str, str] = field(hash=False)
    remark: str = ""


def rate(
    dossier_id: UUID, said: Said, *, way: RatingWay, at: datetime, entered_by: ActingOfficial | None = None
) -> UUID:
    """Write the one rating of a returned dossier; a bad one opens its follow-up. `entered_by` types a paper in.

    Raises `NotAnAnswer`, `NotReturned`, `RatedBefore` (also for whoever comes second at the same moment), `NoScale`.
    """
    scale = scale_on(localdate(at))
    known, degrees = {one.code for one in scale.asked()}, {one.code for one in scale.degrees}
    if (
        OVERALL not in said.answers
        or not known.issuperset(said.answers)
        or not degrees.issuperset(said.answers.values())
    ):
        raise NotAnAnswer
    rating_id, is_bad, remark = uuid7(), scale.is_bad(said.answers), said.remark.strip()
    with transaction.atomic():
        row = fetch_one("SELECT state, agency_id FROM dossiers_dossier WHERE id = %s FOR SHARE", (dossier_id,))
        if row is None or row[0] != State.RETURNED:
            raise NotReturned
        written = fetch_one(
            "INSERT INTO feedback_rating (id, dossier_id, agency_id, scale, answers, is_bad, way, rated_at, month, "
            "entered_by_id, remark, remark_state) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
            "ON CONFLICT (dossier_id) DO NOTHING RETURNING id",
            (rating_id, dossier_id, row[1], scale.code, Jsonb(said.answers), is_bad, str(way), at,
             localdate(at).replace(day=1), entered_by.id if entered_by else None, remark,
             str(RemarkState.WAITING if remark else RemarkState.NONE)),
        )  # fmt: skip
        if written is None:
            raise RatedBefore
        if is_bad:
            execute(
                "INSERT INTO feedback_followup (id, rating_id, agency_id, opened_at, deed) VALUES (%s, %s, %s, %s, '')",
                (uuid7(), rating_id, row[1], at),
            )
        record(
            kind="rating.given", subject=("rating", rating_id), by=entered_by.actor if entered_by else CITIZEN, at=at,
            agency_id=row[1], after={"way": str(way), "is_bad": is_bad, "has_remark": bool(remark)},
        )  # fmt: skip
    return rating_id


def settle_remark(rating_id: UUID, *, show: bool, by: ActingOfficial, at: datetime) -> None:
    """Let a remark be read by everybody, or keep it back; may be changed later. Raises `StaleMove` when it is so."""
    to = RemarkState.SHOWN if show else RemarkState.HIDDEN
    with transaction.atomic():
        row = fetch_one(
            "SELECT remark_state FROM feedback_rating WHERE id = %s AND agency_id = %s FOR UPDATE",
            (rating_id, by.agency_id),
        )
        if row is None or row[0] in (RemarkState.NONE, to):
            raise StaleMove
        execute(
            "UPDATE feedback_rating SET remark_state = %s, settled_by_id = %s, settled_at = %s WHERE id = %s",
            (str(to), by.id, at, rating_id),
        )
        record(
            kind="rating.remark_settled", subject=("rating", rating_id), by=by.actor, at=at, agency_id=by.agency_id,
            before={"remark_state": row[0]}, after={"remark_state": str(to)},
        )  # fmt: skip


def follow_up(rating_id: UUID, *, deed: str, by: ActingOfficial, at: datetime) -> None:
    """Write down what the head did about a bad rating. Raises `Refusal` without words, `StaleMove` when done before."""
    if not deed.strip():
        raise Refusal(_("Ông/bà ghi đã làm gì sau đánh giá này."))
    with transaction.atomic():
        row = fetch_one(
            "SELECT id FROM feedback_followup WHERE rating_id = %s AND agency_id = %s AND done_at IS NULL FOR UPDATE",
            (rating_id, by.agency_id),
        )
        if row is None:
            raise StaleMove
        execute(
            "UPDATE feedback_followup SET done_at = %s, done_by_id = %s, deed = %s WHERE id = %s",
            (at, by.id, deed.strip(), row[0]),
        )
        record(
            kind="rating.followed_up", subject=("rating", rating_id), by=by.actor, at=at, agency_id=by.agency_id,
            after={"done": True},
        )  # fmt: skip
