"""Reads of dossiers for the public and for the register."""

import hmac
from datetime import date

from django.db.models import Q, QuerySet

from motcua.core.sql import fetch_one
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import COMPLETION, State


def completion_of(code: str) -> int | None:
    """How far the dossier with this code is, in hundredths; None when there is none. Nothing else is told."""
    row = fetch_one("SELECT state FROM dossiers_dossier WHERE code = %s", (code[:40],))
    return COMPLETION[State(row[0])] if row else None


def tracked_dossier(code: str, token: str) -> Dossier | None:
    """The dossier whose receipt bears this code and key, compared in constant time."""
    found = Dossier.objects.select_related("agency", "version__procedure__sector").filter(code=code[:40]).first()
    expected = found.tracking_token if found else "A" * 20
    matches = hmac.compare_digest(expected.encode(), token.encode())
    return found if matches else None


def find(visible: QuerySet[Dossier], text: str, limit: int = 50) -> list[Dossier]:
    """Dossiers by code (or its end), personal id, phone, or words of the applicant's name."""
    text = text.strip()[:100]
    if not text:
        return []
    digits = text.replace(" ", "")
    wanted = (
        Q(code__istartswith=text)
        | Q(code__iendswith=f"-{text}")
        | Q(applicant_personal_id=digits)
        | Q(applicant_phone=digits)
    )
    words = [word for word in text.split() if any(letter.isalpha() for letter in word)]
    if words:
        named = Q()
        for word in words[:6]:
            named &= Q(applicant_name__unaccent__icontains=word)
        wanted |= named
    return list(visible.filter(wanted).select_related("version").order_by("-received_at")[:limit])


def register(visible: QuerySet[Dossier], *, first: date, last: date, sector: str = "") -> QuerySet[Dossier]:
    """The dossier register (form 07) of a period by day of receipt, oldest first."""
    rows = visible.filter(received_at__date__gte=first, received_at__date__lte=last)
    if sector:
        rows = rows.filter(version__procedure__sector_id=sector)
    return rows.select_related("version__procedure__sector", "agency").order_by("received_at", "code")
