"""Which numbered form holds on which day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from motcua.documents.prints import PrintedFormGap, PrintedFormKind, form_for
from motcua.documents.prints.printed_forms import printed_forms


@pytest.mark.parametrize(
    ("kind", "day", "number", "circular"),
    [
        (PrintedFormKind.RECEIPT, date(2025, 9, 14), "01", "01/2018/TT-VPCP"),
        (PrintedFormKind.RECEIPT, date(2025, 9, 15), "01", "03/2025/TT-VPCP"),
        (PrintedFormKind.CONTROL_SHEET, date(2025, 9, 14), "05", "01/2018/TT-VPCP"),
        (PrintedFormKind.CONTROL_SHEET, date(2025, 9, 15), "06", "03/2025/TT-VPCP"),
        (PrintedFormKind.REGISTER, date(2025, 9, 14), "06", "01/2018/TT-VPCP"),
        (PrintedFormKind.REGISTER, date(2026, 11, 23), "07", "03/2025/TT-VPCP"),
    ],
)
def test_number_and_circular_change_with_the_day(kind: PrintedFormKind, day: date, number: str, circular: str) -> None:
    printed_form = form_for(kind, day)
    assert printed_form.number == number
    assert circular in printed_form.mark


def test_the_title_of_form_04_changed() -> None:
    before, after = (form_for(PrintedFormKind.APOLOGY, date(2025, 9, day)) for day in (14, 15))
    assert before.title == "Phiếu xin lỗi và hẹn lại ngày trả kết quả"
    assert after.title == "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"


def test_every_kind_has_a_form_today() -> None:
    assert {form_for(kind, date(2026, 11, 23)).kind for kind in PrintedFormKind} == set(PrintedFormKind)


def test_periods_of_one_kind_follow_each_other_without_gap_or_overlap() -> None:
    for kind in PrintedFormKind:
        periods = sorted(
            (printed_form.valid_from, printed_form.valid_to)
            for printed_form in printed_forms()
            if printed_form.kind is kind
        )
        for (_, last), (following, _) in pairwise(periods):
            assert last is not None
            assert last + timedelta(days=1) == following
        assert periods[-1][1] is None


def test_a_day_before_the_first_form_is_a_gap_with_advice() -> None:
    with pytest.raises(PrintedFormGap, match=r"01/01/2010.*data/printed-forms\.yaml"):
        form_for(PrintedFormKind.RECEIPT, date(2010, 1, 1))


def test_a_dossier_received_before_circular_03_2025_is_stopped_by_a_notice_without_form_number() -> None:
    before, after = (form_for(PrintedFormKind.DISCONTINUATION, date(2025, 9, day)) for day in (14, 15))
    assert before.title == after.title == "Thông báo dừng giải quyết hồ sơ"
    assert before.mark == ""
    assert after.mark.startswith("Mẫu số 05")
