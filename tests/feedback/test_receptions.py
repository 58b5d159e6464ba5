"""The calendar of receptions kept: plans, days changed once, what came of a day; each refused where it cannot be."""

from datetime import date, datetime, time, timedelta

import pytest

from motcua.core.models import Event
from motcua.feedback.models import Reception, ReceptionChange, ReceptionPlan
from motcua.feedback.receptions.actions import add_day, change_day, end_receptions, plan_receptions, undo_change
from motcua.feedback.receptions.advice import too_rarely, too_short_notice
from motcua.feedback.receptions.outcomes import Entered, correct_reception, enter_reception, undo_reception
from motcua.feedback.receptions.queries import days_between, next_reception, shares
from motcua.feedback.receptions.refusals import ReceptionRefused
from motcua.people.models import Agency
from motcua.worktime.models import CalendarDay
from tests.cast import MONDAY, Cast

THURSDAY = date(2026, 11, 26)
WEEK = timedelta(days=7)
TET_TO_COME = date(2027, 2, 4)
HELD = Entered("in_person", "Nguyễn Văn Hòa, Chủ tịch", people=3, complaints=1, remarks=2)


def a_plan(**changes) -> ReceptionPlan:
    said = {
        "receiver": "Chủ tịch Ủy ban nhân dân phường", "is_head": True, "weekdays": [4], "weeks": [],
        "part": "morning", "place": "Phòng tiếp công dân", "phone": "0235 000 0001", "valid_from": MONDAY.date(),
    }  # fmt: skip
    return ReceptionPlan(**(said | changes))


def planned(cast: Cast, **changes) -> ReceptionPlan:
    return plan_receptions(a_plan(**changes), by=cast.records_clerk, at=MONDAY)


def home(cast: Cast) -> Agency:
    return Agency.objects.get(pk=cast.leader.agency_id)


def on(day: date, hour: int = 15) -> datetime:
    return datetime.combine(day, time(hour), MONDAY.tzinfo)


def kinds() -> list[str]:
    return [*Event.objects.filter(subject_kind="reception_plan").order_by("sequence").values_list("kind", flat=True)]


def kept(cast: Cast, last: date = date(2026, 12, 31)) -> list[date]:
    return [one.told.day for one in days_between(home(cast), MONDAY.date(), last) if one.told.is_kept]


def test_a_plan_is_told_and_its_days_follow_from_it(cast: Cast):
    plan = planned(cast)
    assert kept(cast) == [THURSDAY + n * WEEK for n in range(6)]
    found = next_reception(home(cast), MONDAY)
    assert found is not None
    assert (found.plan, found.told.day) == (plan, THURSDAY)
    (told,) = Event.objects.filter(kind="reception_plan.begun", subject_id=plan.pk)
    assert told.after["weekdays"] == [4]
    assert told.agency_id == cast.leader.agency_id


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"valid_from": date(2026, 11, 20)}, "từ hôm nay"),
        ({"valid_to": date(2026, 11, 20)}, "Ngày cuối"),
        ({"weekdays": []}, "trống|trắng"),
        ({"weekdays": [8]}, "thứ trong tuần"),
        ({"weeks": [5]}, "Tuần trong tháng"),
        ({"part": "hours"}, "Giờ riêng"),
        ({"part": "hours", "starts": time(10), "ends": time(9)}, "Giờ riêng"),
    ],
)  # fmt: skip
def test_a_plan_that_contradicts_itself_is_refused(cast: Cast, changes, sentence):
    with pytest.raises(ReceptionRefused, match=sentence):
        planned(cast, **changes)
    assert kinds() == []


def test_one_receiver_has_one_plan_at_a_time_and_another_has_his_own(cast: Cast):
    planned(cast)
    with pytest.raises(ReceptionRefused, match="cho lịch cũ kết thúc trước"):
        planned(cast, receiver="CHỦ TỊCH Ủy ban nhân dân phường", weekdays=[2], valid_from=date(2027, 1, 4))
    planned(cast, receiver="Phó Chủ tịch Ủy ban nhân dân phường", is_head=False)
    assert len(kept(cast, last=THURSDAY)) == 2


def test_a_plan_is_ended_from_a_day_on_and_the_next_begins_after_it(cast: Cast):
    plan = planned(cast)
    end_receptions(plan.pk, date(2026, 12, 10), by=cast.records_clerk, at=MONDAY)
    planned(cast, weekdays=[2], valid_from=date(2026, 12, 11))
    assert kept(cast, last=date(2026, 12, 16)) == [THURSDAY, THURSDAY + WEEK, THURSDAY + 2 * WEEK, date(2026, 12, 15)]
    with pytest.raises(ReceptionRefused, match="đã kết thúc"):
        end_receptions(plan.pk, date(2026, 12, 31), by=cast.records_clerk, at=MONDAY)
    with pytest.raises(ReceptionRefused, match="hôm qua"):
        end_receptions(plan.pk, date(2026, 11, 2), by=cast.records_clerk, at=MONDAY)


