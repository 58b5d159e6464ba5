"""Where a page finds the streams of the queue, and the leave to listen there."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from motcua.core.middleware import CONTENT_POLICY


def stream_of_board(code: str, counter: int | None, language: str) -> str:
    """The stream of a hall's board, or of the board above one of its counters."""
    where = f"halls/{code}/" if counter is None else f"halls/{code}/counters/{counter}/"
    return f"{settings.MOTCUA_LIVE_URL}/live/{where}?language={language}"


def stream_of_ticket(key: str) -> str:
    """The stream of one number, for who holds its key: JSON with `state` (waiting, called, serving, elsewhere), `label`
    and `ahead`, or `counter` and `calls`."""
    return f"{settings.MOTCUA_LIVE_URL}/live/tickets/{key}/"


def listening(page: HttpResponse) -> HttpResponse:
    """The page may listen to the streams where they have an address of their own; to nothing else."""
    if settings.MOTCUA_LIVE_URL:
        parts = urlsplit(settings.MOTCUA_LIVE_URL)
        page.headers["Content-Security-Policy"] = (
            f"{CONTENT_POLICY}; connect-src 'self' {parts.scheme}://{parts.netloc}"
        )
    return page
