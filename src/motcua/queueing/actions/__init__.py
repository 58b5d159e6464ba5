"""What is done in a queue: numbers given (`issuing`), counters manned (`sitting`), people called (`calling`)."""

from motcua.queueing.actions.calling import (
    begin,
    bring_back,
    call_again,
    call_next,
    call_with,
    finish,
    give_up,
    hold,
    mark_absent,
    send_on,
    take_up,
)
from motcua.queueing.actions.evening import end_day
from motcua.queueing.actions.issuing import Issued, Wanted, issue
from motcua.queueing.actions.sitting import rest, return_to_work, sit_down, stand_up

__all__ = [
    "Issued", "Wanted", "begin", "bring_back", "call_again", "call_next", "call_with", "end_day", "finish", "give_up",
    "hold", "issue", "mark_absent", "rest", "return_to_work", "send_on", "sit_down", "stand_up", "take_up",
]  # fmt: skip
