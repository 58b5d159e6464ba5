"""What citizens said of an office of a place: as many, and as many of them not content, as its table says."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from motcua.core.sql import fetch_all
from motcua.demo.places.building import Ground
from motcua.demo.places.late import acting
from motcua.demo.places.told import Rated
from motcua.dossiers.rules import OFFICE_TIME
from motcua.feedback.actions import Said, follow_up, rate
from motcua.feedback.models import RatingWay
from motcua.feedback.scales import Scale, scale_on
from motcua.people.models import Role

WAYS: Final = (RatingWay.LINK, RatingWay.LINK, RatingWay.DESK)
REMARK: Final = "Tôi phải đi lại nhiều lần mà không được báo trước."
DEED: Final = "Đã gọi điện xin lỗi người nộp và nhắc bộ phận một cửa hẹn trước khi mời đến."
LATEST: Final = timedelta(hours=47)
"""After the result was handed over, somebody rates it within this time."""


def rate_place(ground: Ground) -> None:
    """Have some of those who got their result rate it; the head answers whoever was not content."""
    random = Random(f"{ground.seed}:{ground.place.key}:ratings")  # noqa: S311 (a repeatable demo, not a secret)
    for told in ground.place.ratings:
        returned = _returned(ground, told)
        chosen = sorted(random.sample(range(len(returned)), told.given))
        unhappy = set(random.sample(chosen, told.bad))
        for place in chosen:
            dossier_id, at = returned[place]
            rated_at = at + timedelta(minutes=random.randrange(5, int(LATEST.total_seconds()) // 60))
            said = _said(scale_on(rated_at.date()), place in unhappy, random)
            rating = rate(dossier_id, said, way=random.choice(WAYS), at=rated_at)
            if place in unhappy:
                _answer(ground, told, rating, rated_at)


def _returned(ground: Ground, told: Rated) -> list[tuple[UUID, datetime]]:
    """The dossiers of which there is time to rate them, parts of bundles not among them."""
    first = datetime.combine(told.first, time(), OFFICE_TIME)
    until = datetime.combine(told.last + timedelta(days=1), time(), OFFICE_TIME) - LATEST
    rows = fetch_all(
        "SELECT id, returned_at FROM dossiers_dossier WHERE agency_id = %s AND standing <> 'part' "
        "AND returned_at >= %s AND returned_at < %s ORDER BY returned_at, code",
        (UUID(ground.crews[told.agency].agency_id), first, until),
    )
    return [(row[0], row[1]) for row in rows]


def _said(scale: Scale, is_unhappy: bool, random: Random) -> Said:
    """One degree overall and of each criterion: all of them good, or the worst of one criterion and overall."""
    good, bad = [one.code for one in scale.degrees if not one.bad], [one.code for one in scale.degrees if one.bad]
    answers = {one.code: random.choice(good) for one in scale.asked()}
    if not is_unhappy:
        return Said(answers)
    return Said(answers | {one.code: bad[-1] for one in (scale.overall, random.choice(scale.criteria))}, REMARK)


def _answer(ground: Ground, told: Rated, rating: UUID, rated_at: datetime) -> None:
    at = ground.calendar.after(rated_at, 300)
    head = acting(ground.crews[told.agency].hand("leaders", Role.APPROVER.value, at, 0), at)
    follow_up(rating, deed=DEED, by=head, at=at)
