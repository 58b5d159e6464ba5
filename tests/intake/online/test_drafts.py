"""A draft tells itself apart, says what fell out of it, and is come back to; what was said once is not asked again."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.catalogue.queries import version_by_id
from motcua.intake.models import Draft
from motcua.intake.online import actions
from motcua.intake.online.rules import version_changes
from motcua.people.citizens.models import Citizen, Mandate
from tests.cast import BIRTH, Cast
from tests.intake.online.conftest import PASSWORD, citizen
from tests.intake.online.steps import begun, filled, papers_sent, ready, right_answers, typed

Citizens = tuple[Client, Citizen]
EXTRACT = "2.000635"


def page_of(draft: Draft, number: int = 1) -> str:
    return reverse("draft-page", args=(draft.pk, number))


def test_papers_that_fell_out_of_a_new_version_are_named(lan: Citizens):
    client, _who = lan
    draft = ready(client)
    draft.refresh_from_db()
    before = version_by_id(draft.version_id)
    (line,) = [one for one in before.components if draft.papers.get(str(one.id))]
    renamed = [replace(one, name="Giấy báo sinh") if one is line else one for one in before.components]
    said = version_changes(before, replace(before, components=tuple(renamed)), draft.papers, ())
    assert any(f"Không còn cần giấy tờ “{line.name}”" in one and "kho giấy tờ" in one for one in said)
    assert any("Nay cần thêm giấy tờ “Giấy báo sinh”" in one for one in said)
    in_hand = version_changes(before, replace(before, components=tuple(renamed)), {}, [str(line.id)])
    assert any("trả lại bản giấy" in one for one in in_hand)


def test_what_fell_out_is_kept_with_the_draft_until_it_is_sent(lan: Citizens, monkeypatch: pytest.MonkeyPatch):
    client, _who = lan
    draft, at = ready(client), timezone.now()
    draft.refresh_from_db()
    offered, eform = actions.offered_online(BIRTH, draft.agency_id, at)
    another = actions.offered_online(EXTRACT, draft.agency_id, at)[0].version_id
    (line,) = [one for one in offered.components if draft.papers.get(str(one.id))]
    newer = replace(offered, version_id=another, components=tuple(x for x in offered.components if x is not line))
    monkeypatch.setattr(actions, "offered_online", lambda *_said: (newer, eform))
    assert actions.bring_up_to_date(Draft.objects.select_related("version__procedure").get(pk=draft.pk), at=at)
    draft.refresh_from_db()
    assert any(f"“{line.name}”" in said for said in draft.carried)
    assert str(line.id) not in draft.papers


def test_the_second_draft_asks_nothing_that_was_said_in_the_first(cast: Cast):
    client, who = citizen("0905777888", "Nguyễn Thị Lan")
    Citizen.objects.filter(pk=who.pk).update(address="")
    first = begun(client)
    assert "requester_personal_id" not in first.answers
    filled(client, first)
    open_one = begun(client, EXTRACT)
    said = right_answers(first)
    assert open_one.answers["requester_personal_id"] == said["requester_personal_id"]
    assert open_one.answers["requester_address"] == said["requester_address"]
    assert "requester_personal_id" in open_one.known, "shown as filled in, to be looked at"
    papers_sent(client, first)
    client.post(reverse("draft-check", args=(first.pk,)), {"return_method": "counter"})
    client.post(reverse("drop-draft", args=(open_one.pk,)))
    after = begun(client, EXTRACT)
    assert after.answers["requester_personal_id"] == said["requester_personal_id"]
    stranger, _other = citizen("0905777889", "Trần Văn Tư")
    assert "requester_personal_id" not in begun(stranger, EXTRACT).answers


def test_a_guest_is_not_asked_twice_and_another_guest_is_told_nothing(cast: Cast):
    guest = Client()
    first = begun(guest, EXTRACT)
    filled(guest, first)
    assert begun(guest, EXTRACT).answers["requester_name"] == right_answers(first)["requester_name"]
    assert "requester_name" not in begun(Client(), EXTRACT).answers


def test_the_list_tells_drafts_of_one_procedure_apart_the_last_touched_first(lan: Citizens):
    client, who = lan
    mandate = Mandate.objects.create(
        agent=who,
        kind="child",
        full_name="Trần Minh Con",
        valid_from=localdate(),
        evidence="Giấy",
        made_at=timezone.now(),
    )
    first, second = begun(client), begun(client, mandate=str(mandate.pk))
    filled(client, first)
    page = client.get(reverse("my-filings"))
    assert [row.pk for row, _about in page.context["drafts"]] == [first.pk, second.pk]
    assert "Đăng ký khai sinh cho Trần Minh Anh" in page.text
    assert "Nộp thay Trần Minh Con." in page.text
    assert "Lưu lần cuối" in page.text
    start = client.get(reverse("file", args=(BIRTH,))).text
    assert reverse("draft", args=(first.pk,)) in start
    assert "Ông/bà đang điền dở thủ tục này" in start
    assert "Ông/bà đang điền dở" not in client.get(reverse("file", args=(EXTRACT,))).text


def test_a_mandate_that_ran_out_is_said_as_soon_as_the_draft_is_opened(lan: Citizens):
    client, who = lan
    mandate = Mandate.objects.create(
        agent=who,
        kind="child",
        full_name="Trần Minh Con",
        valid_from=localdate(),
        evidence="Giấy",
        made_at=timezone.now(),
    )
    draft = begun(client, mandate=str(mandate.pk))
    assert "Khai lại việc làm thay" not in client.get(page_of(draft)).text
    yesterday = localdate() - timedelta(days=1)
    Mandate.objects.filter(pk=mandate.pk).update(valid_from=yesterday, valid_to=yesterday)
    page = client.get(page_of(draft)).text
    assert "đã hết hạn ngày" in page
    assert f"{reverse('new-mandate')}?next={reverse('draft', args=(draft.pk,))}" in page
    Mandate.objects.filter(pk=mandate.pk).update(valid_to=None, revoked_at=timezone.now(), ended_by="principal")
    page = client.get(page_of(draft)).text
    assert "đã chấm dứt việc ông/bà làm thay" in page
    assert "Khai lại việc làm thay" not in page


def test_a_session_that_ended_says_so_and_brings_back_what_was_typed(lan: Citizens):
    client, _who = lan
    draft = begun(client)
    client.cookies.clear()
    saving = client.post(page_of(draft, 2), {"eform-asked": "child_name"}, headers={"X-Motcua-Saving": "1"})
    assert saving.status_code == HTTPStatus.UNAUTHORIZED, "a script says so where he types"
    post = typed(draft, 2, right_answers(draft))
    away = client.post(page_of(draft, 2), post)
    assert away["Location"] == f"{reverse('citizen-log-in')}?next={page_of(draft, 2)}"
    assert "Phiên đăng nhập đã hết" in client.get(away["Location"]).text
    back = client.post(away["Location"], {"contact": "0905123456", "password": PASSWORD})
    assert back["Location"] == page_of(draft, 2)
    page = client.get(back["Location"]).text
    assert "Những gì ông/bà vừa nhập trước khi đăng nhập lại đã được lưu" in page
    assert "Trần Minh Anh" in page
    assert Draft.objects.get().answers["child_name"] == "Trần Minh Anh"


def test_what_one_typed_is_never_shown_to_the_next_at_this_browser(lan: Citizens):
    client, _who = lan
    draft = begun(client)
    client.cookies.clear()
    client.post(page_of(draft, 2), typed(draft, 2, right_answers(draft)))
    citizen("0905777888", "Trần Văn Tư")
    client.post(reverse("citizen-log-in"), {"contact": "0905777888", "password": PASSWORD})
    assert client.get(page_of(draft, 2)).status_code == HTTPStatus.NOT_FOUND
    assert "child_name" not in Draft.objects.get().answers
