"""Each fraud is planted and found; a clean office shows none of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from motcua.core.models import Event
from motcua.dossiers.models import Dossier
from motcua.intake.submissions import accept, submit
from motcua.intake.supplements import Asked
from motcua.people.looking import LOOKUP, look_as
from motcua.people.models import Account
from motcua.reporting.detectors.signs import SIGNS, look_for, look_for_all, sign_named
from motcua.reporting.detectors.thresholds import figures_on, thresholds
from motcua.routing import actions
from motcua.routing.actions import detours, waiting
from motcua.worktime.queries import calendar_for
from tests.cast import BIRTH, LAND, MONDAY, MR_QUANG, MRS_LAN, Cast, filing, offered, open_step, received
from tests.routing.lives import AT_WORK, DUTY, LATER, WISH, ask, at_officer, at_records, bring, hand_over, on, returned

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)


def written(after: timedelta) -> None:
    """The log was told everything so long after it happened."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_event DISABLE TRIGGER core_event_no_change")
        cursor.execute("UPDATE core_event SET recorded_at = at + %s", (after,))
        cursor.execute("ALTER TABLE core_event ENABLE TRIGGER core_event_no_change")


def written_at_once() -> None:
    """The log was told everything in the moment in which it happened: the stories lie on a day of their own."""
    written(timedelta())


def note_before(cast: Cast, dossier_id: UUID) -> None:
    """Something dated before what the log was told already."""
    Event.objects.create(
        kind="dossier.note", subject_kind="dossier", subject_id=dossier_id, actor_name="x",
        at=MONDAY + timedelta(hours=3), agency_id=cast.leader.agency_id,
    )  # fmt: skip


def found(cast: Cast, code: str, first: date = FIRST, last: date = LAST) -> list[str]:
    """The codes of the dossiers that one sign points to."""
    sign = sign_named(code)
    assert sign is not None
    return [row.code for row in look_for(sign, [cast.leader.agency_id], first, last).rows]


def code_of(dossier_id) -> str:
    return Dossier.objects.values_list("code", flat=True).get(pk=dossier_id)


def sent_in(cast: Cast, at: datetime, applicant=MRS_LAN, channel: str = "online"):
    by = cast.receiver
    letter = filing(BIRTH, applicant, by, channel=channel)
    return submit(letter, offered=offered(BIRTH, by), desk=by, by=by.actor, at=at)


def test_a_clean_office_shows_no_sign(cast: Cast):
    """A day's ordinary work: taken in, worked on, asked in time, answered, returned; one filing from outside."""
    life = returned(cast)
    other = at_officer(cast)
    ask(other, cast.case_officer, AT_WORK)
    bring(other, cast.receiver, LATER)
    sent = sent_in(cast, MONDAY)
    accept(sent.id, by=cast.receiver, at=MONDAY + timedelta(minutes=40))
    third = received(BIRTH, cast, at=MONDAY)
    detours.withdraw(at_officer(cast).id, wish=WISH, by=cast.receiver, at=AT_WORK)
    look_as(cast.records_clerk, "dossier", (life.id, third.id), task=LOOKUP, at=AT_WORK)
    written_at_once()
    seen = look_for_all([cast.leader.agency_id], FIRST, LAST)
    assert {one.sign.code: [row.words for row in one.rows] for one in seen if one.rows} == {}
    assert len(seen) == len(SIGNS) == len(thresholds())


def test_a_filing_taken_in_after_its_answer_was_due(cast: Cast):
    sent = sent_in(cast, MONDAY)
    opened = accept(sent.id, by=cast.receiver, at=on(27, 9))
    assert found(cast, "taken_in_late") == [opened.code]
    assert found(cast, "taken_in_late", date(2026, 12, 1)) == []


def test_a_step_written_down_long_after_the_moment_it_claims(cast: Cast, settings):
    settings.MOTCUA_MODE = "production"
    life = at_officer(cast)
    written_at_once()
    assert found(cast, "dated_backwards") == []
    connection.cursor().execute("ALTER TABLE core_event DISABLE TRIGGER core_event_no_change")
    Event.objects.filter(subject_id=life.id, kind="dossier.received").update(recorded_at=MONDAY + timedelta(hours=2))
    connection.cursor().execute("ALTER TABLE core_event ENABLE TRIGGER core_event_no_change")
    assert found(cast, "dated_backwards") == [code_of(life.id)]
    (row,) = look_for(sign_named("dated_backwards"), [cast.leader.agency_id], FIRST, LAST).rows
    assert row.words.startswith("Việc “Tiếp nhận hồ sơ” ghi là")


def test_what_a_demo_was_built_with_is_judged_by_its_order_alone(cast: Cast, settings):
    """It is written down long after the moment it shows; in a real office a demo account excuses nothing."""
    life = at_officer(cast)
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    assert Account.objects.get(pk=cast.receiver.actor.account_id).is_demo
    written(timedelta(days=3))
    settings.MOTCUA_MODE = "demo"
    assert found(cast, "dated_backwards") == []
    settings.MOTCUA_MODE = "production"
    assert set(found(cast, "dated_backwards")) == {code_of(life.id)}
    settings.MOTCUA_MODE = "demo"
    note_before(cast, life.id)
    assert set(found(cast, "dated_backwards")) == {code_of(life.id)}


