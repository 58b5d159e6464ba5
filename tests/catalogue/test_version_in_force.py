"""What intake asks on every dossier: the version in force, here, today."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.actions import draft_from, post, publish
from motcua.catalogue.models import Posting, Procedure, ProcedureVersion
from motcua.catalogue.queries import NotOffered, version_by_id, version_in_force
from motcua.core import sql
from motcua.core.ids import uuid7
from motcua.people.models import Agency
from tests.catalogue.conftest import AT, IMPORTER, ROW, SINCE, TODAY, ImportRows

pytestmark = pytest.mark.django_db
CODE = "1.001193"


@pytest.fixture
def posted(import_rows: ImportRows, ward: Agency) -> ProcedureVersion:
    import_rows(ROW)
    post(Procedure.objects.get(), ward, by=IMPORTER, valid_from=SINCE, at=AT)
    return ProcedureVersion.objects.get()


def reason(code: str, ward: Agency, day: date) -> tuple[str, str]:
    with pytest.raises(NotOffered) as refused:
        version_in_force(code, ward.pk, day)
    return refused.value.reason, str(refused.value)


def test_the_snapshot_holds_what_intake_needs(posted: ProcedureVersion, ward: Agency):
    version = version_in_force(CODE, ward.pk, TODAY)
    assert (version.version_id, version.code, version.sector_name) == (posted.pk, CODE, "Hộ tịch")
    assert [line.id for line in version.components] == [posted.components.get().pk]
    assert [(step.role, step.function) for step in version.route][-1] == ("receiver", "one_stop")
    assert version.limits[0].number == 1
    assert version_by_id(posted.pk) == version


def test_the_second_call_asks_one_small_thing(posted: ProcedureVersion, ward: Agency, monkeypatch: pytest.MonkeyPatch):
    first = version_in_force(CODE, ward.pk, TODAY)
    raw: list[int] = []
    make = sql._cursor
    monkeypatch.setattr(sql, "_cursor", lambda: raw.append(1) or make())
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert version_in_force(CODE, ward.pk, TODAY) is first
    # The one prepared statement goes round Django's log.
    assert (len(seen), len(raw)) == (0, 1)


def test_each_version_on_its_days(posted: ProcedureVersion, ward: Agency):
    publish(draft_from(posted, by=IMPORTER, at=AT), by=IMPORTER, at=AT, valid_from=date(2026, 12, 1))
    assert version_in_force(CODE, ward.pk, date(2026, 11, 30)).number == 1
    assert version_in_force(CODE, ward.pk, date(2026, 12, 1)).number == 2


def test_each_refusal_has_its_reason_and_sentence(posted: ProcedureVersion, ward: Agency):
    assert reason("9.999999", ward, TODAY) == (
        "unknown",
        "Không có thủ tục nào mang mã 9.999999. Kiểm tra lại mã hoặc tìm theo tên.",
    )
    code, sentence = reason(CODE, ward, date(2026, 1, 31))
    assert (code, "áp dụng từ 01/02/2026" in sentence) == ("not_in_force", True)
    ProcedureVersion.objects.filter(pk=posted.pk).update(valid_to=date(2026, 6, 30))
    code, sentence = reason(CODE, ward, TODAY)
    assert (code, "30/06/2026" in sentence) == ("not_in_force", True)
    with pytest.raises(NotOffered) as elsewhere:
        version_in_force(CODE, uuid7(), date(2026, 3, 1))
    assert elsewhere.value.reason == "not_here"
    Posting.objects.update(valid_to=date(2026, 2, 28))
    assert reason(CODE, ward, date(2026, 3, 1))[0] == "not_here"
    Procedure.objects.create(national_code="1.000001", name="Chỉ có tên", sector_id="ho-tich")
    assert reason("1.000001", ward, TODAY)[0] == "no_details"
