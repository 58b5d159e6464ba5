"""The same certificate sent twice at the same instant, on committed rows: it stands once, the other is told why."""

from motcua.core.models import Event
from motcua.signing.actions import Holder, register, withdraw
from motcua.signing.models import DigitalCertificate, WithdrawalReason
from tests.cast import MONDAY, Cast
from tests.committed import together
from tests.payments.committed_ward import cast, overtaken
from tests.signing.sheets import DAY, certificate

__all__ = ["cast"]


def test_four_who_register_the_same_at_once_register_it_once(cast: Cast):
    by, content = cast.records_clerk, certificate()
    came = together([lambda: register(content, Holder(by.agency_id), by=by, at=MONDAY)] * 4)
    assert sorted(getattr(one, "reason", "") for one in came) == ["", "registered", "registered", "registered"]
    assert DigitalCertificate.objects.count() == 1
    assert Event.objects.filter(kind="certificate.registered").count() == 1


def test_who_comes_second_waits_and_is_told(cast: Cast):
    by, content = cast.records_clerk, certificate(days=500)
    second = overtaken(
        lambda: register(content, Holder(by.agency_id), by=by, at=MONDAY),
        lambda: register(content, Holder(by.agency_id), by=cast.administrator, at=MONDAY),
    )
    assert second.reason == "registered"


def test_two_who_withdraw_at_once_withdraw_it_once(cast: Cast):
    row = register(certificate(days=600), Holder(cast.leader.agency_id), by=cast.records_clerk, at=MONDAY)
    second = overtaken(
        lambda: withdraw(row.pk, WithdrawalReason.REPLACED, note="", by=cast.records_clerk, at=MONDAY + DAY),
        lambda: withdraw(row.pk, WithdrawalReason.KEY_LOST, note="", by=cast.administrator, at=MONDAY + DAY),
    )
    assert second.reason == "gone"
    assert DigitalCertificate.objects.get(pk=row.pk).withdrawal_reason == "replaced"
    assert Event.objects.filter(kind="certificate.withdrawn", subject_id=row.pk).count() == 1
