"""The refusal to guess: a moment or a term that leaves the years somebody has loaded."""


class CalendarGap(ValueError):
    """A year is missing from the calendar. `year` is the first one; the message tells a clerk what to do."""

    def __init__(self, name: str, year: int) -> None:
        self.year = year
        super().__init__(
            f"“{name}” chưa có ngày nghỉ của năm {year} nên chưa tính được ngày hẹn. "
            f"Ông/bà báo quản trị nạp lịch năm {year} rồi tính lại."
        )
