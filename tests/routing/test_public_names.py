"""Who is named on the public list of late dossiers: dated rules, without a page."""

from datetime import date

import pytest

from motcua.catalogue.models import Procedure, Sector
from motcua.people.models import PartyKind
from motcua.routing.apologies.naming import is_unpublished, naming_rules, public_name

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("Nguyễn Thị Lan", PartyKind.PERSON, "Nguyễn T. L."),
        ("Lan", PartyKind.PERSON, "L."),
        ("Công ty TNHH Hải Sơn", PartyKind.ORGANISATION, "Công ty TNHH Hải Sơn"),
        ("Hội Nông dân phường Tân Thạnh", PartyKind.ORGANISATION, "Hội Nông dân phường Tân Thạnh"),
        ("Hộ kinh doanh Nguyễn Văn An", PartyKind.ORGANISATION, "Hộ kinh doanh Nguyễn V. A."),
        (" HỘ KINH DOANH  Nguyễn Văn An", PartyKind.ORGANISATION, "HỘ KINH DOANH Nguyễn V. A."),
        ("HKD Phở Hà", PartyKind.ORGANISATION, "HKD Phở H."),
        ("Hộ ông Trần Văn Bình", PartyKind.ORGANISATION, "Hộ ông T. V. B."),
    ],
)
def test_a_person_is_initials_whatever_he_trades_as(name: str, kind: str, shown: str):
    assert public_name(name, kind) == shown


def test_a_rule_holds_for_its_days_its_sector_its_procedure():
    assert is_unpublished("nuoi-con-nuoi", "2.001263", DAY)
    assert is_unpublished("ho-tich", "1.004873", DAY)
    assert not is_unpublished("ho-tich", "1.001193", DAY)
    assert not is_unpublished("nuoi-con-nuoi", "2.001263", date(2025, 12, 31))


def test_every_rule_names_one_thing_and_its_law():
    for row in naming_rules().unpublished:
        assert bool(row.sector) != bool(row.procedure)
        assert row.legal_basis


@pytest.mark.usefixtures("cast")
def test_the_shipped_rules_mean_procedures_that_exist():
    rules = naming_rules().unpublished
    for code in {row.procedure for row in rules} - {""}:
        assert Procedure.objects.filter(national_code=code).exists(), code
    shipped = {row.sector for row in rules} - {"", "nuoi-con-nuoi"}
    assert set(Sector.objects.filter(code__in=shipped).values_list("code", flat=True)) == shipped
