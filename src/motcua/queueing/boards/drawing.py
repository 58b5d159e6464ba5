"""What a board shows of a hall, for the page and the stream alike: one piece of HTML and the calls to speak."""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_spaces_between_tags

from motcua import core
from motcua.queueing.boards.live.hub import Topic
from motcua.queueing.boards.turns import said_in_turn
from motcua.queueing.declared import declared_on
from motcua.queueing.queries.hall import AtCounter, Manning, ShownCounter, Standing, Waits
from motcua.queueing.queries.ranges import range_for, range_words

LARGE: Final = 3
"""So many counters have room for a number that is read from eight metres; of more, those that called last."""
BUILT: Final = Path(core.__file__).parent / "static" / "motcua"


@dataclass(frozen=True, slots=True)
class Place:
    """A counter on the board. `first`: whose number it shows; `others`: served with him."""

    counter: ShownCounter
    first: AtCounter | None
    others: tuple[AtCounter, ...]

    @property
    def rests(self) -> bool:
        """Whoever sits there is away for a while."""
        return self.counter.manning == Manning.BREAK

    @property
    def is_empty(self) -> bool:
        """Nobody sits there."""
        return self.counter.manning == Manning.EMPTY


def hall_board(standing: Standing) -> dict[str, Any]:
    """The context of a hall's board."""
    places = [_place(counter) for counter in standing.counters]
    large = places if len(places) <= LARGE else _called_last(places)
    shown = {place.counter.number for place in large}
    return {
        "hall": standing,
        "large": large,
        "small": [place for place in places if place.counter.number not in shown],
        "said": said_in_turn(standing.announcement),
        "waiting": len(standing.waiting),
        "range": _of_the_last(standing),
        "wait_minutes": None if standing.mean_wait is None else max(1, round(standing.mean_wait.total_seconds() / 60)),
    }


def counter_board(standing: Standing, counter: ShownCounter) -> dict[str, Any]:
    """The context of the board above a counter."""
    needs = [need for need in standing.needs if need.letter in counter.letters]
    return {"hall": standing, "place": _place(counter), "needs": needs}


def spoken(standing: Standing, counter: int | None = None) -> list[dict[str, Any]]:
    """The calls to make up for, oldest first, as a page speaks them: each once, by its id."""
    return [
        {"id": call.id, "label": call.label, "counter": call.counter}
        for call in standing.new_calls()
        if counter in (None, call.counter)
    ]


def drawn(topic: Topic, standing: Standing) -> str:
    """What a topic shows now, as one line of JSON."""
    return json.dumps(message_of(topic, standing), ensure_ascii=False, separators=(",", ":"))


def message_of(topic: Topic, standing: Standing) -> dict[str, Any]:
    """A board: its HTML, the calls to speak, the release it was drawn by. A number: how it stands."""
    with translation.override(topic.language):
        if topic.key_hash:
            return _ticket(topic.key_hash, standing)
        html = _hall_html(standing) if topic.counter is None else _counter_html(standing, topic.counter)
    shown = strip_spaces_between_tags(html.strip())
    return {"html": shown, "calls": spoken(standing, topic.counter), "release": release()}


@cache
def release() -> str:
    """Names the script and the style of the boards: a page that has others is fetched anew."""
    return sha256(b"".join((BUILT / name).read_bytes() for name in ("js/board.js", "css/board.css"))).hexdigest()[:12]


def _hall_html(standing: Standing) -> str:
    return render_to_string("queueing/boards/_hall.html", hall_board(standing))


def _counter_html(standing: Standing, number: int) -> str:
    counter = standing.counter(number)
    context = {"hall": standing} if counter is None else counter_board(standing, counter)
    return render_to_string("queueing/boards/_counter.html", context)


def _ticket(hashed: str, standing: Standing) -> dict[str, Any]:
    """How the holder of a key stands; `elsewhere` when he is neither in the line nor at a counter."""
    waits = standing.by_key(hashed)
    if waits is not None:
        ahead = standing.ahead_of(waits, cap=declared_on(standing.at.date()).cap)
        return {"state": "waiting", "label": waits.label, "ahead": ahead, "range": _range(standing, waits)}
    called = standing.called_by_key(hashed)
    if called is None:
        return {"state": "elsewhere"}
    counter, ticket = called
    state = "serving" if ticket.is_serving else "called"
    return {"state": state, "label": ticket.label, "counter": counter.number, "calls": ticket.calls}


def _place(counter: ShownCounter) -> Place:
    """The newest call of a counter is the number it shows; who is served with it stands below."""
    if not counter.here:
        return Place(counter, None, ())
    first = max(counter.here, key=lambda one: (not one.is_serving, one.called_at))
    return Place(counter, first, tuple(one for one in counter.here if one is not first))


def _of_the_last(standing: Standing) -> str:
    """How long the one who took the last ordinary number still waits, in words."""
    ordinary = [one for one in standing.waiting if not one.line.is_favoured]
    return _range(standing, max(ordinary, key=lambda one: one.line.place)) if ordinary else ""


def _range(standing: Standing, waits: Waits) -> str:
    found = range_for(standing, waits)
    return "" if found is None else range_words(found)


def _called_last(places: list[Place]) -> list[Place]:
    called = [place for place in places if place.first is not None]
    newest = sorted(called, key=lambda place: place.first.called_at if place.first else 0, reverse=True)
    return [*newest, *(place for place in places if place.first is None)][:LARGE]
