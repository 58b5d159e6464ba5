"""Differences between versions in words a controller reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.models import ApplicantKind, Channel, OnlineLevel, SupplementRule
from motcua.catalogue.rules import BasisLine, ComponentLine, Difference, FeeLine, LimitLine, StepLine
from motcua.catalogue.wording import ELEMENTS, fee_text, limit_text, paper_count
from motcua.people.models import Role, UnitFunction

CHOICES: Mapping[str, Mapping[str, Any]] = {
    "applicant_kinds": dict(ApplicantKind.choices),
    "channels": dict(Channel.choices),
    "online_level": dict(OnlineLevel.choices),
    "supplement_rule": dict(SupplementRule.choices),
}


# Letters of a change that need no folding.
SHORT = 600


@dataclass(frozen=True, slots=True)
class DescribedChange:
    """An element by its legal name, with the lines that went and the lines that came."""

    element: str
    lost: tuple[str, ...]
    gained: tuple[str, ...]

    @property
    def few(self) -> bool:
        """Short enough to stand open on the page."""
        return sum(map(len, self.lost + self.gained)) <= SHORT


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
    said = _("%(name)s · %(role)s, %(room)s · %(share)d %%") % {
        "name": line.name,
        "role": dict(Role.choices)[line.role],
        "room": dict(UnitFunction.choices)[line.function],
        "share": line.share,
    }
    return _("%(step)s · cùng lúc với bước trước") % {"step": said} if line.parallel else said


WRITERS: Mapping[type, Callable[[Any], str]] = {
    ComponentLine: _component,
    LimitLine: _limit,
    FeeLine: _fee,
    BasisLine: _basis,
    StepLine: _step,
    time: lambda value: f"{value:%H:%M}",
}
