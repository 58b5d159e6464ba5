"""The life of an older result: what may follow what."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class OlderState(models.TextChoices):
    """Where the digitizing of an older result stands."""

    LISTED = "listed", _("Mới ghi vào sổ")
    DIGITIZED = "digitized", _("Đã số hóa, chờ kiểm tra")
    CHECKED = "checked", _("Đã kiểm tra")
    REFUSED = "refused", _("Bản quét không đạt")


CHART: Final[Mapping[OlderState, frozenset[OlderState]]] = {
    OlderState.LISTED: frozenset({OlderState.DIGITIZED}),
    OlderState.DIGITIZED: frozenset({OlderState.DIGITIZED, OlderState.CHECKED, OlderState.REFUSED}),
    OlderState.CHECKED: frozenset({OlderState.DIGITIZED}),
    OlderState.REFUSED: frozenset({OlderState.DIGITIZED}),
}
WITH_COPY: Final = (OlderState.DIGITIZED, OlderState.CHECKED)
"""What counts as digitized; a scan that was refused does not."""


def may_move(seen: OlderState, to: OlderState) -> bool:
    """Whether the chart has this way."""
    return to in CHART[seen]
