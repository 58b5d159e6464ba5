"""Run the recurring rules until told to stop."""

import os
import signal
import threading
from collections.abc import Callable
from typing import Any, Final

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, connection

from motcua.config.recurring import MESSAGES, RULES, SEALING
from motcua.core.record.sealing import seal
from motcua.core.record.witness import Disagrees
from motcua.core.recurring.rules import RecurringRule
from motcua.core.recurring.runner import keep_running, run_due

PATIENCE: Final = 15.0
"""Seconds for a rule of a thread of its own to end the round it is in."""
YIELDS: Final = 5
"""How nice it is beside the web server: whoever stands at the counter goes first, yet the seals keep their pace."""
BESIDE: Final = (SEALING, MESSAGES)
"""Rules in threads of their own: neither waits for the others, nor they for it."""

log = structlog.get_logger("motcua.recurring")


class Command(BaseCommand):
    help = "Chạy các việc định kỳ: nhắc việc, báo việc trống người, dọn dẹp."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Chạy những việc đang đến lượt rồi dừng.")
        parser.add_argument("--beside", type=int, help="Dừng khi chương trình mang số này, đã gọi nó, không còn.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            ran = run_due(RULES)
            self.stdout.write(f"Đã chạy: {', '.join(ran) or 'không có việc nào đến lượt'}.")
            return
        stop, parent = threading.Event(), options["beside"]
        if parent is not None:
            os.nice(YIELDS)
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())

        def orphaned() -> bool:
            return parent is not None and os.getppid() != parent

        beside = [
            threading.Thread(target=_keep_running_one, args=(rule, stop, orphaned), name=rule.name, daemon=True)
            for rule in BESIDE
        ]
        for thread in beside:
            thread.start()
        keep_running([rule for rule in RULES if rule not in BESIDE], stop=stop, orphaned=orphaned)
        stop.set()
        for thread in beside:
            thread.join(PATIENCE)
        _seal_the_rest()


def _keep_running_one(rule: RecurringRule, stop: threading.Event, orphaned: Callable[[], bool]) -> None:
    try:
        keep_running((rule,), stop=stop, orphaned=orphaned)
    finally:
        connection.close()


def _seal_the_rest() -> None:
    """What was committed since the last round is sealed too: nothing lies open overnight."""
    try:
        seal()
    except (DatabaseError, InterfaceError, Disagrees) as fault:
        log.error("the last seal was not set", exc_info=fault)
