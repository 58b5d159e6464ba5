"""Resumable uploads over HTTP: tus 1.0 (https://tus.io/protocols/resumable-upload), for `papers.js` and any other."""

import binascii
from base64 import b64decode
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.access import public
from motcua.core.throttle import allow
from motcua.documents.papers.access import Owner, owner_of, uploads_of
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.models import Paper, Upload
from motcua.documents.papers.refusals import PaperRefused
from motcua.documents.papers.uploads import OutOfPlace, begin, give_up, receive_piece

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
AN_HOUR, BEGUN_AN_HOUR = timedelta(hours=1), 400
LONGEST_NUMBER = 20


@public
@require_http_methods(["POST", "OPTIONS"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Announce an upload; its own address is in `Location`."""
    if request.method == "OPTIONS":
        return _answer(
            204, **{"Tus-Version": VERSION, "Tus-Extension": "creation,termination",
                    "Tus-Max-Size": str(paper_limits().part_bytes)}
        )  # fmt: skip
    owner = _owner(request)
    told, length = _told(request), request.headers.get("Upload-Length", "")
    if not (length.isascii() and length.isdigit()) or request.headers.get("Tus-Resumable") != VERSION:
        return _answer(412 if length else 400, _("Chương trình gửi tệp chưa nói đúng độ dài tệp."))
    if not allow(what="upload", who=str(owner.citizen_id or owner.key_hash), limit=BEGUN_AN_HOUR, window=AN_HOUR):
        return _answer(429, _("Ông/bà gửi quá nhiều tệp trong một giờ. Xin thử lại sau."))
    try:
        upload = begin(
            length=int(length), part_name=told.get("filename", ""), name=told.get("name", ""), owner=owner,
            extends=UUID(told["extends"]) if told.get("extends") else None, at=timezone.now(),
        )  # fmt: skip
    except PaperRefused as no:
        return _answer(413 if no.reason == "part_too_large" else 422, str(no))
    except (Paper.DoesNotExist, ValueError) as gone:
        raise Http404 from gone
    return _answer(201, Location=reverse("upload", args=(upload.pk,)), **{"Upload-Offset": "0"})


@public
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """How far it came; one more piece of it; give it up."""
    owner = _owner(request)
    try:
        known = uploads_of(owner).get(pk=upload_id)
        if request.method == "PATCH":
            return _piece(request, upload_id, owner)
    except Upload.DoesNotExist as gone:
        raise Http404 from gone
    if request.method == "DELETE":
        give_up(known)
        return _answer(204)
    return _standing(known, 200)


def _piece(request: HttpRequest, upload_id: UUID, owner: Owner) -> HttpResponse:
    offset = request.headers.get("Upload-Offset", "")
    if request.content_type != PIECE or not (offset.isascii() and offset.isdigit() and len(offset) < LONGEST_NUMBER):
        return _answer(415 if request.content_type != PIECE else 400, _("Đoạn tệp gửi lên không đúng dạng."))
    try:
        moved = receive_piece(upload_id, request, offset=int(offset), owner=owner, at=timezone.now())
    except OutOfPlace as place:
        return _answer(409, **{"Upload-Offset": str(place.arrived)})
    except PaperRefused as no:
        return _answer(503 if no.reason == "busy" else 422, str(no))
    return _standing(moved, 204)


def _standing(upload: Upload, status: int) -> HttpResponse:
    told = {"Upload-Offset": str(upload.arrived), "Upload-Length": str(upload.length)}
    if upload.paper_id is not None:
        told["Motcua-Paper"] = str(upload.paper_id)
    return _answer(status, **told)


def _answer(status: int, sentence: str = "", **headers: str) -> HttpResponse:
    answer = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    for name, value in {"Tus-Resumable": VERSION, "Cache-Control": "no-store", **headers}.items():
        answer.headers[name] = value
    return answer


def _owner(request: HttpRequest) -> Owner:
    owner = owner_of(request)
    if owner is None:
        raise Http404
    return owner


def _told(request: HttpRequest) -> dict[str, str]:
    """`Upload-Metadata`: pairs of a key and a Base64 value, by commas. What cannot be read is left out."""
    told = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, value = pair.strip().partition(" ")
        try:
            told[key] = b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return told
