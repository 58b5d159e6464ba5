"""Whom a message reaches, when, and in which letters."""

from datetime import datetime, timedelta
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from motcua.correspondence.rules import (
    Contact,
    loud_from,
    mailbox,
    masked,
    mobile,
    plain_letters,
    wait_after,
    way_after,
    ways_for,
)
from motcua.correspondence.shipped import KNOWN, MASK, NoText, rules_on, template_on, templates
from tests.cast import HANOI_TIME, MONDAY

RULES = rules_on(MONDAY.date())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0905123456", "0905123456"), ("0905 123 456", "0905123456"), ("+84 905.123.456", "0905123456"),
        ("84905123456", "0905123456"), ("0084905123456", "0905123456"), ("02353851234", ""), ("090512345", ""),
        ("0105123456", ""), ("", ""), ("không có", ""), ("0905123456\n", "0905123456"),
    ],
)  # fmt: skip
def test_only_a_mobile_number_gets_a_text(typed: str, meant: str):
    assert mobile(typed) == meant


def test_a_mailbox_is_one_address_and_nothing_else():
    assert mailbox(" lan@example.vn ") == "lan@example.vn"
    for wrong in ("lan", "lan@example", "a@b.vn,c@d.vn", "Lan <lan@example.vn>", "a@b.vn\nBcc: c@d.vn"):
        assert mailbox(wrong) == ""


def test_what_he_chose_comes_first_and_the_rest_as_the_office_says():
    both = Contact("Lan", "0905123456", "lan@example.vn")
    assert ways_for(both, RULES) == ("sms", "zalo", "email")
    assert ways_for(Contact("Lan", "0905123456", "lan@example.vn", preferred="email"), RULES) == (
        "email",
        "sms",
        "zalo",
    )
    assert ways_for(Contact("Lan", "", "lan@example.vn", preferred="zalo"), RULES) == ("email",)
    assert ways_for(Contact("Lan", "0905123456", preferred="inbox", account_id=uuid4()), RULES) == ("inbox",)
    assert ways_for(Contact("Lan", account_id=uuid4()), RULES) == ("inbox",)
    assert ways_for(Contact("Lan", "0235 3851 234"), RULES) == ()


@hypothesis.settings(deadline=None)
@given(st.integers(0, 2 * 365 * 24 * 60))
def test_what_waits_for_the_morning_is_said_within_the_night_and_never_in_it(minutes: int):
    at = datetime(2026, 1, 1, tzinfo=HANOI_TIME) + timedelta(minutes=minutes)
    loud = loud_from("sms", at, RULES)
    assert timedelta(0) <= loud - at <= timedelta(hours=10)
    assert 7 <= loud.hour < 21
    assert loud_from("email", at, RULES) == at


def test_the_ways_are_tried_one_after_the_other_and_then_none():
    assert [way_after(way, ("sms", "email")) for way in ("sms", "email", "zalo")] == ["email", "", ""]
    waits = [wait_after(tries, RULES.retry) for tries in range(1, 5)]
    assert waits == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20), None]


def test_an_address_is_shown_to_know_and_not_to_use():
    assert masked("0905123456") == "09*****456"
    assert masked("lan.nguyen@example.vn") == "l***@example.vn"
    assert masked("123") == "***"
    assert masked("") == ""


@hypothesis.settings(deadline=None)
@given(st.text(max_size=700), st.integers(60, 306))
def test_a_text_fits_and_has_only_letters_a_phone_knows(text: str, longest: int):
    line = plain_letters(text, longest)
    assert line.isascii()
    assert len(line) <= longest
    assert "\n" not in line


def test_a_cut_text_keeps_its_link():
    link = "http://127.0.0.1:8000/tracking/H17.21-261123-0001/abcdefghijklmnop/"
    line = plain_letters("Ủy ban nhân dân " * 30 + f"Theo dõi: {link}", 306)
    assert line.endswith(f"... {link}")
    assert line.startswith("Uy ban nhan dan ")


def test_every_shipped_text_is_whole_in_both_languages():
    values = dict.fromkeys(KNOWN, "x") | {"secret": MASK}
    found = {code: template_on(code, MONDAY.date()) for code in templates(settings.MOTCUA_DATA / "messages")}
    assert len(found) >= 12
    for template in found.values():
        for text in template.texts.values():
            filled = text.filled(values)
            assert "{" not in filled.subject + filled.text + filled.short
            assert len(plain_letters(filled.short, 9999)) < 200, template.code


def test_before_its_day_a_text_does_not_hold():
    with pytest.raises(NoText):
        template_on("code", datetime(2020, 1, 1, tzinfo=HANOI_TIME).date())


def test_a_value_is_never_read_as_a_text():
    filled = template_on("dossier-waiting", MONDAY.date()).texts["vi"].filled(dict.fromkeys(KNOWN, "{secret}"))
    assert "{secret}" in filled.text
