"""Writes: draft, publish and post procedures. Each takes `by`, runs in one transaction and records its event."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.contents import content_of, replace_parts, version_values, write_parts
from motcua.catalogue.models import Posting, Procedure, ProcedureVersion, VersionOrigin, VersionState
from motcua.catalogue.rules import Period, PeriodTaken, VersionContent, differences, faults, fingerprint, make_room
from motcua.catalogue.search import index_procedures
from motcua.core.events import Actor, record
from motcua.core.ids import uuid7
from motcua.people.access import ActingOfficial
from motcua.people.models import Agency
from motcua.people.queries import agencies_under

By = ActingOfficial | Actor


class CatalogueFault(ValueError):
    """A refused move of the catalogue. `sentences` tells the controller what to correct."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def actor_of(by: By) -> Actor:
    """The actor behind an official, or the actor itself (the command line, an import)."""
    return by.actor if isinstance(by, ActingOfficial) else by


@transaction.atomic
def draft_from(version: ProcedureVersion, *, by: By, at: datetime, valid_from: date | None = None) -> ProcedureVersion:
    """A new draft with the content of `version`, to be corrected and published later."""
    Procedure.objects.select_for_update().get(pk=version.procedure_id)
    return write_draft(
        version.procedure,
        content_of(version),
        origin=VersionOrigin.OFFICE,
        valid_from=valid_from or timezone.localdate(at),
        by=by,
        at=at,
    )


@transaction.atomic
def write_draft(
    procedure: Procedure, content: VersionContent, *, origin: str, valid_from: date, by: By, at: datetime,
    valid_to: date | None = None,
) -> ProcedureVersion:  # fmt: skip
    """A new draft version of the procedure, numbered after its last one."""
    last = procedure.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = ProcedureVersion.objects.create(
        id=uuid7(), procedure=procedure, number=last + 1, state=VersionState.DRAFT, origin=origin,
        valid_from=valid_from, valid_to=valid_to, fingerprint=fingerprint(content), **version_values(content),
        agency_id=by.agency_id if isinstance(by, ActingOfficial) else None,
    )  # fmt: skip
    write_parts({version.id: content})
    record(
        kind="procedure.drafted", subject=("procedure", procedure.id), by=actor_of(by), at=at,
        after={"code": procedure.national_code, "version": version.number, "origin": origin},
    )  # fmt: skip
    return version


def _require_own(draft: ProcedureVersion, by: By) -> None:
    """A draft belongs to the agency that wrote it, and to the agency above that one."""
    if isinstance(by, ActingOfficial) and draft.agency_id not in {None, *agencies_under(by.agency_id)}:
        raise CatalogueFault([_("Bản dự thảo này do cơ quan khác soạn. Ông/bà lập bản dự thảo của cơ quan mình.")])


class DraftMoved(CatalogueFault):
    """Somebody else stored the draft since the page was opened."""


def draft_stamp(version: ProcedureVersion) -> str:
    """The draft as it stands, in short: whoever wants to correct it says which state he saw."""
    return f"{version.fingerprint}:{version.valid_from}:{version.valid_to or ''}"


@transaction.atomic
def correct_draft(
    version: ProcedureVersion, content: VersionContent, *, valid_from: date, valid_to: date | None, seen: str, by: By,
    at: datetime,
) -> ProcedureVersion:  # fmt: skip
    """Store what the office wrote into its draft; it may still be incomplete. Storing the same again changes nothing.

    Raises CatalogueFault when it is published, another agency's, imported (such a draft stays as its source had it)
    or ends before it begins; `DraftMoved` when it is no longer what `seen` (`draft_stamp`) says.
    """
    draft = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=version.pk)
    if draft.state == VersionState.PUBLISHED:
        raise CatalogueFault(
            [_("Phiên bản này đã công khai nên không sửa được; lập bản dự thảo mới từ phiên bản này.")]
        )
    _require_own(draft, by)
    if draft.origin != VersionOrigin.OFFICE:
        raise CatalogueFault([_("Bản này lấy từ nguồn ngoài nên giữ nguyên; lập bản dự thảo của cơ quan từ bản này.")])
    if valid_to is not None and valid_to < valid_from:
        raise CatalogueFault([_("Ngày hết hiệu lực phải từ ngày bắt đầu trở đi.")])
    stood, before = draft_stamp(draft), content_of(draft)
    if seen != stood:
        raise DraftMoved([
            _("Bản dự thảo vừa được lưu ở nơi khác. Ông/bà mở trang này ở thẻ khác để đối chiếu; "
              "bấm Lưu lần nữa thì nội dung đang thấy ở đây thay cho nội dung kia.")
        ])  # fmt: skip
    draft.valid_from, draft.valid_to, draft.fingerprint = valid_from, valid_to, fingerprint(content)
    if draft_stamp(draft) == stood:
        return draft
    for name, value in version_values(content).items():
        setattr(draft, name, value)
    draft.save()
    replace_parts(draft, content)
    record(
        kind="procedure.draft_corrected", subject=("procedure", draft.procedure_id), by=actor_of(by), at=at,
        before={"fingerprint": stood},
        after={
            "code": draft.procedure.national_code, "version": draft.number, "fingerprint": draft_stamp(draft),
            "elements": [change.element for change in differences(before, content)],
        },
    )  # fmt: skip
    return draft


