"""The pages of ratings: the questions behind a key, the desk, the public figures; markup stays text."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.feedback.actions import Said, rate, settle_remark
from motcua.feedback.keys import rating_token
from motcua.feedback.models import FollowUp, Rating, RatingWay
from tests.cast import Cast
from tests.feedback.stories import BAD, GOOD, LATER, logged_in, returned
from tests.result.test_return import finished

MARKUP = "<script>alert(1)</script> & <b>đậm</b>"


def address(dossier_id: UUID) -> str:
    return f"/rate/{rating_token(dossier_id)}/"


def test_a_citizen_rates_once_and_is_thanked(cast: Cast):
    dossier_id, client = returned(cast), Client()
    page = client.get(address(dossier_id))
    assert (page.status_code, page["Referrer-Policy"]) == (200, "same-origin")
    for said in ("Rất hài lòng", "Chưa hài lòng", "Thái độ của người tiếp nhận", "Thời gian giải quyết"):
        assert said in page.text, said
    assert "Nguyễn Thị Lan" not in page.text
    sent = client.post(address(dossier_id), {"overall": "very", "time": "fairly", "remark": "Cảm ơn"}, follow=True)
    assert "Cảm ơn ông/bà" in sent.text
    kept = Rating.objects.get(dossier_id=dossier_id)
    assert (kept.answers, kept.way, kept.remark) == ({"overall": "very", "time": "fairly"}, "link", "Cảm ơn")
    again = client.post(address(dossier_id), {"overall": "not"})
    assert again.status_code == 409
    assert "đã được đánh giá" in again.text
    assert Rating.objects.get(dossier_id=dossier_id).answers["overall"] == "very"


def test_scanned_at_the_desk_it_is_told_apart(cast: Cast):
    dossier_id = returned(cast)
    Client().post(f"{address(dossier_id)}?desk", {"overall": "fairly"})
    assert Rating.objects.get(dossier_id=dossier_id).way == "desk"


@pytest.mark.parametrize("answers", [{}, {"overall": "splendid"}, {"overall": "very", "remark": "dài" * 500}])
def test_a_faulty_sheet_is_shown_again_with_what_was_typed(cast: Cast, answers: dict[str, str]):
    dossier_id = returned(cast)
    page = Client().post(address(dossier_id), {"ease": "fairly", **answers})
    assert page.status_code == 422
    assert "govuk-error-summary" in page.text
    assert 'value="fairly" class="govuk-radios__input" id="id_ease_1" checked' in page.text
    assert not Rating.objects.filter(dossier_id=dossier_id).exists()


def test_a_guessed_key_opens_nothing(cast: Cast):
    token = rating_token(returned(cast))
    stolen = rating_token(uuid4())[:20] + token[20:]
    for wrong in (stolen, token[:-1] + ("A" if token[-1] != "A" else "E"), "x", rating_token(uuid4())):
        assert Client().get(f"/rate/{wrong}/").status_code == 404
        assert Client().post(f"/rate/{wrong}/", {"overall": "very"}).status_code == 404


def test_before_the_result_is_returned_nothing_is_taken(cast: Cast):
    dossier_id = finished(cast)
    assert "chưa trả kết quả" in Client().get(address(dossier_id)).text
    assert Client().post(address(dossier_id), {"overall": "very"}).status_code == 409
    assert not Rating.objects.exists()


def test_markup_in_a_remark_stays_text_everywhere(cast: Cast):
    dossier_id = returned(cast)
    Client().post(address(dossier_id), {"overall": "not", "remark": MARKUP})
    kept, head = Rating.objects.get(dossier_id=dossier_id), logged_in("lanhdao")
    for one in ("/ratings/desk/", f"/ratings/{kept.pk}/follow-up/"):
        page = head.get(one).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert MARKUP not in page


def test_the_public_reads_figures_of_months_that_are_over_only(cast: Cast):
    over = timezone.localtime().replace(day=1, hour=9) - timedelta(days=3)
    dossiers, said = (
        [returned(cast) for _number in range(5)],
        Said({"overall": "very"}, MARKUP),
    )
    kept = [rate(one, said, way=RatingWay.LINK, at=over) for one in dossiers]
    rate(returned(cast), BAD, way=RatingWay.LINK, at=timezone.now())
    settle_remark(kept[0], show=True, by=cast.leader, at=over)
    page = Client().get("/ratings/").text
    assert '<td class="num" data-label="Số lượt">5</td>' in page
    assert "100%" in page
    assert page.count("&lt;script&gt;alert(1)") == 1
    assert BAD.remark not in page
    assert Client().get(f"/ratings/?month={timezone.localdate():%Y-%m}").status_code == 404
    assert Client().get("/ratings/?month=tam").status_code == 404


def test_four_answers_are_no_figures(cast: Cast):
    over = timezone.localtime().replace(day=1, hour=9) - timedelta(days=3)
    kept = [rate(returned(cast), BAD, way=RatingWay.LINK, at=over) for _number in range(4)]
    settle_remark(kept[0], show=True, by=cast.leader, at=over)
    page = Client().get("/ratings/").text
    assert "dưới 5" in page
    assert "100%" not in page
    assert BAD.remark not in page


def test_the_receiver_finds_the_code_on_the_returned_dossier(cast: Cast):
    dossier, receiver = Dossier.objects.get(pk=returned(cast)), logged_in("tiepnhan")
    assert f"/dossiers/{dossier.code}/rating/" in receiver.get(f"/dossiers/{dossier.code}/").text
    page = receiver.get(f"/dossiers/{dossier.code}/rating/").text
    assert "<svg" in page
    assert address(dossier.pk) in page
    rate(dossier.pk, GOOD, way=RatingWay.DESK, at=LATER)
    assert "đã được đánh giá" in receiver.get(f"/dossiers/{dossier.code}/rating/").text


def test_a_dossier_not_returned_shows_no_code(cast: Cast):
    dossier, receiver = Dossier.objects.get(pk=finished(cast)), logged_in("tiepnhan")
    assert "/rating/" not in receiver.get(f"/dossiers/{dossier.code}/").text
    assert address(dossier.pk) not in receiver.get(f"/dossiers/{dossier.code}/rating/").text


def test_the_citizen_comes_from_his_tracking_page(cast: Cast):
    dossier = Dossier.objects.get(pk=returned(cast))
    tracked = f"/tracking/{dossier.code}/{dossier.tracking_token}/"
    assert f"{tracked}rate/" in Client().get(tracked).text
    assert Client().get(f"{tracked}rate/")["Location"] == address(dossier.pk)
    assert Client().get(f"/tracking/{dossier.code}/{'A' * 20}/rate/").status_code == 404


def test_papers_are_typed_in_one_after_another(cast: Cast):
    dossier, receiver = Dossier.objects.get(pk=returned(cast)), logged_in("tiepnhan")
    sheet = {"code": f" {dossier.code.lower()} ", "overall": "not", "place": "very"}
    assert "Đã nhập phiếu" in receiver.post("/ratings/paper/", sheet, follow=True).text
    kept = Rating.objects.get(dossier_id=dossier.pk)
    assert (kept.way, kept.entered_by_id) == ("paper", cast.receiver.id)
    for wrong, why in ((sheet, "đã được đánh giá"), (sheet | {"code": "H17.21-1"}, "không có hồ sơ mã này")):
        page = receiver.post("/ratings/paper/", wrong)
        assert page.status_code == 422
        assert why in page.text
    assert Rating.objects.filter(dossier_id=dossier.pk).count() == 1


def test_the_head_settles_remarks_and_follows_up(cast: Cast):
    rating_id, head = rate(returned(cast), BAD, way=RatingWay.LINK, at=LATER), logged_in("lanhdao")
    desk = head.get("/ratings/desk/").text
    assert BAD.remark in desk
    assert f"/ratings/{rating_id}/follow-up/" in desk
    assert head.post(f"/ratings/{rating_id}/remark/", {"show": "perhaps"}).status_code == 404
    head.post(f"/ratings/{rating_id}/remark/", {"show": "yes"})
    assert Rating.objects.get(pk=rating_id).remark_state == "shown"
    assert head.post(f"/ratings/{rating_id}/follow-up/", {"deed": ""}).status_code == 422
    head.post(f"/ratings/{rating_id}/follow-up/", {"deed": "Đã gọi xin lỗi."})
    assert FollowUp.objects.get(rating_id=rating_id).deed == "Đã gọi xin lỗi."
    assert f"/ratings/{rating_id}/follow-up/" not in head.get("/ratings/desk/").text
    assert "Đã gọi xin lỗi." in head.get(f"/ratings/{rating_id}/follow-up/").text


def test_the_desk_that_was_rated_neither_settles_nor_follows_up(cast: Cast):
    rating_id, receiver = rate(returned(cast), BAD, way=RatingWay.LINK, at=LATER), logged_in("tiepnhan")
    assert receiver.get("/ratings/desk/").status_code == 403
    assert receiver.post(f"/ratings/{rating_id}/remark/", {"show": "no"}).status_code == 403
    assert receiver.get(f"/ratings/{rating_id}/follow-up/").status_code == 403


def test_too_many_tries_are_asked_to_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("motcua.feedback.views.rating.OPENED", 2)
    answers = [Client().get("/rate/x/").status_code for _number in range(3)]
    assert answers == [404, 404, 429]
