"""The next day on which a leader receives citizens, on a hall's television."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from motcua.catalogue.posting.slides import Slide, cut
from motcua.core.templatetags.moments import weekday
from motcua.documents.qr import qr_svg
from motcua.feedback.receptions.queries import next_reception
from motcua.feedback.receptions.wording import hours_words
from motcua.people.models import Agency
from motcua.people.queries import home_agency

LONGEST: Final = 40
"""Letters of a line that stands in two on a hall's television; the code leads to the rest."""


def reception_slides(agency: Agency, at: datetime) -> list[Slide]:
    """One slide of the office this installation serves; none where no day is known."""
    home = home_agency(localdate(at))
    found = next_reception(agency, localtime(at)) if home is not None and home.pk == agency.pk else None
    if found is None:
        return []
    day, hours = found.told.day, found.told.hours
    lines = [hours_words(hours), cut(found.plan.receiver, LONGEST)]
    if len(hours) == 1:
        lines.append(cut(found.plan.place, LONGEST))
    return [
        Slide(
            over=_("Lãnh đạo tiếp công dân"), title=f"{weekday(day)} {day:%d/%m}",
            lines=tuple((line, "") for line in lines),
            qr=qr_svg(f"{settings.MOTCUA_BASE_URL}{reverse('receptions')}"), qr_words=_("Xem lịch tiếp"),
        )
    ]  # fmt: skip
