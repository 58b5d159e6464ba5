"""Asking for another collecting account, agreeing to it, turning it down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.holding import hold
from motcua.core.refusals import Refusal
from motcua.payments.models import CollectingAccount
from motcua.payments.orders.tables import banks
from motcua.people.access import ActingOfficial
from motcua.people.second_person import is_made_by


class AccountRefused(Refusal, ValueError):
    """An account cannot collect like this; the sentence says why."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to collect in, from a day on, by a decision."""

    bank: str
    number: str
    holder: str
    decision: str
    valid_from: date


def ask_account(new: NewAccount, *, by: ActingOfficial, at: datetime) -> CollectingAccount:
    """Ask that fees be collected in this account from a day on. Raises `AccountRefused`."""
    if new.bank not in banks():
        raise AccountRefused(_("Không có ngân hàng mang mã này trong danh sách."))
    if new.valid_from < localdate(at):
        raise AccountRefused(_("Ngày bắt đầu thu không thể trước hôm nay."))
    with transaction.atomic():
        _require_nobodys(new.bank, new.number, agency_id=by.agency_id, at=at)
        if CollectingAccount.objects.filter(agency_id=by.agency_id, confirmed_at=None).exists():
            raise AccountRefused(_("Đã có một đề nghị đổi tài khoản đang chờ xác nhận."))
        asked = _create(new, agency_id=by.agency_id, at=at, asked_by_id=by.id)
        _tell(asked, "account_asked", by=by.actor, at=at)
    return asked


def confirm_account(account_id: UUID, *, by: ActingOfficial, at: datetime) -> CollectingAccount:
    """A second person agrees: the account collects from its day on, the one before it until the day before.

    Raises `AccountRefused` for who asked himself, or owes his role to who asked; for an account that is no more asked.
    """
    with transaction.atomic():
        asked = _asked(account_id, by)
        if asked.asked_by_id == by.id or (asked.asked_by_id and is_made_by(asked.asked_by_id, by, at)):
            raise AccountRefused(_("Người đề nghị không tự xác nhận được. Một người khác có thẩm quyền xác nhận."))
        _require_nobodys(asked.bank, asked.number, agency_id=asked.agency_id, at=at)
        start = max(asked.valid_from, localdate(at))
        for before in CollectingAccount.objects.select_for_update().filter(
            Q(valid_to=None), agency_id=asked.agency_id, confirmed_at__isnull=False
        ):
            CollectingAccount.objects.filter(pk=before.pk).update(
                valid_to=max(start - timedelta(days=1), before.valid_from)
            )
            _tell(before, "account_ended", by=by.actor, at=at)
        CollectingAccount.objects.filter(pk=asked.pk).update(confirmed_at=at, confirmed_by_id=by.id, valid_from=start)
        _tell(asked, "account_confirmed", by=by.actor, at=at)
    return asked


def drop_account(account_id: UUID, *, by: ActingOfficial, at: datetime) -> None:
    """Turn the request down; nothing ever collected there. Raises `AccountRefused` when it is no more asked."""
    with transaction.atomic():
        asked = _asked(account_id, by)
        _tell(asked, "account_dropped", by=by.actor, at=at)
        asked.delete()


def found_account(new: NewAccount, *, agency_id: UUID, by: Actor, at: datetime) -> CollectingAccount:
    """The first account of an office that is being set up, by whoever sets it up. Raises `AccountRefused`."""
    with transaction.atomic():
        _require_nobodys(new.bank, new.number, agency_id=agency_id, at=at)
        opened = _create(new, agency_id=agency_id, at=at, confirmed_at=at)
        _tell(opened, "account_confirmed", by=by, at=at)
    return opened


def _create(new: NewAccount, *, agency_id: UUID, at: datetime, **more: Any) -> CollectingAccount:
    return CollectingAccount.objects.create(
        agency_id=agency_id, bank=new.bank, bank_name=banks()[new.bank], number=new.number, holder=new.holder,
        decision=new.decision, valid_from=new.valid_from, asked_at=at, **more,
    )  # fmt: skip


def _require_nobodys(bank: str, number: str, *, agency_id: UUID, at: datetime) -> None:
    """Raises `AccountRefused` while another agency collects in this account. Two who ask at once wait."""
    hold("bank", bank, number)
    others = CollectingAccount.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=localdate(at)), bank=bank, number=number, confirmed_at__isnull=False
    )
    if others.exclude(agency_id=agency_id).exists():
        raise AccountRefused(
            _("Tài khoản này đang thu cho một cơ quan khác, tiền vào sẽ lẫn. Mỗi cơ quan dùng một tài khoản riêng.")
        )


def _asked(account_id: UUID, by: ActingOfficial) -> CollectingAccount:
    found = CollectingAccount.objects.select_for_update().filter(
        pk=account_id, agency_id=by.agency_id, confirmed_at=None
    )
    asked = found.first()
    if asked is None:
        raise AccountRefused(_("Đề nghị này đã được trả lời ở chỗ khác. Trang đã tải lại."))
    return asked


def _tell(account: CollectingAccount, what: str, *, by: Actor, at: datetime) -> None:
    record(
        kind=f"agency.{what}", subject=("agency", account.agency_id), by=by, at=at, agency_id=account.agency_id,
        after={"account": str(account.id), "bank": account.bank, "number": account.number,
               "valid_from": account.valid_from.isoformat(), "decision": account.decision},
    )  # fmt: skip
