"""The product's own format: data/procedures/<sector>.yaml."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from motcua.catalogue.importing import shapes
from motcua.catalogue.importing.records import CODE, ImportFault, ProcedureRecord, Rejection
from motcua.catalogue.importing.shapes import Malformed
from motcua.catalogue.models import (
    ApplicantKind,
    Channel,
    ComponentUse,
    FeeKind,
    OnlineLevel,
    SupplementRule,
    VersionOrigin,
)
from motcua.catalogue.rules import BasisLine, ComponentLine, FeeLine, LimitLine, StepLine, VersionContent
from motcua.catalogue.rules.faults import LIMIT_UNITS
from motcua.people.models import AgencyLevel, Role, UnitFunction

LEVELS = frozenset(AgencyLevel.values)
CHANNELS = frozenset(Channel.values)
KINDS = frozenset(ApplicantKind.values)
ONLINE = frozenset(OnlineLevel.values)
USES = frozenset(ComponentUse.values)
FEES = frozenset(FeeKind.values)
ROLES = frozenset(Role.values)
RULES = frozenset(SupplementRule.values)
FUNCTIONS = frozenset(UnitFunction.values)
MOST_DONG = 2_000_000_000


def read_own(path: Path) -> Iterator[ProcedureRecord | Rejection]:
    """The records of one YAML file. Raises ImportFault when the file is no such list."""
    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise ImportFault(_("Tệp %(name)s không đọc được: %(why)s") % {"name": path.name, "why": wrong}) from wrong
    if not isinstance(loaded, Mapping) or not isinstance(loaded.get("procedures"), list):
        raise ImportFault(_("Tệp %(name)s không có danh sách “procedures”.") % {"name": path.name})
    sector = loaded.get("sector")
    if not isinstance(sector, Mapping) or not sector.get("code") or not sector.get("name"):
        raise ImportFault(_("Tệp %(name)s thiếu “sector” với code và name.") % {"name": path.name})
    if strange := set(sector) - {"code", "name"}:
        # An unquoted comma in a flow mapping cuts the name in two and leaves a key behind.
        raise ImportFault(
            _("Tệp %(name)s: “sector” có khóa lạ “%(key)s”; tên có dấu phẩy phải đặt trong ngoặc kép.")
            % {"name": path.name, "key": sorted(map(str, strange))[0]}
        )
    for position, row in enumerate(loaded["procedures"], 1):
        yield _read_one(row, position, sector)


def _read_one(row: Any, position: int, sector: Mapping[str, Any]) -> ProcedureRecord | Rejection:
    if not isinstance(row, Mapping):
        return Rejection(_("dòng %(n)d") % {"n": position}, _("không phải một thủ tục có tên cột."))
    code = str(row.get("code") or _("dòng %(n)d") % {"n": position})
    try:
        return _record(row, sector)
    except Malformed as wrong:
        return Rejection(code, str(wrong))


def _record(row: Mapping[str, Any], sector: Mapping[str, Any]) -> ProcedureRecord:
    code = shapes.text(row, "code", needed=True)
    if not CODE.fullmatch(code):
        raise Malformed(_("mã không đúng dạng mã thủ tục quốc gia (ví dụ 1.001193)."))
    content = _content(row)
    return ProcedureRecord(
        code=code,
        name=content.name,
        sector_name=shapes.text(sector, "name", needed=True),
        sector_code=shapes.text(sector, "code", needed=True),
        levels=tuple(shapes.one_of(level, LEVELS, "levels") for level in shapes.texts(row, "levels")),
        everyday_words=shapes.texts(row, "everyday_words"),
        source=shapes.text(row, "source"),
        origin=VersionOrigin.OWN,
        content=content,
        valid_from=shapes.day(row, "valid_from"),
        valid_to=shapes.day(row, "valid_to"),
        draft_reasons=() if row.get("valid_from") else (_("chưa ghi ngày bắt đầu hiệu lực."),),
    )


def _content(row: Mapping[str, Any]) -> VersionContent:
    decision = row.get("decision")
    return VersionContent(
        name=shapes.text(row, "name", needed=True),
        summary=shapes.text(row, "summary"),
        decision=shapes.text(decision, "number") if isinstance(decision, Mapping) else shapes.text(row, "decision"),
        applicant_kinds=tuple(
            shapes.one_of(kind, KINDS, "applicant_kinds") for kind in shapes.texts(row, "applicant_kinds")
        ),
        channels=tuple(shapes.one_of(channel, CHANNELS, "channels") for channel in shapes.texts(row, "channels")),
        online_level=shapes.one_of(shapes.text(row, "online_level") or "information", ONLINE, "online_level"),
        cut_off=shapes.clock(row, "cut_off"),
        supplement_rule=shapes.one_of(shapes.text(row, "supplement_rule") or "restart", RULES, "supplement_rule"),
        supplement_days=shapes.number(row, "supplement_days", low=1, high=365) if "supplement_days" in row else None,
        results=shapes.texts(row, "results"),
        conditions=shapes.texts(row, "conditions"),
        how_to=shapes.texts(row, "how_to"),
        remarks=shapes.texts(row, "remarks"),
        unverified=shapes.texts(row, "unverified"),
        components=tuple(_component(line) for line in shapes.mappings(row, "components")),
        limits=tuple(_limit(line) for line in shapes.mappings(row, "time_limits")),
        fees=tuple(_fee(line) for line in shapes.mappings(row, "fees")),
        legal_bases=tuple(
            BasisLine(shapes.text(line, "number", needed=True), shapes.text(line, "name"))
            for line in shapes.mappings(row, "legal_bases")
        ),
        route=tuple(_step(line) for line in shapes.mappings(row, "route")),
    )


def _component(line: Mapping[str, Any]) -> ComponentLine:
    when = shapes.text(line, "case")
    return ComponentLine(
        name=shapes.text(line, "name", needed=True),
        use=shapes.one_of(shapes.text(line, "use") or "submit", USES, "use"),
        originals=shapes.number(line, "original"),
        copies=shapes.number(line, "copy"),
        required=bool(line.get("required", True)) and not when,
        when=when,
        note=shapes.text(line, "note"),
    )


def _limit(line: Mapping[str, Any]) -> LimitLine:
    channel = shapes.text(line, "channel")
    return LimitLine(
        number=shapes.number(line, "number", low=1, high=shapes.LONGEST_LIMIT),
        unit=shapes.one_of(shapes.text(line, "unit"), LIMIT_UNITS, "unit"),
        channel=shapes.one_of(channel, CHANNELS, "channel") if channel else "",
        when=shapes.text(line, "case"),
    )


def _fee(line: Mapping[str, Any]) -> FeeLine:
    stated = line.get("amount") is not None
    by_province = bool(line.get("set_by_province", False))
    if stated and by_province:
        raise Malformed(_("một khoản thu vừa có “amount” vừa có “set_by_province”."))
    return FeeLine(
        kind=shapes.one_of(shapes.text(line, "kind"), FEES, "kind"),
        name=shapes.text(line, "name", needed=True),
        amount=shapes.number(line, "amount", high=MOST_DONG) if stated else None,
        set_by_province=by_province,
        when=shapes.text(line, "case"),
        note=shapes.text(line, "note"),
    )


def _step(line: Mapping[str, Any]) -> StepLine:
    return StepLine(
        name=shapes.text(line, "name", needed=True),
        role=shapes.one_of(shapes.text(line, "role"), ROLES, "role"),
        function=shapes.one_of(shapes.text(line, "unit"), FUNCTIONS, "unit"),
        share=shapes.number(line, "share", high=100),
        parallel=line.get("parallel") is True,
    )
