"""A birth is registered from home: filled in, two photos, checked, sent, acknowledged, accepted at the desk."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.catalogue.eforms.rules import summary
from motcua.catalogue.models import Posting
from motcua.documents.papers.models import PaperUse
from motcua.dossiers.models import Dossier
from motcua.intake.models import Draft, Submission
from motcua.intake.online import sending
from motcua.payments.models import PaymentOrder
from motcua.people.citizens.models import Citizen
from tests.intake.online.steps import begun, filled, papers_sent, ready, right_answers, typed

Citizens = tuple[Client, Citizen]
# Django counts the savepoints of the test along; what the office writes itself by SQL is not among them.
MOST_STATEMENTS = 20


def test_from_the_first_page_to_the_desk(lan: Citizens, desk: Client):
    client, _who = lan
    draft = begun(client)
    first = client.get(reverse("draft-page", args=(draft.pk, 1)))
    assert "Bước 1 trên" in first.text
    assert 'value="Nguyễn Thị Lan"' in first.text, "known, never asked twice"
    filled(client, draft)
    papers_sent(client, draft)
    page = client.get(reverse("draft-check", args=(draft.pk,))).text
    assert "Trần Minh Anh" in page
    assert "2 trang" in page
    answer = client.post(
        reverse("draft-check", args=(draft.pk,)), {"return_method": "post", "return_address": "5 Hùng Vương"}
    )
    assert answer["Location"] == reverse("draft-done", args=(draft.pk,))
    written = Submission.objects.get()
    done = client.get(answer["Location"]).text
    assert written.number in done
    assert written.tracking_token in done
    assert f"{written.answer_due_at:%M}" in done
    assert (written.channel, written.filed_by, written.return_method) == ("online", "self", "post")
    assert written.request.startswith("Đăng ký khai sinh cho Trần Minh Anh")

    there = desk.get(reverse("submission", args=(written.number,))).text
    assert "Trần Minh Anh" in there
    use = PaperUse.objects.get(submission_id=written.id)
    paper = desk.get(reverse("submission-paper", args=(written.number, use.pk)))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    taken = desk.post(reverse("submission", args=(written.number,)), {"answer": "accept"})
    assert taken.status_code == HTTPStatus.FOUND, taken.text
    dossier = Dossier.objects.get()
    kept = PaperUse.objects.get(dossier_id=dossier.pk)
    assert desk.get(reverse("dossier-paper", args=(dossier.code, kept.pk))).status_code == HTTPStatus.OK
    assert dossier.code in client.get(reverse("my-filings")).text


def test_sent_twice_is_sent_once(lan: Citizens):
    client, _who = lan
    draft = ready(client)
    for _press in range(2):
        answer = client.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "counter"})
        assert answer["Location"] == reverse("draft-done", args=(draft.pk,))
    assert Submission.objects.count() == 1
    draft.refresh_from_db()
    assert draft.answers == {}, "the answers are with the submission now"


def test_what_is_missing_is_said_and_nothing_is_sent_or_lost(lan: Citizens):
    client, _who = lan
    draft = begun(client)
    answer = client.post(
        reverse("draft-page", args=(draft.pk, 1)),
        typed(draft, 1, right_answers(draft)) | {"requester_personal_id": "12345"},
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    again = client.get(reverse("draft-page", args=(draft.pk, 1))).text
    assert 'value="12345"' in again, "kept as typed"
    sent = client.post(reverse("draft-check", args=(draft.pk,)))
    assert sent.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Còn thiếu giấy tờ: Giấy chứng sinh" in sent.text
    assert not Submission.objects.exists()
    assert Draft.objects.get().answers["requester_personal_id"] == "12345"


def test_a_draft_is_nobody_elses(lan: Citizens, desk: Client):
    client, _who = lan
    draft = ready(client)
    for name in ("draft", "draft-papers", "draft-check", "draft-done"):
        address = reverse(name, args=(draft.pk,))
        assert desk.get(address).status_code == HTTPStatus.NOT_FOUND
        assert Client().get(address)["Location"] == f"/me/login/?next={address}", "his session may have ended"
    assert desk.post(reverse("drop-draft", args=(draft.pk,))).status_code == HTTPStatus.NOT_FOUND
    assert client.post(reverse("drop-draft", args=(draft.pk,))).status_code == HTTPStatus.FOUND
    assert not Draft.objects.exists()


def test_a_stranger_is_asked_to_log_in_and_comes_back(cast, client: Client):
    page = client.get(reverse("file", args=("1.001193",)))
    assert "Đăng nhập để nộp" in page.text
    answer = client.post(reverse("file", args=("1.001193",)), {"agency": "x"})
    assert answer["Location"] == "/me/login/?next=/file/1.001193/"


def test_sending_asks_each_question_once_and_writes_the_draft_once(lan: Citizens, monkeypatch: pytest.MonkeyPatch):
    """At the end of a month many send at once: what a press costs is what the office must be built for."""
    client, _who = lan
    draft, summed = ready(client, copies=0), []
    monkeypatch.setattr(sending, "summary", lambda *args, **kwargs: summed.append(1) or summary(*args, **kwargs))
    page = reverse("draft-check", args=(draft.pk,))
    client.get(page)
    assert len(summed) == 1
    with CaptureQueriesContext(connection) as pressed:
        assert client.post(page, {"return_method": "counter"}).status_code == HTTPStatus.FOUND
    assert len(summed) == 3, "the page's own, and once more under the lock"
    statements = [one["sql"] for one in pressed.captured_queries]
    assert len([one for one in statements if one.startswith('UPDATE "intake_draft"')]) == 1, "nothing else had changed"
    assert len(statements) <= MOST_STATEMENTS, "\n".join(statements)


def test_the_last_page_is_kept_when_it_says_something_new(lan: Citizens):
    client, _who = lan
    draft = begun(client)
    filled(client, draft)
    page = reverse("draft-check", args=(draft.pk,))
    client.post(page, {"return_method": "post", "return_address": ""})
    draft.refresh_from_db()
    touched = draft.updated_at
    assert draft.return_method == "post"
    client.post(page, {"return_method": "post", "return_address": ""})
    draft.refresh_from_db()
    assert draft.updated_at == touched, "the same again is not written again"


def test_copies_asked_for_along_with_it_are_never_called_free(lan: Citizens):
    client, _who = lan
    draft = ready(client, copies=2)
    page = client.get(reverse("draft-check", args=(draft.pk,)))
    assert "Không thu phí" not in page.text
    assert page.context["fee"].total == 16_000
    assert "16.000 đồng" in page.text
    client.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "counter"})
    assert PaymentOrder.objects.get().amount == 16_000


def test_without_copies_birth_in_time_costs_nothing(lan: Citizens):
    client, _who = lan
    draft = ready(client, copies=0)
    assert "Không thu phí, lệ phí." in client.get(reverse("draft-check", args=(draft.pk,))).text


def test_the_fee_of_copies_is_open_where_nobody_issues_them(lan: Citizens):
    client, _who = lan
    Posting.objects.filter(procedure__national_code="2.000635").delete()
    draft = ready(client, copies=2)
    page = client.get(reverse("draft-check", args=(draft.pk,)))
    assert page.context["fee"].total is None
    assert "Chưa biết ngay được mức thu" in page.text


def test_what_came_from_home_is_taken_in_without_words_for_the_counter(lan: Citizens, desk: Client):
    client, _who = lan
    client.post(reverse("draft-check", args=(ready(client).pk,)), {"return_method": "counter"})
    taken = desk.post(reverse("submission", args=(Submission.objects.get().number,)), {"answer": "accept"})
    page = desk.get(taken["Location"]).text
    assert "Người nộp không có mặt" in page
    assert "In giấy hẹn trao người nộp" not in page


@pytest.mark.parametrize("number", ["84905711001", "+84905711001", "0084 905 711 001"])
def test_a_phone_with_the_countrys_number_before_it_is_taken(lan: Citizens, number: str):
    client, _who = lan
    draft = begun(client)
    filled(client, draft, requester_phone=number)
    draft.refresh_from_db()
    assert draft.answers["requester_phone"] == "+84905711001"
