"""Lengths and reason sheets in the reader's words, the same in every package that shows them."""

from datetime import datetime

import pytest
from django.utils import translation

from motcua.worktime.phrases import hours_words, limit_words, minutes_words, shown
from motcua.worktime.rules import VIETNAM, Reason, ReasonKind


@pytest.mark.parametrize(
    ("minutes", "vietnamese", "english"),
    [
        (18, "18 phút", "18 minutes"),
        (1, "1 phút", "1 minute"),
        (60, "1 giờ", "1 hour"),
        (1871, "31 giờ 11 phút", "31 hours 11 minutes"),
    ],
)
def test_hours_and_minutes(minutes, vietnamese, english):
    with translation.override("vi"):
        assert hours_words(minutes) == vietnamese
    with translation.override("en"):
        assert hours_words(minutes) == english


def test_days_and_hours_are_counted_in_english():
    with translation.override("en"):
        assert minutes_words(2 * 480 + 240) == "2 days 4 hours"
        assert minutes_words(480) == "1 day"
        assert limit_words(1, "working_day") == "1 working day"
        assert limit_words(3, "working_hour") == "3 working hours"
    with translation.override("vi"):
        assert minutes_words(2 * 480 + 240) == "2 ngày 4 giờ"
        assert limit_words(3, "day") == "3 ngày"


def test_a_sheet_is_read_in_the_readers_language_with_lengths():
    start, noon = datetime(2026, 1, 5, 8, tzinfo=VIETNAM), datetime(2026, 1, 5, 10, 30, tzinfo=VIETNAM)
    sheet = [
        Reason(start, noon, True, 150, "Trong giờ làm việc", "", ReasonKind.WORK),
        Reason(noon, datetime(2026, 1, 6, 8, tzinfo=VIETNAM), False, 0, "Nghỉ hằng tuần", "", ReasonKind.WEEKLY_REST),
    ]
    with translation.override("vi"):
        assert [(row.length, row.text) for row in shown(sheet)] == [
            ("2 giờ 30 phút", "Trong giờ làm việc"), ("", "Nghỉ hằng tuần"),
        ]  # fmt: skip
    with translation.override("en"):
        counted, skipped = shown(sheet)
    assert counted.length == "2 hours 30 minutes"
    assert "Trong" not in counted.text
    assert "Nghỉ" not in skipped.text
