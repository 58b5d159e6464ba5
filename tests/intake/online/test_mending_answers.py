"""The desk asks, once, for an unreadable paper and a wrong answer; the citizen mends exactly these."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.core.models import Event
from motcua.documents.papers.models import PaperUse
from motcua.dossiers.models import Dossier
from motcua.intake.models import HomeSupplement, Submission
from motcua.intake.submissions import DemandRefused, WantedAnswer, WantedPaper, add_papers, ask_papers
from motcua.payments.models import OrderState, PaymentOrder
from motcua.people.citizens.models import Citizen
from tests.cast import Cast
from tests.documents.papers.sent import photo
from tests.intake.online.steps import ready

Citizens = tuple[Client, Citizen]
BLURRED, MISSPELT = "ảnh mờ, không đọc được ngày sinh", "ghi thiếu chữ đệm của trẻ"


def sent(client: Client) -> Submission:
    """A whole filing from home with its paper."""
    draft = ready(client)
    client.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "counter"})
    return Submission.objects.get()


def at_desk(filed: Submission) -> str:
    return reverse("submission", args=(filed.number,))


def at_home(filed: Submission) -> str:
    return reverse("send-supplement", args=(filed.number, filed.tracking_token))


def paper_in(filed: Submission) -> UUID:
    found = PaperUse.objects.filter(submission_id=filed.id).first()
    assert found is not None
    assert found.component_id is not None
    return found.component_id


def asked(client: Client, desk: Client) -> Submission:
    """Mrs Lan's filing, of which the desk asked the paper again and the child's name."""
    filed = sent(client)
    answer = desk.post(
        at_desk(filed),
        {
            "answer": "ask", "ask-reason": "Chưa kiểm tra được",
            f"ask-unusable-{paper_in(filed)}": BLURRED, "ask-answer-child_name": MISSPELT,
        },
    )  # fmt: skip
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    filed.refresh_from_db()
    return filed


def typed(name: str, **more: Any) -> dict[str, Any]:
    return {"eform-asked": "child_name", "child_name": name} | more


def test_the_desk_asks_for_the_paper_again_and_for_the_answer_in_one_list(lan: Citizens, desk: Client):
    client, _who = lan
    filed = sent(client)
    assert "?ask=1" in desk.get(at_desk(filed)).text
    page = desk.get(at_desk(filed), {"ask": "1"}).text
    assert "Giấy tờ đã nộp" in page
    assert "Câu trả lời trên tờ khai" in page
    nothing = desk.post(at_desk(filed), {"answer": "ask", "ask-reason": "Vì sao"})
    assert nothing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "ghi chỗ chưa được ở giấy tờ hay câu trả lời" in nothing.text
    desk.post(
        at_desk(filed),
        {
            "answer": "ask",
            "ask-reason": "Mờ",
            f"ask-unusable-{paper_in(filed)}": BLURRED,
            "ask-answer-child_name": MISSPELT,
        },
    )
    filed.refresh_from_db()
    told = filed.demanded()
    assert [fault for _name, fault in told] == [f"bản đã nộp không dùng được: {BLURRED}", MISSPELT]
    assert told[1][0] == "Tờ khai, mục “Họ, chữ đệm, tên của trẻ”"
    assert "?ask=1" not in desk.get(at_desk(filed)).text, "the law allows one request"
    said = Event.objects.get(kind="submission.papers_asked").after["demands"]
    assert all(isinstance(one, str) for one in said), "the message that tells it names each"
    form = desk.get(reverse("submission-supplement-request", args=(filed.number,)))
    assert form.content.startswith(b"%PDF")


def test_exactly_what_was_asked_is_mended_and_goes_back(lan: Citizens, desk: Client):
    client, _who = lan
    filed = asked(client, desk)
    page = client.get(at_home(filed))
    assert MISSPELT in page.text
    assert BLURRED in page.text
    assert page.context["page"].asked == "child_name", "nothing else can be changed"
    early = client.post(at_home(filed), typed("Trần Gia Bảo An", send="yes"))
    assert early.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Còn thiếu" in early.text, "the paper is not here yet"
    assert "Trần Gia Bảo An" in early.text, "what was typed stays"
    client.post(at_home(filed), {"line": str(paper_in(filed)), "parts": [photo()]})
    wrong = client.post(at_home(filed), typed("4", send="yes", mother_name="Kẻ Lạ"))
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert wrong.context["page"].summary
    assert client.post(at_home(filed), typed("Trần Gia Bảo An", send="yes")).status_code == HTTPStatus.FOUND
    assert "mother_name" not in HomeSupplement.objects.get().answers
    filed.refresh_from_db()
    was, due = filed.answers["said"]["child_name"], filed.answer_due_at
    shown = desk.get(at_desk(filed))
    assert "Trước đó: " + was in shown.text, "seen before it is taken"
    assert "Trần Gia Bảo An" in shown.text
    assert shown.context["answers"]["papers"]["papers"].value() == [str(paper_in(filed))]
    desk.post(at_desk(filed), {"answer": "papers", "papers-papers": [str(paper_in(filed))]})
    filed.refresh_from_db()
    assert filed.answers["said"]["child_name"] == "Trần Gia Bảo An"
    assert filed.answers["before"][0]["said"]["child_name"] == was
    assert "Trần Gia Bảo An" in filed.request
    assert filed.papers_came_at is not None
    assert filed.answer_due_at >= due
    page = desk.get(at_desk(filed)).text
    assert "Câu trả lời đã sửa theo yêu cầu" in page
    assert was in page
    assert desk.post(at_desk(filed), {"answer": "accept"}).status_code == HTTPStatus.FOUND
    assert Dossier.objects.get().request == filed.request


def test_the_key_of_the_receipt_shows_nobody_the_answers(lan: Citizens, desk: Client):
    client, _who = lan
    filed = asked(client, desk)
    stranger = Client()
    page = stranger.get(at_home(filed))
    assert MISSPELT in page.text
    assert filed.answers["said"]["child_name"] not in page.text
    assert filed.answers["said"]["mother_name"] not in page.text
    stranger.post(at_home(filed), typed("Kẻ Lạ"))
    assert not HomeSupplement.objects.filter(answers__has_key="child_name").exists()
    assert desk.get(at_home(filed)).context["page"].asked == "child_name", "the desk may type it for who comes there"


def test_a_changed_answer_opens_what_it_asks_for(lan: Citizens, cast: Cast):
    client, _who = lan
    filed = sent(client)
    wanted = [WantedAnswer("relation", "là bà ngoại, không phải mẹ")]
    ask_papers(filed.id, wanted, reason="Sai", by=cast.receiver, at=timezone.now())
    turned = client.post(at_home(filed), {"eform-asked": "relation", "relation": "grandparent", "refresh": "1"})
    assert {"mother_name", "mother_address"} <= set(turned.context["page"].asked.split())
    assert "child_name" not in turned.context["page"].asked.split()


def test_only_answers_are_taken_without_any_paper(lan: Citizens, desk: Client, cast: Cast):
    client, _who = lan
    filed = sent(client)
    ask_papers(filed.id, [WantedAnswer("child_name", "sai")], reason="Sai", by=cast.receiver, at=timezone.now())
    client.post(at_home(filed), typed("Trần Gia Bảo An", send="yes"))
    assert desk.post(at_desk(filed), {"answer": "papers"}).status_code == HTTPStatus.FOUND
    filed.refresh_from_db()
    assert filed.answers["said"]["child_name"] == "Trần Gia Bảo An"


def test_a_corrected_answer_that_costs_less_changes_what_is_to_be_paid(lan: Citizens, desk: Client, cast: Cast):
    client, _who = lan
    filed = sent(client)
    first = PaymentOrder.objects.get()
    ask_papers(filed.id, [WantedAnswer("copies", "một bản thôi")], reason="Sai", by=cast.receiver, at=timezone.now())
    client.post(at_home(filed), {"eform-asked": "copies", "copies": "1", "send": "yes"})
    assert desk.post(at_desk(filed), {"answer": "papers"}).status_code == HTTPStatus.FOUND
    first.refresh_from_db()
    assert (first.amount, first.state) == (16_000, OrderState.CANCELLED)
    assert PaymentOrder.objects.get(state=OrderState.WAITING).amount == 8_000


def test_what_cannot_be_asked_is_refused(lan: Citizens, cast: Cast):
    client, _who = lan
    filed = sent(client)
    by, at, paper = cast.receiver, timezone.now(), paper_in(filed)
    for wanted in (
        WantedPaper(paper, "", unusable=True), WantedPaper(paper, "mờ"), WantedAnswer("child_name", " "),
        WantedAnswer("days_since_birth", "sai"), WantedAnswer("nobody", "sai"),
    ):  # fmt: skip
        with pytest.raises(DemandRefused):
            ask_papers(filed.id, [wanted], reason="Vì sao", by=by, at=at)
    with pytest.raises(DemandRefused):
        add_papers(filed.id, [], by=by, at=at)
