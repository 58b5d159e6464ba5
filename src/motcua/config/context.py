"""What every page knows: the office, the mode, and for officials the shell around their work."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    return {"demo_mode": settings.MOTCUA_MODE == "demo", "request_id": getattr(request, "request_id", "")}
