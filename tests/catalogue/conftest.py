"""A ward that posts procedures, its procedure controller, and the hand that imports."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.test import Client

from motcua.catalogue.actions import post_all
from motcua.catalogue.importing import ImportReport, import_catalogue
from motcua.catalogue.models import Procedure
from motcua.catalogue.rules import (
    BasisLine,
    ComponentLine,
    FeeLine,
    LimitLine,
    StepLine,
    VersionContent,
)
from motcua.core.events import Actor
from motcua.people.models import (
    Account,
    Agency,
    AgencyKind,
    AgencyLevel,
    Official,
    Role,
    RoleGrant,
    Unit,
    UnitFunction,
)

IMPORTER = Actor(None, "Dòng lệnh")
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SINCE = date(2025, 7, 1)

BIRTH = VersionContent(
    name="Đăng ký khai sinh",
    summary="Dành cho cha, mẹ của trẻ mới sinh.",
    applicant_kinds=("citizen",),
    channels=("counter", "online"),
    online_level="full",
    results=("Giấy khai sinh",),
    components=(
        ComponentLine("Giấy chứng sinh"),
        ComponentLine("Văn bản ủy quyền", required=False, when="Nhờ người khác làm thay"),
    ),
    limits=(LimitLine(1, "working_day"), LimitLine(5, "working_day", when="Phải xác minh")),
    fees=(FeeLine("charge", "Lệ phí hộ tịch", 0), FeeLine("charge", "Lệ phí hộ tịch", 8000, when="Quá hạn")),
    legal_bases=(BasisLine("60/2014/QH13", "Luật Hộ tịch"),),
    route=(
        StepLine("Tiếp nhận", "receiver", "one_stop", 10),
        StepLine("Ghi sổ", "case_officer", "justice", 60),
        StepLine("Ký", "approver", "leaders", 30),
        StepLine("Trả kết quả", "receiver", "one_stop", 0),
    ),
)
ROW = {
    "code": "1.001193",
    "name": "Đăng ký khai sinh",
    "summary": "Dành cho cha, mẹ của trẻ mới sinh.",
    "levels": ["commune"],
    "valid_from": date(2026, 2, 1),
    "applicant_kinds": ["citizen"],
    "channels": ["counter", "online"],
    "online_level": "full",
    "components": [{"name": "Giấy chứng sinh", "use": "submit", "original": 1, "copy": 0, "required": True}],
    "time_limits": [{"number": 1, "unit": "working_day"}],
    "fees": [{"kind": "charge", "name": "Lệ phí", "amount": None, "set_by_province": True}],
    "legal_bases": [{"number": "60/2014/QH13", "name": "Luật Hộ tịch"}],
    "results": ["Giấy khai sinh"],
    "route": [
        {"name": "Tiếp nhận", "role": "receiver", "unit": "one_stop", "share": 10},
        {"name": "Ghi sổ", "role": "case_officer", "unit": "justice", "share": 60},
        {"name": "Ký", "role": "approver", "unit": "leaders", "share": 30},
        {"name": "Trả kết quả", "role": "receiver", "unit": "one_stop", "share": 0},
    ],
    "everyday_words": ["làm giấy khai sinh"],
}

ImportRows = Callable[..., ImportReport]


@pytest.fixture
def import_rows(db, tmp_path: Path) -> ImportRows:
    """Import these rows of the product's own format, on a day."""

    def run(*rows: object, at: datetime = AT) -> ImportReport:
        path = tmp_path / "ho-tich.yaml"
        sector = {"code": "ho-tich", "name": "Hộ tịch"}
        path.write_text(yaml.safe_dump({"sector": sector, "procedures": list(rows)}, allow_unicode=True), "utf-8")
        return import_catalogue(path, by=IMPORTER, at=at)

    return run


@pytest.fixture
def ward(db) -> Agency:
    return Agency.objects.create(
        name="Ủy ban nhân dân phường Tân Thạnh",
        short_name="Phường Tân Thạnh",
        kind=AgencyKind.PEOPLES_COMMITTEE,
        level=AgencyLevel.COMMUNE,
        address="01 Nguyễn Chí Thanh",
        valid_from=SINCE,
    )


def official(ward: Agency, username: str, role: str) -> Client:
    """A browser in which an official with this role is logged in; the rail of his pages counts by the calendar."""
    call_command("load_calendar")
    unit, _created = Unit.objects.get_or_create(
        agency=ward, function=UnitFunction.LEADERS, defaults={"name": "Lãnh đạo", "valid_from": SINCE}
    )
    account = Account.objects.create_account(username=username, password="mot-cua-thu-nghiem", is_demo=True)
    person = Official.objects.create(
        account=account, unit=unit, full_name="Võ Minh Tâm", title="Công chức", valid_from=SINCE
    )
    RoleGrant.objects.create(official=person, role=role, unit=unit, valid_from=SINCE)
    client = Client()
    client.post("/accounts/login/", {"login": username, "password": "mot-cua-thu-nghiem"})
    return client


@pytest.fixture
def controller(ward: Agency) -> Client:
    return official(ward, "kiemsoat", Role.PROCEDURE_CONTROLLER)


@pytest.fixture
def receiver(ward: Agency) -> Client:
    return official(ward, "tiepnhan", Role.RECEIVER)


@pytest.fixture
def offered(import_rows: ImportRows, ward: Agency, controller: Client) -> Procedure:
    """Birth registration, published and posted at the ward of this office."""
    import_rows(ROW)
    procedure = Procedure.objects.get(national_code="1.001193")
    post_all([procedure], ward, by=IMPORTER, valid_from=SINCE, at=AT)
    return procedure
