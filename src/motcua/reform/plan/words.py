"""How a task stands, in words and in the colour and shape that go with them."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy, ngettext

from motcua.reform.plan.rules import Standing, Tally

STANDINGS: Final[Mapping[Standing, object]] = {
    Standing.NOT_BEGUN: gettext_lazy("Chưa làm"),
    Standing.IN_PROGRESS: gettext_lazy("Đang làm"),
    Standing.OVERDUE: gettext_lazy("Quá hạn"),
    Standing.DONE_IN_TIME: gettext_lazy("Xong đúng hạn"),
    Standing.DONE_LATE: gettext_lazy("Xong trễ hạn"),
    Standing.DROPPED: gettext_lazy("Thôi không làm"),
}
KINDS: Final[Mapping[Standing, str]] = {
    Standing.NOT_BEGUN: "plain",
    Standing.IN_PROGRESS: "ok",
    Standing.OVERDUE: "late",
    Standing.DONE_IN_TIME: "done",
    Standing.DONE_LATE: "near",
    Standing.DROPPED: "paused",
}


def tally_words(counted: Tally) -> str:
    """A tally in one line: what is nought is left out."""
    whole = ngettext("%(n)d nhiệm vụ", "%(n)d nhiệm vụ", counted.total) % {"n": counted.total}
    parts = [f"{str(STANDINGS[one]).lower()} {counted.of(one)}" for one in STANDINGS if counted.of(one)]
    return f"{whole}: {', '.join(parts)}" if parts else whole
