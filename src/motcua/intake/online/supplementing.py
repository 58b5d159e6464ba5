"""What was asked for is sent from home: laid out paper by paper, sent in one go, looked at by an official.

Sending moves no date. What moves it is the official's act that takes the papers (`submissions.add_papers`,
`supplements.take_supplement`): whether they are all there, and fit, is his to see (Decree 61/2018/NĐ-CP art. 17.1).
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Self
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.refusals import Refusal
from motcua.documents.papers.access import GUEST, Owner, own_papers, papers_of
from motcua.documents.papers.actions import HandedTo, hand_in, lay_copy, take_in
from motcua.documents.papers.making import Sent
from motcua.documents.papers.models import Paper, PaperUse
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import tracked_dossier
from motcua.dossiers.states import StaleMove, State
from motcua.intake.models import HomeSupplement, Submission
from motcua.intake.queries import tracked_submission
from motcua.people.access import ActingOfficial

LONGEST_FAULT: Final = 600


class NotAskedNow(Refusal):
    """Nothing is waited for any more: it was sent, taken, or the filing has ended."""

    def __str__(self) -> str:
        return _("Cơ quan không còn chờ giấy tờ bổ sung của hồ sơ này, hoặc ông/bà đã gửi rồi.")


class SupplementUnfinished(Refusal):
    """Something asked for has no paper yet; `keys` says which."""

    def __init__(self, lines: Sequence["AskedLine"]) -> None:
        names = "; ".join(line.name for line in lines)
        super().__init__(_("Còn thiếu: %(names)s. Gửi một lần cho đủ, hoặc mang đến cơ quan.") % {"names": names})
        self.keys = [line.key for line in lines]


class AnswersWrong(Refusal):
    """What was answered anew does not do yet; the sentence stands at each question."""

    def __str__(self) -> str:
        return _("Còn câu trả lời cần sửa. Nội dung đã nhập vẫn còn.")


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One thing asked for. `key`: the component of the list, or the demand itself."""

    key: str
    component_id: UUID | None
    name: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What an applicant is waited for, as whoever holds his key sees it: papers, and answers of his e-form."""

    about: Submission | Dossier
    code: str
    token: str
    reason: str
    until: date | None
    lines: tuple[AskedLine, ...]
    questions: tuple[AskedLine, ...] = ()

    @property
    def kind(self) -> str:
        return "dossier" if isinstance(self.about, Dossier) else "submission"

    @property
    def filing(self) -> Submission:
        """The filing whose answers were asked for. Raises `NotAskedNow` for a dossier: nobody asks it for any."""
        if not isinstance(self.about, Submission):
            raise NotAskedNow
        return self.about

    def owner(self, actor: Actor = GUEST) -> Owner:
        """Whose store the papers lie in: of whoever holds the key of the receipt."""
        return Owner(key_hash=hashlib.sha256(f"tracking:{self.code}:{self.token}".encode()).hexdigest(), actor=actor)

    @classmethod
    def behind(cls, code: str, token: str) -> Self | None:
        """What is asked for behind this key now; None when the key is wrong or nothing is waited for."""
        dossier = tracked_dossier(code, token)
        if dossier is not None:
            return cls._of_dossier(dossier)
        filed = tracked_submission(code, token)
        if filed is None or filed.state != State.SUBMITTED or filed.asked_at is None or filed.papers_came_at:
            return None
        told = list(zip(filed.demands, filed.demanded(), strict=True))
        lines = tuple(
            AskedLine(row["component"], UUID(row["component"]), name, fault)
            for row, (name, fault) in told
            if "component" in row
        )
        questions = tuple(AskedLine(row["question"], None, *said) for row, said in told if "question" in row)
        return cls(filed, filed.number, filed.tracking_token, filed.asked_reason, None, lines, questions)

    @classmethod
    def _of_dossier(cls, dossier: Dossier) -> Self | None:
        asked = dossier.supplement_requests.filter(answered_at=None).first()
        if dossier.state != State.SUPPLEMENT_ASKED or asked is None:
            return None
        lines = tuple(
            AskedLine(str(one.component_id or one.id), one.component_id, one.what) for one in asked.demands.all()
        )
        return cls(dossier, dossier.code, dossier.tracking_token, asked.reason, dossier.paused_until, lines)


def laid_out(asked: AskedFor) -> HomeSupplement | None:
    """What he laid out or sent already."""
    return HomeSupplement.objects.filter(**{asked.kind: asked.about.pk}).first()


def papers_laid(asked: AskedFor, home: HomeSupplement | None) -> list[tuple[AskedLine, list[Paper]]]:
    """Each thing asked for with the papers laid to it."""
    store = {str(paper.id): paper for paper in papers_of(asked.owner())}
    laid = home.papers if home is not None else {}
    return [(line, [store[key] for key in laid.get(line.key, []) if key in store]) for line in asked.lines]


def lay_to(asked: AskedFor, key: str, parts: Sent, *, by: Actor, at: datetime) -> None:
    """Make a paper of these photos and lay it out. Raises `PaperRefused`, `NotAskedNow`."""
    line = _line(asked, key)
    paper = take_in(parts, name=line.name, owner=asked.owner(by), at=at)
    lay_made(asked, key, paper.id, by=by, at=at)


def lay_made(asked: AskedFor, key: str, paper_id: UUID, *, by: Actor, at: datetime) -> None:
    """Lay out a paper that came piece by piece. Raises `Paper.DoesNotExist`, `NotAskedNow`."""
    line = _line(asked, key)
    with held(asked, at) as home:
        paper = own_papers(asked.owner(by), [paper_id])[0]
        home.papers = {**home.papers, line.key: list(dict.fromkeys([*home.papers.get(line.key, []), str(paper.id)]))}


def offered_from(store: Owner | None, rows: Sequence[tuple[AskedLine, list[Paper]]]) -> list[Paper]:
    """What the store of whoever is at this browser offers: all but what is laid out already."""
    laid = {(paper.stored_id, paper.name) for _line_of, papers in rows for paper in papers}
    found = [] if store is None else papers_of(store)
    return [paper for paper in found if (paper.stored_id, paper.name) not in laid]


def lay_from(store: Owner, asked: AskedFor, key: str, paper_id: UUID, *, at: datetime) -> None:
    """Lay out a paper of his own store. Raises `Paper.DoesNotExist`, `PaperRefused`, `NotAskedNow`."""
    _line(asked, key)
    with transaction.atomic():
        paper = lay_copy(paper_id, owner=store, into=asked.owner(store.actor), at=at)
        lay_made(asked, key, paper.id, by=store.actor, at=at)


def take_off(asked: AskedFor, key: str, paper_id: UUID, *, at: datetime) -> None:
    """Take a paper away again. Raises `NotAskedNow`."""
    with held(asked, at) as home:
        home.papers = {**home.papers, key: [one for one in home.papers.get(key, []) if one != str(paper_id)]}


def send_supplement(asked: AskedFor, *, by: Actor, at: datetime) -> HomeSupplement:
    """Send what was laid out, in one go; an official looks at it.

    Raises `SupplementUnfinished`, `NotAskedNow` (also for whoever presses twice), `Paper.DoesNotExist`.
    """
    with held(asked, at) as home:
        absent = [line for line in asked.lines if not home.papers.get(line.key)]
        absent += [line for line in asked.questions if line.key not in home.answers]
        if absent:
            raise SupplementUnfinished(absent)
        about = {"submission_id": asked.about.pk} if asked.kind == "submission" else {"dossier_id": asked.about.pk}
        here = set(PaperUse.objects.filter(**about).values_list("paper_id", "stored_id"))
        laid = [(UUID(one), line.component_id) for line in asked.lines for one in home.papers[line.key]]
        found = {paper.id: paper for paper in own_papers(asked.owner(by), [one for one, _line_of in laid])}
        new = [(one, line) for one, line in laid if (one, found[one].stored_id) not in here]
        hand_in(new, HandedTo(asked.code, **about), owner=asked.owner(by), at=at)
        home.sent_at, home.fault = at, ""
        record(
            kind=f"{asked.kind}.supplement_sent", subject=(asked.kind, asked.about.pk), by=by, at=at,
            agency_id=asked.about.agency_id, after={"papers": [line.name for line in (*asked.lines, *asked.questions)]},
        )  # fmt: skip
    return home


def say_fault(home: HomeSupplement | None, fault: str, *, by: ActingOfficial, at: datetime) -> None:
    """Say what is wrong with what was sent; it may be sent again. Nothing new is asked for, no date moves.

    Raises `Refusal` without words, `StaleMove` when it was looked at meanwhile, or nothing is waited for any more.
    """
    if not fault.strip():
        raise Refusal(_("Ông/bà ghi chỗ chưa được để người nộp gửi lại."))
    if home is None:
        raise StaleMove
    kind, about = ("dossier", home.dossier_id) if home.dossier_id else ("submission", home.submission_id)
    if about is None:
        raise StaleMove
    with transaction.atomic():
        _require_waited_for(home)
        changed = HomeSupplement.objects.filter(pk=home.pk, sent_at=home.sent_at, taken_at=None).update(
            sent_at=None, fault=fault.strip()[:LONGEST_FAULT], looked_at_by_id=by.id
        )
        if not changed:
            raise StaleMove
        record(
            kind=f"{kind}.supplement_faulted", subject=(kind, about), by=by.actor, at=at, agency_id=by.agency_id,
            after={"reason": fault.strip()[:LONGEST_FAULT]},
        )  # fmt: skip


def _require_waited_for(home: HomeSupplement) -> None:
    """Raises `StaleMove` when the filing was answered, or the dossier goes on; holds it as it is otherwise."""
    found: Dossier | Submission | None = None
    if home.dossier_id is not None:
        dossiers = Dossier.objects.select_for_update(of=("self",), no_key=True)
        found = dossiers.filter(pk=home.dossier_id, state=State.SUPPLEMENT_ASKED).first()
    elif home.submission_id is not None:
        filings = Submission.objects.select_for_update(of=("self",), no_key=True)
        found = filings.filter(pk=home.submission_id, state=State.SUBMITTED, papers_came_at=None).first()
    if found is None:
        raise StaleMove


def _line(asked: AskedFor, key: str) -> AskedLine:
    for line in asked.lines:
        if line.key == key:
            return line
    raise NotAskedNow


@contextmanager
def held(asked: AskedFor, at: datetime) -> Iterator[HomeSupplement]:
    """What he lays out, held alone and written at the end. Raises `NotAskedNow` when it was sent, or taken."""
    about = {f"{asked.kind}_id": asked.about.pk}
    with transaction.atomic():
        type(asked.about)._default_manager.select_for_update(of=("self",)).get(pk=asked.about.pk)
        if AskedFor.behind(asked.code, asked.token) is None:
            raise NotAskedNow
        HomeSupplement.objects.bulk_create(
            [HomeSupplement(**about, key_hash=asked.owner().key_hash, begun_at=at)], ignore_conflicts=True
        )
        home = HomeSupplement.objects.select_for_update(of=("self",)).get(**about)
        if home.sent_at is not None:
            raise NotAskedNow
        yield home
        home.save()
