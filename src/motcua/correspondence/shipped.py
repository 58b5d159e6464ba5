"""Texts and rules as data/messages has them, read once; faults are told in a sentence and end the program's start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.correspondence.rules import WayRules, plain_letters
from motcua.correspondence.states import CARRIED

LANGUAGES: Final = ("vi", "en")
KNOWN: Final = frozenset({
    "contact",
    "name", "agency", "code", "procedure", "due", "until", "papers", "reason", "how", "link", "secret", "minutes",
    "rate", "carrier", "number", "follow", "download", "at", "need", "hall", "amount",
    "of",
})  # fmt: skip
"""What a text may name."""
MASK: Final = "******"
"""Stands in a kept message where the code stood that was sent."""
_NAMED: Final = re.compile(r"\{(\w*)\}")


class NoText(Refusal, LookupError):
    """No text, or no rule, is in force under this name on that day."""

    def __init__(self, code: str, on: date) -> None:
        super().__init__(
            _("Chưa có mẫu tin “%(code)s” dùng được ngày %(day)s. Đề nghị quản trị thêm vào data/messages.")
            % {"code": code, "day": f"{on:%d/%m/%Y}"}
        )


class FaultyText(ValueError):
    """A shipped text or rule cannot be used; the sentence says which and why."""


@dataclass(frozen=True, slots=True)
class Text:
    """One language of one version: the subject of a letter, its text, and the short text of an SMS."""

    subject: str
    text: str
    short: str

    def filled(self, values: Mapping[str, str]) -> "Text":
        """Every `{name}` replaced; a value is never read as a text of its own. Raises KeyError for a missing one."""
        return Text(
            *(_NAMED.sub(lambda hit: values[hit[1]], one).strip() for one in (self.subject, self.text, self.short))
        )


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of message in one version. `slip`: printed and mailed when no way works; `urgent`: at any hour."""

    code: str
    valid_from: date
    slip: bool
    urgent: bool
    texts: Mapping[str, Text]


def template_on(code: str, on: date) -> Template:
    """The newest version that holds on that day. Raises `NoText`."""
    for version in reversed(templates(_folder()).get(code, ())):
        if version.valid_from <= on:
            return version
    raise NoText(code, on)


def rules_on(on: date) -> WayRules:
    """The rules of that day. Raises `NoText`."""
    for one in _rules(_folder()):
        if one.valid_from <= on and (one.valid_to is None or on <= one.valid_to):
            return one
    raise NoText("ways", on)


@cache
def templates(folder: Path) -> Mapping[str, tuple[Template, ...]]:
    """Every version of every text, oldest first. Raises `FaultyText`."""
    found: dict[str, tuple[Template, ...]] = {}
    for path in sorted((folder / "told").glob("*.yaml")):
        row = yaml.safe_load(path.read_text(encoding="utf-8"))
        if row["code"] != path.stem:
            raise FaultyText(f"{path.name}: the code {row['code']} is not the name of its own place")
        versions = (_template(row, version) for version in row["versions"])
        found[row["code"]] = tuple(sorted(versions, key=lambda one: one.valid_from))
    return found


def _template(row: Mapping[str, Any], version: Mapping[str, Any]) -> Template:
    texts = {}
    for language in LANGUAGES:
        if language not in version:
            raise FaultyText(f"{row['code']}: there is no text in {language}")
        texts[language] = text = Text(**version[language])
        unknown = {name for one in (text.subject, text.text, text.short) for name in _NAMED.findall(one)} - KNOWN
        if unknown:
            raise FaultyText(f"{row['code']}: nothing is known of {', '.join(sorted(unknown))}")
        if "{name}" in text.short + text.subject:
            raise FaultyText(f"{row['code']}: a short text or a subject names nobody")
    return Template(row["code"], version["valid_from"], row.get("slip", False), row.get("urgent", False), texts)


@cache
def _rules(folder: Path) -> tuple[WayRules, ...]:
    table = yaml.safe_load((folder / "ways.yaml").read_text(encoding="utf-8"))
    return tuple(_rule(row) for row in table["rules"])


def _rule(row: Mapping[str, Any]) -> WayRules:
    unknown = {*row["order"], *row["quiet"]["ways"]} - {*CARRIED}
    if unknown:
        raise FaultyText(f"ways.yaml: there is no way {', '.join(sorted(unknown))}")
    return WayRules(
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        order=tuple(row["order"]),
        quiet_ways=frozenset(row["quiet"]["ways"]),
        quiet_from=time.fromisoformat(row["quiet"]["from"]),
        quiet_to=time.fromisoformat(row["quiet"]["to"]),
        retry=tuple(timedelta(minutes=n) for n in row["retry_minutes"]),
        report=tuple(timedelta(minutes=n) for n in row["report_minutes"]),
        told_within=timedelta(days=row["told_within_days"]),
        sms_longest=row["sms_longest"],
        forgotten_after=timedelta(days=row["forgotten_after_days"]),
    )


def short_line(text: Text, rules: WayRules) -> str:
    """What an SMS says."""
    return plain_letters(text.short, rules.sms_longest)


def _folder() -> Path:
    return Path(settings.MOTCUA_DATA) / "messages"
