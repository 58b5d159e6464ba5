"""One account at a bank collects for one agency; renewed by another decision it stays the same account."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from motcua.payments.accounts.actions import AccountRefused, NewAccount, ask_account, confirm_account, found_account
from motcua.payments.models import BankLine, CollectingAccount, LineWay, PaymentOrder
from motcua.payments.orders.queries import account_on, accounts_until
from motcua.payments.statements.taking_in import TellLine, take_in
from motcua.people.models import Agency
from tests.cast import MONDAY, Cast, minutes_later
from tests.payments.money_desk import CITIZEN, account_of, line, order_for
from tests.people.town import logged_in

TODAY = localdate(MONDAY)
SAME = NewAccount("970403", "0011012345678", "UBND XA BEN", "9/QĐ-UBND", TODAY)


@pytest.fixture
def neighbour(cast: Cast) -> Agency:
    return Agency.objects.create(
        name="Xã bên", short_name="Xã bên", kind="peoples_committee", level="commune", valid_from=date(2025, 7, 1)
    )


def renewed(cast: Cast) -> CollectingAccount:
    """The same account under another decision, from tomorrow, agreed by two."""
    tomorrow = replace(SAME, valid_from=TODAY + timedelta(days=1), decision="30/QĐ-UBND")
    asked = ask_account(tomorrow, by=cast.receiver, at=MONDAY)
    confirm_account(asked.id, by=cast.leader, at=minutes_later(MONDAY, 5))
    asked.refresh_from_db()
    return asked


def test_two_agencies_never_collect_in_one_account(cast: Cast, neighbour: Agency):
    account_of(cast)
    beside = replace(cast.receiver, agency_id=neighbour.id)
    with pytest.raises(AccountRefused, match="cơ quan khác"):
        ask_account(SAME, by=beside, at=MONDAY)
    with pytest.raises(AccountRefused, match="cơ quan khác"):
        found_account(SAME, agency_id=neighbour.id, by=CITIZEN, at=MONDAY)
    assert CollectingAccount.objects.get().agency_id == cast.receiver.agency_id


def test_who_was_asked_first_and_agreed_last_is_refused_too(cast: Cast, neighbour: Agency):
    beside, head = (replace(one, agency_id=neighbour.id) for one in (cast.receiver, cast.leader))
    asked = ask_account(SAME, by=beside, at=MONDAY)
    account_of(cast)
    with pytest.raises(AccountRefused, match="cơ quan khác"):
        confirm_account(asked.id, by=head, at=minutes_later(MONDAY, 1))


def test_an_account_that_was_given_up_may_go_to_another(cast: Cast, neighbour: Agency):
    given_up = account_of(cast)
    CollectingAccount.objects.filter(pk=given_up.pk).update(valid_to=TODAY - timedelta(days=1))
    assert found_account(SAME, agency_id=neighbour.id, by=CITIZEN, at=MONDAY).agency_id == neighbour.id


def test_money_for_an_order_asked_under_the_decision_before_is_counted(cast: Cast):
    account_of(cast)
    order = order_for(cast)
    taken = take_in(renewed(cast), [line(order, 8000, number="FT1")], way=LineWay.WEBHOOK, at=MONDAY)
    assert dict(taken.states) == {"counted": 1}
    assert PaymentOrder.objects.get(pk=order.pk).state == "paid"


@pytest.mark.parametrize("number", ["FT1", ""])
def test_a_line_told_under_both_decisions_is_one_line(cast: Cast, number: str):
    before = account_of(cast)
    one = TellLine(5000, MONDAY, "lai", number)
    take_in(before, [one], way=LineWay.STATEMENT, at=MONDAY)
    assert take_in(renewed(cast), [one], way=LineWay.STATEMENT, at=MONDAY).added == 0
    assert BankLine.objects.count() == 1


def changed(cast: Cast, number: str, minutes: int = 5) -> CollectingAccount:
    """Another account from today on, agreed by two."""
    asked = ask_account(replace(SAME, number=number), by=cast.receiver, at=MONDAY)
    confirm_account(asked.id, by=cast.leader, at=minutes_later(MONDAY, minutes))
    return asked


def test_the_account_that_was_agreed_last_on_a_day_collects_on_it(cast: Cast):
    for minutes, number in enumerate(("7000111", "7000222", "7000333"), 5):
        changed(cast, number, minutes)
        assert account_on(cast.receiver.agency_id, TODAY).number == number


def test_a_renewed_account_is_one_account(cast: Cast):
    account_of(cast)
    later = renewed(cast)
    assert accounts_until(cast.receiver.agency_id, later.valid_from) == [later]


@pytest.mark.parametrize(("before", "state"), [(True, "counted"), (False, "unmatched")])
def test_a_sheet_of_the_account_before_is_taken_in_as_that_accounts(cast: Cast, before: bool, state: str):
    """Who was asked to pay into it pays there also after the office collects elsewhere."""
    old = account_of(cast)
    order = order_for(cast)
    new = changed(cast, "7000111")
    desk, address = logged_in("tiepnhan"), reverse("statements")
    rows = f"Ngày giao dịch,Số tham chiếu,Ghi có,Mô tả\n23/11/2026,F1,8000,{order.reference}\n".encode()
    missing = desk.post(address, {"sheet": SimpleUploadedFile("sao-ke.csv", rows)})
    assert "chọn tài khoản của sao kê" in missing.text
    chosen = {"account": str((old if before else new).id), "sheet": SimpleUploadedFile("sao-ke.csv", rows)}
    desk.post(desk.post(address, chosen)["Location"], {"import": "1"})
    assert BankLine.objects.get().state == state
