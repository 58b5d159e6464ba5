"""The administrator's pages: every form taken, every mistake told at its place, nobody locked out."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from motcua.core.models import Event
from motcua.people.actions import grant_role
from motcua.people.models import Account, Agency, AgencyCode, Official, Role, RoleGrant, Unit
from tests.people.small_office import MACHINE, NOW, PASSWORD, SINCE, SmallOffice, small_office

pytestmark = pytest.mark.usefixtures("national_calendar")

TODAY = localdate()
TYPED = f"{TODAY:%d/%m/%Y}"
NEWCOMER = {"full_name": "Phạm Thị Hoa", "title": "Chuyên viên", "username": "hoa.pt", "role": "receiver",
            "valid_from": TYPED}  # fmt: skip


def as_(username: str, password: str = PASSWORD) -> Client:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": username, "password": password})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    return client


@pytest.fixture
def client(office: SmallOffice) -> Client:
    return as_("an")


def errors(page) -> dict[str, list[str]]:
    """What stands at which line of the form, as the page shows it."""
    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    form = page.context["form"]
    for place, sentences in form.errors.items():
        for sentence in sentences:
            assert sentence in page.text.replace("&quot;", '"').replace("&#x27;", "'")
            assert place == "__all__" or f'id="id_{place}_error"' in page.text, place
    return {place: list(sentences) for place, sentences in form.errors.items()}


def shown_once(page) -> str:
    """The one-time password of the page."""
    assert page.status_code == HTTPStatus.OK
    found = re.search(r'<b class="code">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</b>', page.text)
    assert found is not None
    return found[1]


def test_a_newcomer_gets_a_password_once_and_must_change_it(office: SmallOffice, client: Client):
    page = client.post(reverse("new-official"), NEWCOMER | {"unit": str(office.one_stop.pk)})
    assert "no-store" in page["Cache-Control"]
    password = shown_once(page)
    assert all(password not in str(event.after) for event in Event.objects.all())
    hoa = Official.objects.get(account__username="hoa.pt")
    assert hoa.account.password_is_temporary
    assert hoa.grants.get().role == Role.RECEIVER
    assert password not in client.get(reverse("official", args=(hoa.pk,))).text

    mine = as_("hoa.pt", password)
    change = reverse("account_change_password")
    for name in ("worklist", "choose-procedure"):
        answer = mine.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, change)
    assert "dùng một lần" in mine.get(change).text
    same = mine.post(change, {"oldpassword": password, "password1": password, "password2": password})
    assert "phải khác mật khẩu dùng một lần" in same.text
    mine.post(change, {"oldpassword": password, "password1": "hoa-tu-dat-2026", "password2": "hoa-tu-dat-2026"})
    assert not Account.objects.get(username="hoa.pt").password_is_temporary
    assert as_("hoa.pt", "hoa-tu-dat-2026").get(reverse("choose-procedure")).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("wrong", "place", "sentence"),
    [
        ({"full_name": " "}, "full_name", "nhập họ và tên"),
        ({"full_name": "A" * 121}, "full_name", "dài quá"),
        ({"title": ""}, "title", "nhập chức danh"),
        ({"username": "mai"}, "username", "đã có người dùng"),
        ({"username": "Hoa Phạm"}, "username", "chữ thường không dấu"),
        ({"username": "MAI"}, "username", "chữ thường không dấu"),
        ({"unit": ""}, "unit", "chọn đơn vị"),
        ({"unit": "không phải"}, "unit", "trong danh sách"),
        ({"role": "king"}, "role", "trong danh sách"),
        ({"valid_from": ""}, "valid_from", "nhập ngày"),
        ({"valid_from": "31/02/2026"}, "valid_from", "ngày/tháng/năm"),
        ({"valid_from": "2026-11-23"}, "valid_from", "ngày/tháng/năm"),
        ({"valid_from": "01/01/0001"}, "valid_from", "1976"),
        ({"valid_from": "30/06/2025"}, "valid_from", "Đơn vị bắt đầu từ 01/07/2025"),
    ],
)
def test_a_mistake_about_a_newcomer_is_told_at_its_place(
    office: SmallOffice, client: Client, wrong: dict[str, str], place: str, sentence: str
):
    page = client.post(reverse("new-official"), NEWCOMER | {"unit": str(office.one_stop.pk)} | wrong)
    assert sentence in errors(page)[place][0]
    assert not Official.objects.filter(full_name="Phạm Thị Hoa").exists()
    assert 'type="date"' not in page.text


def test_an_empty_form_is_answered_at_every_place(office: SmallOffice, client: Client):
    for name in ("new-official", "new-unit", "new-code"):
        assert len(errors(client.post(reverse(name), {}))) >= 3
    for name, row in (("end-official", office.id("mai")), ("end-unit", office.one_stop.pk)):
        assert "last_day" in errors(client.post(reverse(name, args=(row,)), {}))
    assert {"role", "unit", "valid_from"} <= set(errors(client.post(reverse("new-role", args=(office.id("mai"),)), {})))


def test_a_unit_of_another_agency_cannot_be_chosen(office: SmallOffice, client: Client):
    foreign = small_office("Phường Khác", "khac-")
    page = client.post(reverse("new-official"), NEWCOMER | {"unit": str(foreign.one_stop.pk)})
    assert "unit" in errors(page)
    fields = {"role": "approver", "unit": str(foreign.leaders.pk), "valid_from": TYPED}
    assert "unit" in errors(client.post(reverse("new-role", args=(office.id("mai"),)), fields))


def test_a_role_is_given_and_ended(office: SmallOffice, client: Client):
    address = reverse("new-role", args=(office.id("mai"),))
    fields = {"role": "case_officer", "unit": str(office.one_stop.pk), "valid_from": TYPED, "valid_to": ""}
    assert client.post(address, fields).status_code == HTTPStatus.FOUND
    assert "đã giữ vai trò" in errors(client.post(address, fields))["role"][0]
    early = fields | {"role": "approver", "valid_to": "01/01/2026"}
    assert "từ ngày giao" in errors(client.post(address, early))["valid_to"][0]
    grant = RoleGrant.objects.get(official=office.people["mai"], role=Role.CASE_OFFICER)
    end = reverse("end-role", args=(grant.pk,))
    assert "bắt đầu" in errors(client.post(end, {"last_day": "01/01/2026"}))["last_day"][0]
    assert client.post(end, {"last_day": TYPED}).status_code == HTTPStatus.FOUND
    grant.refresh_from_db()
    assert grant.valid_to == TODAY
    assert "đã có ngày kết thúc" in errors(client.post(end, {"last_day": TYPED}))["last_day"][0]
    assert Event.objects.filter(kind="role.ended", subject_id=office.id("mai")).count() == 1


def test_an_official_leaves(office: SmallOffice, client: Client):
    end = reverse("end-official", args=(office.id("mai"),))
    assert "bắt đầu" in errors(client.post(end, {"last_day": "01/01/2020"}))["last_day"][0]
    yesterday = TODAY - timedelta(days=1)
    mine = as_("mai")
    assert client.post(end, {"last_day": f"{yesterday:%d/%m/%Y}"}).status_code == HTTPStatus.FOUND
    assert mine.get(reverse("worklist")).status_code == HTTPStatus.FORBIDDEN
    assert "làm việc đến hết" in client.get(reverse("people")).text
    assert Event.objects.get(kind="official.left").after == {"valid_to": yesterday.isoformat()}


def test_the_last_administrator_can_neither_leave_nor_be_stripped(office: SmallOffice, client: Client):
    grant = RoleGrant.objects.get(official=office.people["an"])
    ways = (reverse("end-official", args=(office.id("an"),)), reverse("end-role", args=(grant.pk,)))
    for address in ways:
        for day in (TYPED, "31/12/2030"):
            assert "quản trị cuối cùng" in errors(client.post(address, {"last_day": day}))["last_day"][0]
    assert RoleGrant.objects.get(pk=grant.pk).valid_to is None
    assert Official.objects.get(pk=office.id("an")).valid_to is None
    second = grant_role(
        official=office.people["nam"],
        role=Role.ADMINISTRATOR,
        unit=office.leaders,
        valid_from=SINCE,
        by=MACHINE,
        at=NOW,
    )
    Account.objects.filter(username="nam").update(is_active=False)
    assert "quản trị cuối cùng" in errors(client.post(ways[1], {"last_day": TYPED}))["last_day"][0]
    Account.objects.filter(username="nam").update(is_active=True)
    assert client.post(ways[1], {"last_day": TYPED}).status_code == HTTPStatus.FOUND
    end = reverse("end-role", args=(second.pk,))
    assert "quản trị cuối cùng" in errors(as_("nam").post(end, {"last_day": TYPED}))["last_day"][0]


def test_a_forgotten_password_is_renewed_and_every_session_ends(office: SmallOffice, client: Client):
    mine = as_("mai")
    address = reverse("new-password", args=(office.id("mai"),))
    assert client.get(address).status_code == HTTPStatus.OK
    assert Account.objects.get(username="mai").check_password(PASSWORD)
    page = client.post(address)
    assert Account.objects.get(username="mai").check_password(shown_once(page))
    assert mine.get(reverse("worklist"))["Location"].startswith(reverse("account_login"))
    event = Event.objects.get(kind="official.password_renewed")
    assert (event.subject_id, event.after) == (office.id("mai"), None)


def test_a_unit_is_opened_and_closed(office: SmallOffice, client: Client):
    fields = {"name": "Tư pháp", "function": "justice", "valid_from": TYPED}
    assert client.post(reverse("new-unit"), fields).status_code == HTTPStatus.FOUND
    assert "đã có đơn vị làm chức năng này" in errors(client.post(reverse("new-unit"), fields))["function"][0]
    unit = Unit.objects.get(agency=office.agency, name="Tư pháp")
    end = reverse("end-unit", args=(unit.pk,))
    assert "bắt đầu" in errors(client.post(end, {"last_day": "01/01/2026"}))["last_day"][0]
    assert client.post(end, {"last_day": TYPED}).status_code == HTTPStatus.FOUND
    assert "đã có ngày kết thúc" in errors(client.post(end, {"last_day": TYPED}))["last_day"][0]
    busy = errors(client.post(reverse("end-unit", args=(office.leaders.pk,)), {"last_day": TYPED}))["last_day"][0]
    assert "Lê Văn Nam" in busy
    assert Event.objects.filter(kind="unit.closed").count() == 1


def test_contact_and_codes(office: SmallOffice, client: Client):
    address = reverse("agency")
    contact = {"address": "1 Lê Lợi", "phone": "0235 3 851 234", "email": "mot.cua@phuong.example"}
    assert client.post(address, contact).status_code == HTTPStatus.FOUND
    assert client.post(address, contact).status_code == HTTPStatus.FOUND
    assert Event.objects.filter(kind="agency.contact_changed").count() == 1
    wrong = errors(client.post(address, {"address": "x" * 301, "phone": "gọi tôi", "email": "a@"}))
    assert set(wrong) == {"address", "phone", "email"}
    assert Agency.objects.get(pk=office.agency.pk).phone == contact["phone"]

    code = {"scheme": "qd20", "code": "h17.99", "valid_from": TYPED}
    assert client.post(reverse("new-code"), code).status_code == HTTPStatus.FOUND
    given = AgencyCode.objects.get(agency=office.agency)
    assert given.code == "H17.99"
    assert "đã có mã kiểu này" in errors(client.post(reverse("new-code"), code | {"code": "H17.98"}))["code"][0]
    misshapen = errors(client.post(reverse("new-code"), code | {"code": "H17-98", "scheme": "qcvn102"}))
    assert "chữ in hoa" in misshapen["code"][0]
    foreign = small_office("Phường Khác", "khac-")
    AgencyCode.objects.create(agency=foreign.agency, scheme="qcvn102", code="000.01", valid_from=SINCE)
    taken = errors(client.post(reverse("new-code"), code | {"code": "000.01", "scheme": "qcvn102"}))
    assert "cơ quan khác" in taken["code"][0]
    assert client.post(reverse("end-code", args=(given.pk,)), {"last_day": TYPED}).status_code == HTTPStatus.FOUND
    given.refresh_from_db()
    assert given.valid_to == TODAY
    assert given.code in client.get(address).text


def test_what_a_colleague_wrote_in_between_is_told_and_nothing_is_lost(
    office: SmallOffice, client: Client, monkeypatch
):
    def overtaken(**_values):
        raise IntegrityError("taken")

    monkeypatch.setattr("motcua.people.views.offices.open_unit", overtaken)
    page = client.post(reverse("new-unit"), {"name": "Tư pháp", "function": "justice", "valid_from": TYPED})
    assert "Vừa có người khác ghi trước" in errors(page)["__all__"][0]
    assert 'value="Tư pháp"' in page.text


def test_another_agency_s_rows_do_not_exist(office: SmallOffice, client: Client):
    foreign = small_office("Phường Khác", "khac-")
    code = AgencyCode.objects.create(agency=foreign.agency, scheme="qd20", code="H17.98", valid_from=SINCE)
    grant = RoleGrant.objects.get(official=foreign.people["mai"])
    rows = {
        "official": foreign.id("mai"), "new-role": foreign.id("mai"), "end-official": foreign.id("mai"),
        "new-password": foreign.id("mai"), "end-role": grant.pk, "end-unit": foreign.one_stop.pk, "end-code": code.pk,
    }  # fmt: skip
    for name, row in rows.items():
        address = reverse(name, args=(row,))
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND, name
        assert client.post(address, {"last_day": TYPED}).status_code == HTTPStatus.NOT_FOUND, name
    assert Account.objects.get(username="khac-mai").check_password(PASSWORD)


@pytest.mark.parametrize("who", ["mai", "nam"])
def test_only_the_administrator_writes_the_office(office: SmallOffice, who: str):
    mine = as_(who)
    before = Event.objects.count()
    for name, row in (("new-official", ()), ("agency", ()), ("end-official", (office.id("ha"),)),
                      ("new-password", (office.id("ha"),)), ("end-unit", (office.one_stop.pk,))):  # fmt: skip
        assert mine.post(reverse(name, args=row), {"last_day": TYPED}).status_code == HTTPStatus.FORBIDDEN
    assert Event.objects.count() == before
