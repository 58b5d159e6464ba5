"""Pure rules of receiving: what is missing, what is promised, what is due in money."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.catalogue.rules import (
    ComponentLine,
    FeeLine,
    LimitLine,
    choose_limit,
    fee_lines,
    fee_total,
    papers_for,
)
from motcua.catalogue.rules.names import joined_words
from motcua.core.refusals import Refusal
from motcua.worktime.rules import Amount, Calendar, Unit

PERSON, ORGANISATION = "person", "organisation"
AT_THE_COUNTER = ("counter", "post")
NAMING_WORDS: Final = 3
_ASIDE = re.compile(r"[(,;:]")
# Whom the catalogue names, as the counter tells applicants apart.
APPLICANTS: Final[Mapping[str, str]] = {
    "citizen": PERSON,
    "overseas_vietnamese": PERSON,
    "foreigner": PERSON,
    "household": PERSON,
    "enterprise": ORGANISATION,
    "cooperative": ORGANISATION,
    "organisation": ORGANISATION,
    "state_body": ORGANISATION,
}


class Offer(Protocol):
    """What these rules need of a procedure version."""

    @property
    def code(self) -> str: ...
    @property
    def limits(self) -> Sequence[LimitLine]: ...
    @property
    def fees(self) -> Sequence[FeeLine]: ...
    @property
    def cut_off(self) -> time | None: ...


class NoLimit(Refusal):
    """The version states no time limit for this channel, so no date can be promised."""

    def __str__(self) -> str:
        return _(
            "Thủ tục này chưa có thời hạn cho cách nộp đã chọn nên chưa tính được ngày hẹn. "
            "Báo bộ phận kiểm soát thủ tục hành chính."
        )


@dataclass(frozen=True, slots=True)
class Promise:
    """What the office promises before it takes the dossier: limit, instant, money.

    `fee_total` in đồng is None while an amount is left to the province.
    """

    number: int
    unit: str
    due_at: datetime
    fees: tuple[FeeLine, ...]
    fee_total: int | None

    @property
    def amount(self) -> Amount:
        """The limit as `worktime` counts it."""
        return Amount(self.number, Unit(self.unit))


def promise(offer: Offer, *, channel: str, whens: Collection[str], at: datetime, calendar: Calendar) -> Promise:
    """The promise for a dossier received at `at`.

    Raises `NoLimit`, or `CalendarGap` when the calendar does not reach far enough: never a guessed date.
    """
    limit = _limit(offer, channel, whens)
    due_at = calendar.due(at, Amount(limit.number, Unit(limit.unit)), cut_off=offer.cut_off)
    fees = fee_lines(offer.fees, whens)
    total, whole = fee_total(fees)
    return Promise(limit.number, limit.unit, due_at, fees, total if whole else None)


def _limit(offer: Offer, channel: str, whens: Collection[str]) -> LimitLine:
    """The longest limit among the situations that apply; the general one when none of them states its own."""
    found = [choose_limit(offer.limits, channel=channel, when=when) for when in (whens or ("",))]
    stated = [limit for limit in found if limit is not None]
    if not stated:
        raise NoLimit(offer.code)
    special = [limit for limit in stated if limit.when]
    return max(special or stated, key=_rough_minutes)


def _rough_minutes(limit: LimitLine) -> int:
    per_unit = {Unit.WORKING_HOUR: 60, Unit.WORKING_DAY: 480, Unit.DAY: 340}
    return limit.number * per_unit[Unit(limit.unit)]


def who_may_apply(kinds: Iterable[str]) -> frozenset[str]:
    """Who may file, "person" or "organisation", by the kinds of applicant that a version names.

    A version that names nobody shuts nobody out. Raises KeyError for a kind that the catalogue does not know.
    """
    return frozenset(APPLICANTS[kind] for kind in kinds) or frozenset({PERSON, ORGANISATION})


def counter_channels(channels: Collection[str]) -> tuple[str, ...]:
    """The ways of filing that end at the receiver's desk; none when the procedure is filed online only."""
    return tuple(channel for channel in AT_THE_COUNTER if channel in channels)


def missing_papers(
    components: Iterable[ComponentLine], whens: Collection[str], handed_in: Collection[UUID | None]
) -> list[str]:
    """Names of the papers that this dossier must hold and does not, in the order of the list."""
    return [paper.name for paper in papers_for(components, whens) if paper.id not in handed_in]


def paper_named(said: str, components: Iterable[ComponentLine]) -> ComponentLine | None:
    """The paper of the published list that these words name, by whatever case and accents; None when they name none.

    What a list asks for is demanded by ticking it there, so that it is not counted as a demand outside of the list
    and nobody asks twice for what is here. A name of one or two words must be all that was said: it is part of too
    many others.
    """
    words = joined_words(said)
    for paper in components:
        core, whole = joined_words(_ASIDE.split(paper.name, maxsplit=1)[0]), joined_words(paper.name)
        if words == core or _holds(words, core) or _holds(whole, words):
            return paper
    return None


def _holds(words: str, part: str) -> bool:
    """Whether `part`, of enough words to name something, stands in `words`."""
    return part.count("-") + 1 >= NAMING_WORDS and f"-{part}-" in f"-{words}-"
