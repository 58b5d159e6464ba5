"""Leading somebody back to where he came from, when that is a page of this office."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def page_of_ours(request: HttpRequest, wanted: str) -> str:
    """The path that somebody asks to be led to; "" when it leads elsewhere, or is no path.

    Without its slash `redirect` would take it for the name of a view, and fail.
    """
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""
