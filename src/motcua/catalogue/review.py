"""Differences between versions in words a controller reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import ApplicantKind, Channel, OnlineLevel
from motcua.catalogue.rules import BasisLine, ComponentLine, Difference, FeeLine, LimitLine, StepLine
from motcua.catalogue.wording import fee_text, limit_text, paper_count
from motcua.people.models import Role, UnitFunction

ELEMENTS: Mapping[str, Promise] = {
    "name": gettext_lazy("Tên thủ tục"),
    "summary": gettext_lazy("Tóm tắt"),
    "decision": gettext_lazy("Quyết định công bố"),
    "applicant_kinds": gettext_lazy("Ai được nộp"),
    "channels": gettext_lazy("Cách nộp"),
    "online_level": gettext_lazy("Mức độ trực tuyến"),
    "cut_off": gettext_lazy("Giờ chốt nhận"),
    "results": gettext_lazy("Kết quả"),
    "conditions": gettext_lazy("Yêu cầu, điều kiện"),
    "how_to": gettext_lazy("Trình tự thực hiện"),
    "remarks": gettext_lazy("Lưu ý"),
    "unverified": gettext_lazy("Điều chưa kiểm chứng"),
    "components": gettext_lazy("Thành phần hồ sơ"),
    "limits": gettext_lazy("Thời hạn giải quyết"),
    "fees": gettext_lazy("Phí, lệ phí"),
    "legal_bases": gettext_lazy("Căn cứ pháp lý"),
    "route": gettext_lazy("Quy trình nội bộ"),
}
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "applicant_kinds": dict(ApplicantKind.choices),
    "channels": dict(Channel.choices),
    "online_level": dict(OnlineLevel.choices),
}


@dataclass(frozen=True, slots=True)
class DescribedChange:
    """An element by its legal name, with the lines that went and the lines that came."""

    element: str
    lost: tuple[str, ...]
    gained: tuple[str, ...]


def described(change: Difference) -> DescribedChange:
    """The change in words."""
    words = CHOICES.get(change.element, {})
    return DescribedChange(
        str(ELEMENTS[change.element]),
        tuple(_line(value, words) for value in change.lost),
        tuple(_line(value, words) for value in change.gained),
    )


def _line(value: Any, words: Mapping[str, Any]) -> str:
    writer = WRITERS.get(type(value))
    return writer(value) if writer is not None else str(words.get(value, value))


def _component(line: ComponentLine) -> str:
    said = [line.name, paper_count(line), line.when, line.note]
    return " · ".join(part for part in said if part)


def _limit(line: LimitLine) -> str:
    channel = str(dict(Channel.choices)[line.channel]) if line.channel else ""
    return " · ".join(part for part in (limit_text(line), channel, line.when) if part)


def _fee(line: FeeLine) -> str:
    return " · ".join(part for part in (f"{line.name}: {fee_text(line)}", line.when, line.note) if part)


def _basis(line: BasisLine) -> str:
    return " – ".join(part for part in (line.number, line.name) if part)


def _step(line: StepLine) -> str:
    return _("%(name)s · %(role)s, %(room)s · %(share)d %%") % {
        "name": line.name,
        "role": dict(Role.choices)[line.role],
        "room": dict(UnitFunction.choices)[line.function],
        "share": line.share,
    }


WRITERS: Mapping[type, Callable[[Any], str]] = {
    ComponentLine: _component,
    LimitLine: _limit,
    FeeLine: _fee,
    BasisLine: _basis,
    StepLine: _step,
    time: lambda value: f"{value:%H:%M}",
}
