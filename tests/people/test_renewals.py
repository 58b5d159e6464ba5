"""The password of one who signs or administers: one asks, another gives it, and the holder reads who it was."""

import re
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.core.models import Event
from motcua.people.actions import (
    RenewalRefused,
    Substitution,
    appoint,
    ask_renewal,
    confirm_renewal,
    drop_renewal,
    grant_role,
    record_absence,
    renew_password,
)
from motcua.people.actions.passwords import TOLD_FOR, needs_another, second_people
from motcua.people.models import AbsenceReason, Account, PasswordRenewal, Role, RoleGrant
from tests.people.small_office import MACHINE, NOW, PASSWORD, SINCE, SmallOffice, day
from tests.people.test_office_pages import as_

pytestmark = pytest.mark.usefixtures("national_calendar")


@pytest.fixture
def two(office: SmallOffice) -> SmallOffice:
    """nga leads too."""
    grant_role(
        official=office.people["nga"], role=Role.APPROVER, unit=office.leaders, valid_from=SINCE, by=MACHINE, at=NOW
    )
    return office


def stands(username: str, password: str = PASSWORD) -> bool:
    return Account.objects.get(username=username).check_password(password)


def password_of(page) -> str:
    found = re.search(r'<b class="code">([a-z2-9-]{14})</b>', page.text)
    assert found is not None
    return found[1]


def test_whom_the_asker_made_a_leader_lately_is_no_second_person(office: SmallOffice):
    """He would read the one-time password himself, and agree with himself."""
    by = office.acting("an")
    puppet = office.people["moi"] = appoint(
        username="moi", password=PASSWORD, full_name="Lê Thị Mới", title="Công chức", unit=office.leaders,
        valid_from=NOW.date(), by=by.actor, at=NOW,
    )  # fmt: skip
    grant_role(official=puppet, role=Role.APPROVER, unit=office.leaders, valid_from=NOW.date(), by=by.actor, at=NOW)
    renew_password(office.id("ha"), by=by, at=NOW)
    grant_role(official=office.people["ha"], role=Role.APPROVER, unit=office.leaders, valid_from=SINCE, by=by.actor,
               at=NOW)  # fmt: skip
    assert not second_people(office.people["nam"], by.id, NOW).exists()
    with pytest.raises(RenewalRefused, match="renew_password nam"):
        ask_renewal(office.id("nam"), by=by, at=NOW)
    asked = PasswordRenewal.objects.create(official=office.people["nam"], asked_by_id=by.id, asked_at=NOW)
    for name in ("moi", "ha"):
        with pytest.raises(RenewalRefused, match="mới được người đề nghị giao việc"):
            confirm_renewal(asked.pk, by=office.acting(name), at=NOW)
    assert confirm_renewal(asked.pk, by=office.acting("moi"), at=day(15))[0] == office.people["nam"]


def test_an_administrator_alone_never_becomes_the_leader(two: SmallOffice):
    with pytest.raises(RenewalRefused, match="người thứ hai"):
        renew_password(two.id("nam"), by=two.acting("an"), at=NOW)
    asked = ask_renewal(two.id("nam"), by=two.acting("an"), at=NOW)
    assert ask_renewal(two.id("nam"), by=two.acting("an"), at=NOW) == asked
    for who in ("an", "nam", "mai"):
        with pytest.raises(RenewalRefused):
            confirm_renewal(asked.pk, by=two.acting(who), at=NOW)
    stand_in = replace(two.acting("nga"), stands_in_for=frozenset({two.id("an")}))
    with pytest.raises(RenewalRefused):
        confirm_renewal(asked.pk, by=stand_in, at=NOW)
    assert stands("nam")
    holder, password = confirm_renewal(asked.pk, by=two.acting("nga"), at=NOW)
    assert (holder, stands("nam", password), stands("nam")) == (two.people["nam"], True, False)
    told = Event.objects.get(kind="official.password_renewed")
    assert (told.actor_name, told.after) == ("Lý Thúy Nga", {"asked_by": "Đặng Hoài An"})
    assert all(password not in str(event.after) for event in Event.objects.all())
    with pytest.raises(RenewalRefused, match="trước đó"):
        confirm_renewal(asked.pk, by=two.acting("nga"), at=NOW)


