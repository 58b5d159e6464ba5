"""Asking by text message over HTTP: answered once, to nobody who cannot sign, and never with a name."""

import json
import time

import pytest
from django.conf import settings
from django.test import Client

from motcua.core.signed_calls import WINDOW, signature
from motcua.queueing.actions import call_next, sit_down
from motcua.queueing.kiosk import sms
from tests.queueing.hall import Morning, minutes
from tests.queueing.test_kiosk import clock

__all__ = ["clock"]
KEY = "the-key-that-the-carrier-gave-us"


@pytest.fixture(autouse=True)
def keyed(hall: Morning, clock: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MOTCUA_GATEWAYS", {"sms": ("http://127.0.0.1:1/sms", KEY)})
    monkeypatch.setattr(sms.timezone, "now", lambda: clock[0])


def ask(text: str, number: str = "1", *, key: str = KEY, age: int = 0, sender: str = "0905000111"):
    body = json.dumps({"id": number, "from": sender, "text": text}).encode()
    stamp = str(int(time.time()) - age)
    headers = {"X-Motcua-Timestamp": stamp, "X-Motcua-Signature": signature(key, stamp, body)}
    return Client().post("/sms/told/", body, content_type="application/json", headers=headers)


def test_where_a_number_stands(hall: Morning):
    for number in range(4):
        hall.take("A", after=number)
    sit_down(hall.counters[1].id, by=hall.first, at=minutes(4))
    call_next(by=hall.first, at=minutes(4))
    reply = ask("so a004 mot-cua").json()["reply"]
    assert reply.startswith("A004. Đang gọi A001. Trước ông/bà còn 2 người")
    assert ask("SO A001 MOT-CUA", "2").json()["reply"] == "A001: mời đến quầy 1."
    assert "không đang chờ" in ask("SO A099 mot-cua", "3").json()["reply"]


@pytest.mark.parametrize("text", ["", "SO", "SO A001", "SO A001 khac", "xin chào", "SO " * 80])
def test_what_is_no_question_is_told_how_to_ask(text: str):
    assert ask(text).json()["reply"].startswith("Soạn: SO, số thứ tự, mã sảnh")


def test_a_message_is_answered_once_and_a_telephone_not_without_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sms, "OF_TELEPHONE", 2)
    assert ask("SO A001 mot-cua").json()["reply"]
    assert ask("SO A001 mot-cua").json() == {"reply": ""}, "replayed"
    assert ask("SO A001 mot-cua", "2").json()["reply"]
    assert ask("SO A001 mot-cua", "3").json() == {"reply": ""}, "asks too often"
    assert ask("SO A001 mot-cua", "4", sender="0905000222").json()["reply"]


def test_who_cannot_sign_is_told_nothing(monkeypatch: pytest.MonkeyPatch):
    assert ask("SO A001 mot-cua", key="another").status_code == 403
    assert ask("SO A001 mot-cua", age=WINDOW + 60).status_code == 403
    assert Client().post("/sms/told/", b"{}", content_type="application/json").status_code == 403
    monkeypatch.setattr(sms, "FORGED", 1)
    assert ask("SO A001 mot-cua", key="another").status_code == 429
    monkeypatch.setattr(settings, "MOTCUA_GATEWAYS", {"sms": ("", "")})
    assert ask("SO A001 mot-cua").status_code == 404, "an office without a gateway"


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id": "1"}', b"\xff"])
def test_a_signed_call_that_says_nothing(body: bytes):
    stamp = str(int(time.time()))
    headers = {"X-Motcua-Timestamp": stamp, "X-Motcua-Signature": signature(KEY, stamp, body)}
    assert Client().post("/sms/told/", body, content_type="application/json", headers=headers).status_code == 422
