"""Which screen holds this key, and which stands at this desk."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.intake.models import SecondScreen


def screen_by_key(key: str, *, at: datetime) -> SecondScreen | None:
    """The screen that holds this key; None once it was ended or its day is over."""
    if not key:
        return None
    return _live(at).filter(key_hash=key_hash(key)).first()


def screen_of_desk(official_id: UUID, *, at: datetime) -> SecondScreen | None:
    """The screen of this official's desk, paired or waiting for its code."""
    return _live(at).filter(official_id=official_id).first()


def key_hash(key: str) -> str:
    """What is kept of a screen's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def _live(at: datetime) -> QuerySet[SecondScreen]:
    return SecondScreen.objects.select_related("draft").filter(ended_at=None, expires_at__gt=at)
