"""The demo office answers for its lateness: drafts as the runner would make them, the oldest one signed."""

from datetime import datetime

from motcua.people.access import ActingOfficial
from motcua.routing.apologies.actions import Wording, sign
from motcua.routing.apologies.drafting import tick
from motcua.routing.models import Apology
from motcua.worktime.rules import Amount, Unit


def answer_for_lateness(leader: ActingOfficial, now: datetime) -> None:
    """Draft what is due to be drafted, and sign the first letter."""
    tick(now)
    waiting = Apology.objects.filter(agency_id=leader.agency_id, signed_at=None, withdrawn_at=None)
    oldest = waiting.order_by("promised_at", "id").first()
    if oldest is None:
        return
    words = "Tuần này số hồ sơ hộ tịch tăng gấp đôi, một cán bộ đi tập huấn."
    sign(oldest.id, Wording("overload", words, Amount(2, Unit.WORKING_DAY)), by=leader, at=now)
