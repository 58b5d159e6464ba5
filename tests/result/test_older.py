"""Older results: listed, digitized, checked by somebody else; lists with faulty lines; whose they are."""

import io
from dataclasses import replace
from datetime import date, timedelta
from unicodedata import normalize
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from openpyxl import Workbook

from motcua.core.models import Event
from motcua.core.record.sealing import seal
from motcua.documents.models import IssuedPaper
from motcua.documents.papers.refusals import PaperRefused
from motcua.people.models import Official
from motcua.result.models import OlderResult
from motcua.result.older.access import older_of
from motcua.result.older.actions import (
    OlderFacts,
    OlderRefused,
    StaleOlder,
    check,
    digitize,
    list_many,
    list_older,
    refuse_scan,
)
from motcua.result.older.listing import take_list
from motcua.result.older.queries import find_older, older_count
from motcua.result.older.states import CHART, OlderState, may_move
from motcua.result.rules import holder_number
from tests.cast import MONDAY, Cast, minutes_later
from tests.documents.papers.sent import part, pdf
from tests.result.test_result_pages import at_work
from tests.routing.test_record_every_act import astray, named

BIRTH_PAPER = OlderFacts("Giấy khai sinh", "112/2009", date(2009, 5, 4), "Lê Thị Bưởi", None, "079309001234")
LAND = OlderFacts("Giấy phép xây dựng", "45/GPXD", date(2021, 3, 2), "Công ty Cổ phần Ánh Dương", date(2031, 3, 1))
HEADING = "Tên kết quả;Mã thủ tục;Số, ký hiệu;Ngày cấp;Cấp cho;Số định danh;Có hiệu lực đến\n"


@pytest.fixture(autouse=True)
def _witness(tmp_path, settings) -> None:
    settings.MOTCUA_VAR = tmp_path


def listed(cast: Cast, facts: OlderFacts = BIRTH_PAPER) -> OlderResult:
    return list_older(facts, by=cast.records_clerk, at=MONDAY)


def scanned(cast: Cast, older: OlderResult, pages: int = 1) -> UUID:
    standing = IssuedPaper.objects.filter(older_id=older.id, replaced_at=None).first()
    replaces = standing.id if standing else None
    digitize(older.id, [part(pdf(pages), "scan.pdf")], by=cast.records_clerk, at=MONDAY, replaces=replaces)
    return IssuedPaper.objects.get(older_id=older.id, replaced_at=None).id


def kinds(older: OlderResult) -> list[str]:
    return list(Event.objects.filter(subject_id=older.id).order_by("sequence").values_list("kind", flat=True))


def test_from_the_list_to_the_check_no_row_is_astray(cast: Cast):
    older = listed(cast)
    seal()
    first = scanned(cast, older)
    refuse_scan(older.id, copy_id=first, why="Trang 1 mờ, mất dấu", by=cast.receiver, at=MONDAY)
    assert OlderResult.objects.get().refused_why == "Trang 1 mờ, mất dấu"
    second = scanned(cast, older, pages=2)
    check(older.id, copy_id=second, by=cast.receiver, at=minutes_later(MONDAY, 5))
    kept = OlderResult.objects.get()
    assert (kept.state, kept.copied_by_id, kept.decided_by_id, kept.refused_why) == (
        "checked", cast.records_clerk.id, cast.receiver.id, "",
    )  # fmt: skip
    assert kinds(older) == [
        "older.listed", "older.digitized", "older.refused", "older.digitized", "older.checked",
    ]  # fmt: skip
    assert named() == set()
    seal()
    assert (astray(), named()) == ([], set())
    assert IssuedPaper.objects.filter(older_id=older.id).count() == 2, "the refused scan is kept"


def test_whoever_made_the_scan_does_not_check_it(cast: Cast):
    older = listed(cast)
    copy = scanned(cast, older)
    told = {"copy_id": copy, "by": cast.records_clerk, "at": MONDAY}
    with pytest.raises(OlderRefused, match="Người khác kiểm tra"):
        check(older.id, **told)
    with pytest.raises(OlderRefused, match="Người khác kiểm tra"):
        refuse_scan(older.id, why="mờ quá", **told)