def test_a_plan_that_never_began_is_taken_out_with_its_changes(cast: Cast):
    plan = planned(cast, valid_from=date(2026, 12, 1))
    change_day(plan.pk, date(2026, 12, 3), to_day=None, reason="họp", by=cast.records_clerk, at=MONDAY)
    end_receptions(plan.pk, MONDAY.date(), by=cast.records_clerk, at=MONDAY)
    assert not ReceptionPlan.objects.exists()
    assert not ReceptionChange.objects.exists()
    assert kinds()[-1] == "reception_plan.ended"


def test_a_day_is_moved_cancelled_added_and_each_can_be_undone(cast: Cast):
    plan, by = planned(cast), cast.leader
    friday, tuesday = THURSDAY + timedelta(days=1), date(2026, 12, 8)
    moved = change_day(plan.pk, THURSDAY, to_day=friday, reason="họp Hội đồng", by=by, at=MONDAY)
    change_day(plan.pk, THURSDAY + WEEK, to_day=None, reason="bão", by=by, at=MONDAY)
    add_day(plan.pk, tuesday, reason="nhiều đơn", by=by, at=MONDAY)
    assert kept(cast, last=date(2026, 12, 10)) == [friday, tuesday, THURSDAY + 2 * WEEK]
    undo_change(moved.pk, by=by, at=MONDAY)
    assert kept(cast, last=date(2026, 12, 2)) == [THURSDAY]
    with pytest.raises(ReceptionRefused, match="người khác bỏ"):
        undo_change(moved.pk, by=by, at=MONDAY)
    assert kinds() == [
        f"reception_plan.{one}" for one in ("begun", "day_moved", "day_cancelled", "day_added", "change_undone")
    ]


def test_a_day_is_changed_only_to_one_on_which_there_can_be_a_reception(cast: Cast):
    plan, by = planned(cast, valid_to=date(2027, 12, 31)), cast.leader

    def refused(sentence: str, day: date, to_day: date | None, at: datetime = MONDAY) -> None:
        with pytest.raises(ReceptionRefused, match=sentence):
            change_day(plan.pk, day, to_day=to_day, reason="họp", by=by, at=at)

    refused("không phải ngày tiếp", date(2026, 11, 25), None)
    refused("không làm việc", THURSDAY, date(2026, 11, 28))
    refused("đã có buổi tiếp", THURSDAY, THURSDAY + WEEK)
    refused("ngày đã qua", THURSDAY, date(2026, 11, 20))
    refused("ngoài thời gian", THURSDAY, date(2028, 1, 5))
    refused("đã qua", THURSDAY, None, on(THURSDAY + WEEK))
    refused("vốn không có buổi tiếp", TET_TO_COME, None)
    change_day(plan.pk, TET_TO_COME, to_day=date(2027, 2, 12), reason="bù", by=by, at=MONDAY)
    change_day(plan.pk, THURSDAY, to_day=None, reason="họp", by=by, at=MONDAY)
    refused("vừa được đổi", THURSDAY, None)
    with pytest.raises(ReceptionRefused):
        change_day(plan.pk, THURSDAY + WEEK, to_day=None, reason="  ", by=by, at=MONDAY)
    assert ReceptionChange.objects.count() == 2


def test_a_year_nobody_loaded_is_said_and_no_day_of_it_can_be_promised(cast: Cast):
    plan = planned(cast)
    far = next(one for one in days_between(home(cast), date(2031, 1, 1), date(2031, 1, 31)))
    assert far.told.standing == "unknown"
    with pytest.raises(ReceptionRefused, match="Chưa nạp lịch làm việc năm 2031"):
        add_day(plan.pk, date(2031, 1, 8), reason="thêm", by=cast.leader, at=MONDAY)
    with pytest.raises(ReceptionRefused, match="chưa biết"):
        change_day(plan.pk, far.told.day, to_day=None, reason="họp", by=cast.leader, at=MONDAY)


