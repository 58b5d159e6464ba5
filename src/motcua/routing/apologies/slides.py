"""The public list of late dossiers on a hall's television: how many there are, the longest first, and where it is."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.catalogue.posting.slides import Slide
from motcua.documents.qr import qr_svg
from motcua.people.models import Agency
from motcua.people.queries import home_agency
from motcua.routing.apologies.queries import public_late, public_late_count

SHOWN: Final = 3


def late_slides(agency: Agency, at: datetime) -> list[Slide]:
    """One slide for the office whose list is public: codes and promised days, and nothing of any person."""
    home = home_agency(localdate(at))
    if home is None or home.pk != agency.pk:
        return []
    several = public_late_count(agency.pk, at)
    title = ngettext("%(n)d hồ sơ trễ hẹn", "%(n)d hồ sơ trễ hẹn", several) % {"n": several}
    lines = [
        (row.code, f"{localtime(row.promised_at):%d/%m}") for row in public_late(agency.pk, at, limit=SHOWN, offset=0)
    ] or [(_("Mọi hồ sơ đang giải quyết đều còn trong hạn đã hẹn."), "")]
    return [
        Slide(
            over=_("Mã hồ sơ và ngày đã hẹn") if several else _("Công khai hồ sơ trễ hẹn"),
            title=title if several else _("Không có hồ sơ nào trễ hẹn"), lines=tuple(lines),
            qr=qr_svg(f"{settings.MOTCUA_BASE_URL}{reverse('late-dossiers')}"), qr_words=_("Xem danh sách"),
        )
    ]  # fmt: skip
