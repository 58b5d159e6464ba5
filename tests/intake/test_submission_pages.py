"""The desk's pages before a dossier: a letter is written down, answered in place, printed; strangers see nothing."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from motcua.catalogue.rules import papers_for
from motcua.dossiers.actions import PaperHandedIn
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.intake.models import Submission
from motcua.intake.queries import tracked_submission
from motcua.intake.submissions import WantedPaper, accept, add_papers, ask_papers, refuse, submit, withdraw
from tests.cast import BIRTH, LAND, MRS_LAN, Cast, filing, offered
from tests.counting import statements

TYPED = {
    "applicant_kind": "person", "full_name": "Nguyễn Thị Lan", "personal_id": "000184001234", "copies": "1",
    "channel": "post", "return_method": "post", "phone": "0905123456", "return_address": "5 Hùng Vương, Đà Nẵng",
}  # fmt: skip
WHY = {"reason": "Hồ sơ thuộc thẩm quyền xã khác", "legal_basis": "Luật Hộ tịch, Điều 35"}


@pytest.fixture
def receiver(client: Client, cast: Cast) -> Client:
    client.post("/accounts/login/", {"login": "tiepnhan", "password": "motcua-trinh-dien"})
    return client


def mandatory(cast: Cast) -> list[UUID]:
    return [line.id for line in papers_for(offered(BIRTH, cast.receiver).components) if line.id is not None]


def letter(cast: Cast, *, days_ago: int = 0, **changes: Any) -> Submission:
    by = cast.receiver
    return submit(
        filing(BIRTH, MRS_LAN, by, **({"channel": "post"} | changes)),
        offered=offered(BIRTH, by), desk=by, by=by.actor, at=timezone.now() - timedelta(days=days_ago),
    )  # fmt: skip


def prefixed(answer: str, **values: Any) -> dict[str, Any]:
    return {"answer": answer} | {f"{answer}-{name}": value for name, value in values.items()}


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", page)


def test_a_letter_is_written_down_accepted_and_becomes_a_dossier(receiver: Client, cast: Cast):
    assert "Nguyễn Thị Lan" not in receiver.get(f"/submissions/new/{BIRTH}/").text
    typed = TYPED | {"submission_id": str(uuid4()), "papers": [str(paper) for paper in mandatory(cast)]}
    answer = receiver.post(f"/submissions/new/{BIRTH}/", typed)
    written = Submission.objects.get()
    assert answer["Location"] == f"/submissions/{written.number}/"
    assert (written.channel, written.registered_by_id, len(written.papers)) == ("post", cast.receiver.id, 3)
    again = receiver.post(f"/submissions/new/{BIRTH}/", typed)
    assert again["Location"] == answer["Location"]
    assert f"Đã ghi nhận hồ sơ gửi qua bưu chính, số {written.number}." in receiver.get(answer["Location"]).text
    assert written.number in receiver.get("/submissions/").text
    accepted = receiver.post(answer["Location"], {"answer": "accept"})
    dossier = Dossier.objects.get()
    assert accepted["Location"] == f"/dossiers/{dossier.code}/?received"
    assert (dossier.channel, dossier.submission_id) == ("post", written.id)
    page = receiver.get(answer["Location"]).text
    assert dossier.code in page
    assert 'name="answer"' not in page


def test_bad_input_stands_at_its_field_and_keeps_what_was_typed(receiver: Client, cast: Cast):
    answer = receiver.post(f"/submissions/new/{BIRTH}/", TYPED | {"submission_id": str(uuid4()), "phone": "123"})
    assert answer.status_code == 422
    assert "Số điện thoại chưa đúng" in answer.text
    assert "Nguyễn Thị Lan" in answer.text
    assert receiver.get("/submissions/new/9.999999/").status_code == 404
    assert not Submission.objects.exists()


def test_a_result_by_post_needs_an_address_and_the_applicants_will_do(receiver: Client, cast: Cast):
    address = f"/submissions/new/{BIRTH}/"
    nowhere = receiver.post(address, TYPED | {"submission_id": str(uuid4()), "return_address": ""})
    assert nowhere.status_code == 422
    assert "cần địa chỉ nhận kết quả" in nowhere.text
    home = {"submission_id": str(uuid4()), "return_address": "", "address": "12 Phan Châu Trinh"}
    receiver.post(address, TYPED | home)
    assert Submission.objects.get().return_address == "12 Phan Châu Trinh"


def test_a_page_used_for_somebody_else_is_told_and_can_be_sent_again(receiver: Client, cast: Cast):
    used = str(uuid4())
    receiver.post(f"/submissions/new/{BIRTH}/", TYPED | {"submission_id": used})
    answer = receiver.post(f"/submissions/new/{BIRTH}/", TYPED | {"submission_id": used, "full_name": "Võ Đình Quang"})
    assert answer.status_code == 422
    assert used not in answer.text
    fresh = re.search(r'name="submission_id" value="([0-9a-f-]{36})"', answer.text)
    assert fresh is not None
    receiver.post(f"/submissions/new/{BIRTH}/", TYPED | {"submission_id": fresh[1], "full_name": "Võ Đình Quang"})
    assert Submission.objects.count() == 2


def test_missing_papers_are_told_in_place_then_asked_once_then_come(receiver: Client, cast: Cast):
    *here, missing = mandatory(cast)
    found = letter(cast, papers=tuple(PaperHandedIn(paper, 1, 0) for paper in here))
    address = f"/submissions/{found.number}/"
    refused = receiver.post(address, {"answer": "accept"})
    assert refused.status_code == 422
    assert "Còn thiếu giấy tờ bắt buộc" in refused.text
    empty = receiver.post(address, prefixed("ask", reason=""))
    assert empty.status_code == 422
    assert "Ông/bà đánh dấu giấy tờ còn thiếu, hoặc ghi chỗ chưa được" in empty.text
    assert "Ông/bà ghi lý do để người dân biết" in empty.text
    asked = prefixed("ask", papers=[str(missing)], reason="Thiếu bản chính") | {f"ask-fault-{missing}": "Bản chính"}
    assert receiver.post(address, asked)["Location"] == address
    page = receiver.get(address).text
    assert "Thiếu bản chính" in page
    assert 'value="ask"' not in page
    twice = receiver.post(address, asked)
    assert twice.status_code == 422
    assert receiver.get(f"{address}supplement-request.pdf").content.startswith(b"%PDF")
    assert found.number in receiver.get("/submissions/?list=asked").text
    assert found.number not in receiver.get("/submissions/").text
    receiver.post(address, prefixed("papers", papers=[str(missing)]))
    assert found.number in receiver.get("/submissions/").text
    assert receiver.post(address, {"answer": "accept"}).status_code == 302
    assert Dossier.objects.get().components.count() == len(here) + 1


def test_the_applicant_sees_how_it_stands_and_no_official_s_name(cast: Cast):
    *here, missing = mandatory(cast)
    found, by = letter(cast, papers=tuple(PaperHandedIn(paper, 1, 0) for paper in here)), cast.receiver

    def shown() -> str:
        seen = tracked_submission(found.number, found.tracking_token)
        return plain(render_to_string("intake/_tracked_submission.html", {"submission": seen}))

    assert "chờ quầy trả lời" in shown()
    ask_papers(found.id, [WantedPaper(missing, "Bản chính")], reason="Chưa đủ", by=by, at=timezone.now())
    assert "Chưa đủ" in shown()
    assert ": Bản chính" in shown()
    add_papers(found.id, [missing], by=by, at=timezone.now())
    assert "Cơ quan trả lời trước" in shown()
    opened = accept(found.id, by=by, at=timezone.now())
    assert f"/tracking/{opened.code}/{opened.tracking_token}/" in shown()
    found = letter(cast)
    refuse(found.id, **WHY, by=by, at=timezone.now())
    assert WHY["reason"] in shown()
    assert WHY["legal_basis"] in shown()
    assert by.name not in shown()


def test_a_letter_is_refused_with_form_03(receiver: Client, cast: Cast):
    found = letter(cast)
    address = f"/submissions/{found.number}/"
    bare = receiver.post(address, prefixed("refuse", reason="", legal_basis=""))
    assert bare.status_code == 422
    assert "Ông/bà ghi lý do từ chối" in bare.text
    assert "Ông/bà ghi căn cứ pháp lý" in bare.text
    assert receiver.get(f"{address}refusal.pdf").status_code == 404
    assert receiver.post(address, prefixed("refuse", **WHY))["Location"] == address
    assert WHY["reason"] in receiver.get(address).text
    printed = receiver.get(f"{address}refusal.pdf")
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    assert found.number in receiver.get("/submissions/?list=refused").text
    assert receiver.get(f"{address}supplement-request.pdf").status_code == 404


def test_the_counter_refuses_with_what_was_typed_there(receiver: Client, cast: Cast):
    address = f"/intake/{LAND}/refuse/"
    assert f'formaction="{address}"' in receiver.get(f"/intake/{LAND}/").text
    carried = receiver.post(address, TYPED | {"carry": "1", "submission_id": str(uuid4()), "channel": "counter"})
    assert carried.status_code == 200
    assert "Nguyễn Thị Lan" in carried.text
    assert "govuk-error-summary" not in carried.text
    sent = TYPED | {"submission_id": str(uuid4()), "channel": "counter"}
    assert receiver.post(address, sent).status_code == 422
    answer = receiver.post(address, sent | WHY)
    refused = Submission.objects.get()
    assert answer["Location"] == f"/submissions/{refused.number}/"
    assert (refused.channel, refused.state) == ("counter", State.NOT_ACCEPTED)
    page = receiver.get(answer["Location"]).text
    assert "/refusal.pdf" in page
    assert "/tracking/" not in page
    assert receiver.get(f"{answer['Location']}refusal.pdf").content.startswith(b"%PDF")


def test_who_comes_second_is_told_and_nothing_is_written(receiver: Client, cast: Cast):
    found, by = letter(cast), cast.receiver
    withdraw(found.id, agency_id=by.agency_id, by=by.actor, at=timezone.now(), written_by=by.id)
    answer = receiver.post(f"/submissions/{found.number}/", {"answer": "accept"}, follow=True)
    assert "vừa được trả lời ở chỗ khác" in answer.text
    assert not Dossier.objects.exists()


def test_the_applicant_s_wish_to_withdraw_is_written_down(receiver: Client, cast: Cast):
    found = letter(cast)
    receiver.post(f"/submissions/{found.number}/", prefixed("withdraw", reason="Gửi nhầm"))
    seen = Submission.objects.get()
    assert (seen.state, seen.reason, seen.decided_by_id) == (State.WITHDRAWN, "Gửi nhầm", cast.receiver.id)


@pytest.mark.parametrize("answer", ["", "burn"])
def test_an_answer_nobody_offers_is_not_found(receiver: Client, cast: Cast, answer: str):
    found = letter(cast)
    assert receiver.post(f"/submissions/{found.number}/", {"answer": answer}).status_code == 404
    assert receiver.get("/submissions/?list=burnt").status_code == 404


def test_the_list_marks_what_is_late_and_the_rail_counts(receiver: Client, cast: Cast):
    late, fresh = letter(cast, days_ago=10), letter(cast)
    page = plain(receiver.get("/submissions/").text)
    assert page.index(late.number) < page.index(fresh.number)
    assert page.count("state-late") == 1
    assert "1 hồ sơ đã quá hạn trả lời." in page
    assert re.search(r'<span>Chờ tiếp nhận</span> <b class="hot">2</b>', page)


def test_only_receivers_see_the_rail_entry_and_the_pages(client: Client, cast: Cast):
    found = letter(cast)
    client.post("/accounts/login/", {"login": "thuly", "password": "motcua-trinh-dien"})
    assert "/submissions/" not in client.get("/worklist/").text
    for address in ("/submissions/", f"/submissions/{found.number}/", f"/intake/{BIRTH}/refuse/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert MRS_LAN.full_name not in answer.text


def test_the_list_takes_as_many_statements_for_six_rows_as_for_one(receiver: Client, cast: Cast, monkeypatch):
    letter(cast)
    receiver.get("/submissions/")
    with statements(monkeypatch) as few:
        receiver.get("/submissions/")
    for _more in range(5):
        letter(cast)
    with statements(monkeypatch) as many:
        assert receiver.get("/submissions/").text.count("data-row>") == 6
    assert len(few) == len(many) <= 9, "\n".join(text[:160] for text in many)
