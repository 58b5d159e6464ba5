"""The pages of the detours: the form, what is sent well and badly, a stale page, another ward, and what waits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.states import State
from motcua.dossiers.tracking import tracking_url
from motcua.intake.models import Demand
from motcua.people.models import Official, RoleGrant
from motcua.routing.actions import detours, waiting
from motcua.routing.models import Step
from motcua.routing.ways import DETOURS
from tests.cast import Cast, minutes_later
from tests.people.town import NEIGHBOUR, neighbour_ward
from tests.routing.lives import (
    AT_WORK,
    LATER,
    LAW,
    WAYS,
    WHY,
    WISH,
    Life,
    Way,
    asked,
    at_leader,
    at_officer,
    bring,
    call_in,
    finished,
    invited,
    returned,
    written,
)

ACCOUNTS = {"receiver": "tiepnhan", "case_officer": "thuly", "leader": "lanhdao"}
WISHED = {"name": WISH.name, "channel": "counter", "words": WISH.words}


@dataclass(frozen=True)
class Page:
    """What is sent from one page: well, and badly with the sentence that says so."""

    slug: str
    way: str
    good: Callable[[Life], dict[str, Any]]
    bad: dict[str, Any]
    sentence: str


def _papers(life: Life) -> dict[str, Any]:
    return {"papers": [str(life.lacking()[0])], "reason": WHY, "until": "11/12/2026"}


def _brought(life: Life) -> dict[str, Any]:
    wanted = Demand.objects.filter(request__dossier_id=life.id)
    return {"brought": [str(demand.component_id or demand.id) for demand in wanted]}


def _successor(life: Life) -> dict[str, Any]:
    return {"to": str(Official.objects.filter(full_name="Người Nhận Thay")[0].id), "reason": WHY}


PAGES = (
    Page("supplement", "ask", _papers, {"reason": WHY, "until": "11/12/2026"}, "ít nhất một giấy tờ"),
    Page("take-supplement", "bring", _brought, {}, "Ông/bà đánh dấu giấy tờ"),
    Page("money", "money", lambda life: {
        "what": "Lệ phí trước bạ", "amount": "2.500.000", "payee": "Kho bạc", "legal_basis": LAW,
    }, {"what": "Lệ phí", "amount": "hai triệu", "payee": "Kho bạc", "legal_basis": LAW}, "Số tiền phải nộp"),
    Page("invite", "invite", lambda life: {"purpose": WHY, "place": "Thửa đất", "until": "11/12/2026"},
         {"purpose": WHY, "place": "Thửa đất", "until": "24/11/2026"}, "từ hôm nay trở đi"),
    Page("attended", "attended", lambda life: {"words": "Đã cùng đo lại"}, {"words": " "}, "Ông/bà ghi ai có mặt"),
    Page("forward", "forward", lambda life: {"to": "justice", "reason": WHY}, {"to": "land", "reason": WHY},
         "Ông/bà chọn đơn vị nhận"),
    Page("reject", "reject", lambda life: {"reason": WHY, "legal_basis": LAW}, {"reason": WHY},
         "căn cứ pháp lý của việc từ chối"),
    Page("reassign", "reassign", _successor, {"reason": WHY}, "Ông/bà chọn người nhận việc"),
    Page("withdraw", "withdraw", lambda life: WISHED, WISHED | {"words": ""}, "nội dung đề nghị"),
    Page("discontinue", "discontinue", lambda life: WISHED, WISHED | {"channel": "pigeon"}, "đề nghị cách nào"),
    Page("unanswered", "unanswered", lambda life: {}, {}, ""),
    Page("reopen", "reopen", lambda life: {"reason": WHY}, {"reason": "x" * 601}, "nhiều nhất 600 ký tự"),
)  # fmt: skip
each = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)


def way_of(page: Page) -> Way:
    return next(way for way in WAYS if way.name == page.way)


def log_in(who: str) -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": who, "password": "motcua-trinh-dien"}).status_code == 302
    return client


@pytest.fixture
def at(monkeypatch) -> Callable[[datetime], None]:
    """Set the machine's clock."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_clock


def address(life: Life, slug: str) -> str:
    return reverse("detour", args=(life.row.code, slug))


def sent(life: Life, values: dict[str, Any]) -> dict[str, Any]:
    step = Step.objects.filter(dossier_id=life.id, finished_at=None).first()
    return values | {"step": str(step.id) if step else ""}


FROM_HOME = {"fault-supplement"}  # needs papers sent from home: tests/intake/online


