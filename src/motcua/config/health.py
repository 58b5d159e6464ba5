"""The health page: whether the office's own works are in order, in words for people and in one word for machines."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise

from motcua.config.recurring import FIGURES, RULES, SEALING
from motcua.core.access import officials, public
from motcua.core.record.sealing import kept_waiting
from motcua.core.recurring.rules import Known, Standing, next_at, standing_of
from motcua.core.recurring.runs import known_runs
from motcua.core.sql import fetch_one
from motcua.documents.papers.room import room_of_store
from motcua.people.access import acting_official, official_of
from motcua.people.models import Role
from motcua.queueing.queries.printers import troubled

WATCHERS = (Role.ADMINISTRATOR, Role.APPROVER)
# Below this much free room the disk is an alarm: an embedded database that cannot write stops the office.
LITTLE_ROOM = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One recurring rule as the page shows it."""

    name: str
    label: str | Promise
    every: timedelta
    known: Known
    next_at: datetime
    overdue: bool
    running: bool

    @property
    def figures(self) -> str:
        """What the last run did, in words."""
        return ", ".join(f"{FIGURES[name]}: {count}" for name, count in (self.known.counts or {}).items())


def rule_rows(at: datetime) -> list[RuleRow]:
    """Every recurring rule and how it stands; two queries.

    The sealer is late too when it runs and does not seal: somebody else may hold its lock.
    """
    known, unsealed = known_runs(RULES), bool(kept_waiting())
    return [
        RuleRow(
            name=rule.name,
            label=rule.label,
            every=rule.every,
            known=(runs := known[rule.name]),
            next_at=next_at(runs.started_at, rule.every, at),
            overdue=standing_of(runs.good_at, rule.every, at) is Standing.OVERDUE or (rule is SEALING and unsealed),
            running=runs.started_at is not None and runs.finished_at is None,
        )
        for rule in RULES
    ]


def overdue_rules(at: datetime) -> int:
    """How many rules did not do their work when they should have."""
    return sum(row.overdue for row in rule_rows(at))


@officials(*WATCHERS)
def health(request: HttpRequest) -> HttpResponse:
    """Database, disk, and each rule: when it ran, when it runs next, what went wrong."""
    at = timezone.now()
    rows = rule_rows(at)
    context = {"rows": rows, "overdue": any(row.overdue for row in rows), "unsealed": bool(kept_waiting()),
               "database": _database(), "disk": _disk(), "store": room_of_store(),
               "printers": troubled(official_of(request).agency_id)}  # fmt: skip
    return render(request, "config/health.html", context)


@public
def rules(request: HttpRequest) -> JsonResponse:
    """`ok` or `overdue`, for whoever watches machines; which rule it is only officials learn.

    Answers 200 in both cases: a rule that does not run must not take the web down. Without a database: 503.
    """
    at = timezone.now()
    try:
        rows = rule_rows(at)
    except DatabaseError:
        return JsonResponse({"status": Standing.OVERDUE}, status=503)
    said: dict[str, Any] = {"status": Standing.OVERDUE if any(row.overdue for row in rows) else Standing.OK}
    official = acting_official(request)
    if official is not None and official.holds(*WATCHERS):
        said["rules"] = [
            {
                "name": row.name,
                "status": Standing.OVERDUE if row.overdue else Standing.OK,
                "started_at": row.known.started_at,
                "good_at": row.known.good_at,
                "next_at": row.next_at,
                "took_ms": row.known.took_ms,
                "counts": row.known.counts,
                "error": row.known.error,
            }
            for row in rows
        ]
    return JsonResponse(said)


def _database() -> dict[str, Any]:
    """Its version and size, in bytes."""
    row = fetch_one("SELECT current_setting('server_version'), pg_database_size(current_database())")
    return {"version": row[0], "size": int(row[1])} if row else {}


def _disk() -> dict[str, Any]:
    """The room on the disk of the office's folder, in bytes."""
    folder = Path(settings.MOTCUA_VAR)
    there = next(place for place in (folder, *folder.parents) if place.exists())
    room = shutil.disk_usage(there)
    return {"total": room.total, "free": room.free, "low": room.free < LITTLE_ROOM}
