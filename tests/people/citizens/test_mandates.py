"""Acting for a child, a parent, an organisation: what may be said, what ends it, what it never reveals."""

from datetime import date, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.core.events import Actor
from motcua.core.models import Event
from motcua.people.actions.parties import PartyFacts, keep_party
from motcua.people.citizens import mandates
from motcua.people.citizens.access import (
    ActingCitizen,
    MandateRefused,
    acting_citizen,
    known_of,
    mandate_of,
    require_in_force,
)
from motcua.people.citizens.codes import CodeMessage
from motcua.people.citizens.ending import revoke_mandate
from motcua.people.citizens.mandate_forms import MandateForm
from motcua.people.citizens.mandates import Principal, confirm_mandate, declare_mandate, make_mandate_for
from motcua.people.citizens.models import Mandate
from motcua.people.models import Party
from tests.people.citizens.steps import registered
from tests.people.small_office import PASSWORD, SmallOffice, small_office

pytestmark = pytest.mark.django_db
OLD_FATHER = "048050000111"


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def lan(sent: list[CodeMessage]) -> ActingCitizen:
    _client, citizen = registered(sent)
    found = acting_citizen(citizen.account_id, today())
    assert found is not None
    return found


def father(**changes) -> Principal:
    said = {"kind": "parent", "full_name": "Nguyễn Văn Cha", "evidence": "Giấy khai sinh số 12",
            "valid_from": today(), "personal_id": OLD_FATHER}  # fmt: skip
    return Principal(**(said | changes))


def known_father(office: SmallOffice) -> None:
    facts = PartyFacts("person", "Nguyễn Văn Cha", OLD_FATHER, date(1950, 1, 2), "male", "Kiệt 12 Lê Lợi", "0905777888")
    keep_party(facts, by=Actor(None, "x"), at=timezone.now(), agency_id=office.agency.pk)


