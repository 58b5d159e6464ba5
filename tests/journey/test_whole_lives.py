"""From the counter to the returned result over the pages, with detours; every date was counted by hand.

The ward works 7:00-11:30 and 13:30-17:00; Tuesday 24 November 2026 is a day off.
"""

from datetime import date

import pytest
from django.test import Client

from motcua.core.models import Event
from motcua.dossiers.ledger import clock_of
from motcua.dossiers.models import ClockEntry, Dossier
from motcua.dossiers.rules import timeliness
from motcua.dossiers.states import State
from motcua.intake.models import Demand
from motcua.routing.apologies.balance import Balance, apology_balance
from motcua.routing.apologies.drafting import tick
from motcua.routing.models import Apology
from tests.cast import BIRTH, LAND, Cast
from tests.journey.hall import Hall, fresh, on
from tests.routing.lives import Life, publish_changed


@pytest.fixture
def hall(cast: Cast, monkeypatch) -> Hall:
    return Hall(monkeypatch)


def ask_and_bring(hall: Hall, cast: Cast, dossier: Dossier, asked: str, brought: str) -> None:
    """The officer asks for a paper that is not there; the citizen brings it."""
    hall.clock(asked)
    hall.work_until("case_officer", dossier)
    lacking = str(Life(dossier.id, cast).lacking()[0])
    until = f"{on(brought):%d/%m/%Y}"
    hall.detour("thuly", "supplement", dossier, papers=[lacking], reason="Chưa đủ căn cứ", until=until)
    assert fresh(dossier).paused_at == on(asked)
    assert "Thời hạn tạm dừng" in hall.citizen_reads(dossier)
    hall.clock(brought)
    wanted = [str(one.component_id or one.id) for one in Demand.objects.filter(request__dossier_id=dossier.id)]
    hall.detour("tiepnhan", "take-supplement", dossier, brought=wanted)


def finished_and_returned(hall: Hall, dossier: Dossier, finished: str, handed_over: str) -> Dossier:
    hall.clock(finished)
    hall.work_to_the_end(dossier)
    assert fresh(dossier).finished_at == on(finished)
    hall.clock(handed_over)
    ended = hall.hand_over(dossier)
    assert (ended.state, ended.returned_at) == (State.RETURNED, on(handed_over))
    assert clock_of(ended).due_at == ended.due_at
    return ended


def kinds(dossier: Dossier) -> list[str]:
    return list(Event.objects.filter(subject_id=dossier.id).order_by("sequence").values_list("kind", flat=True))


def test_papers_brought_begin_the_limit_anew_and_it_is_returned_in_time(hall: Hall, cast: Cast):
    dossier = hall.take_in(BIRTH, "2026-11-23 09:15")
    assert dossier.due_at == on("2026-11-25 09:15")  # a working day, over the day off
    ask_and_bring(hall, cast, dossier, "2026-11-23 10:00", "2026-11-26 15:00")
    assert fresh(dossier).due_at == on("2026-11-27 15:00")  # the working day begins again on Thursday at 15:00
    assert "thời hạn tính lại từ đầu" in hall.citizen_reads(dossier)
    ended = finished_and_returned(hall, dossier, "2026-11-27 14:59", "2026-11-30 08:00")
    assert ended.promised_at == on("2026-11-25 09:15")
    assert timeliness(due_at=ended.due_at, ended_at=ended.finished_at) != "late"
    assert [entry.mark for entry in ClockEntry.objects.filter(dossier=dossier).order_by("position")][:2] == [
        "paused", "restarted",
    ]  # fmt: skip


@pytest.mark.parametrize(("finished", "late"), [("2026-12-22 16:45", False), ("2026-12-22 16:46", True)])
def test_where_the_version_lets_the_limit_go_on_the_pause_is_added_to_the_minute(
    hall: Hall, cast: Cast, finished: str, late: bool
):
    publish_changed(cast, supplement_rule="resume")
    dossier = hall.take_in(LAND, "2026-11-23 09:15")
    assert dossier.due_at == on("2026-12-22 09:15")  # twenty working days
    ask_and_bring(hall, cast, dossier, "2026-11-27 15:00", "2026-11-30 10:30")
    # 2 hours of Friday and 3.5 of Monday: from 9:15 to 11:30, and from 13:30 on the 3 hours 15 that are left
    assert fresh(dossier).due_at == on("2026-12-22 16:45")
    ended = finished_and_returned(hall, dossier, finished, "2026-12-23 08:00")
    assert (timeliness(due_at=ended.due_at, ended_at=ended.finished_at) == "late") is late
    assert ("Trễ" in hall.citizen_reads(dossier) or "quá hạn" in hall.citizen_reads(dossier)) is late


def test_late_with_an_apology_it_is_returned_by_the_new_date_and_answered_for(hall: Hall, cast: Cast):
    dossier = hall.take_in(LAND, "2026-11-23 09:15")
    hall.work_until("case_officer", dossier)
    assert tick(on("2026-12-17 16:59")) == 0
    assert tick(on("2026-12-18 09:15")) == 1  # two working days before Tuesday 22 December, 9:15

    hall.clock("2026-12-21 08:00")
    letter = Apology.objects.get(dossier=dossier)
    typed = {"reason_code": "verification", "reason": "Phải đo lại ranh giới với hộ liền kề.", "delay_number": "3",
             "delay_unit": "working_day", "press": "sign"}  # fmt: skip
    signed = hall.browser("lanhdao").post(f"/apologies/{letter.id}/", typed, follow=True)
    assert "Đã ký thư xin lỗi số 1" in signed.text
    assert fresh(dossier).appointed_at == on("2026-12-25 09:15")
    assert fresh(dossier).due_at == on("2026-12-22 09:15")  # late is measured by the limit
    assert "09:15 25/12/2026" in hall.citizen_reads(dossier)

    hall.clock("2026-12-22 10:00")
    public = Client().get("/late-dossiers/").text
    assert dossier.code in public
    assert "Võ Đình Quang" not in public
    ended = finished_and_returned(hall, dossier, "2026-12-24 10:00", "2026-12-25 08:30")
    assert timeliness(due_at=ended.due_at, ended_at=ended.finished_at) == "late"
    assert dossier.code not in Client().get("/late-dossiers/").text
    told = kinds(dossier)
    assert told.index("apology.drafted") < told.index("apology.signed") < told.index("dossier.returned")
    balance = apology_balance(dossier.agency_id, on("2026-12-25 09:00"), since=date(2026, 12, 1))
    assert balance == Balance(late=1, issued=1, awaiting=0, exceptions=0, uncovered=0)
