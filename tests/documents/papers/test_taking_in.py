"""Photos and PDFs become papers: upright, put together, kept once."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageStat
from pypdf import PdfReader

from motcua.core.models import Event
from motcua.documents.models import Paper, StoredFile
from motcua.documents.papers.access import papers_of
from motcua.documents.papers.actions import append_pages, forget, take_in
from tests.documents.papers.conftest import GUEST_OF_A_DRAFT, LAN
from tests.documents.papers.sent import encoded, part, pdf, photo, picture

HEIC = Path(__file__).with_name("held_upright.heic")
pytestmark = pytest.mark.django_db


def opened(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(default_storage.open(paper.stored.place).read()))


def page_picture(paper: Paper, number: int = 0) -> Image.Image:
    return opened(paper).pages[number].images[0].image


def darkest_edge(page: Image.Image) -> str:
    """Which edge of a page carries the dark bar."""
    grey, (wide, high) = page.convert("L"), page.size
    edges = {
        "top": (0, 0, wide, high // 12), "bottom": (0, high - high // 12, wide, high),
        "left": (0, 0, wide // 12, high), "right": (wide - wide // 12, 0, wide, high),
    }  # fmt: skip
    return min(edges, key=lambda edge: ImageStat.Stat(grey.crop(edges[edge])).mean[0])


def test_two_photos_become_one_paper_of_two_pages(at):
    paper = take_in([photo(), photo(picture(900, 1200))], name="Giấy chứng sinh", owner=LAN, at=at)
    assert (paper.name, paper.stored.pages, paper.made_from) == ("Giấy chứng sinh", 2, 2)
    shapes = [page.mediabox[2:] for page in opened(paper).pages]
    assert [wide > high for wide, high in shapes] == [True, False]
    assert Event.objects.get(subject_id=paper.id).kind == "paper.taken_in"


@pytest.mark.parametrize(("orientation", "sensor_top"), [(1, "top"), (3, "bottom"), (6, "left"), (8, "right")])
def test_a_photo_stands_upright_however_the_phone_was_held(at, orientation, sensor_top):
    """The bar is on top of the paper; on the sensor it lay where the phone's turn put it."""
    turns = {"top": 0, "left": 90, "bottom": 180, "right": 270}
    sensor = picture(900, 1200).rotate(turns[sensor_top], expand=True)
    paper = take_in([photo(sensor, orientation=orientation)], name="", owner=LAN, at=at)
    assert darkest_edge(page_picture(paper)) == "top"
    assert page_picture(paper).size == (900, 1200)


def test_a_large_photo_is_kept_as_large_as_a_page_needs(at):
    paper = take_in([photo(picture(4000, 3000))], name="", owner=LAN, at=at)
    assert page_picture(paper).size == (2400, 1800)


def test_a_png_is_taken(at):
    paper = take_in([part(encoded(picture(), "PNG"), "anh")], name="", owner=LAN, at=at)
    assert darkest_edge(page_picture(paper)) == "top"


def test_a_heic_of_a_phone_held_upright_is_taken(at):
    paper = take_in([part(HEIC.read_bytes(), "IMG_2.HEIC")], name="", owner=LAN, at=at)
    assert page_picture(paper).size == (450, 600)
    assert darkest_edge(page_picture(paper)) == "top"


def test_a_transparent_picture_is_laid_on_white(at):
    clear = picture().convert("RGBA")
    clear.putalpha(Image.new("L", clear.size, 0))
    paper = take_in([part(encoded(clear, "PNG"), "dau.png")], name="", owner=LAN, at=at)
    assert ImageStat.Stat(page_picture(paper).convert("L")).mean[0] > 250


def test_what_the_camera_wrote_does_not_stay(at):
    paper = take_in([photo()], name="", owner=LAN, at=at)
    kept = default_storage.open(paper.stored.place).read()
    assert b"Phone of Lan" not in kept
    assert b"at home" not in kept
    assert b"Exif" not in kept


def test_a_pdf_stays_as_it_was_sent(at):
    sent = pdf(3)
    paper = take_in([part(sent, "to-khai.pdf")], name="", owner=LAN, at=at)
    assert default_storage.open(paper.stored.place).read() == sent
    assert (paper.stored.pages, paper.made_from, paper.name) == (3, 0, "to-khai")


def test_photos_and_pdfs_go_together_in_the_order_they_were_sent(at):
    paper = take_in([photo(), part(pdf(2), "a.pdf"), photo()], name="", owner=LAN, at=at)
    assert [len(page.images) for page in opened(paper).pages] == [1, 0, 0, 1]


def test_the_same_photos_twice_are_kept_once(at, storage: Path):
    first = take_in([photo(), photo(picture(900, 1200))], name="Một", owner=LAN, at=at)
    second = take_in([photo(), photo(picture(900, 1200))], name="Hai", owner=GUEST_OF_A_DRAFT, at=at)
    assert first.stored_id == second.stored_id
    assert len([path for path in storage.rglob("*") if path.is_file()]) == 1


def test_pages_are_put_behind_a_paper(at, storage: Path):
    paper = take_in([photo()], name="Sổ hộ khẩu", owner=LAN, at=at)
    longer = append_pages(paper.id, [photo(picture(900, 1200))], owner=LAN, at=at)
    assert (longer.id, longer.name, longer.stored.pages) == (paper.id, "Sổ hộ khẩu", 2)
    assert StoredFile.objects.count() == 1, "the shorter one is nobody's any more"


def test_pages_are_not_put_behind_somebody_elses_paper(at):
    paper = take_in([photo()], name="", owner=LAN, at=at)
    with pytest.raises(Paper.DoesNotExist):
        append_pages(paper.id, [photo()], owner=GUEST_OF_A_DRAFT, at=at)


def test_a_removed_paper_is_erased_with_its_bytes(at, storage: Path, django_capture_on_commit_callbacks):
    paper = take_in([photo()], name="", owner=LAN, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        forget(paper.id, owner=LAN, at=at)
    assert not papers_of(LAN).exists()
    assert not StoredFile.objects.exists()
    assert not [path for path in storage.rglob("*") if path.is_file()]


def test_a_removed_paper_that_another_kept_too_keeps_its_bytes(at):
    mine = take_in([photo()], name="", owner=LAN, at=at)
    theirs = take_in([photo()], name="", owner=GUEST_OF_A_DRAFT, at=at)
    forget(mine.id, owner=LAN, at=at)
    assert default_storage.exists(theirs.stored.place)


def test_somebody_elses_paper_is_not_removed(at):
    paper = take_in([photo()], name="", owner=LAN, at=at)
    with pytest.raises(Paper.DoesNotExist):
        forget(paper.id, owner=GUEST_OF_A_DRAFT, at=at)