@transaction.atomic
def publish(version: ProcedureVersion, *, by: By, at: datetime, valid_from: date | None = None) -> ProcedureVersion:
    """Publish a draft from its day on, and end the version before it on the day before.

    Raises CatalogueFault when it is published already, another agency's, incomplete (Decree 63/2010 art. 8.2), or
    when that day cannot be had (`rules.make_room`).
    """
    procedure = Procedure.objects.select_for_update().get(pk=version.procedure_id)
    draft = ProcedureVersion.objects.select_for_update().get(pk=version.pk)
    if draft.state == VersionState.PUBLISHED:
        raise CatalogueFault([_("Phiên bản này đã được công khai từ trước; tải lại trang để xem.")])
    _require_own(draft, by)
    content = content_of(draft)
    if wrong := faults(content):
        raise CatalogueFault(wrong)
    first = valid_from or draft.valid_from
    if draft.valid_to is not None and draft.valid_to < first:
        raise CatalogueFault([_("Ngày hết hiệu lực phải từ ngày bắt đầu trở đi.")])
    try:
        ends = make_room(published_periods(procedure.id), first, draft.valid_to, today=timezone.localdate(at))
    except PeriodTaken as taken:
        raise CatalogueFault([str(taken)]) from taken
    before, after = _end(ends)
    draft.state, draft.valid_from, draft.published_at = VersionState.PUBLISHED, first, at
    draft.save(update_fields=["state", "valid_from", "published_at"])
    record(
        kind="procedure.published", subject=("procedure", procedure.id), by=actor_of(by), at=at,
        before=before,
        after={"code": procedure.national_code, "version": draft.number, "valid_from": first.isoformat()} | after,
    )  # fmt: skip
    index_procedures([procedure.pk])
    return draft


def _end(ends: tuple[UUID, date] | None) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """End the earlier version where a new one begins; what the event tells of it, before and after."""
    if ends is None:
        return None, {}
    earlier = ProcedureVersion.objects.get(pk=ends[0])
    stood = earlier.valid_to.isoformat() if earlier.valid_to else None
    earlier.valid_to = ends[1]
    earlier.save(update_fields=["valid_to"])
    return (
        {"earlier": {"version": earlier.number, "valid_to": stood}},
        {"earlier": {"version": earlier.number, "valid_to": ends[1].isoformat()}},
    )


def published_periods(procedure_id: UUID) -> list[Period]:
    """The periods of the procedure's published versions."""
    rows = ProcedureVersion.objects.filter(procedure=procedure_id, state=VersionState.PUBLISHED)
    return [Period(*row) for row in rows.values_list("id", "valid_from", "valid_to")]


def post(procedure: Procedure, agency: Agency, *, by: By, valid_from: date, at: datetime | None = None) -> Posting:
    """Offer and publicly post one procedure at the agency from a day on; posting twice changes nothing."""
    post_all([procedure], agency, by=by, valid_from=valid_from, at=at)
    return Posting.objects.get(procedure=procedure, agency=agency, valid_to=None)


