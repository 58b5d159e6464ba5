"""The desk asks, once and completely: for papers that are missing or of no use, and for answers to be corrected."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.eforms.queries import eform_by_key
from motcua.catalogue.eforms.rules import Answered, answered
from motcua.catalogue.eforms.shapes import EForm
from motcua.catalogue.models import ComponentUse
from motcua.catalogue.queries import OfferedVersion, version_by_id
from motcua.catalogue.rules import ComponentLine
from motcua.intake.models import Submission
from motcua.intake.submissions.shared import (
    DemandRefused,
    WantedAnswer,
    WantedPaper,
    change,
    known,
    paper_number,
    papers_of,
    tell,
    waiting,
)
from motcua.intake.supplements import UNUSABLE
from motcua.people.access import ActingOfficial

Row = Mapping[str, Any]
LONGEST_FAULT: Final = 300


def ask_papers(
    submission_id: UUID, demands: Sequence[WantedPaper | WantedAnswer], *, reason: str, by: ActingOfficial, at: datetime
) -> int:
    """Guide the applicant, once and completely, to what is missing or wrong; give back the year's number of form 02.

    The filing stays submitted. Raises `DemandRefused` (asked before, nothing asked, a paper that is here and nothing
    wrong with it, an answer nobody gave), `UnknownPaper`, `StaleSubmission`. Decree 61/2018/NĐ-CP arts. 11.2c, 17.1.
    """
    if not demands or not reason.strip():
        raise DemandRefused(_("Ông/bà đánh dấu giấy tờ cần bổ sung và ghi lý do, đầy đủ trong một lần."))
    with transaction.atomic():
        found = waiting(submission_id, by.agency_id)
        if found.asked_at is not None:
            raise DemandRefused(
                _("Hồ sơ này đã được hướng dẫn bổ sung một lần. Pháp luật chỉ cho yêu cầu một lần: nhận hoặc từ chối.")
            )
        number = paper_number("supplement", by.agency_id, at)
        rows = [
            *_papers(found, [one for one in demands if isinstance(one, WantedPaper)]),
            *_answers(found, [one for one in demands if isinstance(one, WantedAnswer)]),
        ]
        change(found, asked_at=at, asked_by_id=by.id, asked_number=number, demands=rows, asked_reason=reason.strip())
        found.demands = rows
        told = [f"{name}: {fault}" if fault else name for name, fault in found.demanded()]
        after = {"supplement_request": number, "demands": told, "wanted": rows, "reason": reason.strip()}
        tell(found, "papers_asked", by=by.actor, at=at, before=None, after=after)
    return number


def askable_papers(found: Submission, offered: OfferedVersion) -> tuple[list[ComponentLine], list[ComponentLine]]:
    """The papers of the list that are not here, and those that are and may be asked for again: handed in to be kept,
    and not the declaration that was filled in on the screen, whose answers are asked for one by one."""
    here = {paper.component_id for paper in papers_of(found)}
    eform = eform_behind(found)
    typed = eform.stands_for if eform else ()
    missing = [line for line in offered.components if line.id not in here]
    kept = [line for line in offered.components if line.id in here and line.use == ComponentUse.SUBMIT]
    return missing, [line for line in kept if line.name not in typed]


def askable_answers(found: Submission) -> list[tuple[str, list[Answered]]]:
    """What was answered on the e-form, page by page; nothing for a filing that came without one."""
    eform = eform_behind(found)
    return [] if eform is None else answered(eform, found.answers["said"], on=localdate(found.submitted_at))


def eform_behind(found: Submission) -> EForm | None:
    """The version of the e-form it was filled in on."""
    return eform_by_key(found.answers["eform"], found.answers["number"]) if "eform" in found.answers else None


def resent(found: Submission, offered: OfferedVersion) -> list[ComponentLine]:
    """The papers that were asked for again because what is here is of no use, while they have not come."""
    wanted = {row["component"] for row in found.demands if row.get("unusable")} if not found.papers_came_at else set()
    return [line for line in offered.components if str(line.id) in wanted]


def _papers(found: Submission, demands: Sequence[WantedPaper]) -> list[Row]:
    wanted = {one.component_id: one for one in demands}
    here = {paper.component_id for paper in papers_of(found)}
    rows: list[Row] = []
    for line in known(wanted, version_by_id(found.version_id)):
        if line.id is None:
            continue
        fault = wanted[line.id].fault.strip()[:LONGEST_FAULT]
        if not wanted[line.id].unusable:
            if line.id in here:
                raise DemandRefused(_("Giấy tờ này đã nộp rồi, không yêu cầu lại: %(names)s.") % {"names": line.name})
            rows.append({"component": str(line.id), "fault": fault})
            continue
        if line.id not in here:
            raise DemandRefused(
                _("“%(name)s” chưa nộp. Ông/bà đánh dấu giấy tờ này ở danh mục còn thiếu.") % {"name": line.name}
            )
        if not fault:
            raise DemandRefused(_("Ông/bà ghi vì sao bản đã nộp của “%(name)s” không dùng được.") % {"name": line.name})
        rows.append({"component": str(line.id), "fault": f"{UNUSABLE}: {fault}", "unusable": True})
    return rows


def _answers(found: Submission, demands: Sequence[WantedAnswer]) -> list[Row]:
    wanted = {one.question: one.fault.strip()[:LONGEST_FAULT] for one in demands}
    with translation.override("vi"):  # the form is in the office's language
        given = {one.id: one.label for _title, rows in askable_answers(found) for one in rows}
    if wanted.keys() - given.keys():
        raise DemandRefused(_("Có câu trả lời không thuộc tờ khai này. Ông/bà tải lại trang và đánh dấu lại."))
    for name, fault in wanted.items():
        if not fault:
            raise DemandRefused(_("Ông/bà ghi câu trả lời ở mục “%(name)s” sai ở đâu.") % {"name": given[name]})
    return [
        {"question": name, "name": _asked_name(label), "fault": wanted[name]}
        for name, label in given.items()
        if name in wanted
    ]


def _asked_name(label: str) -> str:
    with translation.override("vi"):
        return _("Tờ khai, mục “%(label)s”") % {"label": label}
