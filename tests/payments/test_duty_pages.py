"""The pages of what is owed: the list, the two forms with their faults in place, the slip, the pieces for others."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from motcua.core.models import Event
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.payments.actions import NewDuty, cancel_duty, demand_duty, settle_duty
from motcua.payments.evidence import Evidence
from motcua.payments.forms import DemandForm
from motcua.payments.models import FinancialDuty
from motcua.payments.queries import duties_of
from tests.cast import Cast
from tests.counting import statements
from tests.documents.reading import words
from tests.payments.conftest import in_hands
from tests.payments.test_duties import LAND_USE, REGISTRATION, TUESDAY, asked, written

REASON = "Được miễn theo quyết định 12/QĐ-UBND"


def logged_in(username: str) -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": username, "password": "motcua-trinh-dien"})
    assert answer.status_code == 302
    return client


@pytest.fixture
def receiver(cast: Cast) -> Client:
    return logged_in("tiepnhan")


@pytest.fixture
def owed(cast: Cast) -> FinancialDuty:
    """A sum asked for yesterday."""
    at = timezone.now() - timedelta(days=1)
    dossier_id = in_hands(cast, at - timedelta(days=1))
    duty = replace(REGISTRATION, due_on=timezone.localdate() + timedelta(days=9))
    written_down = demand_duty(dossier_id, duty=duty, by=cast.case_officer, at=at)
    return FinancialDuty.objects.select_related("dossier").get(pk=written_down)


def test_the_list_shows_sum_dossier_and_wait(receiver: Client, owed: FinancialDuty):
    page = receiver.get("/duties/").text
    for said in (owed.dossier.code, "Võ Đình Quang", "Lệ phí trước bạ", "2.500.000 đồng", "1 ngày"):
        assert said in page, said
    assert "Đã chờ" in page
    assert f"/duties/{owed.pk}/settle/" in page


def test_a_sum_past_its_last_day_is_marked(receiver: Client, owed: FinancialDuty):
    assert "state-late" not in receiver.get("/duties/").text
    FinancialDuty.objects.filter(pk=owed.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    page = receiver.get("/duties/").text
    assert "state-late" in page
    assert "qua hạn nộp" in page


def test_the_empty_list_says_what_will_be_here(receiver: Client, cast: Cast):
    FinancialDuty.objects.all().delete()
    page = receiver.get("/duties/")
    assert page.status_code == 200
    assert "Không có khoản nào chờ nộp" in page.text


def test_the_list_takes_as_many_statements_for_ten_rows_as_for_one(
    receiver: Client, cast: Cast, owed: FinancialDuty, monkeypatch: pytest.MonkeyPatch
):
    receiver.get("/duties/")
    with statements(monkeypatch) as few:
        receiver.get("/duties/")
    for number in range(9):
        asked(in_hands(cast), cast, LAND_USE, at=TUESDAY + timedelta(minutes=number))
    with statements(monkeypatch) as many:
        assert receiver.get("/duties/").text.count("data-row>") >= 10
    assert len(few) == len(many) <= 8, "\n".join(text[:160] for text in many)


@pytest.mark.parametrize("asked_page", ["abc", "0", "99", "-1"])
def test_a_wrong_page_number_shows_a_page(receiver: Client, owed: FinancialDuty, asked_page: str):
    assert receiver.get("/duties/", {"page": asked_page}).status_code == 200


def test_a_payment_is_written_down_and_the_dossier_goes_on(receiver: Client, owed: FinancialDuty):
    address, today = f"/duties/{owed.pk}/settle/", timezone.localdate()
    page = receiver.get(address)
    assert page.status_code == 200
    assert "2.500.000 đồng" in page.text
    answer = receiver.post(address, {"evidence_number": "BL-77", "evidence_on": f"{today:%d/%m/%Y}"}, follow=True)
    assert answer.redirect_chain == [(f"/dossiers/{owed.dossier.code}/", 302)]
    due = timezone.localtime(Dossier.objects.get(pk=owed.dossier_id).due_at)
    assert f"Hồ sơ tiếp tục xử lý, hạn trả là {due:%H:%M %d/%m/%Y}" in answer.text
    duty = FinancialDuty.objects.get(pk=owed.pk)
    assert (duty.evidence_number, duty.evidence_on) == ("BL-77", today)
    assert Dossier.objects.get(pk=owed.dossier_id).state == State.PROCESSING


TOMORROW = date(2099, 1, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Chưa có chứng từ thì chưa ghi đã nộp"),
        ({"evidence_number": "  ", "evidence_on": "01/11/2026"}, "Chưa có chứng từ thì chưa ghi đã nộp"),
        ({"evidence_number": "BL-1"}, "ghi ngày in trên chứng từ"),
        ({"evidence_number": "BL-1", "evidence_on": "31/02/2026"}, "Ngày chưa đúng"),
        ({"evidence_number": "BL-1", "evidence_on": f"{TOMORROW:%d/%m/%Y}"}, "không thể sau hôm nay"),
        ({"evidence_number": "9" * 121, "evidence_on": "01/11/2026"}, "nhiều nhất 120 ký tự"),
    ],
)
def test_what_is_wrong_with_the_proof_is_said_in_place(
    receiver: Client, owed: FinancialDuty, typed: dict[str, str], sentence: str
):
    before = written()
    answer = receiver.post(f"/duties/{owed.pk}/settle/", typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "govuk-error-summary" in answer.text
    if typed.get("evidence_number", "").strip():
        assert typed["evidence_number"] in answer.text
    assert written() == before


def test_a_sum_is_given_up_with_its_reason(receiver: Client, owed: FinancialDuty):
    address = f"/duties/{owed.pk}/cancel/"
    page = receiver.get(address).text
    assert "Bỏ khoản “Lệ phí trước bạ” của Võ Đình Quang?" in page
    assert "thời gian chỉ chờ khoản này vẫn tính vào thời hạn giải quyết" in page
    refused = receiver.post(address, {"reason": "  "})
    assert refused.status_code == 422
    assert "vì sao không phải nộp" in refused.text
    assert FinancialDuty.objects.get(pk=owed.pk).is_open
    due_at = timezone.localtime(Dossier.objects.get(pk=owed.dossier_id).due_at)
    done = receiver.post(address, {"reason": REASON}, follow=True)
    assert (
        f"Thời gian không còn khoản nào phải chờ vẫn tính vào thời hạn, hạn trả là {due_at:%H:%M %d/%m/%Y}."
        in done.text
    )
    assert FinancialDuty.objects.get(pk=owed.pk).cancel_reason == REASON
    assert Dossier.objects.get(pk=owed.dossier_id).state == State.PROCESSING


@pytest.mark.parametrize("end", ["settle", "cancel"])
def test_a_page_that_somebody_overtook_says_so_and_writes_nothing(
    receiver: Client, cast: Cast, owed: FinancialDuty, end: str
):
    at = timezone.now()
    settle_duty(owed.pk, evidence=Evidence("BL-1", at.date() - timedelta(days=1)), by=cast.case_officer, at=at)
    before = written()
    typed = {"evidence_number": "BL-2", "evidence_on": "01/11/2026", "reason": REASON}
    answer = receiver.post(f"/duties/{owed.pk}/{end}/", typed, follow=True)
    assert "vừa được người khác xử lý" in answer.text
    shown = receiver.get(f"/duties/{owed.pk}/{end}/", follow=True)
    assert "đã được ghi là đã nộp" in shown.text
    assert written() == before


def test_only_receivers_and_case_officers_write_about_money(cast: Cast, owed: FinancialDuty):
    pages = ["/duties/", f"/duties/{owed.pk}/settle/", f"/duties/{owed.pk}/cancel/"]
    for username in ("lanhdao", "vanthu", "kiemsoat", "quantri"):
        client = logged_in(username)
        assert {client.get(page).status_code for page in pages} == {403}, username
        answer = client.post(pages[1], {"evidence_number": "BL-1", "evidence_on": "01/11/2026"})
        assert answer.status_code == 403
    assert {Client().get(page).status_code for page in pages} == {302}
    assert {logged_in("thuly").get(page).status_code for page in pages} == {200}
    assert FinancialDuty.objects.get(pk=owed.pk).is_open


def test_a_sum_that_is_not_there_is_not_found(receiver: Client, owed: FinancialDuty):
    for end in ("settle", "cancel"):
        assert receiver.get(f"/duties/{uuid4()}/{end}/").status_code == 404
        assert receiver.get(f"/duties/khong-co/{end}/").status_code == 404
    assert receiver.get("/dossiers/H17.21-200101-9999/money-notice.pdf").status_code == 404


def test_the_slip_names_every_open_sum_and_none_that_is_over(receiver: Client, cast: Cast, owed: FinancialDuty):
    at = timezone.now()
    second = demand_duty(owed.dossier_id, duty=replace(LAND_USE, due_on=None), by=cast.case_officer, at=at)
    answer = receiver.get(f"/dossiers/{owed.dossier.code}/money-notice.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = words(answer.content)
    for said in ("Lệ phí trước bạ", "Tiền sử dụng đất", "Cộng: 3.458.500.000", owed.dossier.code, "Võ Đình Quang"):
        assert said in text, said
    evidence = Evidence("BL-1", timezone.localdate())
    settle_duty(second, evidence=evidence, by=cast.receiver, at=at)
    text = words(receiver.get(f"/dossiers/{owed.dossier.code}/money-notice.pdf").content)
    assert "Tiền sử dụng đất" not in text
    settle_duty(owed.pk, evidence=evidence, by=cast.receiver, at=timezone.now())
    answer = receiver.get(f"/dossiers/{owed.dossier.code}/money-notice.pdf", follow=True)
    assert "không còn khoản nào chờ nộp" in answer.text


def test_the_citizen_reads_what_is_owed_to_whom_and_until_when(cast: Cast, owed: FinancialDuty):
    duties = duties_of(owed.dossier_id, at=timezone.now())
    page = render_to_string("payments/_duties_public.html", {"duties": duties})
    for said in ("Lệ phí trước bạ", "2.500.000 đồng", "Kho bạc Nhà nước khu vực XIII", "7111.0.1053614",
                 "Nghị định 10/2022/NĐ-CP", f"{owed.due_on:%d/%m/%Y}", "Đang chờ ông/bà nộp"):  # fmt: skip
        assert said in page, said
    assert cast.case_officer.name not in page
    assert render_to_string("payments/_duties_public.html", {"duties": []}).strip() == ""


def test_the_dossier_page_shows_every_sum_and_buttons_only_to_whom_may(cast: Cast, owed: FinancialDuty):
    known = {"duties": duties_of(owed.dossier_id, at=timezone.now())}
    page = render_to_string("payments/_duties.html", known | {"may_settle": True})
    assert f"/duties/{owed.pk}/settle/" in page
    assert "/settle/" not in render_to_string("payments/_duties.html", known)
    settle_duty(owed.pk, evidence=Evidence("BL-5", timezone.localdate()), by=cast.receiver, at=timezone.now())
    page = render_to_string(
        "payments/_duties.html", {"duties": duties_of(owed.dossier_id, at=timezone.now()), "may_settle": True}
    )
    assert "chứng từ BL-5" in page
    assert "/settle/" not in page


def test_the_story_tells_of_money_in_words(cast: Cast, owed: FinancialDuty):
    second = demand_duty(owed.dossier_id, duty=LAND_USE, by=cast.case_officer, at=timezone.now())
    evidence = Evidence("BL-5", timezone.localdate())
    settle_duty(owed.pk, evidence=evidence, by=cast.receiver, at=timezone.now())
    cancel_duty(second, reason=REASON, by=cast.receiver, at=timezone.now())
    events = Event.objects.filter(subject_id=owed.dossier_id, kind__startswith="duty.").order_by("sequence")
    told = [" ".join(render_to_string("payments/_duty_story.html", {"row": row}).split()) for row in events]
    assert told == [
        "<b>Yêu cầu nộp</b> Lệ phí trước bạ: 2.500.000 đồng; thời hạn tạm dừng.",
        "<b>Yêu cầu nộp</b> Tiền sử dụng đất: 3.456.000.000 đồng; thời hạn tạm dừng.",
        "<b>Ghi đã nộp</b> Lệ phí trước bạ, chứng từ BL-5.",
        f"Bỏ khoản Tiền sử dụng đất: {REASON}",
    ]


def test_the_dossier_page_tells_of_money_in_words_and_offers_the_notice_while_it_is_owed(
    receiver: Client, cast: Cast, owed: FinancialDuty
):
    address = f"/dossiers/{owed.dossier.code}/"
    page = receiver.get(address).text
    assert f"{address}money-notice.pdf" in page
    assert f"/duties/{owed.pk}/settle/" in page.split("next-step")[1]
    second = demand_duty(owed.dossier_id, duty=LAND_USE, by=cast.case_officer, at=timezone.now())
    settle_duty(owed.pk, evidence=Evidence("BL-5", timezone.localdate()), by=cast.receiver, at=timezone.now())
    cancel_duty(second, reason=REASON, by=cast.receiver, at=timezone.now())
    page = receiver.get(address).text
    assert f"{address}money-notice.pdf" not in page
    for said in (
        "<b>Yêu cầu nộp</b> Lệ phí trước bạ",
        "<b>Ghi đã nộp</b> Lệ phí trước bạ",
        "Bỏ khoản Tiền sử dụng đất",
    ):
        assert said in page, said
    assert "duty." not in page


def test_a_hostile_text_is_shown_as_typed(cast: Cast, dossier_id: UUID):
    asked(dossier_id, cast, NewDuty("<script>alert(1)</script>", 1, "<b>ai</b>", "<i>luật</i>"))
    duties = duties_of(dossier_id, at=TUESDAY)
    for template in ("_duties.html", "_duties_public.html"):
        page = render_to_string(f"payments/{template}", {"duties": duties})
        assert "<script>" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("2500000", 2_500_000), ("2.500.000", 2_500_000), ("2,500,000 đ", 2_500_000), (" 8 000 đồng", 8_000), ("1", 1)],
)
def test_a_sum_is_read_as_people_write_it(typed: str, amount: int):
    form = DemandForm({"what": "Lệ phí", "amount": typed, "payee": "Kho bạc", "legal_basis": "Luật"})
    assert form.is_valid(), form.errors
    assert form.duty() == NewDuty("Lệ phí", amount, "Kho bạc", "Luật")


@pytest.mark.parametrize("typed", ["2,5", "0", "-5", "2.50.000", "hai triệu", "1e9", "², ³", "٣"])
def test_what_is_no_sum_of_whole_dong_is_refused(typed: str):
    form = DemandForm({"what": "Lệ phí", "amount": typed, "payee": "Kho bạc", "legal_basis": "Luật"})
    assert not form.is_valid()
    assert "Số tiền phải nộp là số đồng nguyên" in str(form.errors["amount"])


def test_the_demand_needs_ground_payee_and_a_day_to_come():
    form = DemandForm({"what": " ", "amount": "", "due_on": "01/01/2020"})
    assert set(form.errors) == {"what", "amount", "payee", "legal_basis", "due_on"}
    assert "không thể trước hôm nay" in str(form.errors["due_on"])


def test_too_large_a_sum_is_told_as_too_large():
    form = DemandForm({"what": "Lệ phí", "amount": "99999999999999", "payee": "Kho bạc", "legal_basis": "Luật"})
    assert "Số tiền lớn quá" in str(form.errors["amount"])
