"""A poster says what to bring, and its code, scanned from the paper, opens the page it speaks of."""

import io
from dataclasses import replace

import pypdf
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from motcua.catalogue.posting.posters import office_posters, printed, procedure_posters, sector_posters
from motcua.catalogue.queries import listed, offered_at, posted_ids
from motcua.documents.prints import PostersPrint, preview_posters, render_posters
from motcua.people.models import Agency
from tests.catalogue.posting.conftest import COPY, MARRIAGE
from tests.documents.pictures import grey, scan

pytestmark = pytest.mark.django_db
PAGE = "/catalogue/notice-board/"
MM = 72 / 25.4


def posters_of(ward: Agency, sheet: str = "a4") -> PostersPrint:
    day = timezone.localdate()
    rows = listed(posted_ids(ward.pk, day), ward.pk, day)
    every = [*office_posters(rows), *sector_posters(rows), *procedure_posters(offered_at(ward.pk, day))]
    return printed(ward, every, sheet=sheet, at=timezone.localtime())


def pages(pdf: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def said(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().replace("\u200b", "").split())


def test_every_code_scanned_from_the_sheet_opens_its_page(ward: Agency, posted: object):
    posters = posters_of(ward)
    scanned = [scan(grey(picture)).text for picture in preview_posters(posters, ppi=72)]
    site = settings.MOTCUA_BASE_URL
    assert scanned == [
        f"{site}/procedures/", f"{site}/procedures/?sector=chung-thuc", f"{site}/procedures/?sector=ho-tich",
        f"{site}/procedures/{MARRIAGE}/", f"{site}/procedures/1.001193/", f"{site}/procedures/{COPY}/",
    ]  # fmt: skip


@pytest.mark.parametrize(("sheet", "size"), [("a4", (210, 297)), ("a3", (297, 420))])
def test_a_sheet_has_its_size_and_one_poster_on_it(ward: Agency, posted: object, sheet: str, size: tuple[int, int]):
    found = pages(render_posters(posters_of(ward, sheet)))
    assert len(found) == 6
    for page in found:
        assert (round(page.mediabox.width / MM), round(page.mediabox.height / MM)) == size


def test_a_poster_says_how_long_how_much_and_what_to_bring(ward: Agency, posted: object):
    found = [said(page) for page in pages(render_posters(posters_of(ward)))]
    assert "3 thủ tục tiếp nhận tại đây" in found[0]
    assert "Hộ tịch 2" in found[0]
    assert "Đăng ký kết hôn 1 ngày làm việc" in found[2]
    for words in ("Bao lâu 1 ngày làm việc", "Do tỉnh quy định", "Giấy chứng sinh 1 bản chính", "01 Nguyễn Chí Thanh"):
        assert words in found[4]


def test_what_is_much_too_long_still_stands_on_one_sheet(ward: Agency, posted: object):
    posters = posters_of(ward)
    crowded = replace(
        posters.posters[-1], rows=tuple((f"Giấy tờ thứ {n} {'dài ' * 40}", "1 bản chính") for n in range(10))
    )
    [page] = pages(render_posters(replace(posters, posters=(crowded,))))
    assert "Giấy tờ thứ 9" in said(page)


def test_the_page_sends_what_was_chosen(controller: Client, posted: object):
    def sheets(query: str) -> list[str]:
        answer = controller.get(f"{PAGE}posters.pdf?{query}")
        assert answer["Content-Type"] == "application/pdf"
        return [said(page) for page in pages(answer.content)]

    assert len(sheets("what=office&sheet=a4")) == 1
    assert len(sheets("what=sectors&sheet=a3")) == 2
    assert len(sheets("what=procedures&sector=ho-tich&sheet=a4")) == 2
    [one] = sheets(f"what=procedures&sector=ho-tich&code={MARRIAGE}&sheet=a4")
    assert "Đăng ký kết hôn" in one


def test_nothing_chosen_is_said_and_a_sheet_nobody_has_is_not_found(controller: Client, posted: object):
    page = controller.get(f"{PAGE}posters.pdf?what=procedures&sheet=a4", follow=True)
    assert "Chưa có áp phích nào như vậy" in page.text
    assert controller.get(f"{PAGE}posters.pdf?what=office&sheet=a0").status_code == 404
