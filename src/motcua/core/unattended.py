"""What a browser asks for by itself, while perhaps nobody sits before it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])


def by_htmx(request: HttpRequest) -> bool:
    """Whether a piece of a page asks for itself, not a person for the page."""
    return "HX-Request" in request.headers


def unattended(*, when: Callable[[HttpRequest], bool] | None = None) -> Callable[[View], View]:
    """Whatever this view answers (`when` this is so) keeps nobody's session alive (`people.middleware`)."""

    def mark(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            response = view(request, *args, **kwargs)
            response.unattended = when is None or when(request)
            return response

        return answered  # type: ignore[return-value]

    return mark
