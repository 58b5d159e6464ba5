"""No act around a result, and nothing sent from home, changes a guarded row without an event that may."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from motcua.core.record.sealing import seal
from motcua.intake.from_home import sent_for
from motcua.intake.online.supplementing import AskedFor, lay_to, say_fault, send_supplement
from motcua.intake.supplements import take_supplement
from motcua.result.actions import return_result
from motcua.result.collection import Arrived, note_arrival, note_download
from motcua.routing.actions.detours import reopen
from tests.cast import Cast, minutes_later
from tests.documents.papers.sent import photo
from tests.intake.online.test_supplement_from_home import asked_in_work
from tests.result.test_collection import CITIZEN, LATER, ONLINE, POSTED, attached
from tests.result.test_return import finished
from tests.routing.test_record_every_act import astray, named


@pytest.fixture(autouse=True)
def _witness(tmp_path, settings) -> None:
    settings.MOTCUA_VAR = tmp_path


def clean() -> None:
    assert named() == set()
    seal()
    assert (astray(), named()) == ([], set())


def test_from_the_copy_to_the_download_and_back_no_row_is_astray(cast: Cast):
    dossier_id = finished(cast)
    seal()
    attached(cast, dossier_id)
    clean()
    attached(cast, dossier_id, pages=2)
    clean()
    return_result(dossier_id, recipient=ONLINE, by=cast.receiver, at=LATER)
    clean()
    note_download(dossier_id, by=CITIZEN, at=LATER)
    clean()
    reopen(dossier_id, reason="Sai họ tên", by=cast.leader, at=minutes_later(LATER, 5))
    clean()


def test_by_post_no_row_is_astray(cast: Cast):
    dossier_id = finished(cast)
    seal()
    return_result(dossier_id, recipient=POSTED, by=cast.receiver, at=LATER)
    clean()
    at = LATER + timedelta(days=1)
    note_arrival(dossier_id, Arrived(localdate(at), "carrier"), by=cast.receiver, at=at)
    clean()


def test_papers_sent_from_home_leave_no_row_astray(cast: Cast):
    dossier, at = asked_in_work(cast), timezone.now()
    seal()
    for turn in range(2):
        asked = AskedFor.behind(dossier.code, dossier.tracking_token)
        assert asked is not None
        for line in asked.lines:
            lay_to(asked, line.key, [photo()], by=CITIZEN, at=at)
        send_supplement(asked, by=CITIZEN, at=at)
        clean()
        sent = sent_for(dossier_id=dossier.pk)
        if turn == 0:
            say_fault(sent, "Ảnh mờ", by=cast.receiver, at=at)
            clean()
    demands = dossier.supplement_requests.get().demands.values_list("id", flat=True)
    take_supplement(dossier.pk, set(demands), by=cast.receiver, at=at)
    clean()
