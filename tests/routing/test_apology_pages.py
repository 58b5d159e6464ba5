"""The pages of apologies: the leader's list, one letter, its print, exceptions, the public list, the tracking page."""

import io
from datetime import datetime

import pypdf
import pytest
from django.core.cache import cache
from django.utils import timezone

from motcua.catalogue.models import Procedure
from motcua.dossiers.models import Dossier
from motcua.routing.apologies.balance import apology_balance
from motcua.routing.apologies.drafting import draft_apologies
from motcua.routing.models import Apology, LateException
from tests.cast import MONDAY, MR_QUANG, Cast
from tests.journey.test_hot_pages import log_in
from tests.routing.late_lives import WHY, days_before, in_hands, row, signed, worked

DAY = 480
TYPED = {
    "reason_code": "verification",
    "reason": WHY.reason,
    "delay_number": "3",
    "delay_unit": "working_day",
}


@pytest.fixture
def moment(monkeypatch):
    """Every page is opened at this moment."""

    def at(now: datetime) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return at


def words_of(answer) -> str:
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_leader_signs_what_the_system_drafted(client, cast: Cast, moment):
    dossier = in_hands(cast)
    at = moment(days_before(dossier, DAY))
    draft_apologies(dossier.agency_id, at)
    letter = Apology.objects.get(dossier=dossier)
    log_in(client, "lanhdao")
    listed = client.get("/apologies/").text
    assert dossier.code in listed
    page = client.get(f"/apologies/{letter.id}/").text
    assert "Thẩm tra hồ sơ" in page
    assert "Từng khoảng thời gian" in page

    bad = client.post(f"/apologies/{letter.id}/", TYPED | {"press": "sign", "delay_number": "0"})
    assert bad.status_code == 422
    assert "từ 1 đến 60" in bad.text
    saved = client.post(f"/apologies/{letter.id}/", TYPED | {"press": "save"}, follow=True)
    new_due_at = timezone.localtime(worked(dossier.due_at, 3 * DAY))
    assert f"{new_due_at:%H:%M %d/%m/%Y}" in saved.text
    draft_print = words_of(client.get(f"/apologies/{letter.id}/letter/"))
    assert MR_QUANG.full_name in draft_print

    done = client.post(f"/apologies/{letter.id}/", TYPED | {"press": "sign"}, follow=True)
    assert "Đã ký thư xin lỗi số 1" in done.text
    paper = words_of(client.get(f"/apologies/{letter.id}/letter/"))
    assert "1/PXL" in paper
    assert "đo lại ranh giới" in paper
    again = client.post(f"/apologies/{letter.id}/", TYPED | {"press": "sign"}, follow=True)
    assert Apology.objects.get(pk=letter.id).number == 1
    assert "Đã ký thư xin lỗi" not in again.text
    assert "Thư số 1 năm 2026" in client.get(f"/dossiers/{dossier.code}/").text
    assert "số 1 năm 2026" in client.get("/apologies/?list=signed").text

    log_in(client, "tiepnhan")
    told = client.post(f"/apologies/{letter.id}/", {"press": "sent"}, follow=True)
    assert "người nộp đã được báo" in told.text


def test_a_draft_is_given_up_with_a_reason(client, cast: Cast, moment):
    dossier = in_hands(cast)
    at = moment(days_before(dossier, DAY))
    draft_apologies(dossier.agency_id, at)
    letter = Apology.objects.get(dossier=dossier)
    log_in(client, "lanhdao")
    assert client.post(f"/apologies/{letter.id}/", {"press": "withdraw", "why": ""}).status_code == 422
    client.post(f"/apologies/{letter.id}/", {"press": "withdraw", "why": "Chiều nay xong"})
    assert Apology.objects.get(pk=letter.id).withdraw_reason == "Chiều nay xong"
    assert client.post(f"/apologies/{letter.id}/", {"press": "nonsense"}).status_code == 404


def test_an_officer_drafts_by_hand_and_cannot_sign(client, cast: Cast, moment):
    dossier = in_hands(cast)
    moment(days_before(dossier, 4 * DAY))
    log_in(client, "thuly")
    assert f"/dossiers/{dossier.code}/apology/" in client.get(f"/dossiers/{dossier.code}/").text
    page = client.post(f"/dossiers/{dossier.code}/apology/", follow=True)
    assert f"/dossiers/{dossier.code}/apology/" not in client.get(f"/dossiers/{dossier.code}/").text
    letter = Apology.objects.get(dossier=dossier)
    assert 'value="sign"' not in page.text
    refused = client.post(f"/apologies/{letter.id}/", TYPED | {"press": "sign"})
    assert refused.status_code == 422
    assert "lãnh đạo cơ quan" in refused.text


def test_an_exception_is_recorded_with_its_evidence(client, cast: Cast, moment):
    dossier = in_hands(cast)
    at = moment(worked(dossier.due_at, 60))
    log_in(client, "lanhdao")
    assert f"/dossiers/{dossier.code}/late-exception/" in client.get(f"/dossiers/{dossier.code}/").text
    assert client.get(f"/dossiers/{dossier.code}/late-exception/").status_code == 200
    assert client.post(f"/dossiers/{dossier.code}/late-exception/", {"kind": "system_fault"}).status_code == 422
    sent = {"kind": "system_fault", "evidence": "Biên bản số 12 về sự cố máy chủ"}
    client.post(f"/dossiers/{dossier.code}/late-exception/", sent)
    assert LateException.objects.get(dossier=dossier).evidence == sent["evidence"]
    assert sent["evidence"] in client.get("/apologies/?list=exceptions").text
    assert apology_balance(dossier.agency_id, at).holds
    again = client.post(f"/dossiers/{dossier.code}/late-exception/", sent)
    assert again.status_code == 422
    assert "đã được ghi" in again.text


