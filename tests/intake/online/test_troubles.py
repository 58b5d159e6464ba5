"""What goes wrong at home: guests, too many drafts, a mandate that ended, a form replaced while it was filled in."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.catalogue.eforms.queries import eform_for
from motcua.catalogue.eforms.shapes import Words
from motcua.documents.papers.models import Paper
from motcua.intake.models import Draft, Submission
from motcua.intake.online import actions, offering
from motcua.intake.online.keeping import forget_drafts
from motcua.payments.models import PaymentOrder
from motcua.people.citizens.models import Citizen, Mandate
from tests.documents.papers.sent import photo
from tests.intake.online.steps import begun, filled, papers_sent, ready, right_answers, send_photos

EXTRACT = "2.000635"
Citizens = tuple[Client, Citizen]


def sent(client: Client, draft: Draft):
    return client.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "counter"})


def test_a_guest_files_a_certified_extract_and_comes_back_by_his_link(cast):
    guest = Client()
    draft = begun(guest, EXTRACT)
    assert draft.citizen_id is None
    filled(guest, draft)
    page = guest.get(reverse("guest-filings"))
    elsewhere = Client()
    assert elsewhere.get(reverse("draft", args=(draft.pk,)))["Location"].startswith("/me/login/")
    link = reverse("open-guest", args=(page.context["key"],))
    assert "Mở bản nháp bằng đường dẫn riêng" in elsewhere.get(link).text
    assert elsewhere.get(reverse("draft", args=(draft.pk,)))["Location"].startswith("/me/login/"), "asked first"
    elsewhere.post(link)
    assert elsewhere.get(link)["Location"] == reverse("guest-filings"), "once held it is not asked again"
    assert elsewhere.get(reverse("draft-check", args=(draft.pk,))).status_code == HTTPStatus.OK
    papers_sent(elsewhere, draft, photos=1)
    assert sent(guest, draft)["Location"] == reverse("draft-done", args=(draft.pk,))
    done = guest.get(reverse("draft-done", args=(draft.pk,))).text
    assert Submission.objects.get().number in done
    order = PaymentOrder.objects.get()
    assert order.amount == 8000 * right_answers(draft)["copies"]
    assert f"/pay/{order.token}/" in done
    guest.post(reverse("forget-guest"))
    assert guest.get(reverse("draft-done", args=(draft.pk,)))["Location"].startswith("/me/login/")


def test_who_opened_anothers_link_begins_under_a_key_of_his_own(cast):
    first, other = Client(), Client()
    theirs = begun(first, EXTRACT)
    other.post(reverse("open-guest", args=(first.get(reverse("guest-filings")).context["key"],)))
    mine = begun(other, EXTRACT)
    assert mine.key_hash != theirs.key_hash
    assert first.get(reverse("draft", args=(mine.pk,)))["Location"].startswith("/me/login/")


def test_a_link_takes_nobodys_own_drafts_away(cast):
    """Who holds a key of his own keeps it until he says otherwise, and is shown how to find it again."""
    guest, stranger = Client(), Client()
    mine, theirs = begun(guest, EXTRACT), begun(stranger, EXTRACT)
    own = guest.get(reverse("guest-filings")).context["key"]
    link = reverse("open-guest", args=(stranger.get(reverse("guest-filings")).context["key"],))
    assert reverse("open-guest", args=(own,)) in guest.get(link).text
    assert guest.get(reverse("draft", args=(mine.pk,)))["Location"].endswith("/1/")
    guest.post(link)
    assert guest.get(reverse("draft", args=(theirs.pk,)))["Location"].endswith("/1/")


def test_a_key_that_somebody_made_up_opens_nothing_and_is_not_kept(cast):
    """Or else each made-up key is a store of papers of its own, and takes the place of the one a browser holds."""
    guest = Client()
    begun(guest, EXTRACT)
    own = guest.get(reverse("guest-filings")).context["key"]
    link = reverse("open-guest", args=("made-up",))
    for answer in (guest.get(link), guest.post(link), Client().post(link)):
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert "Đường dẫn không mở được gì" in answer.text
        assert not answer.cookies.get("motcua_guest")
    assert guest.get(reverse("guest-filings")).context["key"] == own
    asked = Client().get(reverse("open-guest", args=(own,)))
    assert (asked.headers["Referrer-Policy"], asked.headers["X-Robots-Tag"]) == ("same-origin", "noindex")


def test_twenty_drafts_and_no_more(lan: Citizens):
    client, _who = lan
    drafts = [begun(client) for _one in range(actions.MOST_OPEN)]
    answer = client.post(reverse("file", args=("1.001193",)), {"agency": str(drafts[0].agency_id)})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f"{reverse('my-filings')}#drafts" in answer.text, "the way to the list"
    assert "đang có 20 bản nháp chưa nộp" in answer.text
    client.post(reverse("drop-draft", args=(drafts[0].pk,)))
    begun(client)


def test_a_guest_has_no_more_than_a_citizen(cast):
    guest = Client()
    drafts = [begun(guest, EXTRACT) for _one in range(actions.MOST_OPEN)]
    answer = guest.post(reverse("file", args=(EXTRACT,)), {"agency": str(drafts[0].agency_id)})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "đang có 20 bản nháp chưa nộp" in answer.text
    assert Draft.objects.count() == actions.MOST_OPEN


def test_a_mandate_that_ended_stops_the_sending_and_loses_nothing(lan: Citizens):
    client, who = lan
    mandate = Mandate.objects.create(
        agent=who, kind="child", full_name="Trần Minh Anh", valid_from=localdate(), evidence="Giấy chứng sinh",
        made_at=timezone.now(),
    )  # fmt: skip
    draft = begun(client, mandate=str(mandate.pk))
    assert draft.answers["child_name"] == "Trần Minh Anh"
    filled(client, draft)
    papers_sent(client, draft)
    yesterday = localdate() - timedelta(days=1)
    Mandate.objects.filter(pk=mandate.pk).update(valid_from=yesterday, valid_to=yesterday)
    answer = sent(client, draft)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "đã hết hạn ngày" in answer.text
    assert "Bệnh viện Phụ sản" in answer.text, "what was typed is still there"
    Mandate.objects.filter(pk=mandate.pk).update(valid_to=None)
    assert sent(client, draft).status_code == HTTPStatus.FOUND


def test_a_mandate_declared_anew_carries_the_draft_on(lan: Citizens):
    """What the refusal tells him to do is enough: he does not begin again."""
    client, who = lan
    said = {"agent": who, "kind": "child", "full_name": "Trần Minh Anh", "evidence": "Giấy chứng sinh"}
    old = Mandate.objects.create(**said, valid_from=localdate(), made_at=timezone.now())
    draft = begun(client, mandate=str(old.pk))
    filled(client, draft)
    papers_sent(client, draft)
    Mandate.objects.filter(pk=old.pk).update(revoked_at=timezone.now())
    assert "đã thôi" in sent(client, draft).text
    anew = Mandate.objects.create(**said, valid_from=localdate(), made_at=timezone.now())
    assert sent(client, draft).status_code == HTTPStatus.FOUND
    draft.refresh_from_db()
    assert draft.mandate_id == anew.pk


def test_a_mandate_ended_by_the_one_it_is_about_stops_the_sending_and_loses_nothing(lan: Citizens):
    client, who = lan
    mandate = Mandate.objects.create(
        agent=who, kind="other", full_name="Trần Minh Anh", valid_from=localdate(), evidence="Giấy ủy quyền",
        made_at=timezone.now(),
    )  # fmt: skip
    draft = begun(client, mandate=str(mandate.pk))
    filled(client, draft)
    papers_sent(client, draft)
    Mandate.objects.filter(pk=mandate.pk).update(revoked_at=timezone.now(), ended_by="principal")
    answer = sent(client, draft)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Trần Minh Anh đã chấm dứt việc ông/bà làm thay từ ngày" in answer.text
    assert "Bệnh viện Phụ sản" in answer.text, "what was typed is still there"
    assert "Khai lại việc làm thay" not in answer.text, "his word alone is not enough now"
    assert "Xem việc làm thay" in answer.text
    draft.refresh_from_db()
    assert (draft.submitted_at, any(draft.papers.values())) == (None, True)


def test_a_form_replaced_while_it_is_filled_in_keeps_what_fits_and_says_what_changed(
    lan: Citizens, monkeypatch: pytest.MonkeyPatch
):
    client, _who = lan
    draft = ready(client)
    old = eform_for("1.001193", localdate())
    assert old is not None
    first = old.pages[0].parts[0]
    items = tuple(item for item in first.items if item.id != "requester_address")
    page = replace(old.pages[0], parts=(replace(first, items=items), *old.pages[0].parts[1:]))
    new = replace(old, number=2, pages=(page, *old.pages[1:]), changed=Words("Không hỏi địa chỉ nữa.", "No address."))
    monkeypatch.setattr(offering, "eform_for", lambda _code, _on: new)
    monkeypatch.setattr(offering, "eform_by_key", lambda code, number: new if number == 2 else old)
    page_shown = client.get(reverse("draft-page", args=(draft.pk, 2))).text
    assert "mẫu đã được thay bằng bản mới" in page_shown
    assert "Không hỏi địa chỉ nữa." in page_shown
    assert "Mẫu mới không còn hỏi “Nơi cư trú của ông/bà”" in page_shown
    draft.refresh_from_db()
    assert (draft.eform_number, draft.answers["child_name"]) == (2, "Trần Minh Anh")
    assert any(draft.papers.values()), "papers stay"


def test_the_same_person_filing_the_same_twice_is_warned_and_not_stopped(lan: Citizens, desk: Client):
    client, _who = lan
    sent(client, ready(client))
    first = Submission.objects.get()
    second = ready(client)
    assert first.number in client.get(reverse("draft-check", args=(second.pk,))).text
    assert sent(client, second).status_code == HTTPStatus.FOUND
    latest = Submission.objects.latest("submitted_at")
    assert first.number in desk.get(reverse("submission", args=(latest.number,))).text


def test_a_paper_of_the_store_is_offered_and_another_ones_is_refused(lan: Citizens):
    client, who = lan
    draft = begun(client)
    filled(client, draft)
    rows = client.get(reverse("draft-papers", args=(draft.pk,))).context["rows"]
    line = next(str(row["wanted"].id) for row in rows if row["wanted"].required)
    client.post(reverse("papers"), {"name": "Giấy chứng sinh của con", "parts": [photo()]})
    paper = Paper.objects.get(citizen_id=who.pk)
    assert "Dùng “Giấy chứng sinh của con”" in client.get(reverse("draft-papers", args=(draft.pk,))).text
    address = reverse("draft-papers", args=(draft.pk,))
    client.post(address, {"component": line, "from_store": str(paper.pk)})
    draft.refresh_from_db()
    assert draft.papers[line] == [str(paper.pk)]
    foreign = Paper.objects.create(
        name="Của người khác", stored=paper.stored, key_hash="ab" * 32, created_at=timezone.now()
    )
    stolen = client.post(address, {"component": line, "from_store": str(foreign.pk)})
    assert stolen.status_code == HTTPStatus.NOT_FOUND
    client.post(address, {"component": line, "take_away": str(paper.pk)})
    assert Paper.objects.filter(pk=paper.pk, forgotten_at=None).exists(), "off the draft, still in the store"


def test_a_script_that_saves_after_typing_gets_no_page(lan: Citizens):
    client, _who = lan
    draft = begun(client)
    answer = client.post(
        reverse("draft-page", args=(draft.pk, 2)),
        {"eform-asked": "child_name", "child_name": "Trần Mi"},
        headers={"X-Motcua-Saving": "1"},
    )
    assert (answer.status_code, answer.content) == (HTTPStatus.NO_CONTENT, b"")
    assert Draft.objects.get().answers["child_name"] == "Trần Mi"


def test_what_is_no_photo_stands_at_its_paper(lan: Citizens):
    client, _who = lan
    draft = begun(client)
    filled(client, draft)
    rows = client.get(reverse("draft-papers", args=(draft.pk,))).context["rows"]
    line = next(str(row["wanted"].id) for row in rows if row["wanted"].required)
    bad = photo(name="../../x.svg")
    bad.file.seek(0)
    bad.file.truncate(0)
    bad.file.write(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    bad.size = bad.file.tell()
    bad.file.seek(0)
    answer = client.post(reverse("draft-papers", args=(draft.pk,)), {"component": line, "parts": [bad]})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'href="#parts-{line}"' in answer.text
    send_photos(client, draft, line, [photo()])


def test_what_nobody_touched_for_thirty_days_goes_and_what_was_sent_stays(lan: Citizens):
    client, _who = lan
    sent(client, ready(client))
    mine = begun(client)
    guest = Client()
    theirs = begun(guest, EXTRACT)
    later = timezone.now() + timedelta(days=29)
    assert forget_drafts(later) == (0, 0)
    Draft.objects.filter(pk=theirs.pk).update(expires_at=later + timedelta(days=9))
    assert forget_drafts(later + timedelta(days=2)) == (1, 0)
    assert {row.submitted_at is None for row in Draft.objects.all()} == {True, False}
    assert not Draft.objects.filter(pk=mine.pk).exists()
    Paper.objects.update(citizen_id=None, key_hash="cd" * 32)
    assert forget_drafts(later + timedelta(days=2)) == (0, 1)
    assert Submission.objects.count() == 1
