"""Published periods of one procedure follow each other and never overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _


class PeriodTaken(ValueError):
    """The period cannot be had; the sentence says which day can."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days a published version is in force, both ends included; `last` None while open."""

    version_id: UUID
    first: date
    last: date | None


def make_room(periods: Sequence[Period], first: date, last: date | None, *, today: date) -> tuple[UUID, date] | None:
    """What must end for a version in force from `first` to `last`: (version, its new last day), or None.

    Only the version that began earlier may be ended. Raises PeriodTaken when one begins on or after `first`
    within the period, and when `first` is past though the procedure has been published before: dossiers
    were received under the version then in force.
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
    if periods and first < today:
        raise PeriodTaken(
            _("Thủ tục đã có phiên bản công khai nên không áp dụng lùi ngày; chọn từ ngày %(day)s trở đi.")
            % {"day": f"{today:%d/%m/%Y}"}
        )
    return ends