def test_every_way_has_its_page_here():
    assert {page.slug for page in PAGES} | FROM_HOME == {way.slug for way in DETOURS}
    assert {page.way for page in PAGES} == {way.name for way in WAYS}


@each
def test_opened_sent_and_done(page: Page, cast: Cast, at):
    way = way_of(page)
    life = way.begins(cast)
    at(way.at)
    client = log_in(ACCOUNTS[way.doer])
    dossier = client.get(reverse("dossier", args=(life.row.code,))).text
    assert address(life, page.slug) in dossier
    shown = client.get(address(life, page.slug))
    assert shown.status_code == 200
    detour = next(one for one in DETOURS if one.slug == page.slug)
    assert str(detour.title) in shown.text
    assert str(detour.button) in shown.text
    done = client.post(address(life, page.slug), sent(life, page.good(life)), follow=True)
    assert done.redirect_chain == [(reverse("dossier", args=(life.row.code,)), 302)]
    assert str(detour.done) in done.text
    assert State(life.row.state) == way.after


@pytest.mark.parametrize("page", [page for page in PAGES if page.sentence], ids=lambda page: page.slug)
def test_sent_badly_it_says_what_is_wrong_and_keeps_what_was_written(page: Page, cast: Cast, at):
    way = way_of(page)
    life = way.begins(cast)
    at(way.at)
    before = written()
    answer = log_in(ACCOUNTS[way.doer]).post(address(life, page.slug), sent(life, page.bad))
    assert answer.status_code == 422
    assert page.sentence in answer.text
    assert "govuk-error-summary" in answer.text
    if page.bad.get("reason") == WHY:
        assert WHY in answer.text
    assert written() == before


@each
def test_for_another_ward_there_is_no_such_page(page: Page, cast: Cast, at):
    way = way_of(page)
    life = way.begins(cast)
    at(way.at)
    neighbour_ward()
    client, before = log_in(NEIGHBOUR), written()
    assert client.get(address(life, page.slug)).status_code == 404
    assert client.post(address(life, page.slug), sent(life, page.good(life))).status_code == 404
    assert written() == before


@each
def test_whoever_may_not_is_told_and_sent_back(page: Page, cast: Cast, at):
    way = way_of(page)
    life = way.begins(cast)
    at(way.at)
    client, before = log_in("vanthu"), written()
    assert address(life, page.slug) not in client.get(reverse("dossier", args=(life.row.code,))).text
    for answer in (
        client.get(address(life, page.slug), follow=True),
        client.post(address(life, page.slug), sent(life, page.good(life)), follow=True),
    ):
        assert answer.redirect_chain
        assert "không còn làm được với hồ sơ lúc này" in answer.text
    assert written() == before


def test_what_was_used_up_is_said_at_once_and_leads_back(cast: Cast, at):
    """Papers are asked for once and a visit twice: no form is filled for a third."""
    papers, visits = asked(cast), invited(cast)
    bring(papers, cast.receiver, LATER)
    waiting.attended(visits.id, words="Đã đến", by=cast.receiver, at=LATER)
    call_in(visits, cast.case_officer, minutes_later(LATER, 1))
    waiting.attended(visits.id, words="Đã đến", by=cast.receiver, at=minutes_later(LATER, 2))
    at(minutes_later(LATER, 5))
    client = log_in("thuly")
    for life, slug, sentence in (
        (papers, "supplement", "đã được yêu cầu bổ sung một lần"), (visits, "invite", "đã mời người nộp đến 2 lần"),
    ):  # fmt: skip
        page = reverse("dossier", args=(life.row.code,))
        answer = client.get(address(life, slug), follow=True)
        assert answer.redirect_chain == [(page, 302)]
        assert sentence in answer.text
        assert address(life, slug) not in client.get(page).text
    assert address(papers, "invite") in client.get(reverse("dossier", args=(papers.row.code,))).text


@pytest.mark.parametrize("slug", ["supplement", "money", "invite", "forward", "reject", "reassign"])
def test_a_page_that_shows_a_step_of_before_is_stale(slug: str, cast: Cast, at):
    page = next(page for page in PAGES if page.slug == slug)
    way = way_of(page)
    life, other = way.begins(cast), at_officer(cast)
    at(way.at)
    client, before = log_in(ACCOUNTS[way.doer]), written()
    for step in (str(other.step), "", "not-a-step"):
        answer = client.post(address(life, slug), page.good(life) | {"step": step}, follow=True)
        assert "vừa được người khác xử lý" in answer.text
    assert written() == before


