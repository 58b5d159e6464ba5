"""What nobody touched for thirty days goes: drafts, and the papers of guests who hold none any more."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop

from motcua.core.events import Actor
from motcua.documents.papers.access import Owner
from motcua.documents.papers.actions import forget_all
from motcua.documents.papers.models import Paper
from motcua.intake.models import Draft, HomeSupplement
from motcua.intake.supplements import MOST_DAYS

AT_ONCE: Final = 500
WAITED: Final = timedelta(days=MOST_DAYS)
OFFICE: Final = Actor(None, gettext_noop("Hệ thống"))


def forget_drafts(at: datetime) -> tuple[int, int]:
    """Delete drafts that ran out, and papers of guests without a draft in time or a request to meet.

    How many drafts, how many papers.
    """
    over = Draft.objects.filter(submitted_at=None, expires_at__lt=at).values_list("pk", flat=True)[:AT_ONCE]
    drafts, _each = Draft.objects.filter(pk__in=list(over), submitted_at=None, expires_at__lt=at).delete()
    in_time = Draft.objects.filter(key_hash=OuterRef("key_hash"), expires_at__gte=at)
    asked_for = HomeSupplement.objects.filter(key_hash=OuterRef("key_hash"), taken_at=None, begun_at__gte=at - WAITED)
    lonely = Paper.objects.filter(~Exists(in_time), ~Exists(asked_for), citizen_id=None, forgotten_at=None).order_by()
    keys = lonely.values_list("key_hash", flat=True).distinct()[:AT_ONCE]
    return drafts, sum(forget_all(Owner(key_hash=key), at=at, by=OFFICE) for key in keys)
