"""A bundle driven by the actions of three agencies and the same bundle written in bulk end in identical rows."""

from datetime import date, datetime
from random import Random
from uuid import UUID

import pytest

from motcua.core.sql import execute, fetch_one
from motcua.demo.places.bundles import Pattern, Whole, grown, pattern_of, write_bundle
from motcua.demo.places.copying import Sheets
from motcua.demo.places.late import acting
from motcua.demo.places.lives import Life
from motcua.demo.places.offices import Crew, crew_of
from motcua.demo.places.told import read_place
from motcua.people.models import Agency, Role
from motcua.result.actions import Recipient, return_result
from motcua.routing import actions
from motcua.routing.bundles.models import BundleMember
from motcua.routing.bundles.packages import sealed
from motcua.routing.bundles.receiving import receive_bundle
from motcua.worktime.queries import calendar_for
from tests.cast import HANOI_TIME, MRS_LAN
from tests.demo.rows import written
from tests.demo.test_one_by_one import undone

THURSDAY = datetime(2023, 6, 15, 8, 20, 5, tzinfo=HANOI_TIME)
YEARS_END = datetime(2023, 12, 29, 16, 50, tzinfo=HANOI_TIME)


def drive(life: Life, crew: Crew, dossier_id: UUID) -> None:
    for leg, at in zip(life.legs[:-1], life.done, strict=False):
        by = acting(crew.hand(leg.function, leg.role, at, 0), at)
        row = fetch_one("SELECT id FROM routing_step WHERE dossier_id = %s AND finished_at IS NULL", (dossier_id,))
        assert row is not None
        (actions.approve if leg.role == Role.APPROVER else actions.pass_on)(row[0], by=by, at=at)
    by = acting(crew.hand("one_stop", Role.RECEIVER, life.done[-1], 0), life.done[-1])
    took = Recipient(MRS_LAN.full_name, MRS_LAN.personal_id, "counter", True)
    return_result(dossier_id, recipient=took, by=by, at=life.done[-1])


def click(pattern: Pattern, lives: list[Life]) -> None:
    filing = pattern.everything(MRS_LAN)
    desk = acting(pattern.desk.hand("one_stop", Role.RECEIVER, THURSDAY, 0), THURSDAY)
    bundle, _new = receive_bundle(filing, definition=pattern.definition, by=desk, at=THURSDAY)
    for n, life in enumerate(lives):
        member = BundleMember.objects.get(bundle=bundle, position=n + 1)
        assert member.dossier_id is not None, member.reason
        drive(life, pattern.crews[n], member.dossier_id)


def bulk(pattern: Pattern, lives: list[Life]) -> None:
    codes = [f"{crew.code}-{life.received_at:%y%m%d}-0001" for crew, life in zip(pattern.crews, lives, strict=True)]
    code = f"{pattern.desk.code}-LT-{THURSDAY:%y%m%d}-0001"
    sheets = Sheets()
    write_bundle(sheets, Whole(pattern, 0, MRS_LAN, codes[0], code, tuple(lives)), codes)
    sheets.write()
    series = [("bundle", pattern.desk, lives[0])]
    series += [("dossier", crew, life) for crew, life in zip(pattern.crews, lives, strict=True)]
    for name, crew, life in series:
        execute(
            "INSERT INTO core_numberseries (agency_id, series, day, last) VALUES (%s, %s, %s, 1)",
            (crew.agency_id, name, life.received_at.date()),
        )
    for member in BundleMember.objects.all():
        assert member.sent_hash == member.received_hash == sealed(member.package)


@pytest.mark.parametrize("which", ["birth", "death"])
def test_both_ways_end_in_identical_rows(tan_thanh: dict[str, Agency], which: str):
    crews = {key: crew_of(tan_thanh[key], date(2023, 12, 31)) for key in ("ward", "police", "insurance", "city")}
    calendar, random = calendar_for("VN"), Random(11)
    stream = next(stream for stream in read_place("tan-thanh").streams if stream.bundle == which)
    pattern = pattern_of(stream, crews, calendar)
    lead = grown(pattern, 0, THURSDAY, YEARS_END, calendar=calendar, random=random)
    parts = [grown(pattern, n, lead.finished_at, YEARS_END, calendar=calendar, random=random) for n in (1, 2)]
    lives = [lead, *parts]
    with undone():
        click(pattern, lives)
        clicked = written()
    with undone():
        bulk(pattern, lives)
        copied = written()
    for table in clicked:
        assert copied[table] == clicked[table], table
    assert len(clicked["dossiers_dossier"]) == 3
