"""Everything that comes from home, in the order in which it would have happened."""

from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Final

from motcua.demo.dossiers import Fate
from motcua.demo.from_home import thao
from motcua.demo.from_home.filings import GUESTS, attach_paper, send_all, work_on
from motcua.demo.from_home.moments import past_of
from motcua.demo.from_home.money import collect_at_counter, move_money, open_collecting
from motcua.demo.from_home.ratings import give_ratings
from motcua.people.models import Agency
from motcua.worktime.rules import Calendar

FROM_HOME: Final = len(GUESTS) + 4
_RETURNED, _FINISHED = Fate(5, "returned", 0.5), Fate(2, "finished", 0.4)
_IN_PROGRESS = Fate(0, "case_officer", 0.05)


def build_from_home(ward: Agency, *, random: Random, calendar: Calendar, now: datetime) -> Iterator[str]:
    """Make them, yielding the number of each filing. The ward's counter dossiers must be there."""
    past = past_of(random, calendar, now)
    account = open_collecting(ward, past.since)
    collect_at_counter(ward, past)
    herself = thao.open_account(past)
    sent = send_all(ward, herself, random=random, past=past)
    yield from sent.numbers()
    move_money(account, sent, past)
    first, listed, short, twice, *_waiting = sent.guests
    for fate, filing in (
        (_RETURNED, sent.copy), (_RETURNED, first), (_RETURNED, listed), (_FINISHED, short), (_FINISHED, twice),
        (_FINISHED, sent.helped),
    ):  # fmt: skip
        work_on(filing.pk, fate, random=random, past=past, after=60)
    attach_paper(sent.copy, past)
    work_on(sent.birth.pk, _IN_PROGRESS, random=random, past=past, after=40)
    thao.confirm_mother(herself, past.ago(240))
    thao.leave_drafts(herself, ward, past)
    give_ratings(ward, random=random, past=past)
