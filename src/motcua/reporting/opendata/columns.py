"""What is offered and what each column means. A change of columns needs a new version: a test holds their marks."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME: Final = "CC BY 4.0"


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "integer"
    DAY = "date"
    MOMENT = "datetime"
    TRUTH = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for machines, what it holds, whether it may be empty, what it means, which values it takes."""

    name: str
    kind: Kind
    meaning: Any
    may_be_empty: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table that anybody may take: `version` grows when a column changes, comes or goes."""

    code: str
    version: int
    title: Any
    about: Any
    refreshed: str
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """Code and version, as in its address."""
        return f"{self.code}-v{self.version}"

    @property
    def mark(self) -> str:
        """What changes when the columns change: their names, kinds, emptiness and values, in order."""
        said = [[one.name, one.kind.value, one.may_be_empty, list(one.values)] for one in self.columns]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


_ = gettext_lazy
MONTHLY: Final = Dataset(
    "monthly-counts", 1,
    _("Số hồ sơ theo tháng"),
    _("Số hồ sơ từng cơ quan tiếp nhận và giải quyết trong mỗi tháng, quý, năm đã hết; theo cách nộp và lĩnh vực."),
    "MONTHLY",
    (
        Column("agency_code", Kind.TEXT, _("Mã cơ quan (QĐ 20/2020/QĐ-TTg hoặc QCVN 102:2016)"), may_be_empty=True),
        Column("agency", Kind.TEXT, _("Tên gọn của cơ quan")),
        Column("time", Kind.TEXT, _("Kỳ: tháng 2026-03, quý 2026-Q1 hoặc năm 2026")),
        Column("first_day", Kind.DAY, _("Ngày đầu của kỳ")),
        Column("last_day", Kind.DAY, _("Ngày cuối của kỳ")),
        Column("measure", Kind.TEXT, _(
            "Việc được đếm: received tiếp nhận; settled giải quyết xong (kết thúc trừ mở lại); early trước hạn; "
            "on_time đúng hạn; late quá hạn"
        ), values=("received", "settled", "early", "on_time", "late")),
        Column("breakdown", Kind.TEXT, _("Chia theo: all không chia; way cách nộp; sector lĩnh vực"),
               values=("all", "way", "sector")),
        Column("code", Kind.TEXT, _(
            "Mã lĩnh vực, hoặc cách nộp: counter trực tiếp; post bưu chính; online trực tuyến; online-self người dân "
            "tự nộp; online-helped được giúp nộp; online-officer cán bộ nhập thay"
        ), may_be_empty=True),
        Column("name", Kind.TEXT, _("Tên lĩnh vực"), may_be_empty=True),
        Column("count", Kind.WHOLE, _("Số hồ sơ; trống khi không công bố"), may_be_empty=True),
        Column("at_least", Kind.WHOLE, _("Số hồ sơ ít nhất, theo những gì đã công bố"), may_be_empty=True),
        Column("status", Kind.TEXT, _(
            "exact số đúng; under từ 1 đến 4; more từ at_least trở lên, giữ lại để không tính ra được số khác; "
            "withheld không công bố"
        ), values=("exact", "under", "more", "withheld")),
    ),
)  # fmt: skip
PROCEDURES: Final = Dataset(
    "procedures", 1,
    _("Thủ tục hành chính đang công khai"),
    _("Các thủ tục đang có hiệu lực trong danh mục: lĩnh vực, ai được nộp, cách nộp, thời hạn, phí, kết quả."),
    "IRREG",
    (
        Column("code", Kind.TEXT, _("Mã thủ tục quốc gia")),
        Column("version", Kind.WHOLE, _("Số phiên bản")),
        Column("name", Kind.TEXT, _("Tên thủ tục")),
        Column("sector_code", Kind.TEXT, _("Mã lĩnh vực")),
        Column("sector", Kind.TEXT, _("Tên lĩnh vực")),
        Column("levels", Kind.TEXT, _("Cấp thực hiện, cách nhau bằng dấu cách")),
        Column("valid_from", Kind.DAY, _("Hiệu lực từ ngày")),
        Column("valid_to", Kind.DAY, _("Hiệu lực đến hết ngày"), may_be_empty=True),
        Column("online_level", Kind.TEXT, _("Mức độ trực tuyến"), values=("full", "partial", "information")),
        Column("channels", Kind.TEXT, _("Cách nộp, cách nhau bằng dấu cách")),
        Column("applicant_kinds", Kind.TEXT, _("Ai được nộp, cách nhau bằng dấu cách")),
        Column("time_limit", Kind.WHOLE, _("Thời hạn chung"), may_be_empty=True),
        Column("time_limit_unit", Kind.TEXT, _("Đơn vị của thời hạn"), may_be_empty=True,
               values=("working_hour", "working_day", "day")),
        Column("has_fee", Kind.TRUTH, _("Có phí, lệ phí")),
        Column("decision", Kind.TEXT, _("Quyết định công bố"), may_be_empty=True),
        Column("posted_at", Kind.WHOLE, _("Số cơ quan đang niêm yết")),
    ),
)  # fmt: skip
SEALS: Final = Dataset(
    "seals", 1,
    _("Niêm phong của nhật ký"),
    _("Dấu của từng đợt niêm phong nhật ký sự kiện: ai giữ một bản thì biết nhật ký có bị sửa về sau hay không."),
    "CONT",
    (
        Column("number", Kind.WHOLE, _("Số thứ tự, không có chỗ trống")),
        Column("previous", Kind.TEXT, _("Dấu của niêm phong trước")),
        Column("leaves", Kind.WHOLE, _("Số lá")),
        Column("root", Kind.TEXT, _("Gốc của cây băm")),
        Column("first", Kind.WHOLE, _("Sự kiện đầu")),
        Column("last", Kind.WHOLE, _("Sự kiện cuối")),
        Column("sealed_at", Kind.MOMENT, _("Niêm phong lúc")),
        Column("hash", Kind.TEXT, _("Dấu SHA-256 của niêm phong")),
    ),
)  # fmt: skip
DATASETS: Final = (MONTHLY, PROCEDURES, SEALS)


def dictionary() -> dict[str, Any]:
    """Every table with its columns, as plain values: the dictionary for machines."""
    return {
        "licence": LICENCE,
        "datasets": [
            {"code": one.code, "version": one.version, "title": str(one.title), "description": str(one.about),
             "columns": [
                 {"name": column.name, "type": column.kind.value, "nullable": column.may_be_empty,
                  "description": str(column.meaning), "values": list(column.values)}
                 for column in one.columns
             ]}
            for one in DATASETS
        ],
    }  # fmt: skip