@pytest.fixture(autouse=True)
def shown_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mandate came to the small office with a filing, and to no other."""
    if "office" in request.fixturenames:
        home = request.getfixturevalue("office").agency.pk

        def shown_to(agency_id: UUID):
            return Mandate.objects.filter(made_at__isnull=agency_id != home).values("pk")

        monkeypatch.setattr(mandates._desks, "shown_to", shown_to)


def test_typing_somebodys_number_reveals_nothing_the_office_knows(lan: ActingCitizen, office: SmallOffice):
    known_father(office)
    held = declare_mandate(lan, father(), at=timezone.now())
    known = known_of(lan, held.id)
    assert (known["full_name"], known["personal_id"]) == ("Nguyễn Văn Cha", OLD_FATHER)
    assert (known["address"], known["birth_date"], known["phone"]) == ("", None, "")
    confirmed = confirm_mandate(held.id, by=office.acting("mai"), at=timezone.now())
    assert confirmed.principal_id == Party.objects.get(personal_id=OLD_FATHER).pk
    known = known_of(lan, held.id)
    assert (known["address"], known["birth_date"], known["phone"]) == ("Kiệt 12 Lê Lợi", date(1950, 1, 2), "")


def test_each_turn_of_a_mandate_is_an_event(lan: ActingCitizen, office: SmallOffice):
    held = declare_mandate(lan, father(), at=timezone.now())
    for _twice in range(2):
        confirm_mandate(held.id, by=office.acting("mai"), at=timezone.now())
    for _twice in range(2):
        revoke_mandate(lan, held.id, at=timezone.now())
    kinds = Event.objects.filter(subject_id=held.id).order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["mandate.made", "mandate.confirmed", "mandate.revoked"]


def test_a_mandate_that_ran_out_or_was_revoked_is_refused_in_a_sentence(lan: ActingCitizen):
    last = today() + timedelta(days=3)
    held = declare_mandate(lan, father(valid_to=last), at=timezone.now())
    assert mandate_of(lan, held.id, last).full_name == "Nguyễn Văn Cha"
    with pytest.raises(MandateRefused, match=rf"hết hạn ngày {last:%d/%m/%Y}.*vẫn còn"):
        mandate_of(lan, held.id, last + timedelta(days=1))
    with pytest.raises(MandateRefused, match="bắt đầu từ ngày"):
        mandate_of(lan, held.id, today() - timedelta(days=1))
    revoke_mandate(lan, held.id, at=timezone.now())
    with pytest.raises(MandateRefused, match="đã thôi"):
        mandate_of(lan, held.id, today())
    assert acting_citizen(lan.account_id, today()).mandates == ()


def test_nobody_acts_by_anothers_mandate(lan: ActingCitizen, sent: list[CodeMessage]):
    held = declare_mandate(lan, father(), at=timezone.now())
    _client, other = registered(sent, contact="minh@example.vn", name="Minh")
    minh = acting_citizen(other.account_id, today())
    for who, what in ((minh, held.id), (lan, uuid4())):
        with pytest.raises(MandateRefused, match="chưa khai"):
            mandate_of(who, what, today())
    with pytest.raises(MandateRefused):
        revoke_mandate(minh, held.id, at=timezone.now())


def test_a_mandate_for_one_procedure_fits_no_other(lan: ActingCitizen):
    held = declare_mandate(lan, father(procedure_code="1.001193"), at=timezone.now())
    assert mandate_of(lan, held.id, today(), "1.001193").id == held.id
    with pytest.raises(MandateRefused, match="thủ tục khác"):
        mandate_of(lan, held.id, today(), "1.004873")


def test_a_child_is_acted_for_until_the_day_before_he_is_eighteen(lan: ActingCitizen):
    born = date(2012, 2, 29)
    held = declare_mandate(
        lan, father(kind="child", full_name="Con", personal_id="", birth_date=born, valid_to=None), at=timezone.now()
    )
    assert held.valid_to == date(2030, 2, 28)
    with pytest.raises(MandateRefused, match="đã đủ 18 tuổi"):
        declare_mandate(lan, father(kind="child", personal_id="", birth_date=date(2000, 1, 1)), at=timezone.now())
    with pytest.raises(MandateRefused, match="ngày sinh của con"):
        declare_mandate(lan, father(kind="child", personal_id=""), at=timezone.now())


def test_an_authorisation_without_a_term_lasts_a_year(lan: ActingCitizen):
    held = declare_mandate(lan, father(kind="other"), at=timezone.now())
    assert held.valid_to == today() + timedelta(days=365)


@pytest.mark.parametrize("typed", ["0101234567-001", "0101234567 001", "010.123.4567-001"])
def test_a_branch_is_written_with_its_hyphen(typed: str):
    said = {"kind": "organisation", "full_name": "Công ty Bình Minh", "personal_id": typed, "evidence": "Quyết định 5"}
    form = MandateForm(said)
    assert form.is_valid(), form.errors
    assert form.principal().personal_id == "0101234567001"


def test_an_organisation_needs_its_number(lan: ActingCitizen):
    with pytest.raises(MandateRefused, match="mã số"):
        declare_mandate(lan, father(kind="organisation", personal_id=""), at=timezone.now())
    held = declare_mandate(lan, father(kind="organisation", personal_id="0400123456"), at=timezone.now())
    assert held.is_organisation
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=held.id).update(personal_id=OLD_FATHER)


def test_an_official_who_helps_acts_under_his_own_name(office: SmallOffice):
    mai = office.acting("mai")
    held = make_mandate_for(mai, father(kind="other"), at=timezone.now())
    assert held.principal_id == Party.objects.get(personal_id=OLD_FATHER).pk
    row = Mandate.objects.get(pk=held.id)
    assert (row.official_id, row.agent_id) == (mai.id, None)
    require_in_force(row, today())
    with pytest.raises(MandateRefused, match="hết hạn"):
        require_in_force(row, today() + timedelta(days=400))
    assert Event.objects.get(kind="mandate.made").actor_name == "Nguyễn Thị Mai"


def test_the_pages_say_for_whom_and_end_it(sent: list[CodeMessage]):
    client, _citizen = registered(sent)
    said = {"kind": "parent", "full_name": "Nguyễn Văn Cha", "personal_id": "048050000111", "birth_date": "",
            "gender": "", "address": "", "evidence": "Giấy khai sinh số 12", "valid_to": ""}  # fmt: skip
    wrong = client.post(reverse("new-mandate"), said | {"personal_id": "123", "evidence": ""})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "12 chữ số" in wrong.text
    assert "Nguyễn Văn Cha" in wrong.text, "nothing typed is lost"
    assert client.post(reverse("new-mandate"), said)["Location"] == reverse("mandates")
    again = client.post(reverse("new-mandate"), said)
    assert "đã khai việc làm thay này rồi" in again.text
    assert "Chờ cán bộ đối chiếu" in client.get(reverse("mandates")).text
    client.post(reverse("end-mandate", args=(Mandate.objects.get().pk,)))
    assert "Đã thôi" in client.get(reverse("mandates")).text


def test_a_receiver_says_that_he_saw_the_paper_and_nobody_else_may(lan: ActingCitizen, office: SmallOffice):
    held = declare_mandate(lan, father(), at=timezone.now())
    page = reverse("confirm-mandate", args=(held.id,))
    seen = {}
    for name in ("mai", "ha"):
        client = Client()
        client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
        seen[name] = client.post(page).status_code
    assert seen == {"mai": HTTPStatus.FOUND, "ha": HTTPStatus.FORBIDDEN}
    assert Mandate.objects.get().confirmed_by_id == office.id("mai")


def test_only_the_agency_where_it_was_shown_confirms_it(lan: ActingCitizen, office: SmallOffice):
    """Whoever knows the id and receives elsewhere neither reads it nor confirms it."""
    held = declare_mandate(lan, father(), at=timezone.now())
    elsewhere = small_office("Phường Bên Cạnh", "canh-")
    with pytest.raises(MandateRefused):
        confirm_mandate(held.id, by=elsewhere.acting("mai"), at=timezone.now())
    client = Client()
    client.post(reverse("account_login"), {"login": "canh-mai", "password": PASSWORD})
    page = reverse("confirm-mandate", args=(held.id,))
    for answer in (client.get(page), client.post(page)):
        assert (answer.status_code, "Nguyễn Văn Cha" in answer.text) == (HTTPStatus.NOT_FOUND, False)
    assert Mandate.objects.get().confirmed_at is None


def test_what_the_office_knows_is_shown_and_not_rewritten_by_what_was_typed(lan: ActingCitizen, office: SmallOffice):
    known_father(office)
    before = Party.objects.values().get(personal_id=OLD_FATHER)
    said = father(full_name="Nguyễn Văn Chà", birth_date=date(1951, 1, 2), address="9 Nơi Khác", gender="male")
    held = declare_mandate(lan, said, at=timezone.now())
    client = Client()
    client.post(reverse("account_login"), {"login": "mai", "password": PASSWORD})
    page = client.get(reverse("confirm-mandate", args=(held.id,))).text
    for words in ("Khai: Nguyễn Văn Chà", "Cơ quan biết: Nguyễn Văn Cha", "Kiệt 12 Lê Lợi", "02/01/1950"):
        assert words in page, words
    assert Event.objects.filter(kind="mandate.viewed", subject_id=held.id).exists()
    confirmed = confirm_mandate(held.id, by=office.acting("mai"), at=timezone.now())
    assert confirmed.principal_id == before["id"]
    assert Party.objects.values().get(personal_id=OLD_FATHER) == before
    assert not Event.objects.filter(kind="party.changed").exists()


def test_a_mandate_nobody_was_shown_is_nobodys_to_confirm(
    lan: ActingCitizen, office: SmallOffice, monkeypatch: pytest.MonkeyPatch
):
    held = declare_mandate(lan, father(), at=timezone.now())
    monkeypatch.setattr(mandates._desks, "shown_to", None)
    with pytest.raises(MandateRefused):
        confirm_mandate(held.id, by=office.acting("mai"), at=timezone.now())
