"""Papers asked for once a dossier is in work (form 02), and papers that came. Each in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, LiteralString
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.catalogue.models import SupplementRule
from motcua.catalogue.queries import OfferedVersion, version_by_id
from motcua.core.events import Actor
from motcua.core.ids import uuid7
from motcua.core.numbering import next_number
from motcua.core.refusals import Refusal
from motcua.core.sql import execute, fetch_all, fetch_one
from motcua.dossiers.actions import turn_clock
from motcua.dossiers.rules import Cause, Entry, Mark
from motcua.dossiers.states import StaleMove, State
from motcua.intake.from_home import take_sent
from motcua.intake.rules import paper_named
from motcua.people.access import ActingOfficial
from motcua.people.models import Role

MOST_DAYS = 180
# Stands in the demand of a paper that is here but faulty, before what is wrong with it; kept in the office's language.
UNUSABLE: Final = gettext_noop("bản đã nộp không dùng được")
LONGEST_WHAT: Final = 400


class SupplementRefused(Refusal):
    """Papers cannot be asked for, or taken, like this; the sentence says why."""


class AskedBefore(SupplementRefused):
    """The one request for papers was used (Decree 61/2018/NĐ-CP art. 17.1)."""

    def __init__(self) -> None:
        super().__init__(
            _("Hồ sơ đã được yêu cầu bổ sung một lần. Pháp luật chỉ cho một lần: giải quyết hoặc từ chối.")
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """One demand: a paper of the list by its id, or (id None) something else with the law that asks for it.

    `unusable`: the paper is here, but wrong, torn, unreadable or expired; `what` says which.
    """

    component_id: UUID | None
    what: str = ""
    legal_basis: str = ""
    unusable: bool = False


_ASKED_BEFORE: Final[LiteralString] = """
SELECT 1 FROM dossiers_dossier d WHERE d.id = %s AND (
  EXISTS (SELECT 1 FROM intake_supplementrequest r WHERE r.dossier_id = d.id)
  OR EXISTS (SELECT 1 FROM intake_submission s WHERE s.id = d.submission_id AND s.asked_at IS NOT NULL))
