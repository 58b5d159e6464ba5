"""`motcua calendar preview` and `apply`: the national calendar changes by a text, seen first, agency by agency."""

from io import StringIO
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from django.core.management import CommandError, call_command

from motcua.core.models import Event
from motcua.dossiers.models import Dossier
from motcua.worktime.queries import calendar_for
from tests.cast import BIRTH, MONDAY, Cast, received

STORM = {"day": "2026-11-25", "kind": "holiday", "name": "Nghỉ lễ mới", "decision": "99/TB-BNV"}
NATIONAL = Path(__file__).parents[2] / "data/holidays/vn.yaml"


@pytest.fixture
def decree(tmp_path: Path) -> Path:
    """The national calendar with one more holiday in 2026."""
    said = yaml.safe_load(NATIONAL.read_text(encoding="utf-8"))
    year = next(year for year in said["years"] if year["year"] == 2026)
    year["days"].append({key: value for key, value in STORM.items() if key != "decision"} | {"basis": "culture_day"})
    path = tmp_path / "vn.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return path


@pytest.fixture
def births(cast: Cast) -> list[str]:
    return [received(BIRTH, cast, at=MONDAY).code for _ in range(4)]


def said(path: Path, **how: Any) -> str:
    heard = StringIO()
    call_command("change_calendar", path, stdout=heard, **how)
    return heard.getvalue()


def days() -> set[int]:
    return {one.due_at.day for one in Dossier.objects.all()}


def test_the_preview_counts_by_agency_and_writes_nothing(births: list[str], decree: Path) -> None:
    events = Event.objects.count()
    table = [line.split() for line in said(decree).splitlines()]
    assert table[-2][-5:] == table[-1][-5:] == ["4", "4", "0", "1", "0"]
    assert table[-1][:2] == ["Tất", "cả"]
    assert (days(), Event.objects.count()) == ({25}, events)
    assert calendar_for("VN").is_working_day(MONDAY.date().replace(day=25))


def test_apply_asks_first(births: list[str], decree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(click, "confirm", lambda question: bool(asked.append(question)))
    assert "Chưa áp dụng" in said(decree, apply=True)
    assert (asked, days()) == (["Áp dụng lịch này?"], {25})


def test_apply_with_yes_moves_them_and_a_second_time_nothing(births: list[str], decree: Path) -> None:
    assert "Đã áp dụng: 4 hồ sơ" in said(decree, apply=True, yes=True)
    assert days() == {26}
    assert "không đổi gì" in said(decree, apply=True, yes=True)
    assert Event.objects.filter(kind="dossier.recalculated").count() == 4


def test_a_text_that_cannot_be_read_is_refused_in_a_sentence(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("calendar: [", encoding="utf-8")
    with pytest.raises(CommandError, match=r"x\.yaml"):
        said(path)


def test_a_calendar_changed_while_the_question_stood_is_not_changed(
    births: list[str], decree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(_question: str) -> bool:
        call_command("load_calendar", decree)
        return True

    monkeypatch.setattr(click, "confirm", meanwhile)
    with pytest.raises(CommandError, match="người khác đổi"):
        said(decree, apply=True)
    assert days() == {26}
