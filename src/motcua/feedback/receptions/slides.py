"""The next day on which a leader receives citizens, on a hall's television."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from motcua.catalogue.posting.slides import Slide
from motcua.documents.qr import qr_svg
from motcua.feedback.receptions.queries import next_reception
from motcua.feedback.receptions.wording import day_words, hours_words
from motcua.people.models import Agency
from motcua.people.queries import home_agency


def reception_slides(agency: Agency, at: datetime) -> list[Slide]:
    """One slide of the office this installation serves; none where no day is known."""
    home = home_agency(localdate(at))
    found = next_reception(agency, localtime(at)) if home is not None and home.pk == agency.pk else None
    if found is None:
        return []
    lines = [(found.plan.receiver, hours_words(found.told.hours)), (found.plan.place, found.plan.phone)]
    return [
        Slide(
            over=_("Lãnh đạo tiếp công dân"), title=day_words(found.told.day), lines=tuple(lines),
            qr=qr_svg(f"{settings.MOTCUA_BASE_URL}{reverse('receptions')}"), qr_words=_("Xem lịch tiếp"),
        )
    ]  # fmt: skip
