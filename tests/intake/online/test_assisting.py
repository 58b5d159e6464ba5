"""Citizens do not write: the receiver reads the card, asks, takes the paper, and the dossier is received."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from motcua.dossiers.models import Dossier
from motcua.intake.models import Draft, Submission
from motcua.people.citizens.models import Mandate
from motcua.people.models import Party, Unit, UnitFunction
from tests.cast import BIRTH
from tests.intake.online.steps import filled
from tests.people.town import official

CARD = "001196012345||Nguyễn Thị Lan|08031996|Nữ|12 Phan Châu Trinh, Phường Tân Thạnh|01012024"


@pytest.fixture
def youth(cast) -> Client:
    """A member of the youth team: an account of the ward without any role."""
    unit = Unit.objects.get(agency_id=cast.receiver.agency_id, function=UnitFunction.ONE_STOP)
    official("thanhnien", unit)
    client = Client()
    client.post(reverse("account_login"), {"login": "thanhnien", "password": "motcua-trinh-dien"})
    return client


def helped(desk: Client, way: str) -> Draft:
    answer = desk.post(
        reverse("assist", args=(BIRTH,)), {"scanned": CARD, "filed_by": way, "evidence": "Bà Lan nhờ tại nhà"}
    )
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    draft = Draft.objects.get()
    assert draft.answers["requester_name"] == "Nguyễn Thị Lan"
    filled(desk, draft)
    address = reverse("draft-papers", args=(draft.pk,))
    rows = desk.get(address).context["rows"]
    line = next(str(row["wanted"].id) for row in rows if row["wanted"].required)
    desk.post(address, {"component": line, "on_paper": "yes"})
    assert "đã nhận bản giấy" in desk.get(reverse("draft-check", args=(draft.pk,))).text
    return draft


def test_at_the_counter_it_is_received_at_once_and_once(desk: Client):
    draft = helped(desk, "officer")
    for _press in range(2):
        answer = desk.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "counter"})
        assert answer.status_code == HTTPStatus.FOUND, answer.text
    dossier = Dossier.objects.get()
    assert (dossier.filed_by, dossier.applicant_name) == ("officer", "Nguyễn Thị Lan")
    assert "Trần Minh Anh" in desk.get(reverse("dossier", args=(dossier.code,))).text
    assert Submission.objects.get().registered_by_id == draft.helped_by_id


def test_a_filing_that_was_helped_waits_for_the_desk_and_is_counted_apart(desk: Client):
    draft = helped(desk, "helped")
    answer = desk.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "counter"})
    assert answer["Location"] == reverse("draft-done", args=(draft.pk,))
    written = Submission.objects.get()
    assert (written.filed_by, written.registered_by_id) == ("helped", draft.helped_by_id)
    assert not Dossier.objects.exists()
    assert (draft.mandate.official_id, draft.mandate.full_name) == (draft.helped_by_id, "Nguyễn Thị Lan")
    assert written.submitter_name == draft.helped_by.full_name


def test_who_helps_says_on_what_ground(desk: Client, cast):
    answer = desk.post(reverse("assist", args=(BIRTH,)), {"scanned": CARD, "filed_by": "helped"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Draft.objects.exists()


@pytest.mark.parametrize("who", ["thuly", "lanhdao"])
def test_only_the_receiver_who_began_it_has_it(desk: Client, who: str):
    draft = helped(desk, "officer")
    other = Client()
    other.post(reverse("account_login"), {"login": who, "password": "motcua-trinh-dien"})
    assert other.get(reverse("draft", args=(draft.pk,))).status_code == HTTPStatus.NOT_FOUND
    assert Client().get(reverse("draft", args=(draft.pk,)))["Location"].startswith("/me/login/")


def test_what_is_no_card_is_said(desk: Client, cast):
    answer = desk.post(reverse("assist", args=(BIRTH,)), {"scanned": "xin chào", "filed_by": "officer"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Draft.objects.exists()


def test_the_youth_team_helps_and_sees_nothing_of_the_desk(youth: Client, desk: Client):
    """Under his own name, by a mandate; neither the counter's way nor what the office remembers is open to him."""
    page = youth.get(reverse("assist", args=(BIRTH,))).text
    assert "Tôi giúp người dân nộp từ xa" in page
    assert "tiếp nhận ngay" not in page
    refused = youth.post(reverse("assist", args=(BIRTH,)), {"scanned": CARD, "filed_by": "officer"})
    assert (refused.status_code, Draft.objects.count()) == (HTTPStatus.OK, 0)
    draft = helped(youth, "helped")
    youth.post(reverse("draft-check", args=(draft.pk,)), {"return_method": "counter"})
    written = Submission.objects.get()
    assert (written.filed_by, written.submitter_name) == ("helped", "thanhnien")
    for address in (reverse("submission", args=(written.number,)), reverse("desk-screen"), "/submissions/"):
        assert youth.get(address).status_code == HTTPStatus.FORBIDDEN, address
    assert desk.get(reverse("submission", args=(written.number,))).status_code == HTTPStatus.OK


def test_what_a_helper_scanned_rewrites_nobody(youth: Client):
    known = Party.objects.create(
        kind="person", full_name="Nguyễn Thị Lan", personal_id="001196012345", address="Nơi cơ quan biết"
    )
    answer = youth.post(
        reverse("assist", args=(BIRTH,)),
        {"scanned": CARD.replace("Nguyễn Thị Lan", "Kẻ Giả Danh"), "filed_by": "helped", "evidence": "Bà nhờ"},
    )  # fmt: skip
    assert answer.status_code == HTTPStatus.FOUND
    known.refresh_from_db()
    assert (known.full_name, known.address) == ("Nguyễn Thị Lan", "Nơi cơ quan biết")


def test_a_helpers_mandate_that_ran_out_meanwhile_is_said_and_nothing_is_lost(youth: Client):
    draft = helped(youth, "helped")
    address = reverse("draft-check", args=(draft.pk,))
    yesterday = localdate() - timedelta(days=1)
    Mandate.objects.filter(pk=draft.mandate_id).update(valid_from=yesterday, valid_to=yesterday)
    answer = youth.post(address, {"return_method": "counter"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "đã hết hạn ngày" in answer.text
    assert "Trần Minh Anh" in answer.text, "what was typed is still there"
    assert not Submission.objects.exists()
    Mandate.objects.filter(pk=draft.mandate_id).update(valid_to=None)
    assert youth.post(address, {"return_method": "counter"}).status_code == HTTPStatus.FOUND
