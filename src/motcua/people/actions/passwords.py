"""New one-time passwords for officials who forgot theirs.

Whoever sees a one-time password can log in with it. So for those whose word binds the office (they sign, they write
roles) one person asks, and only another, who could not have asked alone, is shown it: an administrator by himself
never becomes a leader. Two who are there suffice, as a commune of five has; where there is no second, whoever keeps
the machine runs `manage renew_password`. The holder reads at his next log-ins who renewed it.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.core.events import Actor, record
from motcua.core.models import Event
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial
from motcua.people.actions.officials import colleague
from motcua.people.models import Account, Official, PasswordRenewal, StandIn
from motcua.people.queries import agencies_under
from motcua.people.second_person import BINDING, is_made_by, made_by

RENEWED: Final = "official.password_renewed"
TOLD_FOR: Final = timedelta(days=14)
# Without letters and figures that are taken for one another when read aloud or copied by hand.
_READABLE: Final = "abcdefghijkmnpqrstuvwxyz23456789"


class RenewalRefused(Refusal):
    """The password is not renewed so; the sentence says why."""


def one_time_password() -> str:
    """A password to hand over once: sixty random bits in three groups of four."""
    return "-".join(get_random_string(4, _READABLE) for _group in range(3))


def needs_another(official: Official, at: datetime) -> bool:
    """Whether one person alone may not renew his password: he holds, held or stands in for a role that binds."""
    stands_in = StandIn.objects.filter(substitute=official, role__in=BINDING, absence__last_at__gt=at)
    return official.grants.filter(role__in=BINDING).exists() or stands_in.exists()


@transaction.atomic
def renew_password(official_id: UUID, *, by: ActingOfficial, at: datetime) -> str:
    """A new one-time password for an official who forgot his; his sessions end.

    Records `official.password_renewed`. The password given back is shown once and kept nowhere. Raises
    `OfficialRefused` for a stranger, `RenewalRefused` for one whose password needs a second person.
    """
    official = colleague(official_id, by)
    if needs_another(official, at):
        raise RenewalRefused(_("Người này ký hoặc quản trị, nên cần người thứ hai xác nhận cấp lại mật khẩu."))
    return _renewed(official, by=by.actor, at=at, asked_by=None)


def renew_on_the_machine(official: Official, *, by: Actor, at: datetime) -> str:
    """For whoever keeps the machine, who holds its database anyway; recorded and told like every other renewal."""
    with transaction.atomic():
        return _renewed(official, by=by, at=at, asked_by=None)


def _renewed(official: Official, *, by: Actor, at: datetime, asked_by: str | None) -> str:
    password = one_time_password()
    official.account.set_password(password)
    official.account.password_is_temporary = True
    official.account.save(update_fields=["password", "password_is_temporary"])
    record(
        kind=RENEWED, subject=("official", official.id), by=by, at=at, agency_id=official.unit.agency_id,
        after={"asked_by": asked_by} if asked_by else None,
    )  # fmt: skip
    return password


@transaction.atomic
def choose_password(account: Account, password: str, *, at: datetime) -> None:
    """He sets his own password, so it is no longer temporary. Records `official.password_chosen`."""
    account.set_password(password)
    account.password_is_temporary = False
    account.save(update_fields=["password", "password_is_temporary"])
    holder = Official.objects.select_related("unit").filter(account=account).first()
    if holder is not None:
        record(
            kind="official.password_chosen", subject=("official", holder.id), by=Actor(account.pk, holder.full_name),
            at=at, agency_id=holder.unit.agency_id,
        )  # fmt: skip


@transaction.atomic
def ask_renewal(official_id: UUID, *, by: ActingOfficial, at: datetime) -> PasswordRenewal:
    """An administrator asks for a new password of one who signs or administers; asking twice is asking once.

    Records `official.password_renewal_asked`. Raises `OfficialRefused`, and `RenewalRefused` when nobody could
    confirm it.
    """
    official = colleague(official_id, by)
    Official.objects.select_for_update().get(pk=official.pk)
    waiting = PasswordRenewal.objects.filter(official=official, settled_at=None).first()
    if waiting is not None:
        return waiting
    if not second_people(official, by.id, at).exists():
        raise RenewalRefused(
            _("Cơ quan chưa có quản trị hay lãnh đạo nào khác để xác nhận. Người giữ máy chủ chạy lệnh "
              "“motcua manage renew_password %(username)s”.") % {"username": official.account.username}
        )  # fmt: skip
    asked = PasswordRenewal.objects.create(official=official, asked_by_id=by.id, asked_at=at)
    record(
        kind="official.password_renewal_asked", subject=("official", official.id), by=by.actor, at=at,
        agency_id=by.agency_id,
    )  # fmt: skip
    return asked


def second_people(official: Official, asked_by: UUID, at: datetime) -> QuerySet[Official]:
    """Who of the agency may confirm: administrators and leaders who serve today, but the asker and the holder.

    Nor whom the asker made one himself (`second_person`).
    """
    day = localdate(at)
    found = (
        Official.objects.filter(
            Q(grants__valid_to=None) | Q(grants__valid_to__gte=day), Q(valid_to=None) | Q(valid_to__gte=day),
            unit__agency_id=official.unit.agency_id, account__is_active=True, valid_from__lte=day,
            grants__role__in=BINDING, grants__valid_from__lte=day,
        )
        .exclude(pk__in=(asked_by, official.pk))
        .distinct()
        .order_by("full_name")
    )  # fmt: skip
    return found.exclude(pk__in=made_by(asked_by, [one.pk for one in found], at))


def waiting_renewals(by: ActingOfficial) -> QuerySet[PasswordRenewal]:
    """What waits for a second person in his agency, and in those below it."""
    return PasswordRenewal.objects.filter(
        settled_at=None, official__unit__agency_id__in=agencies_under(by.agency_id)
    ).select_related("official__account", "official__unit", "asked_by").order_by("asked_at")  # fmt: skip


def may_confirm_renewal(asked: PasswordRenewal, by: ActingOfficial, at: datetime) -> bool:
    """Whether he is a second person: one who binds the office too, neither asker nor holder nor in their place."""
    himself = {by.id, *by.stands_in_for}
    another = by.holds(*BINDING) and himself.isdisjoint({asked.asked_by_id, asked.official_id})
    return another and not is_made_by(asked.asked_by_id, by, at)


def confirm_renewal(renewal_id: UUID, *, by: ActingOfficial, at: datetime) -> tuple[Official, str]:
    """The second person: whose password it is, and the new one, shown to him alone and kept nowhere.

    Raises `RenewalRefused` for who is no second person, and when it is settled already.
    """
    with transaction.atomic():
        asked = _waiting(renewal_id, by)
        if not may_confirm_renewal(asked, by, at):
            raise RenewalRefused(
                _("Cần một quản trị hoặc lãnh đạo khác xác nhận, không phải người đề nghị hay người mới được người đề "
                  "nghị giao việc.")
            )  # fmt: skip
        _settle(asked, by, at, is_given=True)
        password = _renewed(asked.official, by=by.actor, at=at, asked_by=asked.asked_by.full_name)
    return asked.official, password


def drop_renewal(renewal_id: UUID, *, by: ActingOfficial, at: datetime) -> Official:
    """Nothing comes of the wish. Records `official.password_renewal_dropped`. Raises `RenewalRefused`."""
    with transaction.atomic():
        asked = _waiting(renewal_id, by)
        if not by.holds(*BINDING):
            raise RenewalRefused(_("Quản trị hoặc lãnh đạo mới bỏ được đề nghị này."))
        _settle(asked, by, at, is_given=False)
        record(
            kind="official.password_renewal_dropped", subject=("official", asked.official_id), by=by.actor, at=at,
            agency_id=by.agency_id,
        )  # fmt: skip
    return asked.official


def _waiting(renewal_id: UUID, by: ActingOfficial) -> PasswordRenewal:
    found = waiting_renewals(by).select_for_update(of=("self",)).filter(pk=renewal_id).first()
    if found is None:
        raise RenewalRefused(_("Đề nghị này đã được quyết định trước đó."))
    return found


def _settle(asked: PasswordRenewal, by: ActingOfficial, at: datetime, *, is_given: bool) -> None:
    asked.settled_by_id, asked.settled_at, asked.is_given = by.id, at, is_given
    asked.save(update_fields=["settled_by", "settled_at", "is_given"])


def told_renewals(account_id: UUID, at: datetime) -> list[Event]:
    """The renewals of an account's password in the last two weeks, the newest first.

    Not only the unread ones: whoever logged in with a password that was not meant for him has read them too.
    """
    holder = Official.objects.filter(account_id=account_id).values("pk")
    return list(
        Event.objects.filter(
            kind=RENEWED, subject_kind="official", subject_id__in=holder, at__gt=at - TOLD_FOR
        ).order_by("-sequence")
    )  # fmt: skip
