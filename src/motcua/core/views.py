"""Pages that belong to no stage of the journey: health, and what to say when something is wrong."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from motcua.core.access import public

# Once a worker has seen its tables up to date they stay so; afterwards only the database is asked.
_seen_ready: set[bool] = set()


@public
def live(request: HttpRequest) -> JsonResponse:
    """The worker answers. Asks nothing of the database."""
    return JsonResponse({"status": "live"})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """The office can work: the database answers and its tables are up to date; else 503 and what is wrong."""
    faults: list[str] = []
    try:
        if _seen_ready:
            connection.ensure_connection()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return JsonResponse({"status": "ready", "faults": []})
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            faults.append("migrations")
    except DatabaseError:
        faults.append("database")
    if not faults:
        _seen_ready.add(True)
    return JsonResponse(
        {"status": "ready" if not faults else "not ready", "faults": faults}, status=503 if faults else 200
    )


@public
def closed(request: HttpRequest) -> HttpResponse:
    """An address of a library that this office does not offer."""
    raise Http404


def _error_page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    return render(request, template, {"request_id": getattr(request, "request_id", ""), **context}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, "403.html", 403)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """The address exists, but not for this way of asking."""
    return _error_page(request, "405.html", 405)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_page(request, "404.html", 404)


def broken(request: HttpRequest) -> HttpResponse:
    return _error_page(request, "500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or came from elsewhere: say so, lose nothing."""
    return _error_page(request, "403_csrf.html", 403, demo_mode=settings.MOTCUA_MODE == "demo")
