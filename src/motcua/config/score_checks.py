"""What a hall says of its own foresight, held to its tickets: how many told ranges came true."""

from django.utils.translation import gettext as _

from motcua.core.record.findings import Findings, Found, What
from motcua.queueing.scoring import unlike


def day_scores(found: Findings) -> None:
    """The score of every day gone by must be what the tickets of that day say."""
    for hall, day, is_missing, is_made_up in unlike():
        what = What.MISSING if is_missing else What.INSERTED if is_made_up else What.CHANGED
        where = _("sảnh %(hall)s, điểm báo giờ chờ không khớp với số thứ tự của ngày đó") % {"hall": hall}
        found.add(Found("queueing_dayscore", f"{hall}/{day}", what, where))
