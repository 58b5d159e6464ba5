"""The largest request the office reads: refused by what it says of its own length, before a byte is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.documents.papers.limits import MEGABYTE, paper_limits

API = "/api/"
BESIDE_PARTS = MEGABYTE  # what a page's other answers take


class BoundedRequestMiddleware:
    """Stands before anybody who reads what was sent. Parts within the bound go to the disk, never whole into memory."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limits, said = paper_limits(), request.META.get("CONTENT_LENGTH") or "0"
        if not said.isdigit() or int(said) <= limits.total_bytes + BESIDE_PARTS:
            return self.get_response(request)
        sentence = _(
            "Các tệp gửi cùng lúc lớn hơn %(total)d MB nên chưa nhận được. Ông/bà quay lại, gửi ít tệp hơn mỗi lần, "
            "hoặc chụp ảnh nhỏ hơn; mỗi tệp không quá %(part)d MB."
        ) % {"total": limits.total_megabytes, "part": limits.part_megabytes}
        if request.path_info.startswith(API):
            refused: HttpResponse = JsonResponse({"detail": sentence, "parameter": None}, status=413)
        else:
            refused = render(request, "documents/papers/too_large.html", {"sentence": sentence}, status=413)
        refused.headers["Connection"] = "close"
        return refused
