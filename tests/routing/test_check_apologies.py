"""`motcua clock check` also holds late dossiers against what answers for them."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.routing.apologies.drafting import draft_apologies
from tests.cast import BIRTH, Cast, received


@pytest.fixture
def late(cast: Cast) -> Dossier:
    """A dossier promised for some days ago and still open."""
    opened = received(BIRTH, cast)
    now = timezone.now()
    Dossier.objects.filter(pk=opened.id).update(
        received_at=now - timedelta(days=9), promised_at=now - timedelta(days=3), due_at=now - timedelta(days=3)
    )
    return Dossier.objects.get(pk=opened.id)


def test_a_late_dossier_that_nothing_answers_for_is_named(late: Dossier) -> None:
    said = StringIO()
    with pytest.raises(CommandError, match="chưa được trả lời"):
        call_command("check_apologies", stdout=said)
    assert late.code in said.getvalue()


def test_a_letter_awaiting_its_signature_answers(late: Dossier) -> None:
    draft_apologies(late.agency_id, timezone.now())
    said = StringIO()
    call_command("check_apologies", stdout=said)
    assert "1 hồ sơ trễ = 0 thư đã ký + 1 thư chờ ký + 0 ngoại lệ" in said.getvalue()
