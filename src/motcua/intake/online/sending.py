"""A draft is sent: it becomes a submission, once, with its answers and its papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from motcua.catalogue.eforms.queries import eform_by_key
from motcua.catalogue.eforms.rules import Section, faults, settled, summary, told
from motcua.catalogue.eforms.shapes import EForm
from motcua.catalogue.models import Channel
from motcua.catalogue.queries import OfferedVersion, version_by_id
from motcua.documents.papers.access import handed_in as papers_in
from motcua.documents.papers.actions import HandedTo, hand_in
from motcua.dossiers.models import Dossier, FiledBy, ReturnMethod
from motcua.dossiers.states import OPEN, State
from motcua.intake.actions import Filing
from motcua.intake.models import Draft, Submission
from motcua.intake.online.access import Filer, paper_owner
from motcua.intake.online.fees import ask_fee, fee_for
from motcua.intake.online.offering import offered_online
from motcua.intake.online.refusals import DraftOvertaken, DraftUnfinished, NoReturnAddress, NotFiledOnline
from motcua.intake.online.rules import Wanted, applicant_from, handed_in, missing, unsaid, wanted_papers, whens_of
from motcua.intake.queries import desk_of
from motcua.intake.screens.confirmed import confirmed_at
from motcua.intake.submissions import accept, submit
from motcua.people.access import ActingOfficial
from motcua.people.citizens.access import Held, known_of, mandate_of, require_in_force
from motcua.people.citizens.models import Mandate


def send(draft_id: UUID, *, filer: Filer, at: datetime) -> Submission:
    """Send a draft to the desk, in one transaction; sent again it is the same submission.

    Raises `DraftUnfinished` (with every fault), `DraftOvertaken`, `MandateRefused`, `NotOffered`, `NotFiledOnline`,
    and what `submit` raises; then nothing is written and the draft stays as it was.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update(of=("self",)).select_related("version__procedure").get(pk=draft_id)
        if draft.submitted_at is not None:
            return Submission.objects.get(pk=draft.submission_id)
        offered, eform = offered_online(draft.version.procedure.national_code, draft.agency_id, at)
        if offered.version_id != draft.version_id or eform.key != (draft.eform_code, draft.eform_number):
            raise DraftOvertaken
        content = content_of(draft, offered, eform, at)
        _require_finished(draft, content, at)
        written = _submitted(draft, content, filer, at)
        draft.submitted_at = draft.updated_at = at
        draft.answers, draft.known, draft.carried, draft.papers, draft.on_paper = {}, [], [], {}, []
        draft.lacking, draft.return_address = {}, ""
        draft.save()
    return written


def send_and_accept(draft_id: UUID, *, by: ActingOfficial, at: datetime, ticket_id: UUID | None = None) -> str:
    """Send what an official typed at the counter and take it in at once; the dossier's code. Twice is once.

    Raises what `send` and `accept` raise; then nothing is written. Decree 118/2025/NĐ-CP art. 17.
    """
    with transaction.atomic():
        written = send(draft_id, filer=Filer(official=by), at=at)
        if written.dossier_id is not None:
            return Dossier.objects.get(pk=written.dossier_id).code
        return accept(written.id, by=by, at=at, ticket_id=ticket_id).code


@dataclass(frozen=True, slots=True)
class Content:
    """What a draft comes to as it stands: asked once, for all that follows from it.

    `said`: the summary of its answers; `wanted`: the papers that go with them; `absent`: those that are not here.
    """

    offered: OfferedVersion
    eform: EForm
    said: Mapping[str, Any]
    whens: tuple[str, ...]
    wanted: list[Wanted]
    absent: list[Wanted]


def content_of(draft: Draft, offered: OfferedVersion, eform: EForm, at: datetime) -> Content:
    """What the answers of this draft say, and which papers go with them."""
    said = summary(eform, draft.answers, on=localdate(at))
    whens = whens_of(offered, said["whens"])
    wanted = wanted_papers(offered, eform, whens)
    return Content(offered, eform, said, whens, wanted, missing(wanted, draft.papers, draft.on_paper))


def _require_finished(draft: Draft, content: Content, at: datetime) -> None:
    wrong = faults(content.eform, draft.answers, on=localdate(at))
    lacking = unsaid(content.absent, draft.lacking)
    if wrong or lacking:
        raise DraftUnfinished(wrong, [one.line.name for one in lacking])
    if draft.return_method == ReturnMethod.POST and not draft.return_address:
        raise NoReturnAddress


def _submitted(draft: Draft, content: Content, filer: Filer, at: datetime) -> Submission:
    day, offered, eform = localdate(at), content.offered, content.eform
    desk = desk_of(draft.agency_id, day)
    if desk is None:
        raise NotFiledOnline
    filing = _filing(draft, content, filer, at)
    written = submit(
        filing, offered=offered, desk=desk, by=filer.actor, at=at, registered_by=draft.helped_by_id,
        answers={"eform": eform.code, "number": eform.number, "said": settled(eform, draft.answers, on=day)},
    )  # fmt: skip
    ask_fee(written, fee_for(draft.agency_id, offered, content.said, at), by=filer.actor, at=at)
    named = {str(one.id) for one in content.wanted}
    sent = [(UUID(paper), UUID(line)) for line, papers in draft.papers.items() if line in named for paper in papers]
    if sent:
        to = HandedTo(f"{offered.name}, {written.number}", submission_id=written.id)
        hand_in(sent, to, owner=paper_owner(draft, filer.actor), at=at)
    return written