"""


def asked_before(dossier_id: UUID) -> bool:
    """Whether papers were asked for once, in work or when the filing came online: they are not asked for again."""
    return fetch_one(_ASKED_BEFORE, (dossier_id,)) is not None


def ask_supplement(
    dossier_id: UUID, demands: Sequence[Asked], *, reason: str, until: date, by: ActingOfficial, at: datetime,
    told_as: Actor | None = None,
) -> int:  # fmt: skip
    """Ask for papers, once, and stop the clock; gives back the number of the form.

    Each demand points at a paper of the published list that is not here yet, or is here and of no use, with what is
    wrong with it; one outside of the list needs its law, and is counted. Decree 61/2018/NĐ-CP arts. 11.2c, 17.1.
    `told_as`: how the log names who asked, for one who stands in. Raises `SupplementRefused`, `StaleMove`.
    """
    with transaction.atomic():
        version, seen = _at_work(dossier_id, by)
        if asked_before(dossier_id):
            raise AskedBefore
        if until <= localdate(at):
            raise SupplementRefused(_("Hạn bổ sung phải sau hôm nay."))
        if until > localdate(at) + timedelta(days=MOST_DAYS):
            raise SupplementRefused(_("Hạn bổ sung không quá %(n)d ngày kể từ hôm nay.") % {"n": MOST_DAYS})
        if not reason.strip():
            raise SupplementRefused(_("Ông/bà ghi lý do yêu cầu bổ sung."))
        lines = _checked(demands, version, _handed_in(dossier_id))
        request_id, number = uuid7(), next_number(agency_id=by.agency_id, series="supplement",
                                                  day=date(localdate(at).year, 1, 1))  # fmt: skip
        execute(
            "INSERT INTO intake_supplementrequest (id, dossier_id, number, reason, asked_at, asked_by_id, until) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (request_id, dossier_id, number, reason.strip()[:600], at, by.id, until),
        )
        execute(
            "INSERT INTO intake_demand (id, request_id, position, component_id, what, legal_basis) "
            "SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::int2[], %s::uuid[], %s::text[], %s::text[])",
            (
                [uuid7() for _line in lines], [request_id] * len(lines), list(range(1, len(lines) + 1)),
                [line.component_id for line in lines], [line.what[:LONGEST_WHAT] for line in lines],
                [line.legal_basis[:400] for line in lines],
            ),
        )  # fmt: skip
        turn_clock(
            dossier_id, Entry(Mark.PAUSED, at, Cause.PAPERS), seen=seen, to=State.SUPPLEMENT_ASKED,
            by=told_as or by.actor,
            until=until, note=reason.strip(),
            told={"supplement_request": number, "demands": [line.what for line in lines],
                  "outside_the_list": sum(line.component_id is None for line in lines)},
        )  # fmt: skip
    return number


def take_supplement(dossier_id: UUID, component_ids: Collection[UUID], *, by: ActingOfficial, at: datetime) -> None:
    """The papers asked for have come, all of them: the clock begins anew or goes on, as the version says.

    Raises `SupplementRefused` naming what is still missing or for who neither sits at the desk nor works on
    dossiers, `StaleMove` when nothing is waited for, `ClockWentBack`.
    """
    if not by.holds(Role.RECEIVER, Role.CASE_OFFICER):
        raise SupplementRefused(_("Bộ phận tiếp nhận hoặc người thụ lý mới nhận giấy tờ bổ sung."))
    with transaction.atomic():
        row = fetch_one(
            "SELECT r.id, d.version_id FROM intake_supplementrequest r JOIN dossiers_dossier d ON d.id = r.dossier_id "
            "WHERE d.id = %s AND d.agency_id = %s AND d.state = %s AND r.answered_at IS NULL FOR UPDATE OF d, r",
            (dossier_id, by.agency_id, int(State.SUPPLEMENT_ASKED)),
        )
        if row is None:
            raise StaleMove
        request_id, version = row[0], version_by_id(row[1])
        demanded = fetch_all("SELECT id, component_id, what FROM intake_demand WHERE request_id = %s", (request_id,))
        missing = [what for key, component, what in demanded if (component or key) not in component_ids]
        if missing:
            raise SupplementRefused(_("Còn thiếu: %(names)s.") % {"names": "; ".join(missing)})
        _keep(dossier_id, {component for _key, component, _what in demanded if component}, version)
        mark = Mark.RESTARTED if version.content.supplement_rule == SupplementRule.RESTART else Mark.RESUMED
        turn_clock(
            dossier_id, Entry(mark, at), seen=State.SUPPLEMENT_ASKED, to=State.PROCESSING,
            by=by.acting_for(Role.RECEIVER, Role.CASE_OFFICER),
            told={"papers": [what for _key, _component, what in demanded]},
        )  # fmt: skip
        execute(
            "UPDATE intake_supplementrequest SET answered_at = %s, answered_to_id = %s WHERE id = %s",
            (at, by.id, request_id),
        )
        take_sent(dossier_id=dossier_id, by=by, at=at)


def _at_work(dossier_id: UUID, by: ActingOfficial) -> tuple[OfferedVersion, State]:
    row = fetch_one(
        "SELECT version_id, state FROM dossiers_dossier WHERE id = %s AND agency_id = %s FOR UPDATE",
        (dossier_id, by.agency_id),
    )
    if row is None:
        raise StaleMove
    if row[1] != State.PROCESSING:
        raise SupplementRefused(_("Chỉ hồ sơ đang xử lý mới yêu cầu bổ sung được."))
    return version_by_id(row[0]), State(row[1])


def _handed_in(dossier_id: UUID) -> set[UUID]:
    rows = fetch_all("SELECT component_id FROM dossiers_dossiercomponent WHERE dossier_id = %s", (dossier_id,))
    return {row[0] for row in rows}


def _checked(demands: Sequence[Asked], version: OfferedVersion, here: Collection[UUID]) -> list[Asked]:
    """The demands with the names of their papers, or the sentence that says which is not allowed."""
    names = {paper.id: paper.name for paper in version.components}
    lines: list[Asked] = []
    for demand in dict.fromkeys(demands):
        if demand.component_id is None:
            if not demand.what.strip() or not demand.legal_basis.strip():
                raise SupplementRefused(_("Yêu cầu ngoài danh mục phải ghi rõ nội dung và căn cứ pháp lý."))
            _require_unlisted(demand.what, version, here)
            lines.append(demand)
        elif demand.component_id not in names:
            raise SupplementRefused(_("Có giấy tờ không thuộc danh mục của thủ tục này. Ông/bà tải lại trang."))
        elif demand.unusable:
            lines.append(_faulty(demand, names[demand.component_id], demand.component_id in here))
        elif demand.component_id in here:
            raise SupplementRefused(_is_here(names[demand.component_id]))
        else:
            what = names[demand.component_id] + (f": {demand.what.strip()}" if demand.what.strip() else "")
            lines.append(Asked(demand.component_id, what, demand.legal_basis.strip()))
    if not lines:
        raise SupplementRefused(_("Ông/bà chọn ít nhất một giấy tờ cần bổ sung, đầy đủ trong một lần."))
    return lines


def _faulty(demand: Asked, name: str, is_here: bool) -> Asked:
    """A paper to be replaced, with what is wrong with the one that is here."""
    fault = demand.what.strip()
    if not is_here:
        raise SupplementRefused(
            _("“%(name)s” chưa nộp. Ông/bà đánh dấu giấy tờ này ở danh mục còn thiếu.") % {"name": name}
        )
    if not fault:
        raise SupplementRefused(_("Ông/bà ghi vì sao bản đã nộp của “%(name)s” không dùng được.") % {"name": name})
    said = f": {UNUSABLE}: {fault}"[:LONGEST_WHAT]
    return Asked(demand.component_id, name[: LONGEST_WHAT - len(said)] + said, demand.legal_basis.strip(), True)


def _is_here(name: str) -> str:
    return _(
        "“%(name)s” đã có trong hồ sơ, không được yêu cầu nộp lại. Nếu bản đã nộp không dùng được, "
        "ông/bà ghi lý do ở mục giấy tờ đã nộp."
    ) % {"name": name}


def _require_unlisted(what: str, version: OfferedVersion, here: Collection[UUID]) -> None:
    listed = paper_named(what, version.components)
    if listed is None:
        return
    if listed.id in here:
        raise SupplementRefused(_is_here(listed.name))
    raise SupplementRefused(
        _("“%(name)s” có trong danh mục của thủ tục. Ông/bà đánh dấu giấy tờ này ở danh mục, "
          "không ghi là yêu cầu ngoài danh mục.") % {"name": listed.name}
    )  # fmt: skip


def _keep(dossier_id: UUID, component_ids: Collection[UUID], version: OfferedVersion) -> None:
    papers = [paper for paper in version.components if paper.id in component_ids]
    execute(
        "INSERT INTO dossiers_dossiercomponent (id, dossier_id, component_id, originals, copies) "
        "SELECT p.id, %s, p.component_id, p.originals, p.copies "
        "FROM unnest(%s::uuid[], %s::uuid[], %s::int2[], %s::int2[]) AS p (id, component_id, originals, copies) "
        "ON CONFLICT (dossier_id, component_id) DO UPDATE SET originals = EXCLUDED.originals, copies = EXCLUDED.copies",
        (dossier_id, [uuid7() for _paper in papers], [paper.id for paper in papers],
         [paper.originals for paper in papers], [paper.copies for paper in papers]),
    )  # fmt: skip
