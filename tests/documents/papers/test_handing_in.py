"""What was handed in stays what it was, whatever the citizen does with his paper and whoever reaches into the store."""

from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from motcua.config.record_checks import papers as check_papers
from motcua.core.record.findings import Findings, What
from motcua.documents.models import Paper, PaperUse, StoredFile
from motcua.documents.papers.access import handed_in, papers_of
from motcua.documents.papers.actions import HandedTo, append_pages, carry_over, forget, forget_all, hand_in, take_in
from tests.documents.papers.conftest import GUEST_OF_A_DRAFT, LAN
from tests.documents.papers.sent import photo, picture

pytestmark = pytest.mark.django_db
FILING, DOSSIER, COMPONENT = UUID(int=10), UUID(int=11), UUID(int=12)
TO_THE_FILING = HandedTo("H17.21-NS-261122-0001", submission_id=FILING)


@pytest.fixture
def paper(at) -> Paper:
    return take_in([photo()], name="Giấy chứng sinh", owner=LAN, at=at)


@pytest.fixture
def use(paper: Paper, at) -> PaperUse:
    return hand_in([(paper.pk, COMPONENT)], TO_THE_FILING, owner=LAN, at=at)[0]


def found_by_verify() -> list[tuple[What, str]]:
    found = Findings()
    check_papers(found)
    return [(one.what, one.row) for one in found.named]


def test_pages_added_later_do_not_reach_what_was_handed_in(paper: Paper, use: PaperUse, at):
    append_pages(paper.pk, [photo(picture(900, 1200))], owner=LAN, at=at)
    kept = handed_in(submission_id=FILING).get()
    assert (kept.stored.pages, kept.name, kept.component_id) == (1, "Giấy chứng sinh", COMPONENT)
    assert Paper.objects.get().stored.pages == 2
    assert default_storage.exists(kept.stored.place)


def test_a_paper_removed_from_the_store_stays_with_its_filing(paper: Paper, use: PaperUse, at):
    forget(paper.pk, owner=LAN, at=at)
    assert not papers_of(LAN).exists()
    assert default_storage.exists(handed_in(submission_id=FILING).get().stored.place)


def test_what_came_with_a_filing_goes_over_to_its_dossier(use: PaperUse, at):
    carry_over(FILING, HandedTo("H17.21-261122-0001", dossier_id=DOSSIER), at=at)
    kept = handed_in(dossier_id=DOSSIER).get()
    assert (kept.stored_id, kept.called, kept.submission_id) == (use.stored_id, "H17.21-261122-0001", None)


def test_nobody_hands_in_anothers_paper(paper: Paper, at):
    with pytest.raises(Paper.DoesNotExist):
        hand_in([(paper.pk, None)], TO_THE_FILING, owner=GUEST_OF_A_DRAFT, at=at)
    assert not PaperUse.objects.exists()


def test_a_draft_that_ran_out_leaves_nothing(at, storage: Path, django_capture_on_commit_callbacks):
    take_in([photo()], name="", owner=GUEST_OF_A_DRAFT, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_all(GUEST_OF_A_DRAFT, at=at, by=GUEST_OF_A_DRAFT.actor) == 1
    assert not StoredFile.objects.exists()
    assert not [path for path in storage.rglob("*") if path.is_file()]


@pytest.mark.parametrize("table", [StoredFile, PaperUse])
def test_the_database_writes_over_neither(table, use: PaperUse):
    column = "pages" if table is StoredFile else "name"
    with pytest.raises(DatabaseError, match="never written over"), transaction.atomic():
        table.objects.update(**{column: 9})


def test_verify_names_bytes_that_are_other_than_handed_in(use: PaperUse):
    assert found_by_verify() == []
    place = Path(default_storage.path(use.stored.place))
    honest = place.read_bytes()
    place.chmod(0o600)
    place.write_bytes(honest[:-1] + b"?")
    assert found_by_verify() == [(What.CHANGED, use.stored_id)]
    place.unlink()
    assert found_by_verify() == [(What.MISSING, use.stored_id)]
