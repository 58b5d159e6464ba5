"""The acknowledgement on paper: what was filed, when, until when the desk answers; read back as a reader would."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from motcua.intake.models import Submission
from motcua.intake.online.views import checking
from motcua.intake.submission_papers import submission_url
from motcua.people.citizens.models import Citizen
from tests.documents.reading import assert_archival, millimetres, words
from tests.intake.online.steps import begun, filled, ready

Citizens = tuple[Client, Citizen]


def test_it_says_what_was_filed_and_until_when_the_desk_answers(lan: Citizens):
    client, _who = lan
    draft = ready(client)
    client.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "post", "return_address": "5 Hùng Vương"})
    filed, address = Submission.objects.get(), reverse("draft-acknowledgement", args=(draft.pk,))
    assert address in client.get(reverse("draft-done", args=(draft.pk,))).text
    answer = client.get(address)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="xac-nhan-da-nop-{filed.number}.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert_archival(answer.content)
    assert millimetres(answer.content) == (148, 210)
    text = words(answer.content)
    due = localtime(filed.answer_due_at)
    for line in (
        "GIẤY XÁC NHẬN ĐÃ NỘP HỒ SƠ TRỰC TUYẾN", f"Số: {filed.number}", "Hồ sơ của ông/bà: Nguyễn Thị Lan",
        "Thủ tục: Đăng ký khai sinh", f"Cơ quan trả lời trước: {due:%H} giờ {due:%M} phút", "Giấy chứng sinh",
        "2 trang", "Nhận kết quả: Qua bưu chính: 5 Hùng Vương", "chưa phải giấy tiếp nhận",
    ):  # fmt: skip
        assert line in text, line
    assert submission_url(filed) in text.replace(" ", "")


def test_what_was_not_sent_is_on_it(lan: Citizens):
    client, _who = lan
    draft = begun(client)
    filled(client, draft)
    lines = [one.id for one, _said in client.get(reverse("draft-check", args=(draft.pk,))).context["absent"]]
    client.post(reverse("draft-check", args=(draft.pk,)), {f"lack-{line}": "to_desk" for line in lines})
    text = words(client.get(reverse("draft-acknowledgement", args=(draft.pk,))).content)
    assert "Giấy tờ chưa gửi:" in text
    assert "sẽ nộp bản giấy tại Bộ phận Một cửa" in text
    assert "Giấy tờ gửi kèm: không có" in text


def test_it_is_nobody_elses_and_not_there_before_sending(lan: Citizens, desk: Client):
    client, _who = lan
    draft = ready(client)
    address = reverse("draft-acknowledgement", args=(draft.pk,))
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    client.post(reverse("draft-check", args=(draft.pk,)))
    assert desk.get(address).status_code == Client().get(address).status_code == HTTPStatus.NOT_FOUND


def test_nobody_has_the_office_set_it_without_end(lan: Citizens, monkeypatch: pytest.MonkeyPatch):
    client, _who = lan
    draft = ready(client)
    client.post(reverse("draft-check", args=(draft.pk,)))
    address = reverse("draft-acknowledgement", args=(draft.pk,))
    monkeypatch.setattr(checking, "PRINTS", 2)
    assert [client.get(address).status_code for _time in range(2)] == [HTTPStatus.OK] * 2
    refused = client.get(address)
    assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Hồ sơ đã nộp không mất" in refused.text
    assert refused.headers["Retry-After"] == "600"
    client.defaults["REMOTE_ADDR"] = "192.0.2.9"
    assert client.get(address).status_code == HTTPStatus.OK
