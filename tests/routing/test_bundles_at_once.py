"""Two people press the same key for one bundle at the same moment: on committed rows."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor as EventActor
from motcua.core.models import Event
from motcua.demo.office import OPENED, build_office
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import StaleMove
from motcua.people.models import Agency
from motcua.routing.bundles.following import refuse_member
from motcua.routing.bundles.models import Bundle, BundleMember
from motcua.routing.bundles.opening import open_member
from motcua.routing.bundles.receiving import receive_bundle
from tests.bundle_cast import CARD, RESIDENCE, Beside, beside, bundle_filing, bundle_of, filed
from tests.cast import MONDAY, Cast, minutes_later, the_cast
from tests.committed import Actor, django_on, own_database, together, wait_until_blocked


@pytest.fixture(scope="module")
def town(django_db_blocker) -> Iterator[tuple[Cast, Beside]]:
    """The demo ward and its police, committed in a database of their own; the social insurance comes later."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        ward = build_office()
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, ward, by=EventActor(None, "test"), valid_from=OPENED)
        police = beside(ward, police=True, code="G01.H17.21", posts=(RESIDENCE,))
        yield the_cast(), police


def at_once():
    birth = bundle_of("birth")
    return replace(birth, members=tuple(replace(line, after=None) for line in birth.members))


def test_a_double_click_opens_every_dossier_once(town):
    cast, _police = town
    definition = at_once()
    filing = bundle_filing(definition, cast.receiver)
    before = Dossier.objects.count()

    def press():
        return receive_bundle(filing, definition=definition, by=cast.receiver, at=MONDAY)

    came = together([press, press])
    assert sorted(is_new for _bundle, is_new in came) == [False, True]
    assert len({bundle.pk for bundle, _new in came}) == 1
    bundle = Bundle.objects.get(submission_id=filing.submission_id)
    assert Dossier.objects.count() == before + bundle.members.filter(dossier__isnull=False).count()
    assert Event.objects.filter(subject_id=bundle.id, kind="bundle.received").count() == 1


def test_of_two_who_send_a_part_again_one_is_told_it_is_done(town):
    cast, _police = town
    held = filed(at_once(), cast.receiver).members.get(position=3)
    assert held.reason
    if not Agency.objects.filter(kind="department").exists():
        ward = Agency.objects.get(pk=cast.receiver.agency_id)
        beside(ward, police=False, code="G18.17.021", posts=(CARD,))
    later = minutes_later(MONDAY, 60)
    came = together([lambda: open_member(held.pk, at=later), lambda: open_member(held.pk, at=later)])
    assert sorted(type(one) is bool for one in came) == [False, True]
    assert any(isinstance(one, StaleMove) for one in came)
    assert Dossier.objects.filter(part_of=held).count() == 1


def test_one_refuses_while_another_sends_the_first_wins(town):
    cast, police = town
    part = filed(bundle_of("birth"), cast.receiver).members.get(position=2)
    with transaction.atomic():
        refuse_member(part.pk, reason="Sai địa bàn", legal_basis="Luật Cư trú", by=police.receiver, at=MONDAY)
        other = Actor(lambda: open_member(part.pk, at=minutes_later(MONDAY, 1)))
        other.start()
        wait_until_blocked(connection.settings_dict["NAME"])
    assert isinstance(other.came_of_it(), StaleMove)
    assert BundleMember.objects.get(pk=part.pk).state == "refused"
