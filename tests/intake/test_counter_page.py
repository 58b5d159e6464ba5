"""The counter page: whom it fills in from a card, and what it does not take at all."""

from dataclasses import replace

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.intake.forms import IntakeForm
from motcua.intake.views import counter
from tests.cast import BIRTH, Cast, offered

ONLINE_ONLY = "1.003197"
CARD = "001184012345|012345678|Nguyễn Thị Ánh Tuyết|05091984|Nữ|Số 8, ngõ 12 Tân Mai, Hoàng Mai, Hà Nội|10052021"


@pytest.fixture
def receiver(client: Client, cast: Cast) -> Client:
    client.post("/accounts/login/", {"login": "tiepnhan", "password": "motcua-trinh-dien"})
    return client


@pytest.mark.parametrize(("kinds", "box"), [(("citizen",), "id_full_name"), (("enterprise",), "id_submitter_name")])
def test_a_card_fills_in_its_holder_where_he_may_stand(
    receiver: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch, kinds: tuple[str, ...], box: str
):
    """Who shows a card for a company hands the dossier in; he is not its applicant."""
    offer = offered(BIRTH, cast.receiver)
    offer = replace(offer, content=replace(offer.content, applicant_kinds=kinds))
    monkeypatch.setattr(counter, "version_in_force", lambda *asked: offer)
    answer = receiver.post(f"/intake/{BIRTH}/", {"read_card": "1", "scanned": CARD})
    assert answer.status_code == 200
    form = answer.context["form"]
    filled = {form[name].id_for_label for name in ("full_name", "submitter_name") if form[name].value()}
    assert filled == {box}
    assert form["applicant_kind"].value() in [value for value, _label in form.fields["applicant_kind"].choices]


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_filed_online_only_is_not_taken_at_the_counter(receiver: Client, cast: Cast, method: str):
    assert offered(ONLINE_ONLY, cast.receiver).channels == ("online",)
    answer = getattr(receiver, method)(f"/intake/{ONLINE_ONLY}/", {"full_name": "Nguyễn Thị Lan", "channel": "counter"})
    assert answer.status_code == 404
    assert "chỉ nộp trực tuyến" in answer.text
    assert "dichvucong.gov.vn" in answer.text
    assert f'href="/procedures/{ONLINE_ONLY}/"' in answer.text
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("channels", "ways"), [(("online", "post"), ["post"]), (("counter", "online", "post"), ["counter", "post"])]
)
def test_the_counter_offers_the_ways_that_end_there(cast: Cast, channels: tuple[str, ...], ways: list[str]):
    form = IntakeForm(replace(offered(BIRTH, cast.receiver), channels=channels))
    assert [value for value, _label in form.fields["channel"].choices] == ways
    assert form["channel"].value() == ways[0]
