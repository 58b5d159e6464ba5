"""The handbook is a real book: its contents and its index name the page on which a procedure stands."""

import io
import re
import threading
from datetime import timedelta

import pypdf
import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from motcua.catalogue.actions import withdraw_posting
from motcua.catalogue.models import Posting
from motcua.catalogue.posting import keeping
from motcua.catalogue.posting.handbook import Copy, copies_of, copy_of, handbook_print
from motcua.documents.press_apart import PressFailed, typeset_apart
from motcua.documents.prints import handbook_values, render_handbook
from motcua.people.models import Agency
from tests.catalogue.conftest import AT, IMPORTER
from tests.catalogue.posting.conftest import MARRIAGE

pytestmark = pytest.mark.django_db
PAGE = "/catalogue/notice-board/"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch):
    """The press works within the request: a test's transaction is nobody else's to read."""

    def work_now(work) -> threading.Thread:
        work()
        done = threading.Thread(target=lambda: None)
        done.start()
        return done

    monkeypatch.setattr(keeping, "beside", work_now)
    monkeypatch.setattr(keeping.connection, "close", lambda: None)


def whole(ward: Agency) -> Copy:
    found = copy_of(ward, timezone.localdate())
    assert found is not None
    return found


def said(pdf: bytes) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in pages]


def test_contents_and_index_name_the_page_of_a_procedure(ward: Agency, posted: object):
    book = said(render_handbook(handbook_print(whole(ward), at=timezone.localtime())))
    assert "SỔ TAY THỦ TỤC HÀNH CHÍNH Phường Tân Thạnh 3 thủ tục" in book[0]
    place = next(number for number, text in enumerate(book, 1) if f"Mã thủ tục: {MARRIAGE}" in text)
    contents, index = book[1], book[-1]
    assert contents.startswith("Mục lục")
    assert re.search(rf"Đăng ký kết hôn[ .]+{place}\b", contents)
    assert re.search(rf"Lấy vợ[ .]+{place}\b", index)
    assert re.search(rf"Tra theo tên và cách nói thường ngày {len(book)}\b", contents)
    assert index.index("Đăng ký kết hôn") < index.index("Lấy vợ") < index.index("Sao y"), "by the alphabet"
    foot = r"Sổ tay thủ tục hành chính · Phường Tân Thạnh"
    assert re.search(rf"{place} {foot}|{foot} {place}\b", book[place - 1]), "pages are numbered"


def test_a_reader_finds_bookmarks_for_sectors_and_procedures(ward: Agency, posted: object):
    pdf = render_handbook(handbook_print(whole(ward), at=timezone.localtime()))
    outline = pypdf.PdfReader(io.BytesIO(pdf)).outline
    assert [one.title for one in outline if not isinstance(one, list)] == ["Chứng thực", "Hộ tịch"]


def test_a_procedure_says_all_that_its_page_says(ward: Agency, posted: object):
    text = " ".join(said(render_handbook(handbook_print(whole(ward), at=timezone.localtime()))))
    for words in ("Giấy chứng sinh 1 bản chính", "Do tỉnh quy định", "60/2014/QH13 Luật Hộ tịch", "Giấy khai sinh"):
        assert words in text


def test_one_state_of_the_catalogue_is_one_book(ward: Agency, posted: object):
    before = copies_of(ward, timezone.localdate())
    assert [copy.sector for copy in before] == ["", "chung-thuc", "ho-tich"]
    assert [copy.state for copy in copies_of(ward, timezone.localdate())] == [copy.state for copy in before]
    day = timezone.localdate() - timedelta(days=1)
    withdraw_posting(Posting.objects.get(procedure__national_code=MARRIAGE), by=IMPORTER, last_day=day, at=AT)
    after = {copy.sector: copy.state for copy in copies_of(ward, timezone.localdate())}
    assert after["chung-thuc"] == before[1].state
    assert after["ho-tich"] != before[2].state
    assert after[""] != before[0].state


def test_it_is_made_once_and_kept(controller: Client, ward: Agency, posted: object, at_once: None, monkeypatch):
    client = Client()
    assert client.get("/postings/handbook.pdf").status_code == 302, "none is made yet"
    page = controller.post(PAGE, {"sector": ""}, follow=True).text
    assert "Tải PDF" in page
    answer = client.get("/postings/handbook.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "Mục lục" in said(answer.content)[1]
    monkeypatch.setattr(keeping, "typeset_apart", lambda *_, **__: pytest.fail("made again"))
    controller.post(PAGE, {"sector": ""})
    assert controller.post(PAGE, {"sector": "khong-co"}).status_code == 404


def test_who_waits_sees_how_far_it_is(controller: Client, ward: Agency, posted: object, monkeypatch):
    idle = threading.Thread(target=lambda: None)
    idle.start()
    monkeypatch.setattr(keeping, "beside", lambda _work: idle)
    controller.post(PAGE, {"sector": "ho-tich"})
    assert "Đang dàn trang 2 thủ tục" in controller.get(PAGE).text
    told = controller.get(PAGE, headers={"HX-Request": "true"}).text
    assert "<progress" in told
    assert 'hx-trigger="every 1s"' in told


def test_a_press_that_fails_is_said_and_may_be_tried_again(
    controller: Client, ward: Agency, posted: object, at_once: None, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_, **__):
        raise PressFailed("out of paper")

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "typeset_apart", broken)
        assert "Lần trước chưa làm được" in controller.post(PAGE, {"sector": ""}, follow=True).text
    assert "Tải PDF" in controller.post(PAGE, {"sector": ""}, follow=True).text
    assert cache.get(keeping._key(whole(ward))) is None


def test_books_of_long_gone_states_are_dropped(ward: Agency, posted: object, monkeypatch):
    copy = whole(ward)
    for number in range(keeping.OLDER_KEPT + 3):
        keeping.make(Copy(ward, "", copy.day, copy.rows, copy.words, f"{number:064}"), at=timezone.localtime())
    names = default_storage.listdir(keeping.path_of(copy).rpartition("/")[0])[1]
    assert len([name for name in names if name.endswith(".pdf")]) == keeping.OLDER_KEPT + 1


def test_the_press_apart_sets_the_same_paper_and_says_what_went_wrong(ward: Agency, posted: object):
    at = timezone.localtime()
    book = handbook_print(whole(ward), at=at)
    assert typeset_apart("handbook", handbook_values(book), at=at, seconds=60) == render_handbook(book)
    with pytest.raises(PressFailed, match=r"\w"):
        typeset_apart("handbook", {}, at=at, seconds=60)
    with pytest.raises(PressFailed, match="not done within"):
        typeset_apart("handbook", handbook_values(book), at=at, seconds=0.001)
