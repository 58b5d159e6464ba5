"""The pages follow their reader's language; what the law prints and what the office stores stays Vietnamese."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from motcua.dossiers.models import Dossier
from motcua.dossiers.prints import register_pdf
from motcua.intake.receipt import receipt_of
from tests.cast import MONDAY, MRS_LAN, Cast, received

BIRTH = "1.001193"


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return Dossier.objects.get(pk=received(BIRTH, cast, applicant=MRS_LAN, at=MONDAY).id)


def test_form_01_is_vietnamese_for_an_english_reader(dossier: Dossier):
    with translation.override("en"):
        printed = receipt_of(dossier)
        assert translation.get_language() == "en"
    assert "ngày" in printed.time_limit or "giờ" in printed.time_limit
    assert "day" not in printed.time_limit


def test_form_07_is_vietnamese_for_an_english_reader(dossier: Dossier):
    day = MONDAY.date()
    rows = Dossier.objects.filter(pk=dossier.pk)
    with translation.override("en"):
        answer = register_pdf(rows, agency_id=dossier.agency_id, first=day, last=day + timedelta(days=1))
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Từ ngày" in said
    assert "From" not in said


def test_the_reason_sheet_of_a_tracked_dossier_is_english_with_hours(client, dossier: Dossier):
    address = reverse("tracking-dossier", args=(dossier.code, dossier.tracking_token))
    shown = client.get(address, headers={"accept-language": "en"}).content.decode()
    sheet = shown[shown.index('id="reasons"') :]
    assert "hour" in sheet
    for vietnamese in ("Trong giờ làm việc", " phút", "Nghỉ hằng tuần", "Ngoài giờ"):
        assert vietnamese not in sheet
    assert '<h1 lang="vi">' in shown


def test_common_searches_ask_in_vietnamese(client, cast: Cast):
    shown = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert "?q=khai%20sinh" in shown
    assert "birth registration" in shown
