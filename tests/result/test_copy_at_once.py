"""A copy attached while its result is taken back, or excused, at the same moment: on committed rows."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as EventActor
from motcua.demo.office import OPENED, build_office
from motcua.documents.models import IssuedPaper
from motcua.dossiers.states import StaleMove
from motcua.result import collection
from motcua.result.collection import CopyRefused
from motcua.result.digitizing import except_copy
from motcua.result.models import DigitizingException
from motcua.routing.actions.detours import reopen
from tests.cast import Cast, minutes_later, the_cast
from tests.committed import Actor, django_on, own_database, together, wait_until_blocked
from tests.result.test_collection import LATER, attached
from tests.result.test_return import finished


@pytest.fixture(scope="module")
def office(django_db_blocker) -> Iterator[tuple[Cast, str]]:
    """The demo ward, committed in a database of its own, and the name of that database."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        agency = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, agency, by=EventActor(None, "test"), valid_from=OPENED)
        yield the_cast(), name


def test_no_copy_stands_of_a_result_that_was_taken_back_meanwhile(office: tuple[Cast, str]):
    cast, database = office
    dossier_id: UUID = finished(cast)
    with transaction.atomic():
        reopen(dossier_id, reason="Sai họ tên", by=cast.leader, at=minutes_later(LATER, 5))
        slower = Actor(lambda: attached(cast, dossier_id))
        slower.start()
        wait_until_blocked(database)
    assert isinstance(slower.came_of_it(), CopyRefused | StaleMove)
    assert not IssuedPaper.objects.filter(dossier_id=dossier_id, replaced_at=None).exists()


def test_a_copy_and_an_excuse_at_once_leave_one_of_them(office: tuple[Cast, str]):
    cast, _database = office
    dossier_id = finished(cast)
    said = {"reason": "nothing_on_paper", "evidence": "Chỉ ghi vào sổ", "by": cast.receiver, "at": LATER}
    together([lambda: attached(cast, dossier_id), *[lambda: except_copy(dossier_id, **said)] * 2])
    copies = IssuedPaper.objects.filter(dossier_id=dossier_id, replaced_at=None).count()
    open_excuses = DigitizingException.objects.filter(dossier_id=dossier_id, ended_at=None).count()
    assert (copies, open_excuses) == (1, 0)
    assert collection.copy_ready(dossier_id)