def test_whose_password_needs_a_second_person(two: SmallOffice):
    assert [name for name, one in two.people.items() if needs_another(one, NOW)] == ["nga", "nam", "an"]
    RoleGrant.objects.filter(official=two.people["nga"], role=Role.APPROVER).update(valid_to=SINCE)
    assert needs_another(two.people["nga"], NOW), "a role ended a moment ago can be given again"
    assert not needs_another(two.people["ha"], NOW)
    record_absence(
        two.id("nam"), first_at=day(1), last_at=day(2), reason=AbsenceReason.LEAVE, by=two.acting("an"), at=NOW,
        stand_ins=[Substitution(two.leaders.pk, Role.APPROVER, two.id("ha"))],
    )  # fmt: skip
    assert needs_another(two.people["ha"], NOW), "a stand-in signs"
    assert not needs_another(two.people["ha"], day(3))


def test_a_wish_that_nobody_could_confirm_names_the_way_out(office: SmallOffice):
    with pytest.raises(RenewalRefused, match="motcua manage renew_password nam"):
        ask_renewal(office.id("nam"), by=office.acting("an"), at=NOW)
    assert not PasswordRenewal.objects.exists()


def test_a_wish_is_dropped_and_may_be_made_again(two: SmallOffice):
    asked = ask_renewal(two.id("nam"), by=two.acting("an"), at=NOW)
    with pytest.raises(RenewalRefused):
        drop_renewal(asked.pk, by=two.acting("mai"), at=NOW)
    drop_renewal(asked.pk, by=two.acting("an"), at=NOW)
    assert stands("nam")
    assert ask_renewal(two.id("nam"), by=two.acting("an"), at=NOW) != asked


def test_on_the_pages_one_asks_another_sees_it_and_the_holder_is_told(two: SmallOffice):
    admin, second, leader = as_("an"), as_("nga"), as_("nam")
    address = reverse("new-password", args=(two.id("nam"),))
    page = admin.get(address).text
    assert "người thứ hai" in page
    assert "Lý Thúy Nga" in page
    answer = admin.post(address)
    assert answer.status_code == HTTPStatus.FOUND
    waiting = PasswordRenewal.objects.get()
    confirm = reverse("confirm-new-password", args=(waiting.pk,))
    assert confirm not in admin.get(reverse("confirmations")).text
    assert confirm in second.get(reverse("confirmations")).text
    assert "Chờ xác nhận" in second.get(reverse("worklist")).text
    assert admin.post(confirm).status_code == HTTPStatus.FOUND
    assert stands("nam")
    given = second.post(confirm)
    assert "no-store" in given["Cache-Control"]
    assert leader.get(reverse("worklist"))["Location"].startswith(reverse("account_login"))
    mine = as_("nam", password_of(given))
    told = mine.get(reverse("account_change_password")).text
    assert "Đặng Hoài An đề nghị, Lý Thúy Nga xác nhận" in told
    assert "báo ngay lãnh đạo cơ quan" in told


def test_every_log_in_of_two_weeks_tells_of_it(two: SmallOffice, monkeypatch):
    renew_password(two.id("mai"), by=two.acting("an"), at=timezone.now())
    account = Account.objects.get(username="mai")
    account.set_password(PASSWORD)
    account.password_is_temporary = False
    account.save()

    def told() -> bool:
        return "được Đặng Hoài An cấp lại" in as_("mai").get(reverse("worklist")).text

    assert told()
    assert told()
    later = timezone.now() + TOLD_FOR + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert not told()


def test_whoever_keeps_the_machine_is_the_last_way(office: SmallOffice, capsys):
    call_command("renew_password", "nam")
    password = re.search(r": ([a-z2-9-]{14})", capsys.readouterr().out)
    assert password is not None
    assert stands("nam", password[1])
    assert Event.objects.get(kind="official.password_renewed").actor_name == "Dòng lệnh"
    with pytest.raises(CommandError, match="Không có cán bộ"):
        call_command("renew_password", "khong-ai")


def test_another_agency_s_wish_does_not_exist(two: SmallOffice):
    asked = ask_renewal(two.id("nam"), by=two.acting("an"), at=NOW)
    stranger = replace(two.acting("nga"), agency_id=two.id("nga"))
    with pytest.raises(RenewalRefused, match="trước đó"):
        confirm_renewal(asked.pk, by=stranger, at=NOW)
    assert Client().post(reverse("confirm-new-password", args=(asked.pk,))).status_code == HTTPStatus.FOUND
    assert stands("nam")
