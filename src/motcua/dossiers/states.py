"""The state chart of a dossier: the ten codes of the national portal, and which may follow which."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.refusals import Refusal
from motcua.core.sql import execute


class State(models.IntegerChoices):
    """The numbers are the national portal's `TrangThaiHoSo`."""

    SUBMITTED = 1, gettext_lazy("Mới đăng ký")
    RECEIVED = 2, gettext_lazy("Được tiếp nhận")
    NOT_ACCEPTED = 3, gettext_lazy("Không được tiếp nhận")
    PROCESSING = 4, gettext_lazy("Đang xử lý")
    SUPPLEMENT_ASKED = 5, gettext_lazy("Yêu cầu bổ sung giấy tờ")
    PAYMENT_ASKED = 6, gettext_lazy("Yêu cầu thực hiện nghĩa vụ tài chính")
    WITHDRAWN = 7, gettext_lazy("Công dân yêu cầu rút hồ sơ")
    DISCONTINUED = 8, gettext_lazy("Dừng xử lý")
    FINISHED = 9, gettext_lazy("Đã xử lý xong")
    RETURNED = 10, gettext_lazy("Đã trả kết quả")


class DossierOutcome(models.TextChoices):
    """How a dossier ended; nothing while it lives."""

    GRANTED = "granted", gettext_lazy("Đã giải quyết")
    REJECTED = "rejected", gettext_lazy("Bị từ chối giải quyết")
    WITHDRAWN = "withdrawn", gettext_lazy("Người nộp đã rút")
    DISCONTINUED = "discontinued", gettext_lazy("Đã dừng giải quyết")


CHART: Mapping[State, frozenset[State]] = {
    State.SUBMITTED: frozenset({State.RECEIVED, State.NOT_ACCEPTED, State.WITHDRAWN}),
    State.RECEIVED: frozenset({State.PROCESSING, State.WITHDRAWN, State.DISCONTINUED}),
    State.NOT_ACCEPTED: frozenset(),
    State.PROCESSING: frozenset(
        {State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED, State.WITHDRAWN, State.DISCONTINUED, State.FINISHED}
    ),
    State.SUPPLEMENT_ASKED: frozenset({State.PROCESSING, State.WITHDRAWN, State.DISCONTINUED}),
    State.PAYMENT_ASKED: frozenset({State.PROCESSING, State.WITHDRAWN, State.DISCONTINUED}),
    State.WITHDRAWN: frozenset(),
    State.DISCONTINUED: frozenset({State.PROCESSING}),
    State.FINISHED: frozenset({State.RETURNED, State.PROCESSING}),
    State.RETURNED: frozenset({State.PROCESSING}),
}

# A settled dossier goes back to work only when a leader reopens it, with a reason.
PAUSED = frozenset({State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED})
OPEN = frozenset({State.RECEIVED, State.PROCESSING, State.SUPPLEMENT_ASKED, State.PAYMENT_ASKED})
ENDED = frozenset({State.NOT_ACCEPTED, State.WITHDRAWN, State.DISCONTINUED, State.FINISHED, State.RETURNED})

# Arrows that change a date: only `actions.turn_clock` follows them.
BY_THE_CLOCK = frozenset(
    (seen, to)
    for seen in CHART
    for to in CHART[seen]
    if to in PAUSED or (seen in PAUSED | ENDED and to == State.PROCESSING)
)

# What the citizen sees of the way, in hundredths: never who or why.
COMPLETION: Mapping[State, int] = {
    State.SUBMITTED: 5, State.RECEIVED: 15, State.NOT_ACCEPTED: 100, State.PROCESSING: 50,
    State.SUPPLEMENT_ASKED: 40, State.PAYMENT_ASKED: 60, State.WITHDRAWN: 100, State.DISCONTINUED: 100,
    State.FINISHED: 90, State.RETURNED: 100,
}  # fmt: skip


class StaleMove(Refusal):
    """Somebody else moved the dossier since the page was read. Nothing was changed."""

    def __str__(self) -> str:
        return _("Hồ sơ vừa được người khác xử lý. Trang đã tải lại theo tình trạng mới, việc của ông/bà chưa ghi.")


class ForbiddenMove(Exception):
    """The chart knows no way from one state to the other."""


def may_move(seen: State, to: State) -> bool:
    """Whether the chart has an arrow from `seen` to `to`."""
    return to in CHART[seen]


def move(*, dossier_id: UUID, seen: State, to: State, at: datetime, outcome: str = "") -> None:
    """Move a dossier by compare-and-set; what ends it also says when and how, what pauses it goes through its clock.

    Raises `ForbiddenMove` when the chart has no such arrow, `StaleMove` when the dossier is no longer in
    `seen`. Call it in the transaction that records the event.
    """
    if not may_move(seen, to) or (seen, to) in BY_THE_CLOCK:
        raise ForbiddenMove(f"{seen.name} -> {to.name}")
    sets: LiteralString = "state = %s"
    values: list[Any] = [int(to)]
    if to == State.RETURNED:
        sets += ", returned_at = %s"
        values += [at]
    elif to in ENDED:
        sets += ", finished_at = %s, outcome = %s, paused_at = NULL, paused_until = NULL"
        values += [at, outcome or DossierOutcome.GRANTED.value]
    touched = execute(
        f"UPDATE dossiers_dossier SET {sets} WHERE id = %s AND state = %s", [*values, dossier_id, int(seen)]
    )
    if touched != 1:
        raise StaleMove
