"""Copies of results in bulk, as `result.collection.attach_copy` writes them, and the older results of a place."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from django.db import transaction

from motcua.core.ids import uuid7_text
from motcua.demo.places.building import Ground
from motcua.demo.places.citizens import SERIALS, citizen
from motcua.demo.places.copying import NULL, Sheets, instant, text, told
from motcua.demo.places.offices import Crew, Hand
from motcua.demo.places.told import Older
from motcua.demo.places.writing import tell
from motcua.documents.papers.refusals import shown_name
from motcua.dossiers.rules import OFFICE_TIME
from motcua.people.models import Role

_TITLES: Final = (
    ("Giấy chứng nhận đăng ký hộ kinh doanh", "HKD", 0), ("Giấy phép xây dựng nhà ở riêng lẻ", "GPXD", 10),
    ("Giấy khai sinh", "KS", 0), ("Giấy chứng nhận kết hôn", "KH", 0),
)  # fmt: skip
"""What it is, what stands behind its number, for how many years it is valid (0: for good)."""
_OPENING: Final = time(8, 10)
_SCANS: Final = 40
_UNCHECKED: Final = 4
"""Of so many scans, so many wait for a second official."""


def write_older(ground: Ground) -> int:
    """The register of older results of the place; how many were listed."""
    random = Random(f"{ground.seed}:{ground.place.key}:older")  # noqa: S311 (a repeatable demo, not a secret)
    sheets, serial = Sheets(), SERIALS // 2
    for one in ground.place.older:
        crew = ground.crews[one.agency]
        for ordinal in range(one.listed):
            _older(sheets, ground, one, crew, ordinal, serial + ordinal, random)
        serial += one.listed
    with transaction.atomic():
        sheets.write()
    return sum(one.listed for one in ground.place.older)


def _older(sheets: Sheets, ground: Ground, one: Older, crew: Crew, ordinal: int, serial: int, random: Random) -> None:
    """One row with its events: listed, and of the first `digitized` also scanned and mostly checked."""
    who = citizen(ground.place, ground.names, random, serial)
    title, mark, years = random.choice(_TITLES)
    issued = one.issued_from + timedelta(days=random.randrange((one.issued_to - one.issued_from).days))
    until = issued + timedelta(days=365 * years + 90) if years else None
    listed = _office_hour(ground, one.first, (one.last - one.first).days // 2, random)
    clerk = crew.hand("records", Role.RECORDS_CLERK.value, listed, ordinal)
    older_id, state, rest = uuid7_text(), "listed", (NULL, NULL, NULL, NULL, "")
    _tell(sheets, "older.listed", older_id, crew, clerk, listed, {}, "listed")
    if ordinal % one.every == 0 and ordinal // one.every < one.digitized:
        scanned = ground.calendar.after(listed, random.randrange(30, 2_000)).replace(second=random.randrange(60))
        state, rest = _scanned(sheets, ground, crew, older_id, f"{title} {ordinal + 1}/{mark}", scanned, clerk, random)
    sheets.add(
        "result_olderresult",
        (older_id, crew.agency_id, text(title), f"{ordinal + 1}/{mark}", issued, until, text(who.full_name),
         who.personal_id, state, instant(listed), clerk.official_id, *rest),
    )  # fmt: skip


def _scanned(
    sheets: Sheets, ground: Ground, crew: Crew, older_id: str, name: str, at: datetime, clerk: Hand, random: Random
) -> tuple[str, tuple[str, str, str, str, str]]:
    """The copy with its event, and what a second official made of it: the state, and the last columns of the row."""
    when = instant(at)
    sheets.add(
        "documents_issuedpaper",
        (uuid7_text(), None, older_id, older_id, "scanned", "", None, None, crew.scan, text(shown_name(name)), when,
         clerk.official_id),
    )  # fmt: skip
    _tell(sheets, "older.digitized", older_id, crew, clerk, at, {"sha256": crew.scan}, "digitized", "listed")
    turn = random.randrange(_SCANS)
    if turn < _UNCHECKED:
        return "digitized", (when, clerk.official_id, NULL, NULL, "")
    looked = ground.calendar.after(at, random.randrange(30, 900)).replace(second=random.randrange(60))
    second = crew.hand("one_stop", Role.RECEIVER.value, looked, turn)
    _tell(sheets, "older.checked", older_id, crew, second, looked, {}, "checked", "digitized")
    return "checked", (when, clerk.official_id, instant(looked), second.official_id, "")


def _office_hour(ground: Ground, first: date, days: int, random: Random) -> datetime:
    day = first + timedelta(days=random.randrange(days))
    while not ground.calendar.is_working_day(day):
        day += timedelta(days=1)
    at = datetime.combine(day, _OPENING, OFFICE_TIME)
    return ground.calendar.after(at, random.randrange(400)).replace(second=random.randrange(60))


def _tell(
    sheets: Sheets, kind: str, older_id: str, crew: Crew, by: Hand, at: datetime, more: dict[str, str], to: str,
    seen: str = "",
) -> None:  # fmt: skip
    before = told({"state": seen}) if seen else NULL
    tell(sheets, kind, older_id, crew.agency_id, by, (at, instant(at)), before, told({"state": to, **more}),
         subject_kind="older")  # fmt: skip