def _filing(draft: Draft, content: Content, filer: Filer, at: datetime) -> Filing:
    said = content.said
    held, known = _acting(draft, content.offered, filer, at)
    if held is not None:
        draft.mandate_id = held.id  # the one in force now: he may have declared it anew meanwhile
    applicant = applicant_from(said, known, is_organisation=held is not None and held.is_organisation)
    citizen = filer.citizen if draft.citizen_id is not None else None
    other = citizen if citizen is not None and applicant.full_name != citizen.full_name else None
    return Filing(
        submission_id=draft.submission_id,
        channel=Channel.ONLINE,
        applicant=applicant,
        papers=handed_in(content.wanted, draft.papers, draft.on_paper),
        filed_by=draft.filed_by,
        whens=content.whens,
        submitter_name=other.full_name if other else _name_of_who_helps(draft),
        submitter_personal_id=other.personal_id if other else "",
        request=str(said.get("request", ""))[:600],
        return_method=draft.return_method,
        return_address=draft.return_address if draft.return_method == ReturnMethod.POST else "",
        lacking={str(one.id): draft.lacking[str(one.id)] for one in content.absent if str(one.id) in draft.lacking},
    )


def _name_of_who_helps(draft: Draft) -> str:
    """Who helps files under his own name; what is typed at the counter is the citizen's own filing."""
    return draft.helped_by.full_name if draft.helped_by is not None and draft.filed_by == FiledBy.HELPED else ""


def _acting(draft: Draft, offered: OfferedVersion, filer: Filer, at: datetime) -> tuple[Held | None, Mapping[str, Any]]:
    """For whom he acts, asked again now, and what is known of that one. Raises `MandateRefused`."""
    if draft.mandate is not None and draft.helped_by_id is not None:
        require_in_force(draft.mandate, localdate(at))
    if filer.citizen is None or draft.citizen_id is None:
        return None, {}
    if draft.mandate_id is None:
        return None, known_of(filer.citizen)
    held = mandate_of(filer.citizen, draft.mandate_id, localdate(at), offered.code)
    return held, known_of(filer.citizen, draft.mandate_id)


def declared(submission: Submission) -> list[Section]:
    """What was answered on the e-form, in words; nothing for a filing that came without one."""
    kept = submission.answers
    if "eform" not in kept:
        return []
    return told(eform_by_key(kept["eform"], kept["number"]), kept["said"], on=localdate(submission.submitted_at))


def mandate_behind(submission: Submission) -> Mandate | None:
    """By which mandate a citizen filed for somebody else; its paper is held against it at the desk."""
    draft = Draft.objects.filter(submission_id=submission.pk, mandate__agent__isnull=False).select_related("mandate")
    found = draft.first()
    return found.mandate if found is not None else None


def running_alike(submission: Submission) -> list[str]:
    """Codes of what the same person has running here for the same procedure: the desk is told, not stopped."""
    if not submission.applicant_personal_id:
        return []
    procedure_id = version_by_id(submission.version_id).procedure_id
    same = {"agency_id": submission.agency_id, "applicant_personal_id": submission.applicant_personal_id}
    waiting = Submission.objects.filter(**same, version__procedure_id=procedure_id, state=State.SUBMITTED)
    open_ones = Dossier.objects.filter(**same, version__procedure_id=procedure_id, state__in=OPEN)
    if submission.dossier_id is not None:
        open_ones = open_ones.exclude(pk=submission.dossier_id)
    numbers = [*waiting.exclude(pk=submission.pk).values_list("number", flat=True)[:10]]
    return [*numbers, *open_ones.values_list("code", flat=True)[:10]]


def own_alike(draft: Draft) -> list[str]:
    """Numbers of what this very account or guest has waiting or running for the same procedure.

    Never looked up by a typed personal number: that would tell anybody what a stranger has running.
    """
    mine = {"citizen_id": draft.citizen_id} if draft.citizen_id else {"key_hash": draft.key_hash}
    earlier = Draft.objects.filter(
        **mine, version__procedure_id=draft.version.procedure_id, submitted_at__isnull=False
    ).order_by("-submitted_at")
    rows = Submission.objects.filter(pk__in=[*earlier.values_list("submission_id", flat=True)[:50]])
    waiting = rows.filter(state=State.SUBMITTED).values_list("number", flat=True)
    return [*waiting, *rows.filter(dossier__state__in=OPEN).values_list("dossier__code", flat=True)]


def brought(dossier: Dossier, *, asked: bool) -> dict[str, Any]:
    """What `intake/online/_declared.html` shows of a dossier: the answers and papers that came from home.

    `asked`: papers were asked for in work; only then can any have come for a dossier of the counter.
    """
    if dossier.channel != Channel.ONLINE and not asked:
        return {}
    filed = Submission.objects.filter(dossier_id=dossier.pk).first()
    return {
        "declared": [] if filed is None else declared(filed),
        "confirmed_at": None if filed is None else confirmed_at(filed.pk), "uses": papers_in(dossier_id=dossier.pk),
        "paper_url": "dossier-paper", "paper_of": dossier.code,
    }  # fmt: skip
