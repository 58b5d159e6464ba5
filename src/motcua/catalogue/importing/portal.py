"""Records of the National Public Service Portal: facts as published, doubts kept as doubts.

What the portal leaves open stays open: a fee printed as 0 is not free, a limit without a known unit is no
limit, remarks among the papers are no papers.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.importing import portal_words as words
from motcua.catalogue.importing import shapes
from motcua.catalogue.importing.own import CHANNELS, LEVELS, ONLINE
from motcua.catalogue.importing.portal_money import read_fees
from motcua.catalogue.importing.records import CODE, ProcedureRecord, Rejection, tidy
from motcua.catalogue.importing.shapes import Malformed
from motcua.catalogue.models import VersionOrigin
from motcua.catalogue.rules import BasisLine, ComponentLine, LimitLine, StepLine, VersionContent

LONGEST_HOW_TO = 60


def read_portal(records: list[Any]) -> Iterator[ProcedureRecord | Rejection]:
    """One record per procedure of the portal's list; what breaks the format is a Rejection."""
    for position, row in enumerate(records, 1):
        code = str(row.get("code") or "") if isinstance(row, Mapping) else ""
        try:
            yield _record(row, code)
        except Malformed as wrong:
            yield Rejection(code or _("dòng %(n)d") % {"n": position}, str(wrong))


def _record(row: Any, code: str) -> ProcedureRecord:
    if not isinstance(row, Mapping):
        raise Malformed(_("không phải một thủ tục có tên cột."))
    if not CODE.fullmatch(code):
        raise Malformed(_("mã không đúng dạng mã thủ tục quốc gia (ví dụ 1.001193)."))
    sector = shapes.text(row, "field", needed=True)
    doubts: list[str] = []
    reasons: list[str] = []
    components, remarks = _components(row)
    content = VersionContent(
        name=shapes.text(row, "name", needed=True),
        decision=shapes.text(row, "decision")[:200],
        applicant_kinds=_applicant_kinds(row, doubts),
        channels=tuple(shapes.one_of(channel, CHANNELS, "channels") for channel in shapes.texts(row, "channels")),
        online_level=_online_level(row, doubts),
        results=shapes.texts(row, "result"),
        conditions=_paragraphs(shapes.text_lines(row, "conditions")),
        how_to=_how_to(row),
        remarks=remarks,
        components=components,
        limits=_limits(row, doubts, reasons),
        fees=read_fees(row),
        legal_bases=tuple(
            BasisLine(shapes.text(line, "number")[:120] or shapes.text(line, "name")[:120], shapes.text(line, "name"))
            for line in shapes.mappings(row, "legal_basis")
            if line.get("number") or line.get("name")
        ),
        route=_usual_route(sector),
        unverified=(*doubts, _("route: quy trình mẫu của phần mềm, cơ quan cần duyệt lại")),
    )
    return ProcedureRecord(
        code=code,
        name=content.name,
        sector_name=sector,
        levels=tuple(level for level in shapes.texts(row, "level") if level in LEVELS),
        promulgated_by=shapes.text(row, "promulgated_by")[:200],
        source=_("Cổng Dịch vụ công quốc gia"),
        origin=VersionOrigin.PORTAL,
        content=content,
        valid_from=shapes.day(row, "valid_from"),
        valid_to=shapes.day(row, "valid_to"),
        draft_reasons=tuple(reasons),
    )


def _applicant_kinds(row: Mapping[str, Any], doubts: list[str]) -> tuple[str, ...]:
    kinds: dict[str, None] = {}
    for subject in shapes.texts(row, "subjects"):
        kind = words.SUBJECTS.get(subject.lower())
        if kind is not None:
            kinds[kind] = None
        elif subject.lower() not in words.SUBJECT_TAILS:
            doubts.append(_("applicant_kinds: chưa xếp được đối tượng “%(subject)s”") % {"subject": subject})
    return tuple(kinds)


def _online_level(row: Mapping[str, Any], doubts: list[str]) -> str:
    level = shapes.text(row, "online_level")
    if level:
        return shapes.one_of(level, ONLINE, "online_level")
    doubts.append(_("online_level: nguồn không ghi mức độ trực tuyến"))
    return "information"


def _components(row: Mapping[str, Any]) -> tuple[tuple[ComponentLine, ...], tuple[str, ...]]:
    """The papers, and the remarks that stand among them."""
    papers: dict[ComponentLine, None] = {}
    remarks: dict[str, None] = {}
    for line in shapes.mappings(row, "components"):
        name = shapes.text(line, "name").lstrip("-+* ").strip()
        heading = shapes.text(line, "group").strip("*-+: ")
        if not name:
            continue
        if line.get("is_note") or words.REMARK.search(heading):
            remarks[name] = None
            continue
        situational = bool(words.SITUATION.search(heading)) and not words.SHOWN.search(heading)
        plain = not heading or words.PLAIN.search(heading) or words.SHOWN.search(heading)
        paper = ComponentLine(
            name=name,
            use="show" if words.SHOWN.search(heading) else "submit",
            originals=shapes.number(line, "original"),
            copies=shapes.number(line, "copy"),
            required=not situational,
            when=heading if situational else "",
            note="" if situational or plain else heading,
        )
        papers[paper] = None
    return tuple(papers), tuple(remarks)


