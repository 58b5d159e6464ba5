"""Each act on a filing, each answer to a sum, sealed by itself: no row is astray, every number of a series is there."""

from collections.abc import Callable
from datetime import date

import pytest

from motcua.config.number_checks import number_series
from motcua.core.events import Actor
from motcua.core.models import Event
from motcua.core.record.astray import KIND as ASTRAY
from motcua.core.record.sealing import seal
from motcua.core.record.verifying import verify
from motcua.dossiers.actions import PaperHandedIn
from motcua.intake.submissions import (
    WantedPaper,
    accept,
    add_papers,
    ask_papers,
    refuse,
    refuse_at_counter,
    withdraw,
)
from motcua.payments.actions import settle_duty
from motcua.payments.evidence import Evidence
from motcua.payments.models import FinancialDuty
from tests.cast import BIRTH, LAND, MONDAY, Cast, filing, minutes_later, offered
from tests.cast import MRS_LAN as LAN
from tests.intake.test_submissions import LATER, WHY, mandatory, sent
from tests.routing.lives import WAYS, at_officer


@pytest.fixture(autouse=True)
def _witness(tmp_path, settings) -> None:
    settings.MOTCUA_VAR = tmp_path


def each_sealed(*acts: Callable[[], object]) -> None:
    """Every act is one seal with rows, after which nothing is found."""
    seal()
    for act in acts:
        act()
        assert seal().subjects
        assert verify(checks=[number_series]).findings.named == []
    assert not Event.objects.filter(kind=ASTRAY).exists()


def test_a_filing_asked_for_papers_and_accepted(cast: Cast):
    first, *rest = mandatory(cast)
    letter = sent(cast, papers=(PaperHandedIn(first, 1, 0),))
    wanted, by = [WantedPaper(one, "Nộp bản chính") for one in rest], cast.receiver
    each_sealed(
        lambda: ask_papers(letter.id, wanted, reason="Thiếu giấy tờ", by=by, at=LATER),
        lambda: add_papers(letter.id, rest, by=by, at=minutes_later(LATER, 5)),
        lambda: accept(letter.id, by=by, at=minutes_later(LATER, 10)),
        lambda: sent(cast, LAND),
    )


def test_filings_refused_by_post_and_at_the_counter_and_one_withdrawn(cast: Cast):
    refused, taken_back, by = sent(cast), sent(cast, LAND), cast.receiver
    at_counter = filing(BIRTH, LAN, by)
    each_sealed(
        lambda: refuse(refused.id, **WHY, by=by, at=LATER),
        lambda: refuse_at_counter(at_counter, offered=offered(BIRTH, by), **WHY, by=by, at=LATER),
        lambda: withdraw(taken_back.id, agency_id=by.agency_id, by=Actor(None, "Lan"), at=LATER, reason="Nộp nơi khác"),
    )


def test_a_sum_demanded_and_settled(cast: Cast):
    life = at_officer(cast)
    money = next(way for way in WAYS if way.name == "money")
    paid = Evidence("BL-0012345", date(2026, 11, 23))

    def settle() -> None:
        owed = FinancialDuty.objects.get(dossier_id=life.id)
        settle_duty(owed.id, evidence=paid, by=cast.receiver, at=minutes_later(money.at, 30))

    assert money.at > MONDAY
    each_sealed(lambda: money.do(life, money.by(cast), money.at), settle)
