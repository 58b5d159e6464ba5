"""Published periods of one procedure follow each other and never overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _


class PeriodTaken(ValueError):
    """The period is already held by another published version; the sentence says by which."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days a published version is in force, both ends included; `last` None while open."""

    version_id: UUID
    first: date
    last: date | None


def make_room(periods: Sequence[Period], first: date, last: date | None) -> tuple[UUID, date] | None:
    """What must end for a version in force from `first` to `last`: (version, its new last day), or None.

    Only the version that began earlier may be ended; raises PeriodTaken when one begins on or after
    `first` within the period.
    """
    ends: tuple[UUID, date] | None = None
    for period in periods:
        if period.first >= first and (last is None or period.first <= last):
            raise PeriodTaken(
                _("Đã có phiên bản công khai có hiệu lực từ %(day)s; chọn ngày hiệu lực sau ngày đó.")
                % {"day": f"{period.first:%d/%m/%Y}"}
            )
        if period.first < first and (period.last is None or period.last >= first):
            ends = (period.version_id, first - timedelta(days=1))
    return ends
