"""Who acts for somebody is told when the time of it has run out: nothing happens on that day that he could hear of."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import localdate
from django.utils.translation import override

from motcua.config.told_subjects import mandate_subject
from motcua.correspondence.actions import Said, say_all
from motcua.people.citizens.access import held_by
from motcua.people.citizens.models import Mandate

WITHIN: Final = timedelta(days=3)
"""For how long after its last day it is still said: an office that stood still says it later, not never."""


def tell_of_mandates_over(at: datetime) -> int:
    """Say of each mandate that ran out, once, that it did; how many were told.

    Not where he declared it anew for the same person meanwhile, nor where somebody ended it before.
    """
    today = localdate(at)
    rows = Mandate.objects.filter(
        agent__isnull=False, revoked_at=None, valid_to__lt=today, valid_to__gte=today - WITHIN
    ).select_related("agent")
    said = []
    with override("vi"):  # what is said is kept, and has one language
        for row in rows:
            if row.agent is None or any(one.full_name == row.full_name for one in held_by(row.agent.pk, today)):
                continue
            found = mandate_subject(row, row.agent)
            key = f"mandate-over:{row.pk}:{row.valid_to}"
            said.append(Said(key=key, to=found.to, template="mandate-over", about=found.about, values=found.values))
    return say_all(said, at=at)
