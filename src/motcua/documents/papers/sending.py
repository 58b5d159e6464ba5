"""A stored paper on its way to a reader: never run, never guessed at, never kept by anybody between."""

from django.core.files.storage import default_storage
from django.http import FileResponse

from motcua.documents.papers.models import StoredFile


def send_paper(stored: StoredFile, name: str) -> FileResponse:
    """The bytes as a download. The caller has made sure that the reader may have them."""
    response = FileResponse(
        default_storage.open(stored.place), as_attachment=True, content_type=stored.kind, filename=f"{name}.pdf"
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
