"""What the forms of a dossier's detours have in common, whatever they say."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest

from motcua.documents.prints import (
    PrintedDemand,
    PrintedFormKind,
    PrintedHandOver,
    PrintedParty,
    PrintedSignatory,
    form_for,
    preview_apology,
    preview_control_sheet,
    preview_discontinuation,
    preview_refusal,
    preview_supplement_request,
    render_apology,
    render_control_sheet,
    render_discontinuation,
    render_refusal,
    render_supplement_request,
)
from tests.documents.cast import RECEIPT, RECEIVED_AT, TRACKING_URL
from tests.documents.detours import APOLOGY, REFUSAL, STOP, SUPPLEMENT, control_sheet_of
from tests.documents.pictures import grey, scan
from tests.documents.reading import assert_archival, millimetres, opened, pages, words

A5, A4 = (148, 210), (210, 297)


@dataclass(frozen=True)
class Paper:
    """One form: its values, how it becomes PDF and picture, and the field that holds its moment."""

    values: Any
    render: Callable[[Any], bytes]
    preview: Callable[[Any], list[bytes]]
    size: tuple[int, int]
    moment: str


ON_MERITS = replace(REFUSAL, dossier_code=RECEIPT.dossier_code, tracking_url=TRACKING_URL, on_merits=True)
PAPERS = {
    PrintedFormKind.SUPPLEMENT_REQUEST: Paper(
        SUPPLEMENT, render_supplement_request, preview_supplement_request, A5, "issued_at"
    ),
    PrintedFormKind.REFUSAL: Paper(ON_MERITS, render_refusal, preview_refusal, A5, "refused_at"),
    PrintedFormKind.APOLOGY: Paper(APOLOGY, render_apology, preview_apology, A5, "issued_at"),
    PrintedFormKind.DISCONTINUATION: Paper(STOP, render_discontinuation, preview_discontinuation, A5, "stopped_at"),
    PrintedFormKind.CONTROL_SHEET: Paper(
        control_sheet_of(4), render_control_sheet, preview_control_sheet, A4, "printed_at"
    ),
}
EVERY_PAPER = pytest.mark.parametrize(("kind", "paper"), PAPERS.items(), ids=[kind.value for kind in PAPERS])


@EVERY_PAPER
def test_stands_on_one_archival_page_of_its_size(kind: PrintedFormKind, paper: Paper) -> None:
    pdf = paper.render(paper.values)
    assert_archival(pdf)
    assert millimetres(pdf) == paper.size
    assert len(opened(pdf).pages) == 1
    assert "Trang 1" not in words(pdf)


@EVERY_PAPER
def test_is_titled_and_dated_in_its_metadata(kind: PrintedFormKind, paper: Paper) -> None:
    metadata = opened(paper.render(paper.values)).metadata
    assert metadata is not None
    assert metadata.title == f"{form_for(kind, RECEIVED_AT.date()).title} {RECEIPT.dossier_code}"
    assert metadata.author == "UBND phường Tân Mai"
    assert metadata.creation_date == getattr(paper.values, paper.moment)


@EVERY_PAPER
def test_is_headed_as_decree_30_asks(kind: PrintedFormKind, paper: Paper) -> None:
    text = words(paper.render(paper.values))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert f"Số: {paper.values.number}" in text
    assert f"Mã hồ sơ: {RECEIPT.dossier_code}" in text


@EVERY_PAPER
def test_its_qr_bottom_right_opens_the_tracking_page(kind: PrintedFormKind, paper: Paper) -> None:
    [picture] = paper.preview(paper.values)
    image = grey(picture)
    code = scan(image)
    height, width = image.shape
    assert code.text == TRACKING_URL
    assert code.position.top_left.x > width * 0.7
    assert code.position.top_left.y > height * 0.8


@EVERY_PAPER
def test_bears_the_form_of_the_day_its_dossier_was_received(kind: PrintedFormKind, paper: Paper) -> None:
    old, new = (form_for(kind, datetime(2025, 9, day).date()) for day in (14, 15))  # noqa: DTZ001
    for printed_form in (old, new):
        text = words(paper.render(replace(paper.values, printed_form=printed_form)))
        assert printed_form.title.upper() in text
        assert printed_form.mark in text
        assert ("Mẫu số" in text) is bool(printed_form.number)


@EVERY_PAPER
def test_the_same_values_print_the_same_bytes_also_from_many_threads(kind: PrintedFormKind, paper: Paper) -> None:
    once = paper.render(paper.values)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: paper.render(paper.values), range(8))) == {once}


@EVERY_PAPER
def test_a_moment_without_time_zone_is_refused(kind: PrintedFormKind, paper: Paper) -> None:
    with pytest.raises(ValueError, match="time zone"):
        paper.render(replace(paper.values, **{paper.moment: datetime(2026, 11, 24, 9, 15)}))  # noqa: DTZ001


def filled(value: Any, text: str) -> Any:
    """The same values with `text` wherever people write freely."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(filled(item, text) for item in value)
    if isinstance(value, (PrintedParty, PrintedSignatory, PrintedDemand, PrintedHandOver)):
        fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
        return replace(value, **{name: filled(it, text) for name, it in fields.items()})
    return value


def written_over(values: Any, text: str) -> Any:
    """A whole print with `text` in every field but its number, code and address."""
    kept = {"printed_form", "head", "number", "dossier_code", "tracking_url"}
    fields = {name: getattr(values, name) for name in values.__dataclass_fields__ if name not in kept}
    return replace(values, **{name: filled(it, text) for name, it in fields.items()})


@EVERY_PAPER
@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        "*đậm* _nghiêng_ $x^2$ `mã` <nhãn> @nhắc",
        "#panic() // hết",
        '"]}; #import "x.typ"',
        "\\u{41} \\ -- ... 'a' \"b\"",
        "= Tiêu đề",
    ],
)
def test_what_people_type_is_printed_as_typed(kind: PrintedFormKind, paper: Paper, text: str) -> None:
    printed = words(paper.render(written_over(paper.values, text)))
    assert printed.count(text) >= 4


@EVERY_PAPER
def test_signs_the_font_lacks_become_boxes_and_never_stop_the_paper(kind: PrintedFormKind, paper: Paper) -> None:
    hostile = "An 😀 \x00\x1b\u202e漢\u2066\u200f Tuye\u0302\u0301t"
    assert "An □ □ Tuyết" in words(paper.render(written_over(paper.values, hostile)))


@EVERY_PAPER
@pytest.mark.parametrize("length", [300, 900])
def test_long_texts_run_on_and_lose_nothing(kind: PrintedFormKind, paper: Paper, length: int) -> None:
    name = "Công ty Trách nhiệm hữu hạn Một thành viên Nghiễm Ưỡng " * 20
    text = name[:length].strip()
    printed = pages(paper.render(written_over(paper.values, text)))
    assert len(printed) > 1
    # A cell of a table is read line by line across the row, so its words are counted instead.
    assert " ".join(printed).count("Nghiễm") >= 4 * text.count("Nghiễm")
    assert f"Trang {len(printed)}/{len(printed)}" in printed[-1]
    assert all(RECEIPT.dossier_code in page for page in printed)


@EVERY_PAPER
def test_nothing_known_leaves_a_paper_to_fill_in_by_hand(kind: PrintedFormKind, paper: Paper) -> None:
    text = words(paper.render(written_over(paper.values, "")))
    assert "......" in text
    assert form_for(kind, RECEIVED_AT.date()).title.upper() in text
