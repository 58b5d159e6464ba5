"""A dossier driven one click at a time and the same dossier driven in bulk end in identical rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from motcua.catalogue.queries import version_in_force
from motcua.core.events import Actor
from motcua.core.ids import uuid7_text
from motcua.core.sql import execute, fetch_one
from motcua.demo.places.building import due_dates
from motcua.demo.places.copying import Sheets, instant
from motcua.demo.places.filings import APPLICANT, write_submission
from motcua.demo.places.late import acting
from motcua.demo.places.lives import Life, check_clock, live, states_of
from motcua.demo.places.offices import Crew, crew_of
from motcua.demo.places.ways import Filed, Numbers, Way, way_of
from motcua.demo.places.writing import write_dossier, write_party
from motcua.demo.specimen import keep_specimen, specimen_part
from motcua.dossiers.rules import code_prefix
from motcua.intake.actions import Filing, receive
from motcua.intake.submissions import accept, submit
from motcua.people.models import Agency, Role
from motcua.result.actions import Recipient, return_result
from motcua.result.collection import Shows, attach_copy
from motcua.routing import actions
from motcua.worktime.queries import calendar_for
from tests.cast import HANOI_TIME, MRS_LAN
from tests.demo.rows import written

ORDINARY = datetime(2023, 5, 18, 9, 12, 33, tzinfo=HANOI_TIME)
AFTER_CUT_OFF = datetime(2023, 4, 27, 15, 40, 2, tzinfo=HANOI_TIME)
FRIDAY_BEFORE_LEAVE = datetime(2023, 3, 3, 16, 30, tzinfo=HANOI_TIME)


@contextmanager
def undone() -> Iterator[None]:
    """What the block writes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Story:
    """One dossier of Tân Thạnh, ready to be written in either way."""

    def __init__(self, ward: Agency, code: str, channel: str, at: datetime, filed: Filed) -> None:
        self.calendar, self.filed, self.at, self.who = calendar_for("VN"), filed, at, MRS_LAN
        self.crew: Crew = crew_of(ward, date(2023, 12, 31))
        self.way: Way = way_of(version_in_force(code, ward.id, at.date()), channel, at, self.calendar)
        self.life: Life = live(
            self.way.offered.route, received_at=at, due_at=due_dates(self.calendar, [at], [self.way])[0],
            settled_by=datetime(2023, 12, 29, 16, 50, tzinfo=HANOI_TIME), way_back=filed.return_method,
            calendar=self.calendar, random=Random(3),
        )  # fmt: skip
        states_of(self.life)
        check_clock(self.life, self.way.terms, self.calendar)

    def filing(self) -> Filing:
        return Filing(
            submission_id=uuid4(), channel=self.way.channel, applicant=self.who, papers=self.way.papers,
            filed_by=self.filed.filed_by, source=self.filed.source, return_method=self.filed.return_method,
        )  # fmt: skip

    def click(self, submitted_at: datetime | None) -> None:
        """By the actions that an official's clicks call."""
        desk = acting(self.crew.hand("one_stop", Role.RECEIVER, self.at, 0), self.at)
        if submitted_at is None:
            opened, _new = receive(self.filing(), offered=self.way.offered, by=desk, at=self.at)
        else:
            sent = submit(
                self.filing(), offered=self.way.offered, desk=desk, by=Actor(None, APPLICANT.name), at=submitted_at
            )
            opened = accept(sent.id, by=desk, at=self.at)
        for leg, at in zip(self.life.legs[:-1], self.life.done, strict=False):
            by = acting(self.crew.hand(leg.function, leg.role, at, 0), at)
            row = fetch_one("SELECT id FROM routing_step WHERE dossier_id = %s AND finished_at IS NULL", (opened.id,))
            assert row is not None
            (actions.approve if leg.role == Role.APPROVER else actions.pass_on)(row[0], by=by, at=at)
        back = self.life.done[-1]
        by = acting(self.crew.hand("one_stop", Role.RECEIVER, back, 0), back)
        if self.crew.scan:
            kind = "electronic" if self.filed.return_method == "online" else "scanned"
            shows = Shows(kind, self.life.finished_at.date())
            attach_copy(opened.id, [specimen_part()], shows=shows, by=by, at=back)
        took = Recipient(self.who.full_name, self.who.personal_id, self.filed.return_method, True)
        return_result(opened.id, recipient=took, by=by, at=back)

    def bulk(self, submitted_at: datetime | None) -> None:
        """By the lines of COPY."""
        sheets, party = Sheets(), uuid7_text()
        code = code_prefix(agency_code=self.crew.code, day=self.at.date()) + "0001"
        numbers = Numbers(uuid7_text(), uuid7_text(), code, party)
        desk = self.crew.hand("one_stop", Role.RECEIVER, self.at, 0)
        write_party(sheets, self.who, party, agency=self.crew.agency_id, by=desk, at=self.at)
        write_dossier(
            sheets, self.life, way=self.way, filed=self.filed, who=self.who, numbers=numbers, crew=self.crew, turn=0
        )
        if submitted_at is not None:
            number = f"{self.crew.code}-NS-{submitted_at:%y%m%d}-0001"
            write_submission(
                sheets, self.life, submitted_at, number, way=self.way, filed=self.filed, who=self.who,
                numbers=numbers, crew=self.crew, desk=desk, calendar=self.calendar,
            )  # fmt: skip
            self._numbered("submission", submitted_at)
        self._numbered("dossier", self.at)
        sheets.write()

    def _numbered(self, series: str, at: datetime) -> None:
        execute(
            "INSERT INTO core_numberseries (agency_id, series, day, last) VALUES (%s, %s, %s, 1)",
            (self.crew.agency_id, series, at.date()),
        )


