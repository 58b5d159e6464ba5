"""Who is named on the public list of late dossiers: dated rules, without a page."""

import unicodedata
from datetime import date
from typing import Literal

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
        ("hộ KINH doanh: NGUYỄN VĂN AN", PartyKind.ORGANISATION, "hộ KINH doanh NGUYỄN V. A."),
        ("HKD-Nguyễn Văn An", PartyKind.ORGANISATION, "HKD Nguyễn V. A."),
        ("Doanh nghiệp tư nhân Trần Văn Bình", PartyKind.ORGANISATION, "Doanh nghiệp tư nhân Trần V. B."),
        ("DNTN Minh Tâm", PartyKind.ORGANISATION, "DNTN Minh T."),
        ("Cửa hàng tạp hóa Nguyễn Thị Lan", PartyKind.ORGANISATION, "Cửa hàng tạp hóa Nguyễn T. L."),
        ("QUÁN CƠM CÔ LAN", PartyKind.ORGANISATION, "QUÁN CƠM CÔ L."),
        ("Nhà thuốc Lê Hồng", PartyKind.ORGANISATION, "Nhà thuốc Lê H."),
        ("Cửa hàng xăng dầu số 5", PartyKind.ORGANISATION, "Cửa hàng xăng dầu số 5"),
        ("Công ty TNHH Nguyễn Văn An", PartyKind.ORGANISATION, "Công ty TNHH Nguyễn Văn An"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_a_person_is_initials_whatever_he_trades_as_and_however_it_is_typed(
    name: str, kind: str, shown: str, form: Literal["NFC", "NFD", "NFKD"]
):
    assert public_name(unicodedata.normalize(form, name), kind, DAY) == shown


def test_an_opening_holds_for_its_days():
    assert public_name("DNTN Minh Tâm", PartyKind.ORGANISATION, date(2025, 6, 30)) == "DNTN Minh Tâm"


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
