"""Two people send the same rating page at the same instant: on committed rows, one rating stands."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from motcua.catalogue.actions import post_all
from motcua.catalogue.models import Procedure
from motcua.core.events import Actor
from motcua.core.models import Event
from motcua.demo.office import OPENED, build_office
from motcua.feedback.actions import RatedBefore, rate
from motcua.feedback.models import FollowUp, Rating, RatingWay
from tests.cast import Cast, the_cast
from tests.committed import django_on, own_database, together
from tests.feedback.stories import BAD, LATER, returned


@pytest.fixture(scope="module")
def cast(django_db_blocker) -> Iterator[Cast]:
    """The demo ward, committed in a database of its own."""
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        call_command("load_calendar")
        call_command("import_catalogue", quiet=True)
        published = Procedure.objects.filter(versions__state="published").distinct()
        post_all(published, build_office(), by=Actor(None, "test"), valid_from=OPENED)
        yield the_cast()


def test_a_key_used_by_four_at_once_counts_once(cast: Cast):
    dossier_id = returned(cast)
    came = together([lambda: rate(dossier_id, BAD, way=RatingWay.LINK, at=LATER)] * 4)
    assert sorted(type(one).__name__ for one in came) == [RatedBefore.__name__] * 3 + ["UUID"]
    kept = Rating.objects.get(dossier_id=dossier_id)
    assert FollowUp.objects.filter(rating_id=kept.pk).count() == 1
    assert Event.objects.filter(kind="rating.given").count() == 1
