"""Whose a certificate seems to be, where it stands, which notice is due."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.signing.rules import notice_at, seems_of, tells_personal_number
from motcua.signing.states import CertificateState, state_at
from tests.cast import MONDAY

HOUR = timedelta(hours=1)
STEPS = (60, 30, 7)


@pytest.mark.parametrize(
    ("named", "holder", "fits"),
    [
        (["Lê Văn Nam"], ["Lê Văn Nam"], True), (["LE VAN NAM", "UBND"], ["Lê Văn Nam"], True),
        (["UBND Phường Tân Thạnh"], ["Ủy ban nhân dân Phường Tân Thạnh", "Phường Tân Thạnh"], True),
        (["Nguyễn Văn Nam"], ["Lê Văn Nam"], False), (["Lê Văn", "Nam"], ["Lê Văn Nam"], False),
        ([], ["Lê Văn Nam"], False), (["Lê Văn Nam"], [""], False),
    ],
)  # fmt: skip
def test_a_subject_seems_to_be_its_holder_by_every_word_of_his_name(named, holder, fits):
    assert seems_of(named, holder) is fits


def test_a_number_of_an_identity_card_is_seen():
    assert tells_personal_number("UID=CCCD:001184001234,CN=Lê Văn Nam")
    assert tells_personal_number("UID=CMND:201234567")
    assert not tells_personal_number("UID=MST:0401234567,CN=UBND Phường 12")
    assert not tells_personal_number("CN=2026")


def test_it_is_in_force_from_its_first_moment_to_its_last():
    dates = {"valid_from": MONDAY, "valid_to": MONDAY + HOUR, "withdrawn_at": None}
    moments = (MONDAY - HOUR, MONDAY, MONDAY + HOUR, MONDAY + 2 * HOUR)
    assert [state_at(at, **dates) for at in moments] == ["not_yet", "in_force", "in_force", "expired"]
    withdrawn = dates | {"withdrawn_at": MONDAY + HOUR / 2}
    assert [state_at(at, **withdrawn) for at in moments] == ["not_yet", "in_force", "withdrawn", "withdrawn"]


@given(st.integers(-10 * 24, 100 * 24))
def test_the_narrowest_notice_that_is_reached_is_due(hours):
    left = hours * HOUR
    due = notice_at(MONDAY, MONDAY + left, STEPS)
    if left < timedelta(0) or left > timedelta(days=60):
        assert due is None
    else:
        assert due == min(step for step in STEPS if left <= timedelta(days=step))


def test_every_state_is_reached():
    assert {one.value for one in CertificateState} == {"not_yet", "in_force", "expired", "withdrawn"}
