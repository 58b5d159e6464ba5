"""Which event says what to whom."""

from datetime import timedelta
from uuid import UUID

import pytest

from motcua.config.told import TOLD
from motcua.correspondence.models import Message
from motcua.correspondence.states import MessageState
from motcua.dossiers.models import Dossier
from motcua.feedback.keys import rating_token
from motcua.intake.models import Submission
from motcua.intake.submissions import WantedPaper, ask_papers, refuse, submit
from motcua.intake.supplements import Asked, ask_supplement
from motcua.people.citizens.models import Citizen
from motcua.people.models import Account
from motcua.result.actions import Recipient, return_result
from motcua.routing import actions as routing
from tests.cast import BIRTH, LAND, MONDAY, MR_QUANG, MRS_LAN, Cast, filing, minutes_later, offered, open_step, received
from tests.correspondence.conftest import told

pytestmark = pytest.mark.django_db


def in_work(cast: Cast) -> UUID:
    dossier_id = received(LAND, cast, applicant=MR_QUANG).id
    routing.pass_on(open_step(dossier_id)[0], by=cast.receiver, at=minutes_later(MONDAY, 10))
    return dossier_id


def newest(about: UUID) -> Message:
    told(minutes_later(MONDAY, 60))
    return Message.objects.filter(about_id=about).latest("pk")


def submitted(cast: Cast, **changes: object) -> Submission:
    by = cast.receiver
    asked = filing(BIRTH, MRS_LAN, by, channel="online", papers=(), **changes)
    return submit(asked, offered=offered(BIRTH, by), desk=by, by=by.actor, at=MONDAY)


def test_papers_asked_for_in_work_are_named(cast: Cast):
    dossier_id = in_work(cast)
    wanted = Asked(None, "Giấy chứng nhận đã cấp", "Luật Đất đai")
    until = MONDAY.date() + timedelta(days=20)
    ask_supplement(dossier_id, [wanted], reason="Thiếu bản gốc", until=until, by=cast.case_officer,
                   at=minutes_later(MONDAY, 20))  # fmt: skip
    message = newest(dossier_id)
    assert message.template == "dossier-papers-asked"
    assert "Giấy chứng nhận đã cấp" in message.text
    assert "Thiếu bản gốc" in message.text
    assert f"{until:%d/%m/%Y}" in message.short
    assert "Thieu ban goc" not in message.short, "a reason is for the one who opens the page"
    assert message.slip


def test_the_end_is_told_with_the_way_to_get_the_result(cast: Cast):
    dossier_id, at = received(BIRTH, cast).id, MONDAY
    hands = {"receiver": cast.receiver, "case_officer": cast.case_officer, "records_clerk": cast.records_clerk}
    while Dossier.objects.get(pk=dossier_id).finished_at is None:
        step, role, _unit = open_step(dossier_id)
        at = minutes_later(at, 1)
        (routing.approve if role == "approver" else routing.pass_on)(step, by=hands.get(role, cast.leader), at=at)
    message = newest(dossier_id)
    assert message.template == "dossier-finished"
    assert "Tại quầy" in message.text


def returned(cast: Cast, **way: str) -> Message:
    """The last message about a dossier whose result left the office this way."""
    dossier_id, at = received(BIRTH, cast).id, MONDAY
    hands = {"receiver": cast.receiver, "case_officer": cast.case_officer, "records_clerk": cast.records_clerk}
    while Dossier.objects.get(pk=dossier_id).finished_at is None:
        step, role, _unit = open_step(dossier_id)
        at = minutes_later(at, 1)
        (routing.approve if role == "approver" else routing.pass_on)(step, by=hands.get(role, cast.leader), at=at)
    recipient = Recipient("Nguyễn Thị Lan", "000184001234", way.pop("method"), True, **way)
    return_result(dossier_id, recipient=recipient, by=cast.receiver, at=minutes_later(at, 1))
    return newest(dossier_id)


def test_a_returned_result_brings_the_link_to_rate_it(cast: Cast):
    message = returned(cast, method="counter")
    assert message.template == "dossier-returned"
    for text in (message.text, message.short):
        assert f"/rate/{rating_token(message.about_id)}/" in text