def test_only_the_scan_that_was_looked_at_is_decided_on(cast: Cast):
    older = listed(cast)
    before = scanned(cast, older)
    scanned(cast, older, pages=2)
    with pytest.raises(StaleOlder):
        check(older.id, copy_id=before, by=cast.receiver, at=MONDAY)
    with pytest.raises(PaperRefused, match="vừa đính kèm"):
        digitize(older.id, [part(pdf(3), "c.pdf")], by=cast.receiver, at=MONDAY, replaces=before)
    with pytest.raises(OlderRefused, match="không đạt ở chỗ nào"):
        refuse_scan(older.id, copy_id=before, why=" ", by=cast.receiver, at=MONDAY)
    assert OlderResult.objects.get().state == OlderState.DIGITIZED


def test_a_scan_that_is_no_pdf_leaves_the_row_as_it_was(cast: Cast):
    older = listed(cast)
    with pytest.raises(PaperRefused):
        digitize(older.id, [part(b"hello", "a.txt")], by=cast.receiver, at=MONDAY)
    assert (OlderResult.objects.get().state, IssuedPaper.objects.count()) == (OlderState.LISTED, 0)


def test_the_chart_has_no_way_around_the_scan():
    assert not may_move(OlderState.LISTED, OlderState.CHECKED)
    assert not may_move(OlderState.REFUSED, OlderState.CHECKED)
    assert set(CHART) == set(OlderState)


def test_another_agency_and_another_role_see_nothing(cast: Cast):
    older = listed(cast)
    assert older_of(cast.receiver).get() == older
    assert not older_of(replace(cast.receiver, agency_id=uuid4())).exists()
    assert not older_of(cast.case_officer).exists()
    with pytest.raises(StaleOlder):
        digitize(older.id, [part(pdf(), "a.pdf")], by=replace(cast.receiver, agency_id=uuid4()), at=MONDAY)


def test_the_figure_counts_what_is_valid_and_digitized_that_day(cast: Cast):
    day = localdate(MONDAY)
    one, two, gone = list_many(
        [BIRTH_PAPER, LAND, replace(LAND, number="9/GPXD", valid_until=day - timedelta(days=1))],
        by=cast.records_clerk, at=MONDAY,
    )  # fmt: skip
    agency = [cast.receiver.agency_id]
    for older in (one, two, gone):
        scanned(cast, older)
    copy = IssuedPaper.objects.get(older_id=two.id)
    refuse_scan(two.id, copy_id=copy.id, why="Mờ không đọc được", by=cast.receiver, at=MONDAY)
    count = older_count(agency, day)
    assert (count.digitized, count.listed) == (1, 2), "neither the expired nor the refused"
    yesterday = older_count(agency, day - timedelta(days=1))
    assert (yesterday.digitized, yesterday.listed) == (0, 0), "nothing was listed then"


