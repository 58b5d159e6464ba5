"""Two browsers that proved the same telephone finish at the same moment, on committed rows."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from motcua.people.citizens.actions import register
from motcua.people.citizens.codes import CodeRefused
from motcua.people.citizens.models import Citizen, CodePurpose, ContactCode, ContactKind
from tests.committed import django_on, own_database, together

PHONE, ROUNDS = "0905123321", 4


@pytest.fixture(scope="module")
def committed(django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), own_database() as name, django_on(name):
        yield


def proved() -> UUID:
    """A code for this telephone that was typed."""
    at = timezone.now()
    code = ContactCode.objects.create(
        purpose=CodePurpose.REGISTER, kind=ContactKind.PHONE, contact=PHONE, sent_at=at, proved_at=at,
        expires_at=at + timedelta(minutes=15),
    )  # fmt: skip
    return code.pk


def finished(code_id: UUID) -> str:
    try:
        return register(code_id, full_name="Lan", password="con-meo-treo-cay-cau", at=timezone.now()).full_name
    except CodeRefused as refusal:
        return str(refusal)


def test_one_gets_the_account_and_the_others_a_sentence(committed: None):
    codes = [proved() for _ in range(ROUNDS)]
    answers = sorted(together([lambda code=code: finished(code) for code in codes]))
    assert answers.count("Lan") == 1
    assert sum("vừa có tài khoản" in answer for answer in answers) == ROUNDS - 1
    assert Citizen.objects.get().phone == PHONE
