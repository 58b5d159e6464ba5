"""What people said of dossiers that were returned: most content, two not, some words to let through or keep back."""

from random import Random
from typing import Final

from motcua.demo.beside import acting
from motcua.demo.from_home.moments import DAY, Past
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.feedback.actions import Said, follow_up, rate, settle_remark
from motcua.feedback.models import RatingWay
from motcua.people.models import Agency

GOOD: Final = (
    Said({"overall": "very", "place": "very", "ease": "fairly", "manner": "very", "time": "very", "guidance": "very"}),
    Said({"overall": "fairly", "place": "fairly", "manner": "very", "time": "fairly"}),
    Said({"overall": "very", "ease": "very", "time": "very"}, "Cô tiếp nhận hướng dẫn tận tình, có tin nhắn báo."),
    Said({"overall": "fairly", "place": "fairly", "ease": "fairly", "manner": "fairly", "time": "fairly"}),
    Said({"overall": "very", "manner": "very", "guidance": "very"}),
)  # fmt: skip
OPEN: Final = Said(
    {"overall": "not", "time": "not", "guidance": "not"}, "Đi ba lần mới xong, lần nào cũng thiếu một tờ."
)  # fmt: skip
ANSWERED: Final = Said(
    {"overall": "fairly", "place": "not", "time": "fairly"}, "Phòng chờ nóng, thiếu ghế cho người già."
)  # fmt: skip
DEED: Final = "Đã kê thêm hai ghế dài và quạt ở phòng chờ; đã gọi điện xin lỗi và báo lại cho người góp ý."
ANSWERED_AFTER: Final = 2 * DAY
_WAYS: Final = (RatingWay.LINK, RatingWay.DESK, RatingWay.LINK, RatingWay.PAPER)


def give_ratings(ward: Agency, *, random: Random, past: Past) -> None:
    """Three of four that were returned are rated, within a day; the leader answers the older of two bad ones."""
    returned = Dossier.objects.filter(agency=ward, state=State.RETURNED, returned_at__lt=past.now)
    rated = [one for place, one in enumerate(returned.order_by("returned_at", "id")) if place % 4 != 1]
    at_counter = [place for place, one in enumerate(rated) if one.channel == "counter"]
    bad = dict(zip((*at_counter[2:3], *at_counter[-1:]), (ANSWERED, OPEN), strict=False))
    for place, dossier in enumerate(rated):
        said = bad.get(place, GOOD[place % len(GOOD)])
        _rate(dossier, said, _WAYS[place % len(_WAYS)], minutes=random.randrange(20, 600), past=past)


def _rate(dossier: Dossier, said: Said, way: RatingWay, *, minutes: int, past: Past) -> None:
    at = past.after(dossier.returned_at or past.now, minutes)
    by = acting("tiepnhan", at) if way == RatingWay.PAPER else None
    rating_id = rate(dossier.pk, said, way=way, at=at, entered_by=by)
    later = past.after(at, ANSWERED_AFTER)
    leader = acting("lanhdao", later)
    if said.remark and said is not OPEN:
        settle_remark(rating_id, show=True, by=leader, at=later)
    if said is ANSWERED:
        follow_up(rating_id, deed=DEED, by=leader, at=later)