def test_a_list_takes_the_right_lines_and_tells_the_wrong_ones(cast: Cast):
    lines = [
        "Giấy khai sinh;1.001193;1/2010;05/12/2010;Lê Văn Một;079210000001;Vô thời hạn",
        "Giấy khai sinh;;2/2010;31/02/2010;Lê Văn Hai;;Vô thời hạn",
        "Giấy khai sinh;;3/2010;05/12/2010;;;Vô thời hạn",
        "Giấy khai sinh;;4/2010;05/12/2010;Lê Văn Bốn;;",
        "Giấy khai sinh;9.999999;5/2010;05/12/2010;Lê Văn Năm;;lâu dài",
        "Giấy phép xây dựng;;6/GPXD;05/12/2030;Lê Văn Sáu;;06/12/2031",
        "Giấy phép xây dựng;;7/GPXD;05/12/2020;Lê Văn Bảy;;05/12/2019",
        "Giấy phép xây dựng;;8/GPXD;5.12.2020;Lê Văn Tám;;05/12/2039",
        f"Giấy phép xây dựng;;9/GPXD;05/12/1809;{'Lê' * 120};;05/12/2039",
        "Giấy phép xây dựng;;10/GPXD;05/12/1809;Lê Văn Mười;;05/12/2039",
    ]
    sheet = (HEADING + "\n".join(lines)).encode()
    taken = take_list(sheet, by=cast.records_clerk, at=MONDAY)
    assert (taken.listed, taken.known) == (2, 0)
    told = {bad.number: bad.sentence for bad in taken.bad}
    assert sorted(told) == [3, 4, 5, 6, 7, 8, 10, 11]
    assert "“31/02/2010”, không phải ngày" in told[3]
    assert "“Cấp cho” để trống" in told[4]
    assert "“Có hiệu lực đến” để trống" in told[5], "no day is guessed"
    assert "9.999999" in told[6]
    assert "từ hôm nay trở về trước" in told[7]
    assert "từ ngày cấp trở đi" in told[8]
    assert "dài hơn 200" in told[10]
    assert "sớm quá" in told[11]
    assert OlderResult.objects.get(number="1/2010").procedure.national_code == "1.001193"
    again = take_list(sheet, by=cast.records_clerk, at=MONDAY)
    assert (again.listed, again.known, len(again.bad)) == (0, 2, 8)
    assert Event.objects.filter(kind="older.listed").count() == OlderResult.objects.count() == 2


def test_a_spreadsheet_with_real_days_is_read_too(cast: Cast):
    book = Workbook()
    book.active.append(["Loại kết quả", "Số", "Ngày ban hành", "Họ tên", "Hiệu lực đến"])
    book.active.append(["Giấy khai sinh", 77, date(2011, 2, 3), "Lê Thị Bảy", "vô thời hạn"])
    out = io.BytesIO()
    book.save(out)
    assert take_list(out.getvalue(), by=cast.receiver, at=MONDAY).listed == 1
    kept = OlderResult.objects.get()
    assert (kept.number, kept.issued_on, kept.valid_until) == ("77", date(2011, 2, 3), None)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rubbish", "XLSX này hỏng"), (b"\x00\x01\x02", "không phải CSV"),
        (b"a;b;c\n1;2;3\n", "hàng tiêu đề"), (b"", "hàng tiêu đề"), (b"x" * (5 * 1024 * 1024 + 1), "lớn quá"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_whole_with_its_reason(cast: Cast, content: bytes, words: str):
    with pytest.raises(OlderRefused, match=words):
        take_list(content, by=cast.receiver, at=MONDAY)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("079 309 001 234", "079309001234"), ("0101234567-001", "0101234567-001"), ("123.456.789", "123456789"),
        ("", ""), ("79309001234", None), ("abc", None), ("079309001234567", None), ("٠٧٩٣٠٩٠٠١٢٣٤", None),
    ],
)  # fmt: skip
def test_whose_number_it_is_follows_one_rule_in_a_list_and_on_the_page(cast: Cast, typed: str, kept: str | None):
    """A spreadsheet takes the nought from 079…: eleven digits are nobody's number, and are told by line."""
    line = f"Giấy khai sinh;;1/2010;05/12/2010;Lê Thị Bưởi;{typed};Vô thời hạn"
    taken = take_list((HEADING + line).encode(), by=cast.receiver, at=MONDAY)
    assert (taken.listed, len(taken.bad)) == ((0, 1) if kept is None else (1, 0))
    assert holder_number(typed) == kept
    if kept:
        assert OlderResult.objects.get().holder_id == kept
        assert find_older(older_of(cast.receiver), typed, by=cast.receiver) == [OlderResult.objects.get()]


def test_letters_of_two_keyboards_make_one_result(cast: Cast):
    """A sheet from a Mac writes its marks apart; what was listed composed is the same result."""
    line = HEADING + "Giấy khai sinh;;1/2010;05/12/2010;Lê Thị Bưởi;;Vô thời hạn"
    assert take_list(line.encode(), by=cast.receiver, at=MONDAY).listed == 1
    again = take_list(normalize("NFD", line).encode(), by=cast.receiver, at=MONDAY)
    assert (again.listed, again.known) == (0, 1)


