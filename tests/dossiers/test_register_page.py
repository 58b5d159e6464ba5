"""The register in print: whole, or refused with what to do; a line is never left out in silence."""

import pytest

from motcua.dossiers import views
from motcua.dossiers.models import Dossier
from tests.cast import BIRTH, MRS_LAN, Cast, received
from tests.documents.reading import words
from tests.journey.conftest import cast, ward

__all__ = ["cast", "ward"]
PERIOD = {"from": "23/11/2026", "to": "23/11/2026", "format": "pdf"}


@pytest.fixture
def receiver(client, cast: Cast):
    client.post("/accounts/login/", {"login": "tiepnhan", "password": "motcua-trinh-dien"})
    return client


@pytest.fixture
def three(cast: Cast) -> list[str]:
    return [received(BIRTH, cast).code for _number in range(3)]


def test_as_many_lines_as_may_be_printed_are_all_there(receiver, three: list[str], monkeypatch):
    monkeypatch.setattr(views, "MOST_PRINTED", 3)
    answer = receiver.get("/register/", PERIOD)
    assert answer["Content-Type"] == "application/pdf"
    paper = words(answer.content)
    assert all(code in paper for code in three)
    assert "Tổng số: 3 hồ sơ." in paper
    assert MRS_LAN.full_name in paper


def test_one_line_more_is_refused_with_what_to_do(receiver, three: list[str], monkeypatch):
    monkeypatch.setattr(views, "MOST_PRINTED", 2)
    answer = receiver.get("/register/", PERIOD)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "có hơn 2 hồ sơ nên chưa in" in page
    assert "chọn khoảng ngày ngắn hơn" in page
    assert three[0] in page


def test_the_bound_is_said_as_people_read_numbers():
    assert views.MOST_PRINTED == 1_000
    assert "hơn 1.000 hồ sơ" in views._too_long()


def test_a_day_without_a_form_is_said_on_the_page(receiver, three: list[str]):
    Dossier.objects.update(received_at="2018-03-01T09:00+07:00")
    answer = receiver.get("/register/", {"from": "01/03/2018", "to": "01/03/2018", "format": "pdf"})
    assert answer.status_code == 422
    assert "Chưa có mẫu “Sổ theo dõi hồ sơ”" in answer.content.decode()


def test_an_old_period_is_printed_on_its_own_form(receiver, three: list[str]):
    Dossier.objects.update(received_at="2024-03-01T09:00+07:00")
    paper = words(receiver.get("/register/", {"from": "01/03/2024", "to": "31/03/2024", "format": "pdf"}).content)
    assert "Mẫu số 06" in paper
    assert "01/2018/TT-VPCP" in paper
