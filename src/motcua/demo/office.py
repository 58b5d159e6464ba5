"""The ward and its people, before and after 1 July 2025."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.core.events import Actor
from motcua.people.actions import appoint, give_code, grant_role, open_agency, open_unit
from motcua.people.models import Agency, AgencyKind, AgencyLevel, CodeScheme, Role, UnitFunction
from motcua.worktime.actions import load_calendar

PASSWORD = "motcua-trinh-dien"  # noqa: S105
OPENED = date(2025, 7, 1)
LAST_OF_DISTRICTS = date(2025, 6, 30)
WARD = "Phường Tân Thạnh"
CALENDAR = "H17.21"
MACHINE = Actor(None, "Bản trình diễn")


@dataclass(frozen=True, slots=True)
class Post:
    """A demo official: account, name, title, home unit, and the duties he holds."""

    username: str
    full_name: str
    title: str
    home: UnitFunction
    duties: tuple[tuple[Role, UnitFunction], ...]
    tries: str


WORKING_UNITS = (UnitFunction.JUSTICE, UnitFunction.LAND, UnitFunction.SOCIAL, UnitFunction.ECONOMY)

POSTS = (
    Post("tiepnhan", "Nguyễn Thị Mai", "Chuyên viên tiếp nhận", UnitFunction.ONE_STOP,
         ((Role.RECEIVER, UnitFunction.ONE_STOP),), "tiếp nhận hồ sơ, in giấy hẹn, trả kết quả"),
    Post("thuly", "Trần Thị Thu Hà", "Công chức chuyên môn", UnitFunction.JUSTICE,
         tuple((Role.CASE_OFFICER, unit) for unit in WORKING_UNITS), "nhận xử lý, chuyển bước"),
    Post("lanhdao", "Lê Văn Nam", "Phó Chủ tịch Ủy ban nhân dân", UnitFunction.LEADERS,
         ((Role.APPROVER, UnitFunction.LEADERS),), "duyệt hoặc trả lại"),
    Post("vanthu", "Phạm Quốc Bảo", "Văn thư", UnitFunction.RECORDS,
         ((Role.RECORDS_CLERK, UnitFunction.RECORDS),), "đóng dấu, vào sổ"),
    Post("kiemsoat", "Võ Minh Tâm", "Kiểm soát thủ tục hành chính", UnitFunction.LEADERS,
         ((Role.PROCEDURE_CONTROLLER, UnitFunction.LEADERS),), "danh mục thủ tục, bản dự thảo, công khai"),
    Post("quantri", "Đặng Hoài An", "Quản trị hệ thống", UnitFunction.ONE_STOP,
         ((Role.ADMINISTRATOR, UnitFunction.ONE_STOP),), "cán bộ, đơn vị, lịch làm việc"),
    Post("congan", "Hồ Đức Thịnh", "Cảnh sát khu vực", UnitFunction.POLICE,
         ((Role.CASE_OFFICER, UnitFunction.POLICE),), "hồ sơ cư trú"),
    Post("truongcongan", "Bùi Xuân Trường", "Trưởng Công an phường", UnitFunction.POLICE,
         ((Role.APPROVER, UnitFunction.POLICE),), "duyệt hồ sơ cư trú"),
)  # fmt: skip

UNIT_NAMES = {
    UnitFunction.ONE_STOP: "Trung tâm Phục vụ hành chính công",
    UnitFunction.JUSTICE: "Tư pháp – hộ tịch",
    UnitFunction.LAND: "Địa chính – xây dựng",
    UnitFunction.SOCIAL: "Văn hóa – xã hội",
    UnitFunction.ECONOMY: "Kinh tế",
    UnitFunction.POLICE: "Công an phường",
    UnitFunction.LEADERS: "Lãnh đạo phường",
    UnitFunction.RECORDS: "Văn thư",
}


@transaction.atomic
def build_office() -> Agency:
    """The ward with units and officials; once built, given back as it is."""
    found = Agency.objects.filter(name=f"Ủy ban nhân dân {WARD}", valid_to__isnull=True).first()
    if found is not None:
        return found
    load_calendar({"calendar": {"code": CALENDAR, "name": WARD, "parent": "VN"}})
    at = timezone.now()
    ward = _agencies(at)
    units = {
        function: open_unit(agency=ward, name=name, function=function, valid_from=OPENED, by=MACHINE, at=at)
        for function, name in UNIT_NAMES.items()
    }
    for post in POSTS:
        official = appoint(
            username=post.username, password=PASSWORD, full_name=post.full_name, title=post.title,
            unit=units[post.home], valid_from=OPENED, by=MACHINE, at=at, is_demo=True,
        )  # fmt: skip
        for role, function in post.duties:
            grant_role(official=official, role=role, unit=units[function], valid_from=OPENED, by=MACHINE, at=at)
    return ward


def _agencies(at: datetime) -> Agency:
    """Province, the district level until 30/6/2025, and the ward under both."""
    committee = AgencyKind.PEOPLES_COMMITTEE
    province = open_agency(
        by=MACHINE,
        at=at,
        name="Ủy ban nhân dân thành phố Đà Nẵng",
        short_name="Thành phố Đà Nẵng",
        kind=committee,
        level=AgencyLevel.PROVINCE,
        valid_from=date(1997, 1, 1),
    )
    former_province = open_agency(
        by=MACHINE,
        at=at,
        name="Ủy ban nhân dân tỉnh Quảng Nam",
        short_name="Tỉnh Quảng Nam",
        kind=committee,
        level=AgencyLevel.PROVINCE,
        valid_from=date(1997, 1, 1),
        valid_to=LAST_OF_DISTRICTS,
    )
    city = open_agency(
        by=MACHINE,
        at=at,
        name="Ủy ban nhân dân thành phố Tam Kỳ",
        short_name="Thành phố Tam Kỳ",
        kind=committee,
        parent=former_province,
        level=AgencyLevel.DISTRICT,
        valid_from=date(2006, 9, 29),
        valid_to=LAST_OF_DISTRICTS,
    )
    former_ward = open_agency(
        by=MACHINE,
        at=at,
        name=f"Ủy ban nhân dân {WARD}",
        short_name=WARD,
        kind=committee,
        parent=city,
        level=AgencyLevel.COMMUNE,
        valid_from=date(2006, 9, 29),
        valid_to=LAST_OF_DISTRICTS,
    )
    ward = open_agency(
        by=MACHINE,
        at=at,
        name=f"Ủy ban nhân dân {WARD}",
        short_name=WARD,
        kind=committee,
        parent=province,
        level=AgencyLevel.COMMUNE,
        address="01 Nguyễn Chí Thanh",
        phone="0235 000 0000",
        email="mot.cua@tanthanh.example",
        calendar_code=CALENDAR,
        valid_from=OPENED,
    )
    give_code(
        by=MACHINE,
        at=at,
        agency=former_ward,
        scheme=CodeScheme.QCVN_102_2016,
        code="021.18.47.H47",
        valid_from=date(2016, 4, 1),
        valid_to=LAST_OF_DISTRICTS,
    )
    give_code(by=MACHINE, at=at, agency=ward, scheme=CodeScheme.DECISION_20_2020, code="H17.21", valid_from=OPENED)
    return ward