def test_one_is_written_down_searched_without_marks_and_looks_are_told(cast: Cast):
    clerk = at_work("vanthu")
    typed = {
        "title": "Giấy khai sinh", "number": "112/2009", "issued_on": "04/05/2009", "holder_name": "Lê Thị Bưởi",
        "procedure": "1.001193", "holder_id": "079309001234", "validity": "until", "valid_until": "",
    }  # fmt: skip
    refused = clerk.post(reverse("new-older"), typed)
    assert (refused.status_code, "Ông/bà ghi ngày hết hiệu lực" in refused.text) == (422, True)
    page = clerk.post(reverse("new-older"), typed | {"validity": "for_good"})["Location"]
    older = OlderResult.objects.get()
    assert page == reverse("older-result", args=(older.id,))
    again = clerk.post(reverse("new-older"), typed | {"validity": "for_good"})
    assert (again.status_code, "đã có trong sổ" in again.text) == (422, True)
    found = at_work("tiepnhan").post(reverse("older-results"), {"sought": "le thi buoi"})
    assert page in found.text
    assert page in clerk.post(reverse("older-results"), {"sought": "112/2009"}).text
    assert page not in clerk.post(reverse("older-results"), {"sought": "Trần Văn Không"}).text
    looks = Event.objects.filter(kind="older.viewed", subject_id=older.id)
    assert {look.after["task"] for look in looks} == {"search"}
    clerk.get(page)
    assert find_older(older_of(cast.receiver), "  ", by=cast.receiver) == []


def test_the_pages_take_a_scan_and_a_second_officials_word(cast: Cast):
    older = listed(cast)
    page = reverse("older-result", args=(older.id,))
    clerk, receiver = at_work("vanthu"), at_work("tiepnhan")
    assert clerk.post(page, {"parts": part(b"%PDF-", "x.pdf")}).status_code == 422
    assert clerk.post(page, {"parts": part(pdf(), "x.pdf")}).status_code == 302
    copy = IssuedPaper.objects.get(older_id=older.id)
    assert "nên người khác kiểm tra" in clerk.get(page).text
    decide = reverse("decide-older", args=(older.id,))
    refused = receiver.post(decide, {"copy": copy.id, "act": "refuse", "why": ""})
    assert (refused.status_code, "không đạt ở chỗ nào" in refused.text) == (422, True)
    assert receiver.post(decide, {"copy": "x", "act": "check"}).status_code == 404
    for act in ("", "delete"):
        assert receiver.post(decide, {"copy": copy.id, "act": act, "why": "Trang 1 mờ"}).status_code == 404
    assert receiver.post(decide, {"copy": copy.id, "act": "check"}).status_code == 302
    assert OlderResult.objects.get().state == OlderState.CHECKED
    sent = receiver.get(reverse("older-paper", args=(older.id, copy.id)))
    assert b"".join(sent.streaming_content) == pdf()
    assert at_work("thuly").get(page).status_code == 403
    assert receiver.get(reverse("older-results") + "?state=checked").status_code == 200
    assert receiver.get(reverse("older-results") + "?state=nothing").status_code == 404


def test_the_list_page_tells_faults_by_line(cast: Cast):
    clerk = at_work("vanthu")
    line = "Giấy khai sinh;;2/2010;31/02/2010;Lê Văn Hai;;Vô thời hạn"
    answer = clerk.post(reverse("older-list"), {"sheet": part((HEADING + line).encode(), "ds.csv")})
    assert (answer.status_code, "31/02/2010" in answer.text) == (422, True)
    assert clerk.post(reverse("older-list"), {"sheet": part(b"PK\x03\x04", "ds.xlsx")}).status_code == 422
    good = "Giấy khai sinh;;2/2010;28/02/2010;Lê Văn Hai;;Vô thời hạn"
    assert clerk.post(reverse("older-list"), {"sheet": part((HEADING + good).encode(), "ds.csv")}).status_code == 302
    assert Official.objects.get(pk=OlderResult.objects.get().listed_by_id).account.username == "vanthu"
    assert OlderResult.objects.get().listed_at <= timezone.now()