def test_an_unknown_way_is_not_found(cast: Cast):
    life = at_officer(cast)
    assert log_in("thuly").get(reverse("dossier", args=(life.row.code,)) + "detours/fly/").status_code == 404


@pytest.mark.parametrize("begins", [asked, invited])
def test_while_it_waits_the_dossier_and_the_citizen_are_told(begins, cast: Cast, at):
    life = begins(cast)
    at(AT_WORK)
    for text in (
        log_in("thuly").get(reverse("dossier", args=(life.row.code,))).text,
        Client().get(tracking_url(life.row)).text,
    ):
        assert "Thời hạn tạm dừng từ 09:00 25/11/2026" in text
        assert "đến hết ngày 11/12/2026" in text
        assert "Chờ người nộp từ 25/11" in text


def test_the_citizens_page_names_no_official(cast: Cast, at):
    life = asked(cast)
    at(AT_WORK)
    text = Client().get(tracking_url(life.row)).text
    assert cast.case_officer.name not in text
    assert cast.receiver.name not in text


def test_a_clock_that_jumped_back_is_said_on_the_form(cast: Cast, at):
    life = at_officer(cast)
    at(AT_WORK.replace(day=23, hour=9, minute=0))
    answer = log_in("tiepnhan").post(address(life, "withdraw"), sent(life, WISHED))
    assert answer.status_code == 422
    assert "chỉnh lại giờ máy chủ" in answer.text


def test_the_story_tells_each_detour_in_words(cast: Cast, at):
    lives = {"Rút hồ sơ": at_officer(cast), "Từ chối giải quyết": at_leader(cast), "Mở lại hồ sơ": returned(cast),
             "Dừng giải quyết": at_officer(cast)}  # fmt: skip
    withdrawn, rejected, reopened, stopped = lives.values()
    detours.withdraw(withdrawn.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    detours.reject(rejected.step, reason=WHY, legal_basis=LAW, by=cast.leader, at=AT_WORK)
    detours.reopen(reopened.id, reason=WHY, by=cast.leader, at=AT_WORK)
    detours.discontinue(stopped.id, wish=WISH, by=cast.receiver, at=AT_WORK)
    at(AT_WORK)
    client = log_in("thuly")
    for words, life in lives.items():
        text = client.get(reverse("dossier", args=(life.row.code,))).text
        assert f"<b>{words}</b>" in text, words
        assert "dossier." not in text


def test_who_stands_beside_an_absent_holder_may_turn_it_off_too(cast: Cast, at):
    life = at_officer(cast)
    Step.objects.filter(pk=life.step).update(official_id=cast.records_clerk.id)
    at(AT_WORK)
    text = log_in("thuly").get(reverse("dossier", args=(life.row.code,))).text
    assert address(life, "invite") in text
    assert "người cùng vai trò làm thay được" in text


def test_where_nobody_else_does_that_work_the_leader_is_told_what_to_do(cast: Cast, at):
    life = at_officer(cast)
    RoleGrant.objects.filter(official_id=cast.case_officer.id).update(valid_to=AT_WORK.date().replace(day=24))
    at(AT_WORK)
    text = log_in("lanhdao").get(address(life, "reassign")).text
    assert "chưa có ai khác làm vai trò này" in text
    assert "quản trị giao vai trò" in text


def test_a_finished_dossier_offers_only_reopening_and_only_to_a_leader(cast: Cast, at):
    life = finished(cast)
    at(AT_WORK)
    offered = {
        who: {way.slug for way in DETOURS if address(life, way.slug) in log_in(who).get(
            reverse("dossier", args=(life.row.code,))).text}
        for who in ("tiepnhan", "thuly", "lanhdao", "vanthu")
    }  # fmt: skip
    assert offered == {"tiepnhan": set(), "thuly": set(), "lanhdao": {"reopen"}, "vanthu": set()}


def test_a_faulty_paper_is_asked_for_from_the_list(cast: Cast, at):
    at(AT_WORK)
    life, client = at_officer(cast), log_in("thuly")
    here = life.row.components.order_by("component__position")[0].component
    page = client.get(address(life, "supplement")).text
    assert "Bản đã nộp không dùng được" in page
    assert f'name="fault-{here.id}"' in page
    asked_for = {f"fault-{here.id}": "Rách mất góc", "reason": WHY, "until": "11/12/2026"}
    assert client.post(address(life, "supplement"), sent(life, asked_for)).status_code == 302
    assert Demand.objects.get(request__dossier_id=life.id).component_id == here.id
    assert "Rách mất góc" in Client().get(tracking_url(life.row)).text