def test_anybody_reads_who_waits_too_long_but_not_who_they_are(client, cast: Cast, moment):
    moment(MONDAY)
    assert "/late-dossiers/" in client.get("/tracking/").text
    empty = client.get("/late-dossiers/")
    assert "Không có hồ sơ nào trễ hẹn" in empty.text
    dossier = in_hands(cast)
    other = in_hands(cast, worked(MONDAY, 30))
    done = signed(dossier, cast.leader, days_before(dossier, DAY))
    moment(worked(other.due_at, 60))
    page = client.get("/late-dossiers/")
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert page.text.count("Võ Đ. Q.") == 2
    assert dossier.code in page.text
    assert "Địa chính – xây dựng" in page.text
    assert f"{timezone.localtime(done.new_due_at):%H:%M %d/%m/%Y}" in page.text
    assert "số 1 năm 2026" in page.text
    for secret in (MR_QUANG.full_name, MR_QUANG.personal_id, MR_QUANG.phone, MR_QUANG.address, WHY.reason):
        assert secret not in page.text


def test_where_the_matter_is_private_neither_name_nor_procedure_is_public(client, cast: Cast, moment):
    quiet, firm = in_hands(cast), in_hands(cast)
    Procedure.objects.filter(versions__dossiers=quiet).update(sector="bao-tro-xa-hoi")
    Dossier.objects.filter(pk=firm.pk).update(applicant_kind="organisation", applicant_name="Công ty Hải Sơn")
    moment(worked(firm.due_at, 60))
    page = client.get("/late-dossiers/").text
    assert page.count("không công bố tên") >= 2
    assert quiet.code in page
    assert "Bảo trợ xã hội" in page
    for secret in ("Võ", "Hải Sơn", quiet.version.name):
        assert secret not in page


def test_the_applicant_reads_the_apology_on_the_tracking_page(client, cast: Cast, moment):
    cache.clear()
    dossier = in_hands(cast)
    moment(days_before(dossier, DAY))
    address = f"/tracking/{dossier.code}/{dossier.tracking_token}/"
    draft_apologies(dossier.agency_id, days_before(dossier, DAY))
    assert "Lời xin lỗi" not in client.get(address).text
    done = signed(dossier, cast.leader, days_before(dossier, DAY))
    page = client.get(address).text
    assert "Lời xin lỗi" in page
    assert WHY.reason in page
    assert f"{timezone.localtime(done.new_due_at):%H:%M %d/%m/%Y}" in page
    assert row(dossier.id).appointed_at == done.new_due_at


def test_the_sheet_of_a_new_date_explains_the_new_date(client, cast: Cast, moment):
    dossier = in_hands(cast)
    signed_at = moment(days_before(dossier, DAY))
    signed(dossier, cast.leader, signed_at)
    dossier.refresh_from_db()
    assert dossier.appointed_at is not None
    new = f"{timezone.localtime(dossier.appointed_at):%H:%M %d/%m/%Y}"
    old = f"{timezone.localtime(dossier.due_at):%H:%M %d/%m/%Y}"
    log_in(client, "lanhdao")
    sheet = client.get(f"/dossiers/{dossier.code}/reasons/").text
    public = client.get(f"/tracking/{dossier.code}/{dossier.tracking_token}/").text
    assert f"Vì sao hẹn lại lúc {new}" in sheet
    for page in (sheet, public):
        assert f"Ngày hẹn mới {new} được tính thế nào" in page
        assert f"Tính từ {old}" in page
        assert f"{new}</td>" in " ".join(page.split()).replace(" </td>", "</td>")
    answer = client.get(f"/api/v1/dossiers/{dossier.code}?token={dossier.tracking_token}").json()
    rows = answer["appointment_reasons"]
    assert (rows[0]["start"], rows[-1]["end"]) == (answer["due_at"], answer["appointed_at"])
    assert sum(row["minutes"] for row in rows) > 0


def test_a_second_letter_before_the_new_date_says_why(client, cast: Cast, moment):
    dossier = in_hands(cast)
    signed(dossier, cast.leader, moment(days_before(dossier, DAY)))
    dossier.refresh_from_db()
    moment(worked(dossier.due_at, 60))
    log_in(client, "thuly")
    address = f"/dossiers/{dossier.code}/apology/"
    page = client.post(address)
    assert page.status_code == 200
    assert "chưa đến" in page.text
    assert client.post(address, {"second": "1", "why": " "}).status_code == 422
    assert Apology.objects.filter(dossier=dossier).count() == 1
    assert client.post(address, {"second": "1", "why": "Bên đo đạc hẹn lại"}).status_code == 302
    assert Apology.objects.get(dossier=dossier, ordinal=2).reason == "Bên đo đạc hẹn lại"
