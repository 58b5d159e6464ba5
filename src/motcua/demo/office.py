"""The ward and its people, before and after 1 July 2025."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.core.events import Actor
from motcua.people.actions import appoint, give_code, grant_role, open_agency, open_unit, succeed
from motcua.people.models import Agency, AgencyKind, AgencyLevel, CodeScheme, Role, Unit, UnitFunction
from motcua.worktime.actions import load_calendar

PASSWORD = "motcua-trinh-dien"  # noqa: S105
OPENED = date(2025, 7, 1)
LAST_OF_DISTRICTS = date(2025, 6, 30)
MERGER = "Nghị quyết số 202/2025/QH15"
WARD = "Phường Tân Thạnh"
CALENDAR = "H17.21"
CITIZEN = "Huỳnh Thị Thu Thảo"
CITIZEN_PHONE = "0905000248"
"""She logs in by her phone, with the password of all (`demo/from_home/thao.py`)."""
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
        _succeed(found, timezone.now())
        return found
    load_calendar({"calendar": {"code": CALENDAR, "name": WARD, "parent": "VN"}})
    at = timezone.now()
    ward = _agencies(at)
    units = {
        function: open_unit(agency=ward, name=name, function=function, valid_from=OPENED, by=MACHINE, at=at)
        for function, name in UNIT_NAMES.items()
    }
    appoint_posts(POSTS, units, at)
    return ward


def appoint_posts(posts: Iterable[Post], units: Mapping[UnitFunction, Unit], at: datetime) -> None:
    """Appoint these officials in the units of their agency and give each his duties."""
    for post in posts:
        official = appoint(
            username=post.username, password=PASSWORD, full_name=post.full_name, title=post.title,
            unit=units[post.home], valid_from=OPENED, by=MACHINE, at=at, is_demo=True,
        )  # fmt: skip
        for role, function in post.duties:
            grant_role(official=official, role=role, unit=units[function], valid_from=OPENED, by=MACHINE, at=at)


def _agencies(at: datetime) -> Agency:
    """The ward as it is since 1 July 2025, under the merged city; what stood there before, until the day before."""
    _until_the_districts_ended(at)
    province = _open(
        at, "Ủy ban nhân dân thành phố Đà Nẵng", "Thành phố Đà Nẵng", AgencyLevel.PROVINCE, date(1997, 1, 1)
    )
    ward = _open(
        at, f"Ủy ban nhân dân {WARD}", WARD, AgencyLevel.COMMUNE, OPENED, parent=province, calendar_code=CALENDAR,
        address="01 Nguyễn Chí Thanh", phone="0235 000 0000", email="mot.cua@tanthanh.example",
    )  # fmt: skip
    _succeed(ward, at)
    give_code(by=MACHINE, at=at, agency=ward, scheme=CodeScheme.DECISION_20_2020, code="H17.21", valid_from=OPENED)
    return ward


def _succeed(ward: Agency, at: datetime) -> None:
    """The ward answers for the ward before it, the merged city for the province; the city of the province has no heir.

    An office that was built before successions were told gets them now.
    """
    heirs = {ward.name: ward, "Ủy ban nhân dân tỉnh Quảng Nam": ward.parent}
    for ended in Agency.objects.filter(name__in=heirs, valid_to=LAST_OF_DISTRICTS):
        heir = heirs[ended.name]
        if heir is not None:
            succeed(ended, heir, from_date=OPENED, decision=MERGER, by=MACHINE, at=at)


def _until_the_districts_ended(at: datetime) -> None:
    """Province, city of the province and ward until 30/6/2025, with the ward's old code."""
    ended = LAST_OF_DISTRICTS
    province = _open(
        at, "Ủy ban nhân dân tỉnh Quảng Nam", "Tỉnh Quảng Nam", AgencyLevel.PROVINCE, date(1997, 1, 1), valid_to=ended
    )
    city = _open(
        at, "Ủy ban nhân dân thành phố Tam Kỳ", "Thành phố Tam Kỳ", AgencyLevel.DISTRICT, date(2006, 9, 29),
        parent=province, valid_to=ended,
    )  # fmt: skip
    ward = _open(
        at, f"Ủy ban nhân dân {WARD}", WARD, AgencyLevel.COMMUNE, date(2006, 9, 29), parent=city, valid_to=ended
    )
    give_code(
        by=MACHINE, at=at, agency=ward, scheme=CodeScheme.QCVN_102_2016, code="021.18.47.H47",
        valid_from=date(2016, 4, 1), valid_to=ended,
    )  # fmt: skip


def _open(at: datetime, name: str, short_name: str, level: AgencyLevel, valid_from: date, **more: Any) -> Agency:
    return open_agency(
        by=MACHINE, at=at, name=name, short_name=short_name, kind=AgencyKind.PEOPLES_COMMITTEE, level=level,
        valid_from=valid_from, **more,
    )  # fmt: skip
