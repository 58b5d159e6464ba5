"""From the counter to the result over Tết, over a worked Saturday and over a year's end; dates counted by hand.

What went before 1 July 2025 was another agency with another catalogue: that day is crossed in the ledger's own
tests (`tests/dossiers/test_time_travel.py`).
"""

import pytest

from motcua.dossiers.ledger import clock_of
from motcua.dossiers.rules import timeliness
from motcua.dossiers.states import State
from tests.cast import BIRTH, LAND, Cast
from tests.journey.hall import Hall, on

# Procedure, received, due, finished on that very minute, and what the citizen reads on the way.
STORIES = {
    # One working day: Friday 13/2 is the last before Tết, Monday 23/2 the first after it.
    "over Tết": (BIRTH, "2026-02-13 15:00", "2026-02-23 15:00", "Tết"),
    # Saturday 22/8 is worked for Monday 31/8.
    "to a worked Saturday": (BIRTH, "2026-08-21 10:00", "2026-08-22 10:00", "làm"),
    # Thursday 31/12; Friday 1/1 is a holiday, then a week-end.
    "over the year's end": (BIRTH, "2026-12-31 14:00", "2027-01-04 14:00", "Tết Dương lịch"),
    # Twenty working days from Friday 14/8: five by Friday 21/8, Saturday 22/8 six, eleven by Friday 28/8; Monday 31/8,
    # 1/9 and 2/9 off; 3/9 and 4/9 thirteen, eighteen by Friday 11/9, twenty on Tuesday 15/9.
    "over a worked Saturday and National Day": (LAND, "2026-08-14 08:00", "2026-09-15 08:00", "Quốc khánh"),
}


@pytest.mark.parametrize("story", STORIES)
def test_the_promise_is_the_day_worked_out_by_hand_and_is_kept(cast: Cast, monkeypatch, story: str):
    procedure, received, due, words = STORIES[story]
    hall = Hall(monkeypatch)
    dossier = hall.take_in(procedure, received)
    assert dossier.promised_at == dossier.due_at == on(due)
    assert words in hall.citizen_reads(dossier)
    hall.clock(due)
    hall.work_to_the_end(dossier)
    ended = hall.hand_over(dossier)
    assert (ended.state, ended.finished_at) == (State.RETURNED, on(due))
    assert timeliness(due_at=ended.due_at, ended_at=ended.finished_at) == "on_time"
    assert clock_of(ended).due_at == on(due)