def test_what_went_by_post_is_told_with_its_number_and_where_it_is(cast: Cast):
    message = returned(cast, method="post", carrier="vnpost", tracking_number="EB123456789VN")
    assert message.template == "dossier-sent-by-post"
    assert "EB123456789VN" in message.short
    assert "https://" in message.text
    assert "key=EB123456789VN" in message.text
    assert f"/rate/{rating_token(message.about_id)}/" in message.text


def test_what_can_be_downloaded_is_told_with_where_and_what_is_asked_there(cast: Cast):
    message = returned(cast, method="online")
    assert message.template == "dossier-opened-online"
    assert "/result/" in message.short
    assert "bốn số cuối" in message.text


def test_a_filing_that_waits_is_told_with_its_number_and_the_answers_day(cast: Cast):
    filed = submitted(cast)
    message = newest(filed.id)
    assert message.template == "submission-submitted"
    assert filed.number in message.short
    assert f"/tracking/{filed.number}/{filed.tracking_token}/" in message.short


def test_papers_asked_for_before_intake_and_a_refusal_are_told(cast: Cast):
    asked, refused = submitted(cast), submitted(cast)
    paper = offered(BIRTH, cast.receiver).components[0]
    ask_papers(asked.id, [WantedPaper(paper.id, "bản chính")], reason="Chưa có", by=cast.receiver, at=MONDAY)
    refuse(refused.id, reason="Không thuộc thẩm quyền", legal_basis="Luật Hộ tịch", by=cast.receiver, at=MONDAY)
    told()
    found = Message.objects.exclude(template="submission-submitted").order_by("template")
    assert [one.template for one in found] == ["submission-papers-asked", "submission-refused"]
    assert paper.name in found[0].text
    assert "Không thuộc thẩm quyền" in found[1].text


def test_who_left_no_way_to_reach_him_gets_a_slip_when_he_must_do_something(cast: Cast):
    filed = submitted(cast)
    Submission.objects.filter(pk=filed.id).update(applicant_phone="", applicant_email="")
    refuse(filed.id, reason="Không thuộc thẩm quyền", legal_basis="Luật", by=cast.receiver, at=MONDAY)
    assert told() == 1
    message = Message.objects.get()
    assert (message.template, message.state, message.way) == ("submission-refused", MessageState.FAILED, "")
    assert message.to_address == MRS_LAN.address


def test_what_the_citizen_chose_is_tried_first_and_stands_in_his_list(cast: Cast):
    account = Account.objects.create_account(username="lan", password="mot-cua-cua-lan")
    Citizen.objects.create(
        account=account, level="contact", full_name="Nguyễn Thị Lan", phone="0905123456", verified_phone_at=MONDAY,
        email="lan@example.vn", verified_email_at=MONDAY, preferred_way="email", created_at=MONDAY,
    )  # fmt: skip
    opened = received(BIRTH, cast)
    message = newest(opened.id)
    assert (message.ways, message.to_email) == (["email", "sms", "zalo"], "lan@example.vn")
    assert message.account_id == account.pk


def test_a_preference_that_was_only_typed_counts_for_nobody(cast: Cast):
    account = Account.objects.create_account(username="someone", password="mot-cua-cua-ai-do")
    Citizen.objects.create(
        account=account, level="claimed", full_name="Ai Đó", phone="0905123456", preferred_way="email",
        email="someone@example.vn", created_at=MONDAY,
    )  # fmt: skip
    message = newest(received(BIRTH, cast).id)
    assert message.account_id is None
    assert message.to_email == ""
    assert message.way == "sms"


def test_a_round_asks_the_database_the_same_however_many_events(cast: Cast, django_assert_max_num_queries):
    for _ in range(6):
        received(BIRTH, cast)
    with django_assert_max_num_queries(9):
        assert told() == 6


def test_every_event_that_is_told_has_a_text():
    assert {kind.partition(".")[0] for kind in TOLD} == {"booking", "dossier", "mandate", "refund", "submission"}
