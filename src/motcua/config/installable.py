"""The office on a phone: its manifest, the worker that runs without a line, and the page it then shows."""

import json
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.core.access import public
from motcua.people.queries import home_agency

THEME, GROUND = "#8e1b1f", "#faf7f2"
OFFLINE_PAGE = "core/offline.html"
WEIGHTS, SUBSETS = (400, 600, 700), ("latin", "vietnamese")


@public
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest: the office's name and mark, opened without the browser's bar around it."""
    agency = home_agency(timezone.localdate())
    said = {
        "id": "/",
        "name": f"{_('Một Cửa')} · {agency.short_name}" if agency else _("Một Cửa"),
        "short_name": _("Một Cửa"),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": THEME,
        "background_color": GROUND,
        "icons": [_icon("icon-192"), _icon("icon-512"), _icon("maskable-512", "maskable")],
        "shortcuts": [
            {"name": _("Tra cứu hồ sơ"), "url": "/tracking/"},
            {"name": _("Tìm thủ tục"), "url": "/procedures/"},
        ],
    }
    return _fresh(JsonResponse(said, content_type="application/manifest+json"))


def _icon(name: str, purpose: str = "any") -> dict[str, Any]:
    side = name.rpartition("-")[2]
    return {
        "src": static(f"motcua/img/{name}.png"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose,
    }  # fmt: skip


@public
def worker(request: HttpRequest) -> HttpResponse:
    """The script that stands between browser and office; it changes when anything it keeps does."""
    parts = [static("motcua/css/motcua.css"), static("motcua/img/favicon.svg")]
    parts += [
        static(f"motcua/fonts/be-vietnam-pro-{subset}-{weight}-normal.woff2")
        for subset in SUBSETS
        for weight in WEIGHTS
    ]
    edition = sha256("".join([*parts, render_to_string(OFFLINE_PAGE)]).encode()).hexdigest()[:12]
    kept = {"edition": edition, "parts": json.dumps(parts)}
    return _fresh(render(request, "core/worker.js", kept, content_type="text/javascript; charset=utf-8"))


@public
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows when the line is gone: the same for everybody."""
    return _fresh(render(request, OFFLINE_PAGE))


def _fresh(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-cache"
    return response