def test_a_step_told_after_another_but_dated_before_it(cast: Cast):
    life = at_officer(cast)
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    note_before(cast, life.id)
    written_at_once()
    assert found(cast, "dated_backwards") == [code_of(life.id)]


def test_withdrawn_near_its_due_date_and_filed_again(cast: Cast):
    life = at_officer(cast)
    due = life.row.due_at
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=due - timedelta(hours=3))
    assert found(cast, "withdrawn_and_refiled") == []
    received(BIRTH, cast, applicant=MR_QUANG, at=due + timedelta(days=1))
    assert found(cast, "withdrawn_and_refiled") == []
    received(LAND, cast, applicant=MR_QUANG, at=due + timedelta(days=1))
    assert found(cast, "withdrawn_and_refiled") == [code_of(life.id)]


def test_who_left_no_number_is_known_by_name_and_birth_date(cast: Cast):
    nameless = replace(MR_QUANG, personal_id="")
    first = received(LAND, cast, applicant=nameless)
    due = Dossier.objects.get(pk=first.id).due_at
    detours.withdraw(first.id, wish=WISH, by=cast.receiver, at=due - timedelta(hours=3))
    received(LAND, cast, applicant=replace(nameless, full_name="VÕ ĐÌNH QUANG"), at=due + timedelta(days=1))
    assert found(cast, "withdrawn_and_refiled") == [first.code]


def test_papers_asked_for_on_the_last_day(cast: Cast):
    life = at_officer(cast)
    at = life.row.due_at - timedelta(minutes=30)
    waiting.ask_supplement(
        life.step, [Asked(life.lacking()[0])], reason="Chưa đủ", until=at.date() + timedelta(days=9),
        by=cast.case_officer, at=at, of=life.id,
    )  # fmt: skip
    assert found(cast, "papers_asked_on_last_day") == [code_of(life.id)]


def test_money_or_a_visit_asked_for_in_the_last_office_hours(cast: Cast):
    lives = [at_officer(cast) for _ in range(4)]
    assert lives[0].row.due_at == on(22, 9, 15, month=12)  # four office hours before it: the 21st, 15:15
    evening, noon = on(21, 15, 30, month=12), on(21, 10, month=12)
    for life, at in zip(lives[:2], (evening, noon), strict=True):
        waiting.demand_money(life.step, DUTY, by=cast.case_officer, at=at, of=life.id)
    for life, at in zip(lives[2:], (evening, noon), strict=True):
        waiting.invite(
            life.step, purpose="Xác minh", place="Thửa đất", until=at.date() + timedelta(days=9), by=cast.case_officer,
            at=at, of=life.id,
        )  # fmt: skip
    assert found(cast, "papers_asked_on_last_day") == sorted([code_of(lives[0].id), code_of(lives[2].id)])
    sign = sign_named("papers_asked_on_last_day")
    assert sign is not None
    words = [row.words for row in look_for(sign, [cast.leader.agency_id], FIRST, LAST).rows]
    assert {text.split(" lúc ")[0] for text in words} == {"Yêu cầu nộp tiền", "Mời người nộp đến"}


def test_many_finished_in_the_last_minutes_of_a_month(cast: Cast):
    ready = [received(BIRTH, cast, at=MONDAY + timedelta(minutes=place)).id for place in range(6)]
    ends = [on(30, 16, 20 + place) for place in range(6)]
    for dossier_id, at in zip(ready, ends, strict=True):
        detours.withdraw(dossier_id, wish=WISH, by=cast.receiver, at=at)
    assert len(found(cast, "finished_at_month_end")) == 6
    assert found(cast, "finished_at_month_end", date(2026, 12, 1)) == []
    Dossier.objects.filter(pk__in=ready).update(finished_at=on(30, 10))
    assert found(cast, "finished_at_month_end") == []


def test_the_last_month_of_the_calendar_is_looked_at_as_any_other(cast: Cast):
    """December of its last year needs no day of the year after."""
    last = calendar_for(cast.leader.calendar_code).last_day
    assert (last.month, last.day) == (12, 31)
    assert found(cast, "finished_at_month_end", last.replace(day=1), last) == []


def test_finished_in_time_and_reopened_at_once(cast: Cast):
    life = at_records(cast)
    actions.pass_on(life.step, by=cast.records_clerk, at=on(24, 16))
    hand_over(life, on(24, 16, 10))
    detours.reopen(life.id, reason="Chưa làm xong", by=cast.leader, at=on(26, 9))
    assert found(cast, "finished_then_reopened") == [code_of(life.id)]