def rows_of(act: Callable[[], None]) -> dict[str, list[str]]:
    with undone():
        act()
        return written()


AT_THE_COUNTER = Filed("officer", "single", "counter")
ONLINE = Filed("helped", "single", "online", "portal")


@pytest.mark.parametrize(
    ("code", "channel", "at", "filed", "submitted_at"),
    [
        ("2.000815", "counter", ORDINARY, AT_THE_COUNTER, None),
        ("2.000815", "counter", AFTER_CUT_OFF, AT_THE_COUNTER, None),
        ("1.004222", "counter", ORDINARY, AT_THE_COUNTER, None),
        ("1.004873", "counter", FRIDAY_BEFORE_LEAVE, AT_THE_COUNTER, None),
        ("1.001193", "online", ORDINARY, ONLINE, ORDINARY.replace(hour=8, minute=1)),
        ("1.013978", "post", ORDINARY, Filed("helped", "single", "post"), None),
    ],
)
def test_both_ways_end_in_identical_rows(
    tan_thanh: dict[str, Agency], code: str, channel: str, at: datetime, filed: Filed, submitted_at: datetime | None
):
    story = Story(tan_thanh["ward"], code, channel, at, filed)
    clicked = rows_of(lambda: story.click(submitted_at))
    copied = rows_of(lambda: story.bulk(submitted_at))
    for table in clicked:
        assert copied[table] == clicked[table], table
    assert len(clicked["core_event"]) >= 7
    assert len(clicked["dossiers_dossier"]) == 1


@pytest.mark.parametrize("filed", [AT_THE_COUNTER, ONLINE])
def test_a_digitized_result_is_the_same_either_way(
    tan_thanh: dict[str, Agency], filed: Filed, settings, tmp_path: Path
):
    """The row, its event, and the very bytes behind it, which lie there once."""
    settings.MEDIA_ROOT = tmp_path
    story = Story(tan_thanh["ward"], "2.000815", "counter" if filed is AT_THE_COUNTER else "online", ORDINARY, filed)
    story.crew.scan = keep_specimen()
    clicked, copied = rows_of(lambda: story.click(None)), rows_of(lambda: story.bulk(None))
    assert copied["documents_issuedpaper"] == clicked["documents_issuedpaper"]
    assert copied["core_event"] == clicked["core_event"]
    assert len(copied["documents_issuedpaper"]) == 1
    assert keep_specimen() == story.crew.scan
    assert len([*tmp_path.rglob("*.pdf")]) == 1


def test_who_stands_in_is_named_with_the_absent(tan_thanh: dict[str, Agency]):
    story = Story(tan_thanh["ward"], "1.004873", "counter", FRIDAY_BEFORE_LEAVE, AT_THE_COUNTER)
    copied = rows_of(lambda: story.bulk(None))
    assert sum(", thay mặt " in event for event in copied["core_event"]) == 1


def test_a_row_that_points_nowhere_is_refused(tan_thanh: dict[str, Agency]):
    """Whether PostgreSQL looks row by row or the sheets look once for all: nobody's dossier is not written."""
    story = Story(tan_thanh["ward"], "2.000815", "counter", ORDINARY, AT_THE_COUNTER)
    sheets, nobody = Sheets(), Numbers(uuid7_text(), uuid7_text(), "X-230518-0001", uuid7_text())
    write_dossier(
        sheets, story.life, way=story.way, filed=story.filed, who=story.who, numbers=nobody, crew=story.crew, turn=0
    )  # fmt: skip
    with undone(), pytest.raises(IntegrityError, match="people_party"):
        sheets.write()


def test_an_instant_is_written_as_python_would():
    for at in (ORDINARY, ORDINARY.astimezone(UTC), ORDINARY.replace(microsecond=7), AFTER_CUT_OFF):
        assert instant(at) == at.isoformat(" ")