def _unit(value: Any, doubts: list[str]) -> str:
    """Our unit for the portal's; raises Malformed for a unit that the law does not know."""
    unit = words.UNITS.get(str(value).lower())
    if unit is None:
        raise Malformed(
            _("đơn vị thời hạn “%(unit)s” không xác định được là ngày, ngày làm việc hay giờ.") % {"unit": value}
        )
    if str(value).lower() == "hour":
        doubts.append(_("time_limits: nguồn ghi “giờ”, hiểu là giờ làm việc"))
    return unit


def _limit(line: Mapping[str, Any], doubts: list[str], *, channel: str = "", when: str = "") -> LimitLine | None:
    if line.get("unit") is None or line.get("number") is None:
        if line.get("unit") is not None:
            _unit(line["unit"], doubts)
        return None
    number = shapes.number(line, "number", low=1, high=shapes.LONGEST_LIMIT)
    return LimitLine(number, _unit(line["unit"], doubts), channel, when)


def _limits(row: Mapping[str, Any], doubts: list[str], reasons: list[str]) -> tuple[LimitLine, ...]:
    """The general limit, then those that differ by channel or situation; why there is none goes to `reasons`."""
    stated = row.get("time_limit") or {}
    if not isinstance(stated, Mapping):
        raise Malformed(_("“time_limit” phải có number và unit."))
    general = _limit(stated, doubts)
    if stated.get("conflict"):
        reasons.append(_("thời hạn mâu thuẫn: nguồn ghi khác nhau theo cách nộp và theo trường hợp."))
        general = None
    by_channel = shapes.mappings(row, "time_by_channel")
    by_situation = shapes.mappings(row, "time_by_case")
    found: dict[tuple[str, str], LimitLine | None] = {("", ""): general}
    for line in by_channel:
        channel = shapes.one_of(shapes.text(line, "channel"), CHANNELS, "channel")
        _keep(found, _limit(line, doubts, channel=channel), general, doubts)
    for line in by_situation:
        when = shapes.text(line, "name") or shapes.text(line, "case")
        _keep(found, _limit(line, doubts, when=when), general, doubts)
    if general is None and not reasons:
        printed = sorted({str(line["portal_number"]) for line in by_channel if line.get("portal_number")})
        if printed:
            reasons.append(_("nguồn in thời hạn “%(n)s” mà không rõ đơn vị.") % {"n": ", ".join(printed)})
    return tuple(limit for limit in found.values() if limit is not None)


def _keep(
    found: dict[tuple[str, str], LimitLine | None], limit: LimitLine | None, general: LimitLine | None,
    doubts: list[str],
) -> None:  # fmt: skip
    if limit is None or (general and (limit.number, limit.unit) == (general.number, general.unit)):
        return
    key = (limit.channel, limit.when)
    before = found.get(key)
    if before is not None and before != limit:
        doubts.append(_("time_limits: hai thời hạn khác nhau cho “%(what)s”") % {"what": limit.when or limit.channel})
        return
    found[key] = limit


def _how_to(row: Mapping[str, Any]) -> tuple[str, ...]:
    lines: list[str] = []
    for step in shapes.mappings(row, "steps"):
        if name := shapes.text(step, "name"):
            lines.append(name)
        lines.extend(_paragraphs(shapes.text_lines(step, "text")))
    return tuple(lines[:LONGEST_HOW_TO])


def _paragraphs(raw: str) -> tuple[str, ...]:
    lines = (tidy(line).lstrip("-+* ") for line in raw.splitlines())
    return tuple(line for line in lines if len(line) > len("Không có."))


def _usual_route(sector: str) -> tuple[StepLine, ...]:
    """The way such dossiers usually go in a commune, until the office approves its own (Circular 01/2018 art. 8)."""
    lowered = sector.lower()
    room = next((room for word, room in words.SECTOR_ROOMS if word in lowered), words.OTHER_ROOM)
    return (
        StepLine(_("Tiếp nhận, chuyển hồ sơ"), "receiver", "one_stop", 10),
        StepLine(_("Thẩm tra hồ sơ, dự thảo kết quả"), "case_officer", room, 60),
        StepLine(_("Ký duyệt"), "approver", "leaders", 20),
        StepLine(_("Đóng dấu, vào sổ"), "records_clerk", "records", 10),
        StepLine(_("Trả kết quả"), "receiver", "one_stop", 0),
    )
