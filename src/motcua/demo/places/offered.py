"""What the agencies of a place posted: versions of the procedures as they were in force then."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Final

from motcua.catalogue.contents import contents_of
from motcua.catalogue.importing.history import PastVersion, post_past, publish_past
from motcua.catalogue.models import ProcedureVersion, VersionOrigin, VersionState
from motcua.catalogue.rules import BasisLine, ComponentLine, LimitLine, StepLine, VersionContent
from motcua.core.events import Actor
from motcua.demo.places.told import Posted, folder
from motcua.people.models import Agency

CHANNELS: Final = ("counter", "online", "post")
# Four levels until 2022 (Decree 43/2011), then two (Decree 42/2022): 3 is filed online, 4 also paid and delivered.
LEVELS: Final = {"1": "information", "2": "information", "3": "partial", "4": "full"}
SOURCE: Final = "Chỉ mục danh mục thủ tục hành chính quốc gia (Cổng Dịch vụ công quốc gia, 06–10/2026)"
MADE_UP: Final = ("components", "limits", "fees", "legal_bases", "route", "online_level")
APPLICANTS: Final = {
    "citizen": ("citizen",),
    "organisation": ("organisation", "enterprise"),
    "citizen+organisation": ("citizen", "organisation", "enterprise"),
}
# Which room does the work of a sector, by a word of its name; the first that fits.
ROOMS: Final = (
    ("Đất đai", "land"), ("đất", "land"), ("xây dựng", "land"), ("Quy hoạch", "land"), ("Nhà ở", "land"),
    ("cư trú", "police"), ("căn cước", "police"), ("Định danh", "police"), ("xuất nhập cảnh", "police"),
    ("phương tiện", "police"), ("cháy", "police"), ("con dấu", "police"),
    ("Hộ tịch", "justice"), ("Chứng thực", "justice"), ("Hòa giải", "justice"), ("khiếu nại", "justice"),
    ("Khiếu nại", "justice"), ("con nuôi", "justice"), ("bảo đảm", "land"),
    ("kinh doanh", "economy"), ("Thuế", "economy"), ("hợp tác", "economy"), ("nông", "economy"), ("Thủy", "economy"),
    ("Đường", "economy"), ("xuất nhập khẩu", "economy"), ("Thương mại", "economy"), ("Công nghiệp", "economy"),
)  # fmt: skip
# Working days a sector's made-up limit has, by room.
DAYS: Final = {"justice": 3, "police": 5, "land": 15, "economy": 5, "social": 10}


@cache
def catalogue() -> tuple[dict[str, str], ...]:
    """The rows of `data/places/catalogue.csv`."""
    with (folder() / "catalogue.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def offer(agency: Agency, posted: Posted, *, by: Actor, at: datetime) -> None:
    """Publish the versions of this period that are not there yet, and post them at the agency."""
    told = _own(posted) if posted.where == "own" or posted.codes else _told(posted)
    publish_past(told, by=by, at=at)
    post_past([one.code for one in told], agency, first=posted.first, last=posted.last, by=by, at=at)


def _told(posted: Posted) -> list[PastVersion]:
    rows = [row for row in catalogue() if posted.where in row["where"].split()]
    own = _own_contents(row["code"] for row in rows)
    return [_version(row, own.get(row["code"]), posted) for row in rows]


def _version(row: dict[str, str], own: VersionContent | None, posted: Posted) -> PastVersion:
    level = LEVELS.get(row[posted.level], row[posted.level])
    content = _past(own, level) if own else _made_up(row, level)
    return PastVersion(row["code"], row["sector"], ("district",), posted.first, posted.last, content, SOURCE)


def _own(posted: Posted) -> list[PastVersion]:
    """The product's own catalogue, as if it had been in force then."""
    wanted = posted.codes or None
    return [
        PastVersion(code, "", (), posted.first, posted.last, _past(content, content.online_level))
        for code, content in sorted(_own_contents(wanted).items())
    ]


def _own_contents(codes: Iterable[str] | None = None) -> dict[str, VersionContent]:
    rows = ProcedureVersion.objects.filter(origin=VersionOrigin.OWN, state=VersionState.PUBLISHED)
    if codes is not None:
        rows = rows.filter(procedure__national_code__in=[*codes])
    else:
        rows = rows.filter(procedure__levels__contains=["commune"])
    versions = list(rows.select_related("procedure").order_by("valid_from"))
    contents = contents_of(versions)
    return {version.procedure.national_code: contents[version.id] for version in versions}


def _past(own: VersionContent, level: str) -> VersionContent:
    """What the product says of today, said of then: every step one after the other, every way of filing open."""
    route = tuple(replace(step, parallel=False) for step in own.route if not step.parallel)
    doubt = (*own.unverified, "Nội dung của thời điểm mô phỏng lấy theo bản đi kèm phần mềm.")
    return replace(own, online_level=level, channels=CHANNELS, route=route, unverified=doubt)


def _made_up(row: dict[str, str], level: str) -> VersionContent:
    room = next((room for word, room in ROOMS if word in row["sector"]), "social")
    return VersionContent(
        name=row["name"], applicant_kinds=APPLICANTS[row["applicants"]], channels=CHANNELS, online_level=level,
        components=(
            ComponentLine("Đơn hoặc tờ khai theo mẫu"),
            ComponentLine("Giấy tờ chứng minh nội dung đề nghị", originals=0, copies=1),
        ),
        limits=(LimitLine(DAYS[room], "working_day"),), legal_bases=(BasisLine("61/2018/NĐ-CP"),),
        results=("Văn bản trả lời hoặc giấy tờ được cấp",), unverified=MADE_UP,
        route=(
            StepLine("Tiếp nhận, chuyển hồ sơ", "receiver", "one_stop", 10),
            StepLine("Thẩm định, dự thảo kết quả", "case_officer", room, 60),
            StepLine("Ký duyệt", "approver", "leaders", 20),
            StepLine("Đóng dấu, vào sổ", "records_clerk", "records", 10),
            StepLine("Trả kết quả", "receiver", "one_stop", 0),
        ),
    )  # fmt: skip
