"""The life of a ticket: which state may follow which, and the refusals of those who come too late."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.queueing.models import TicketState as State

CHART: Mapping[State, frozenset[State]] = {
    State.WAITING: frozenset({State.CALLED, State.LEFT, State.UNSERVED}),
    State.CALLED: frozenset({State.SERVING, State.ABSENT, State.HELD, State.WAITING, State.DONE, State.LEFT}),
    State.SERVING: frozenset({State.DONE, State.HELD, State.WAITING}),
    State.HELD: frozenset({State.SERVING, State.WAITING, State.LEFT, State.UNSERVED}),
    State.ABSENT: frozenset({State.WAITING}),
    State.DONE: frozenset(),
    State.LEFT: frozenset(),
    State.UNSERVED: frozenset(),
}
"""To come back from `ABSENT` is for the day of the ticket only."""


class StaleTicket(Refusal):
    """Somebody else moved the ticket, or the person gave it up, since the page was read."""

    def __str__(self) -> str:
        return _("Số này vừa được người khác gọi hoặc đã kết thúc. Màn hình đã tải lại theo tình trạng mới.")


class NotWaiting(Refusal):
    """Nobody waits here today under the number that was typed."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("Hôm nay không có ai đang chờ với số “%(number)s”. Ông/bà gõ số như trên phiếu, ví dụ A012.")
            % {"number": typed}
        )


class NotSitting(Refusal):
    """The official does not sit at this counter, or has a break."""

    def __str__(self) -> str:
        return _("Ông/bà chưa ngồi quầy nào, hoặc đang tạm nghỉ. Hãy chọn quầy rồi gọi số.")


class CounterTaken(Refusal):
    """Another official sits there."""

    def __str__(self) -> str:
        return _("Quầy này đang có người khác ngồi. Ông/bà chọn quầy khác, hoặc nhờ người đó rời quầy.")


class StillCalled(Refusal):
    """A called person has neither come nor been marked absent."""

    def __str__(self) -> str:
        return _("Còn một số đã gọi mà chưa đến quầy. Hãy ghi đã đến hoặc không có mặt, rồi gọi số tiếp theo.")


class QueueClosed(Refusal):
    """No number is given now; the sentence says why and when."""


class NothingToCollect(Refusal):
    """No result lies at the desk under this code."""

    def __str__(self) -> str:
        return _(
            "Chưa có kết quả nào của mã hồ sơ này nằm tại quầy. Ông/bà kiểm tra lại mã trên giấy hẹn, "
            "hoặc tra cứu hồ sơ để biết khi nào có kết quả."
        )
