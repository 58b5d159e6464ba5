"""Publishing and posting, and what the database refuses by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from motcua.catalogue.actions import CatalogueFault, draft_from, post, post_all, publish, withdraw_posting, write_draft
from motcua.catalogue.models import Component, Posting, Procedure, ProcedureVersion, VersionState
from motcua.catalogue.rules import VersionContent
from motcua.catalogue.search import find, index_procedures
from motcua.core.models import Event
from motcua.people.models import Agency
from tests.catalogue.conftest import AT, BIRTH, IMPORTER, ROW, SINCE, TODAY, ImportRows

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(import_rows: ImportRows) -> ProcedureVersion:
    import_rows(ROW)
    return ProcedureVersion.objects.get()


def test_a_draft_is_published_from_its_day_and_ends_the_one_before(version: ProcedureVersion):
    draft = draft_from(version, by=IMPORTER, at=AT)
    assert (draft.number, draft.state, draft.fingerprint) == (2, VersionState.DRAFT, version.fingerprint)
    published = publish(draft, by=IMPORTER, at=AT, valid_from=date(2026, 12, 1))
    version.refresh_from_db()
    assert version.valid_to == date(2026, 11, 30)
    assert (published.published_at, published.valid_from) == (AT, date(2026, 12, 1))
    events = list(Event.objects.filter(subject_id=version.procedure_id).order_by("sequence"))
    assert [event.kind for event in events] == ["procedure.published", "procedure.drafted", "procedure.published"]
    assert events[-1].before == {"earlier": {"version": 1, "valid_to": None}}
    assert events[-1].after["earlier"] == {"version": 1, "valid_to": "2026-11-30"}


def test_a_first_version_may_be_back_dated_but_a_later_one_never_ends_the_other_in_the_past(version: ProcedureVersion):
    draft = draft_from(version, by=IMPORTER, at=AT)
    with pytest.raises(CatalogueFault, match="không áp dụng lùi ngày; chọn từ ngày 20/11/2026"):
        publish(draft, by=IMPORTER, at=AT, valid_from=date(2026, 11, 19))
    # 23:30 of the 20th in Greenwich is the 21st here.
    night = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    with pytest.raises(CatalogueFault, match="21/11/2026"):
        publish(draft, by=IMPORTER, at=night, valid_from=TODAY)
    version.refresh_from_db()
    assert version.valid_to is None
    publish(draft, by=IMPORTER, at=AT, valid_from=TODAY)
    other = Procedure.objects.create(national_code="1.009999", name="Khác", sector=version.procedure.sector)
    first = write_draft(other, BIRTH, origin="office", valid_from=SINCE, by=IMPORTER, at=AT)
    assert publish(first, by=IMPORTER, at=AT).valid_from == SINCE


@pytest.mark.parametrize(("begins", "shown"), [(date(2999, 1, 1), "Đăng ký khai sinh"), (TODAY, "Ghi khai sinh")])
def test_a_procedure_keeps_its_name_until_the_new_version_starts(
    version: ProcedureVersion, monkeypatch: pytest.MonkeyPatch, begins: date, shown: str
):
    monkeypatch.setattr("motcua.catalogue.search.upkeep.localdate", lambda: TODAY)
    renamed = replace(BIRTH, name="Ghi khai sinh")
    new = write_draft(version.procedure, renamed, origin="office", valid_from=begins, by=IMPORTER, at=AT)
    publish(new, by=IMPORTER, at=AT)
    procedure = Procedure.objects.get(pk=version.procedure_id)
    assert procedure.name == shown
    index_procedures([procedure.pk])
    assert [hit.name for hit in find("khai sinh").hits] == [shown]


def test_an_incomplete_draft_is_refused_with_every_reason(version: ProcedureVersion):
    draft = write_draft(
        version.procedure, VersionContent(name="Trống"), origin="office", valid_from=TODAY, by=IMPORTER, at=AT
    )
    with pytest.raises(CatalogueFault) as refused:
        publish(draft, by=IMPORTER, at=AT)
    assert len(refused.value.sentences) >= 5
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT


def test_publishing_twice_or_on_a_taken_day_is_refused(version: ProcedureVersion):
    with pytest.raises(CatalogueFault, match="từ trước"):
        publish(version, by=IMPORTER, at=AT)
    draft = draft_from(version, by=IMPORTER, at=AT)
    with pytest.raises(CatalogueFault, match="01/02/2026"):
        publish(draft, by=IMPORTER, at=AT, valid_from=version.valid_from)


def test_the_database_refuses_overlapping_periods(version: ProcedureVersion):
    draft = draft_from(version, by=IMPORTER, at=AT)
    with pytest.raises(IntegrityError, match="published_periods_never_overlap"), transaction.atomic():
        ProcedureVersion.objects.filter(pk=draft.pk).update(state=VersionState.PUBLISHED, published_at=AT)


def test_the_database_refuses_to_change_what_is_published(version: ProcedureVersion):
    for change in (
        lambda: ProcedureVersion.objects.filter(pk=version.pk).update(name="Khác"),
        lambda: ProcedureVersion.objects.filter(pk=version.pk).update(state=VersionState.DRAFT),
        lambda: version.components.update(name="Khác"),
        lambda: version.fees.all().delete(),
        lambda: Component.objects.create(version=version, position=9, name="Thêm"),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=TODAY)


def test_posting_twice_changes_nothing_and_lifts_the_search(version: ProcedureVersion, ward: Agency):
    assert find("khai sinh").hits[0].offered is False
    post(version.procedure, ward, by=IMPORTER, valid_from=SINCE, at=AT)
    again = post(version.procedure, ward, by=IMPORTER, valid_from=TODAY, at=AT)
    assert again.valid_from == SINCE
    assert Posting.objects.count() == 1
    assert post_all(Procedure.objects.all(), ward, by=IMPORTER, valid_from=SINCE) == []
    assert Event.objects.filter(kind="procedure.posted", agency_id=ward.pk).count() == 1
    assert find("khai sinh").hits[0].offered is True
    with pytest.raises(CatalogueFault):
        withdraw_posting(again, by=IMPORTER, last_day=date(2020, 1, 1))
    withdraw_posting(again, by=IMPORTER, last_day=date(2026, 6, 30), at=AT)
    assert find("khai sinh").hits[0].offered is False


def test_a_draft_keeps_every_element(version: ProcedureVersion):
    written = write_draft(version.procedure, BIRTH, origin="office", valid_from=TODAY, by=IMPORTER, at=AT)
    copied = draft_from(written, by=IMPORTER, at=AT)
    assert copied.fingerprint == written.fingerprint


def test_the_search_counts_a_posting_by_the_day_it_is_here(version: ProcedureVersion, ward: Agency, monkeypatch):
    post(version.procedure, ward, by=IMPORTER, valid_from=date(2999, 1, 2), at=AT)
    for day, offered in ((date(2999, 1, 1), False), (date(2999, 1, 2), True)):
        monkeypatch.setattr("motcua.catalogue.search.upkeep.localdate", lambda day=day: day)
        index_procedures([version.procedure_id])
        assert find("khai sinh").hits[0].offered is offered