def test_many_steps_in_one_minute(cast: Cast):
    opened = [received(BIRTH, cast, at=MONDAY).id for _ in range(10)]
    for place, dossier_id in enumerate(opened):
        actions.pass_on(open_step(dossier_id)[0], by=cast.receiver, at=MONDAY + timedelta(hours=1, seconds=5 * place))
    assert len(found(cast, "many_steps_at_once")) == 10


def test_taken_in_at_the_counter_while_the_office_was_closed(cast: Cast):
    late = received(BIRTH, cast, at=on(23, 21))
    received(BIRTH, cast, at=on(23, 16, 59))
    assert found(cast, "received_while_closed") == [late.code]


def test_one_official_who_looks_up_very_many(cast: Cast):
    opened = [received(BIRTH, cast, at=MONDAY).id for _ in range(30)]
    look_as(cast.records_clerk, "dossier", opened[:29], task=LOOKUP, at=AT_WORK)
    assert found(cast, "looked_up_many") == []
    look_as(cast.records_clerk, "dossier", opened[29:], task=LOOKUP, at=AT_WORK)
    assert len(found(cast, "looked_up_many")) == 30


def test_one_telephone_behind_many_people(cast: Cast):
    for place in range(10):
        person = replace(MRS_LAN, full_name=f"Người {place}", personal_id="", phone="0900000001")
        accept(sent_in(cast, MONDAY, person).id, by=cast.receiver, at=MONDAY + timedelta(minutes=1))
        assert len(found(cast, "one_phone_many_people")) == (10 if place == 9 else 0)


def test_signs_of_another_agency_are_not_seen(cast: Cast):
    sent = sent_in(cast, MONDAY)
    accept(sent.id, by=cast.receiver, at=on(27, 9))
    assert not any(one.rows for one in look_for_all([uuid4()], FIRST, LAST))


@pytest.mark.parametrize("sign", [sign.code for sign in SIGNS])
def test_every_sign_has_its_dated_figures(sign: str):
    assert figures_on(sign, date(2026, 11, 22))
    assert figures_on(sign, date(2019, 12, 31)) is None


def log_in(client, username: str):
    assert client.post("/accounts/login/", {"login": username, "password": "motcua-trinh-dien"}).status_code == 302
    return client


@pytest.mark.parametrize("who", ["lanhdao", "kiemsoat"])
def test_the_page_explains_each_sign_and_names_its_dossiers(client, cast: Cast, who: str):
    opened = accept(sent_in(cast, MONDAY).id, by=cast.receiver, at=on(27, 9))
    page = log_in(client, who).get(f"/reports/signs/?agency={cast.leader.agency_id}&first=01/11/2026&last=31/12/2026")
    assert page.status_code == 200
    words = page.content.decode()
    for sign in SIGNS:
        assert str(sign.title) in words
    assert opened.code in words
    assert "chưa phải là bằng chứng" in words
    assert MRS_LAN.full_name not in words
    assert (f'href="/dossiers/{opened.code}/"' in words) is (who == "lanhdao")


def test_a_dossier_stands_once_however_much_was_seen_of_it(client, cast: Cast):
    Account.objects.update(is_demo=False)
    life = at_officer(cast)
    detours.withdraw(life.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    connection.cursor().execute("ALTER TABLE core_event DISABLE TRIGGER core_event_no_change")
    Event.objects.filter(subject_id=life.id).update(recorded_at=MONDAY + timedelta(days=9))
    connection.cursor().execute("ALTER TABLE core_event ENABLE TRIGGER core_event_no_change")
    asked = f"agency={cast.leader.agency_id}&first=01/11/2026&last=31/12/2026"
    page = log_in(client, "lanhdao").get(f"/reports/signs/?{asked}")
    assert page.text.count(f'<span class="code">{code_of(life.id)}</span>') == 1
    assert "Việc “Chuyển bước” ghi là" in page.text
    assert "step.passed_on" not in page.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("first=31/12/2026&last=01/11/2026", "Ngày cuối phải từ ngày đầu"),
        ("first=01/11/2024&last=01/11/2026", "Nhiều nhất là một năm"),
        ("first=32/13/2026&last=01/11/2026", "Ngày chưa đúng"),
        ("first=01/12/9999&last=31/12/9999", "Không có kỳ này"),
        ("first=01/01/0001&last=02/01/0001", "Không có kỳ này"),
    ],
)
def test_a_wrong_period_is_said(client, cast: Cast, asked: str, said: str):
    page = log_in(client, "lanhdao").get(f"/reports/signs/?agency={cast.leader.agency_id}&{asked}")
    assert page.status_code == 422
    assert said in page.content.decode()


def test_a_year_without_a_calendar_is_said(client, cast: Cast):
    address = f"/reports/signs/?agency={cast.leader.agency_id}&first=01/01/1990&last=31/01/1990"
    page = log_in(client, "lanhdao").get(address)
    assert page.status_code == 200
    assert "1990" in page.content.decode()


def test_another_agency_cannot_be_chosen(client, cast: Cast):
    page = log_in(client, "lanhdao").get(f"/reports/signs/?agency={uuid4()}&first=01/11/2026&last=30/11/2026")
    assert page.status_code == 422
