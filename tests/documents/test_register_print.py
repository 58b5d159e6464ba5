"""The dossier register (form 07) on A4 landscape."""

import io
from concurrent.futures import ThreadPoolExecutor

import pypdf

from motcua.documents.prints import render_receipt, render_register
from motcua.documents.prints.typesetter import _press
from tests.documents.cast import RECEIPT, register_of

COLUMNS = [
    "STT",
    "Mã hồ sơ",
    "Tên thủ tục hành chính",
    "Tên tổ chức, cá nhân",
    "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Nhận hồ sơ",
    "Hẹn trả kết quả",
    "Trả kết quả",
    "Phương thức nhận kết quả",
    "Ký nhận",
]


def pages_of(rows: int) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(render_register(register_of(rows))))
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in reader.pages]


def test_has_the_eleven_columns_on_every_page() -> None:
    pages = pages_of(40)
    assert len(pages) > 2
    for text in pages[:-1]:
        assert all(column in text for column in COLUMNS)
        assert "(11)" in text


def test_every_dossier_stands_on_it_once_and_is_counted() -> None:
    text = " ".join(pages_of(40))
    assert all(text.count(f"H26.12.34-261123-{ordinal:04}") == 1 for ordinal in range(1, 41))
    assert "Tổng số: 40 hồ sơ." in text
    assert "Mẫu số 07" in text


def test_pages_are_landscape_and_numbered() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_register(register_of(40))))
    box = reader.pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (297, 210)
    assert f"Trang {len(reader.pages)}/{len(reader.pages)}" in reader.pages[-1].extract_text()


def test_an_empty_register_says_none() -> None:
    [text] = pages_of(0)
    assert "Tổng số: 0 hồ sơ." in text


def test_a_register_in_the_making_never_holds_up_a_receipt() -> None:
    with _press("register").turn, ThreadPoolExecutor(1) as pool:
        assert pool.submit(render_receipt, RECEIPT).result(timeout=30).startswith(b"%PDF")