@transaction.atomic
def post_all(
    procedures: Iterable[Procedure], agency: Agency, *, by: By, valid_from: date, at: datetime | None = None
) -> list[Posting]:
    """Post procedures at the agency in one go; the new postings (those already posted stay as they are).

    Law: Decree 63/2010/NĐ-CP art. 17 as amended (posted where dossiers are received).
    """
    posted = set(Posting.objects.filter(agency=agency, valid_to=None).values_list("procedure_id", flat=True))
    new = [
        Posting(id=uuid7(), procedure=procedure, agency=agency, valid_from=valid_from)
        for procedure in {procedure.pk: procedure for procedure in procedures}.values()
        if procedure.pk not in posted
    ]
    Posting.objects.bulk_create(new)
    for posting in new:
        record(
            kind="procedure.posted", subject=("procedure", posting.procedure_id), by=actor_of(by),
            at=at or timezone.now(), agency_id=agency.id,
            after={"code": posting.procedure.national_code, "valid_from": valid_from.isoformat()},
        )  # fmt: skip
    index_procedures(posting.procedure_id for posting in new)
    return new


@transaction.atomic
def post_here(code: str, *, by: ActingOfficial, valid_from: date, at: datetime) -> Posting:
    """An official posts the procedure with this code at his own agency.

    Raises CatalogueFault when there is none, when nothing of it is published for that day, when that day is past,
    or when it is posted here then already.
    """
    procedure = Procedure.objects.select_for_update().filter(national_code=code).first()
    if procedure is None:
        raise CatalogueFault([_("Không có thủ tục nào mang mã %(code)s.") % {"code": code}])
    _refuse_past(valid_from, at)
    periods = published_periods(procedure.id)
    if not any(period.first <= valid_from and (period.last is None or period.last >= valid_from) for period in periods):
        raise CatalogueFault([
            _("Thủ tục %(code)s chưa có phiên bản công khai áp dụng ngày %(day)s nên chưa niêm yết được.")
            % {"code": code, "day": f"{valid_from:%d/%m/%Y}"}
        ])  # fmt: skip
    for posting in Posting.objects.filter(procedure=procedure, agency=by.agency_id).order_by("valid_from"):
        if posting.valid_to is None:
            raise CatalogueFault([_("Thủ tục này đang được niêm yết tại cơ quan.")])
        if posting.valid_to >= valid_from:
            raise CatalogueFault([
                _("Thủ tục này còn được niêm yết đến hết %(day)s; chọn ngày sau đó.")
                % {"day": f"{posting.valid_to:%d/%m/%Y}"}
            ])  # fmt: skip
    return post(procedure, Agency.objects.get(pk=by.agency_id), by=by, valid_from=valid_from, at=at)


@transaction.atomic
def withdraw_here(posting_id: UUID, *, by: ActingOfficial, last_day: date, at: datetime) -> Posting:
    """An official ends a posting of his own agency after `last_day`, today at the earliest.

    Raises CatalogueFault; another agency's posting does not exist for him.
    """
    posting = Posting.objects.select_for_update().filter(pk=posting_id, agency=by.agency_id).first()
    if posting is None:
        raise CatalogueFault([_("Không thấy lần niêm yết này tại cơ quan.")])
    if posting.valid_to is not None and posting.valid_to < timezone.localdate(at):
        raise CatalogueFault([_("Thủ tục này đã gỡ niêm yết từ trước.")])
    _refuse_past(last_day, at)
    withdraw_posting(posting, by=by, last_day=last_day, at=at)
    return posting


def _refuse_past(day: date, at: datetime) -> None:
    today = timezone.localdate(at)
    if day < today:
        raise CatalogueFault(
            [_("Niêm yết không lùi ngày; chọn từ ngày %(day)s trở đi.") % {"day": f"{today:%d/%m/%Y}"}]
        )


@transaction.atomic
def withdraw_posting(posting: Posting, *, by: By, last_day: date, at: datetime | None = None) -> None:
    """Stop offering the procedure at the agency after `last_day`."""
    if last_day < posting.valid_from:
        raise CatalogueFault([_("Ngày gỡ niêm yết phải từ ngày niêm yết trở đi.")])
    posting.valid_to = last_day
    posting.save(update_fields=["valid_to"])
    record(
        kind="procedure.withdrawn", subject=("procedure", posting.procedure_id), by=actor_of(by),
        at=at or timezone.now(), agency_id=posting.agency_id, after={"valid_to": last_day.isoformat()},
    )  # fmt: skip
    index_procedures([posting.procedure_id])
