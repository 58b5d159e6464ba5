"""The pages a citizen opens, without logging in."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import get_default_timezone

from motcua.catalogue.actions import draft_from, publish
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.queries import version_in_force
from motcua.catalogue.sheet import due_example
from motcua.core import sql
from motcua.people.models import Agency
from motcua.worktime.queries import calendar_for
from tests.catalogue.conftest import AT, IMPORTER, ROW, ImportRows

pytestmark = pytest.mark.django_db
PAGE = "/procedures/1.001193/"


@pytest.fixture(autouse=True)
def calendar(db):
    call_command("load_calendar")


def text(client: Client, url: str, status: int = 200, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == status
    return response.content.decode()


def test_home_offers_the_search_and_counts_only_what_is_posted(client: Client, offered: Procedure):
    page = text(client, "/")
    assert 'name="q"' in page
    assert "thủ tục tiếp nhận tại đây" in page
    assert "/procedures/?sector=ho-tich" in page


def test_an_empty_office_says_so_everywhere(client: Client):
    assert "thủ tục tiếp nhận tại đây" not in text(client, "/")
    assert "Chưa có thủ tục nào được niêm yết" in text(client, "/procedures/")
    assert "Chưa niêm yết thủ tục nào" in text(client, "/postings/")


def test_search_finds_without_diacritics_and_as_a_fragment(client: Client, offered: Procedure):
    for q in ("khai sinh", "dang ky khai sinh", "1.001193", "làm giấy khai sinh"):
        assert PAGE in text(client, f"/procedures/?q={q}"), q
    fragment = text(client, "/procedures/?q=khai+sinh", **{"HX-Request": "true"})
    assert PAGE in fragment
    assert "<html" not in fragment


def test_search_keeps_to_the_sector_and_says_when_there_is_nothing(client: Client, offered: Procedure):
    assert PAGE in text(client, "/procedures/?q=khai+sinh&sector=ho-tich")
    assert PAGE in text(client, "/procedures/?sector=ho-tich")
    assert "Chưa tìm thấy thủ tục nào" in text(client, "/procedures/?q=zzzzqqqq")
    for odd in ("?page=0", "?page=abc", "?page=99999", "?sector=khong-co", "?q=khai+sinh&page=-3", "?q=%25"):
        text(client, f"/procedures/{odd}")


def test_what_a_person_typed_never_becomes_markup(client: Client, offered: Procedure):
    page = text(client, "/procedures/?q=<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "<script>alert" not in text(client, "/procedures/<script>alert(1)<%2Fscript>/", 404)


def test_markup_in_a_record_never_reaches_the_page(client: Client, import_rows: ImportRows, offered: Procedure):
    evil = "<img src=x onerror=alert(1)>"
    import_rows(ROW | {"code": "1.000894", "name": evil, "summary": evil, "how_to": [evil], "conditions": [evil]})
    for url in ("/procedures/1.000894/", "/procedures/?q=1.000894"):
        assert "<img src=x" not in text(client, url)


def test_the_page_answers_in_the_order_a_citizen_asks(client: Client, offered: Procedure):
    page = text(client, PAGE)
    questions = ("Ai làm được", "Mang theo", "Tốn bao nhiêu", "Bao lâu có kết quả", "Nộp ở đâu", "Căn cứ pháp lý")
    places = [page.index(question, page.index("Ai làm được")) for question in questions]
    assert places == sorted(places)
    for said in ("Giấy chứng sinh", "1 bản chính", "1 ngày làm việc", "Do tỉnh quy định", "01 Nguyễn Chí Thanh",
                 "60/2014/QH13", "hẹn trả lúc", "<svg"):  # fmt: skip
        assert said in page


def test_a_procedure_without_details_says_so(client: Client, offered: Procedure):
    Procedure.objects.create(national_code="1.000001", name="Chỉ có tên", sector_id="ho-tich")
    assert "chưa lưu nội dung chi tiết" in text(client, "/procedures/1.000001/")


def test_a_draft_stays_inside(client: Client, import_rows: ImportRows, offered: Procedure):
    import_rows(ROW | {"code": "1.000894", "time_limits": [], "summary": "Chưa ai được đọc"})
    page = text(client, "/procedures/1.000894/")
    assert "đang được rà soát" in page
    assert "Chưa ai được đọc" not in page


def test_versions_past_and_to_come_are_shown_with_their_days(client: Client, offered: Procedure):
    first = ProcedureVersion.objects.get()
    day = timezone.localdate() + timedelta(days=30)
    publish(draft_from(first, by=IMPORTER, at=AT), by=IMPORTER, at=AT, valid_from=day)
    assert "chưa áp dụng" not in text(client, PAGE)
    assert f"có hiệu lực từ {day:%d/%m/%Y}" in text(client, f"{PAGE}?version=2")
    text(client, f"{PAGE}?version=3", 404)
    ProcedureVersion.objects.filter(number=1).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert "đã hết hiệu lực" in text(client, f"{PAGE}?version=1")


def test_an_unknown_code_is_a_page_that_helps(client: Client, offered: Procedure):
    page = text(client, "/procedures/khai sinh/", 404)
    assert 'name="q"' in page
    assert PAGE in page
    text(client, "/procedures/9.999999/qr.svg", 404)


def test_the_qr_code_is_a_picture_of_its_own(client: Client, offered: Procedure):
    response = client.get(f"{PAGE}qr.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert 'xmlns="http://www.w3.org/2000/svg"' in response.content.decode()


def test_the_posting_list_names_the_office_the_day_and_the_count(client: Client, offered: Procedure):
    page = text(client, "/postings/")
    assert f"1 thủ tục tiếp nhận tại Ủy ban nhân dân phường Tân Thạnh, ngày {timezone.localdate():%d/%m/%Y}" in page


def test_there_is_one_way_to_file_from_home(client: Client, offered: Procedure):
    page = text(client, PAGE)
    assert "Nộp từ nhà" in page
    assert "Từ nhà hoặc tại quầy" in page
    assert "dichvucong.gov.vn" not in page.split("<main")[1].split("Căn cứ pháp lý")[0]
    assert "Mở bản nháp đang điền" not in page, "nobody who never began is sent to an empty list"
    client.cookies["motcua_guest"] = "x"
    assert "/file/mine/#drafts" in text(client, PAGE) or "#drafts" in text(client, PAGE)


def test_a_holiday_that_is_counted_out_is_named(offered: Procedure):
    version = version_in_force("1.001193", Agency.objects.get().pk, date(2026, 8, 31))
    told = due_example(version, calendar_for("VN"), datetime(2026, 8, 31, 9, 0, tzinfo=get_default_timezone()))
    assert told is not None
    assert any("Quốc khánh" in name for _day, name in told.skipped)
    assert all(date(2026, 8, 31) <= day <= told.due.date() for day, _name in told.skipped)
    plain = due_example(version, calendar_for("VN"), datetime(2026, 10, 6, 9, 0, tzinfo=get_default_timezone()))
    assert plain is not None
    assert plain.skipped == ()


@pytest.mark.parametrize(
    ("url", "most"),
    [("/", 5), ("/procedures/", 6), ("/procedures/?q=khai+sinh", 10), (PAGE, 8), ("/postings/", 5)],
)
def test_each_page_asks_the_database_for_a_handful(
    client: Client, offered: Procedure, monkeypatch: pytest.MonkeyPatch, url: str, most: int
):
    """Counts Django's queries and the raw ones that go round its log."""
    client.get(url)
    raw: list[int] = []
    make = sql._cursor
    monkeypatch.setattr(sql, "_cursor", lambda: raw.append(1) or make())
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    assert len(seen) + len(raw) <= most


def test_the_pages_only_read(client: Client, offered: Procedure):
    for url in ("/", "/procedures/", PAGE, "/postings/"):
        assert client.post(url).status_code == 405
