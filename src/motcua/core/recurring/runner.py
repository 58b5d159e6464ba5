"""The loop of `motcua work`: rules one after the other, until told to stop."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import structlog
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from motcua.core.recurring.rules import RecurringRule, is_due, next_at
from motcua.core.recurring.runs import RuleFailed, known_runs, run_if_due

log = structlog.get_logger("motcua.recurring")

SHORTEST: Final = 1.0
# However far away the next rule is by the clock, look again: the clock may have been moved meanwhile.
LONGEST: Final = 5.0
RETRY: Final = 2.0


def run_due(rules: Sequence[RecurringRule], *, now: Callable[[], datetime] = timezone.now) -> list[str]:
    """Run each rule that is due, once; the names of those that did their work here.

    A rule that raises is logged and stops no other. Raises `DatabaseError` when the database does not answer.
    """
    known, done = known_runs(rules), []
    for rule in rules:
        if not is_due(known[rule.name].started_at, rule.every, now()):
            continue
        try:
            if run_if_due(rule, now()):
                done.append(rule.name)
        except RuleFailed as fault:
            log.error("a recurring rule failed", rule=rule.name, exc_info=fault)
    return done


def keep_running(
    rules: Sequence[RecurringRule],
    *,
    stop: threading.Event,
    orphaned: Callable[[], bool] = lambda: False,
    now: Callable[[], datetime] = timezone.now,
    retry: float = RETRY,
) -> None:
    """Run what is due until `stop` is set or `orphaned` says that nobody is left to stop it.

    A database that goes away is asked again every `retry` seconds; nothing is lost, since what was done stands in it.
    """
    while not stop.is_set() and not orphaned():
        try:
            run_due(rules, now=now)
            wait = _seconds_to_next(rules, now())
        except (DatabaseError, InterfaceError) as fault:
            log.warning("the database does not answer", error=type(fault).__name__)
            connection.close()
            wait = retry
        stop.wait(wait)


def _seconds_to_next(rules: Sequence[RecurringRule], at: datetime) -> float:
    known = known_runs(rules)
    ahead = [(next_at(known[rule.name].started_at, rule.every, at) - at).total_seconds() for rule in rules]
    return min(max(min(ahead, default=LONGEST), SHORTEST), LONGEST)
