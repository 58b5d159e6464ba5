"""Who is told. Pure: no Django, no clock, no database.

*Who heads a unit?* There is no such role, so: **the head of a unit is whoever approves in it; a unit in which nobody
approves is headed by whoever approves for the leaders of the agency.** A police post has its chief, a desk of two
clerks has the vice chairman.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from motcua.routing.warnings.rules import Addressee

APPROVES, ADMINISTERS = "approver", "administrator"


@dataclass(frozen=True, slots=True)
class Post:
    """A duty of a unit as one official holds it at a moment: himself, or his stand-in while he is away.

    `leads`: the unit is the leaders' of the agency; `at_counter`: it is its one-stop counter.
    """

    unit_id: UUID
    role: str
    leads: bool
    official_id: UUID
    away: bool
    substitute_id: UUID | None
    at_counter: bool = False


@dataclass(frozen=True, slots=True)
class Hands:
    """In whose hands something lies: a duty, and the official who took it (None: nobody yet)."""

    unit_id: UUID
    role: str
    official_id: UUID | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told; `on_behalf_of`: the absent official in whose place."""

    official_id: UUID
    on_behalf_of: UUID | None = None


def recipients(to: Addressee, hands: Hands | None, posts: Iterable[Post]) -> list[Recipient]:
    """Who is told now, each once, himself before on behalf of another; nobody when nobody serves.

    Whoever took a step and is away is stood in for; without a stand-in the step is everybody's of that duty again,
    and with nobody there at all it is the head's. Only leaders and administrators can be told of what has no `hands`.
    """
    posts = list(posts)
    if to is Addressee.ADMINISTRATOR:
        return _serving(post for post in posts if post.role == ADMINISTERS)
    if to is Addressee.COUNTER:
        counter = _serving(post for post in posts if post.at_counter and post.role == APPROVES)
        return counter or _leaders(posts)
    if to is Addressee.LEADER or hands is None:
        return _leaders(posts)
    if to is Addressee.HEAD:
        return _heads(hands, posts)
    here = [post for post in posts if (post.unit_id, post.role) == (hands.unit_id, hands.role)]
    his = _serving(post for post in here if post.official_id == hands.official_id)
    return his or _serving(here) or _heads(hands, posts)


def _heads(hands: Hands, posts: list[Post]) -> list[Recipient]:
    own = _serving(post for post in posts if post.unit_id == hands.unit_id and post.role == APPROVES)
    return own or _leaders(posts)


def _leaders(posts: list[Post]) -> list[Recipient]:
    return _serving(post for post in posts if post.leads and post.role == APPROVES)


def _serving(posts: Iterable[Post]) -> list[Recipient]:
    """Who does these duties now, each once."""
    found: dict[UUID, Recipient] = {}
    for post in sorted(posts, key=lambda post: post.away):
        if not post.away:
            found[post.official_id] = Recipient(post.official_id)
        elif post.substitute_id is not None:
            found.setdefault(post.substitute_id, Recipient(post.substitute_id, post.official_id))
    return list(found.values())
