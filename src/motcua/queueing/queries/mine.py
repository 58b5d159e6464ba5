"""One's own number: where it stands, told to whoever holds its key."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from motcua.queueing.actions.issuing import label_of
from motcua.queueing.declared import declared_on
from motcua.queueing.keys import key_hash
from motcua.queueing.models import Ticket, TicketState, Turn
from motcua.queueing.queries.hall import standing
from motcua.queueing.queries.ranges import range_for
from motcua.queueing.rules.forecast import Range
from motcua.queueing.wording import ahead_words

MAY_LEAVE = (TicketState.WAITING, TicketState.CALLED, TicketState.HELD)


@dataclass(frozen=True, slots=True)
class Mine:
    """A number as its holder sees it. `counter`: where he is called to; `ahead`: only while he waits today."""

    id: UUID
    hall_id: UUID
    hall_code: str
    hall_name: str
    office: str
    need: str
    sectors: tuple[str, ...]
    label: str
    state: TicketState
    ground: str
    issued_at: datetime
    counter: int | None
    calls: int
    ahead: int | None
    told: Range | None

    @property
    def is_over(self) -> bool:
        """Nothing will happen with it any more."""
        return self.state in (TicketState.DONE, TicketState.LEFT, TicketState.UNSERVED)

    @property
    def may_leave(self) -> bool:
        """Whether it can still be given up."""
        return self.state in MAY_LEAVE

    @property
    def mark(self) -> str:
        """Changes whenever a holder would see something new."""
        told = f"{self.told.least}-{self.told.most}" if self.told else ""
        return f"{self.state}.{self.counter or ''}.{self.calls}.{'' if self.ahead is None else self.ahead}.{told}"

    @property
    def sentence(self) -> str:
        """Where he stands, in words."""
        at_counter = {"counter": self.counter}
        match self.state:
            case TicketState.WAITING:
                return ahead_words(self.ahead) if self.ahead is not None else _("Số này của một ngày đã qua.")
            case TicketState.CALLED:
                return _("Mời ông/bà đến quầy %(counter)s") % at_counter
            case TicketState.SERVING:
                return _("Ông/bà đang được phục vụ ở quầy %(counter)s") % at_counter
            case TicketState.HELD:
                return _("Số của ông/bà đang tạm giữ, cán bộ sẽ gọi lại")
            case TicketState.ABSENT:
                return _("Đã gọi mà ông/bà chưa đến. Ông/bà báo cán bộ ở quầy để được gọi lại trong hôm nay.")
            case TicketState.LEFT:
                return _("Ông/bà đã bỏ số này")
            case TicketState.UNSERVED:
                return _("Hết giờ làm việc mà chưa đến lượt ông/bà. Cơ quan xin lỗi; mời ông/bà lấy số vào buổi sau.")
            case _done:
                return _("Đã xong. Cảm ơn ông/bà.")


def mine(key: str, at: datetime, *, as_told: bool = False) -> Mine | None:
    """The number that this key opens; None for a key that opens none.

    `as_told`: how many are before it and how long it takes as it was told when the number was given, without a look at
    the hall: for the screen and the slip of a number given just now, which say the same.
    """
    hashed = key_hash(key)
    ticket = Ticket.objects.select_related("need", "hall__agency", "counter").filter(key_hash=hashed).first()
    if ticket is None:
        return None
    ahead, told = _as_told(ticket) if as_told else _waits(ticket, hashed, at)
    return Mine(
        id=ticket.pk, hall_id=ticket.hall_id, hall_code=ticket.hall.code, hall_name=ticket.hall.name,
        office=ticket.hall.agency.short_name, need=ticket.need.name, sectors=tuple(ticket.need.sectors),
        label=label_of(ticket.need.letter, ticket.number), state=TicketState(ticket.state),
        ground=_ground(ticket), issued_at=ticket.issued_at,
        counter=ticket.counter.number if ticket.counter else None, calls=ticket.calls,
        ahead=ahead, told=told,
    )  # fmt: skip


def _ground(ticket: Ticket) -> str:
    """Why it is called before others: what was declared at the machine, or the time that was appointed."""
    if ticket.turn == Turn.BOOKED:
        return _("Đã hẹn lúc %(time)s") % {"time": f"{localtime(ticket.since):%H:%M}"}
    return str((declared_on(ticket.day).ground(ticket.ground) if ticket.ground else None) or "")


def _as_told(ticket: Ticket) -> tuple[int | None, Range | None]:
    if ticket.state != TicketState.WAITING:
        return None, None
    if ticket.told_from is None or ticket.told_to is None:
        return ticket.ahead, None
    return ticket.ahead, Range(ticket.told_from, ticket.told_to)


def _waits(ticket: Ticket, hashed: str, at: datetime) -> tuple[int | None, Range | None]:
    """How many are before it and how long it may take, as the hall stands; nothing of a number that does not wait."""
    if ticket.state != TicketState.WAITING or ticket.day != localdate(at):
        return None, None
    picture = standing(ticket.hall_id, at)
    found = picture.by_key(hashed) if picture else None
    if picture is None or found is None:
        return 0, None
    return picture.ahead_of(found, cap=declared_on(ticket.day).cap), range_for(picture, found)
