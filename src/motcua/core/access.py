"""Who may open a page: said at the view, enforced by `people.middleware`, closed when nothing is said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from motcua.core.events import Actor

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """`public`: anybody. `citizens`: who has a citizen's account. Otherwise officials holding one of `roles`.

    Any official when `roles` is empty.
    """

    public: bool = False
    citizens: bool = False
    roles: frozenset[str] = frozenset()


def public(view: View) -> View:
    """Open this view to anybody, logged in or not."""
    view.motcua_access = Access(public=True)  # type: ignore[attr-defined]
    return view


def officials(*roles: str) -> Callable[[View], View]:
    """Open this view to officials on duty who hold one of these roles (any role when none is named)."""

    def mark(view: View) -> View:
        view.motcua_access = Access(roles=frozenset(roles))  # type: ignore[attr-defined]
        return view

    return mark


def citizens() -> Callable[[View], View]:
    """Open this view to citizens who logged in; an official needs a citizen's account of his own for it."""

    def mark(view: View) -> View:
        view.motcua_access = Access(citizens=True)  # type: ignore[attr-defined]
        return view

    return mark


def access_of(view: Callable[..., Any]) -> Access | None:
    """What the view said of itself; None means closed to everybody."""
    return getattr(view, "motcua_access", None)


class Acting(Protocol):
    """What the lower rooms may know of the official at work: how the log names him, and his calendar."""

    @property
    def actor(self) -> Actor: ...
    @property
    def calendar_code(self) -> str: ...


def acting(request: HttpRequest) -> Acting:
    """The official that the door let in. Raises `PermissionDenied` for anybody else."""
    found: Acting | None = getattr(request.user, "acting", None)
    if found is None:
        raise PermissionDenied
    return found