def test_what_came_of_a_day_is_entered_corrected_and_taken_back(cast: Cast):
    plan, by = planned(cast), cast.records_clerk
    with pytest.raises(ReceptionRefused, match="chưa đến"):
        enter_reception(plan.pk, THURSDAY, HELD, by=by, at=MONDAY)
    row = enter_reception(plan.pk, THURSDAY, HELD, by=by, at=on(THURSDAY))
    with pytest.raises(ReceptionRefused, match="vừa có người ghi"):
        enter_reception(plan.pk, THURSDAY, HELD, by=cast.leader, at=on(THURSDAY))
    with pytest.raises(ReceptionRefused, match="không có buổi tiếp"):
        enter_reception(plan.pk, THURSDAY - timedelta(days=1), HELD, by=by, at=on(THURSDAY))
    correct_reception(row.pk, Entered("not_held", "ai đó", reason="Chủ tịch đi họp"), by=by, at=on(THURSDAY, 16))
    row.refresh_from_db()
    assert (row.outcome, row.received_by, row.people, row.reason) == ("not_held", "", 0, "Chủ tịch đi họp")
    told = Event.objects.get(kind="reception_plan.reception_corrected")
    assert (told.before["people"], told.after["people"]) == (3, 0)
    with pytest.raises(ReceptionRefused, match="đã ghi một buổi tiếp"):
        end_receptions(plan.pk, THURSDAY - timedelta(days=1), by=by, at=on(THURSDAY))
    undo_reception(row.pk, by=by, at=on(THURSDAY, 17))
    with pytest.raises(ReceptionRefused, match="bỏ ghi"):
        undo_reception(row.pk, by=by, at=on(THURSDAY, 17))
    assert not Reception.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        Entered("not_held"), Entered("in_person"), Entered("in_person", "Ông A", reason="bận"),
        Entered("not_held", reason="bận", people=2), Entered("in_person", "Ông A", complaints=1), Entered("perhaps"),
    ],
)  # fmt: skip
def test_numbers_that_contradict_are_refused(cast: Cast, said: Entered):
    plan = planned(cast)
    with pytest.raises(ReceptionRefused):
        enter_reception(plan.pk, THURSDAY, said, by=cast.records_clerk, at=on(THURSDAY))
    assert not Reception.objects.exists()


def test_how_often_the_leader_received_of_the_days_he_was_to(cast: Cast):
    """Received himself, another in his place, nobody, called off, not entered: one of five."""
    plan, by, last = planned(cast), cast.records_clerk, THURSDAY + 4 * WEEK
    change_day(plan.pk, THURSDAY + 3 * WEEK, to_day=None, reason="họp", by=by, at=MONDAY)
    for place, said in enumerate((HELD, Entered("by_another", "Phó Chủ tịch", 2), Entered("not_held", reason="bão"))):
        enter_reception(plan.pk, THURSDAY + place * WEEK, said, by=by, at=on(THURSDAY + place * WEEK))
    CalendarDay.objects.create(
        calendar_id=CalendarDay.objects.values_list("calendar_id", flat=True)[0], date=THURSDAY + 5 * WEEK,
        kind="closed", name="kiểm kê",
    )  # fmt: skip
    (share,) = shares(home(cast), MONDAY.date(), last)
    assert (share.planned, share.in_person, share.by_another, share.not_held) == (5, 1, 1, 1)
    assert (share.cancelled, share.missing, share.not_received, share.percent) == (1, 1, 2, 20)
    assert (share.people, share.matters) == (5, 3)


def test_another_wards_official_finds_nothing(cast: Cast):
    plan = planned(cast)
    stranger = type(cast.leader)(**{
        **{name: getattr(cast.leader, name) for name in cast.leader.__dataclass_fields__}, "agency_id": plan.pk,
    })  # fmt: skip
    for act in (
        lambda: end_receptions(plan.pk, THURSDAY, by=stranger, at=MONDAY),
        lambda: add_day(plan.pk, THURSDAY, reason="x", by=stranger, at=MONDAY),
        lambda: enter_reception(plan.pk, THURSDAY, HELD, by=stranger, at=on(THURSDAY)),
    ):
        with pytest.raises(ReceptionRefused, match="không còn"):
            act()


def test_the_laws_minimum_is_said_until_the_head_has_enough_days(cast: Cast):
    ward, today = home(cast), MONDAY.date()
    (nothing,) = too_rarely(ward, [], today)
    assert "ít nhất 1 ngày mỗi tuần" in nothing
    assert "chưa có lịch nào" in nothing
    assert "chưa được đối chiếu" in nothing
    (monthly,) = too_rarely(ward, [a_plan(weeks=[1])], today)
    assert "chỉ chắc chắn 0 ngày" in monthly
    assert too_rarely(ward, [a_plan(is_head=False)], today) == [nothing]
    assert too_rarely(ward, [a_plan()], today) == []


def test_a_day_that_comes_sooner_than_the_law_publishes_is_said(cast: Cast):
    assert "5 ngày làm việc" in too_short_notice("VN", THURSDAY, MONDAY)
    assert too_short_notice("VN", THURSDAY + WEEK, MONDAY) == ""
    assert too_short_notice("VN", date(2031, 1, 1), MONDAY) == ""
