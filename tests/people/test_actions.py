"""What the office writes about agencies, officials and those it serves, and what the events tell of it."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from motcua.config.management.commands.check_office import faults
from motcua.core.events import Actor
from motcua.core.models import Event
from motcua.demo.office import PASSWORD, build_office
from motcua.people.actions import (
    PartyFacts,
    appoint,
    give_code,
    grant_role,
    keep_party,
    open_agency,
    open_unit,
)
from motcua.people.models import (
    Account,
    Agency,
    AgencyCode,
    CodeScheme,
    Official,
    Party,
    Role,
    RoleGrant,
    Unit,
    UnitFunction,
)

pytestmark = pytest.mark.django_db

BY = Actor(None, "Quản trị")
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SINCE = date(2025, 7, 1)
MAI = PartyFacts("person", "Nguyễn Thị Mai", "049195001234", date(1995, 3, 2), "female", "12 Trần Phú", "0905000111")


@pytest.fixture
def ward() -> Agency:
    return open_agency(
        name="Ủy ban nhân dân phường Tân Thạnh", short_name="Phường Tân Thạnh", kind="peoples_committee",
        level="commune", valid_from=SINCE, by=BY, at=AT,
    )  # fmt: skip


def told(kind: str) -> list[Event]:
    return list(Event.objects.filter(kind=kind).order_by("sequence"))


def keep(facts: PartyFacts, ward: Agency) -> UUID:
    return keep_party(facts, by=BY, at=AT, agency_id=ward.id)


def test_each_row_of_an_office_is_told(ward: Agency):
    give_code(agency=ward, scheme=CodeScheme.DECISION_20_2020, code="H17.21", valid_from=SINCE, by=BY, at=AT)
    unit = open_unit(agency=ward, name="Một cửa", function=UnitFunction.ONE_STOP, valid_from=SINCE, by=BY, at=AT)
    official = appoint(
        username="mai", password="khong-ai-duoc-biet", full_name="Mai", title="Chuyên viên", unit=unit,
        valid_from=SINCE, by=BY, at=AT,
    )  # fmt: skip
    grant_role(official=official, role=Role.RECEIVER, unit=unit, valid_from=SINCE, by=BY, at=AT)
    assert official.account.check_password("khong-ai-duoc-biet")
    events = list(Event.objects.order_by("sequence"))
    assert [(event.kind, event.subject_kind, event.subject_id) for event in events] == [
        ("agency.opened", "agency", ward.id),
        ("agency.code_given", "agency", ward.id),
        ("unit.opened", "unit", unit.id),
        ("official.appointed", "official", official.id),
        ("role.granted", "official", official.id),
    ]
    assert {event.agency_id for event in events} == {ward.id}
    assert {(event.actor_name, event.at) for event in events} == {("Quản trị", AT)}
    assert events[-1].after == {
        "role": "receiver", "unit": str(unit.id), "valid_from": "2025-07-01", "valid_to": None,
    }  # fmt: skip


def test_the_demo_office_is_told_row_by_row_and_no_event_holds_a_password():
    call_command("load_calendar")
    build_office()
    for kind, rows in (
        ("agency.opened", Agency), ("agency.code_given", AgencyCode), ("unit.opened", Unit),
        ("official.appointed", Official), ("role.granted", RoleGrant),
    ):  # fmt: skip
        assert len(told(kind)) == rows.objects.count() > 0
    hashes = set(Account.objects.values_list("password", flat=True))
    assert hashes
    for event in Event.objects.all():
        text = json.dumps(event.after)
        assert PASSWORD not in text
        assert not any(one in text for one in hashes)


def test_a_name_already_used_appoints_nobody(ward: Agency):
    unit = open_unit(agency=ward, name="Một cửa", function=UnitFunction.ONE_STOP, valid_from=SINCE, by=BY, at=AT)
    post = {"username": "mai", "password": "mot-cua-thu", "full_name": "Mai", "title": "", "unit": unit}
    appoint(**post, valid_from=SINCE, by=BY, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        appoint(**post, valid_from=SINCE, by=BY, at=AT)
    assert (Official.objects.count(), len(told("official.appointed"))) == (1, 1)


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        (date(2027, 1, 1), None, True),
        (date(2026, 12, 31), None, False),
        (date(2020, 1, 1), date(2025, 6, 30), True),
        (date(2020, 1, 1), date(2025, 7, 1), False),
        (date(2027, 2, 1), date(2027, 1, 1), False),
    ],
)
def test_units_and_codes_follow_each_other_and_never_overlap(ward: Agency, first: date, last: date | None, fits: bool):
    room = {"agency": ward, "name": "Tư pháp", "function": UnitFunction.JUSTICE, "by": BY, "at": AT}
    code = {"agency": ward, "scheme": CodeScheme.DECISION_20_2020, "by": BY, "at": AT}
    ends = date(2026, 12, 31)
    open_unit(**room, valid_from=SINCE, valid_to=ends)
    give_code(**code, code="H17.21", valid_from=SINCE, valid_to=ends)
    for write in (
        lambda: open_unit(**room, valid_from=first, valid_to=last),
        lambda: give_code(**code, code="H17.22", valid_from=first, valid_to=last),
    ):
        if fits:
            write()
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                write()
    assert Unit.objects.count() == AgencyCode.objects.count() == (2 if fits else 1)


def test_a_party_first_met_is_told_once_in_one_statement_and_met_again_unchanged_not_at_all(ward: Agency, monkeypatch):
    monkeypatch.setattr("motcua.people.actions.parties.record", lambda **_told: pytest.fail("a second statement"))
    first = keep(MAI, ward)
    assert keep(PartyFacts("person", "Nguyễn Thị Mai", "049195001234"), ward) == first
    (event,) = told("party.met")
    assert (event.subject_kind, event.subject_id, event.agency_id) == ("party", first, ward.id)
    assert (event.actor_name, event.at, event.before, event.after) == (BY.name, AT, None, None)
    assert Party.objects.get().phone == "0905000111"


def test_what_a_known_party_is_now_known_by_is_told_with_what_stood_before(ward: Agency):
    party = keep(MAI, ward)
    moved = PartyFacts("person", "Nguyễn Thị Mai", "049195001234", date(1995, 3, 3), "female", "7 Lê Lợi")
    assert keep(moved, ward) == party
    (event,) = told("party.changed")
    assert (event.subject_kind, event.subject_id, event.agency_id) == ("party", party, ward.id)
    assert event.before == {"address": "12 Trần Phú", "birth_date": "1995-03-02"}
    assert event.after == {"address": "7 Lê Lợi", "birth_date": "1995-03-03"}


def test_parties_without_a_personal_id_are_never_taken_for_one_another(ward: Agency):
    nameless = [keep(PartyFacts("person", name), ward) for name in ("Lê Văn An", "Trần Văn Bình")]
    assert len(set(nameless)) == Party.objects.count() == 2
    assert told("party.changed") == []


def test_an_office_may_open_only_while_its_code_is_in_force(ward: Agency):
    today = localdate()
    given = give_code(
        agency=ward, scheme=CodeScheme.DECISION_20_2020, code="H17.21", valid_from=today + timedelta(days=1),
        by=BY, at=AT,
    )  # fmt: skip
    no_code = "Chưa có cơ quan nào mang mã định danh đang hiệu lực."
    assert no_code in faults()
    AgencyCode.objects.filter(pk=given.pk).update(valid_from=SINCE, valid_to=today)
    assert no_code not in faults()
