"""The only place that moves dossiers between hands."""

from motcua.routing.actions.moves import (
    approve,
    close_return_step,
    pass_on,
    pass_on_own,
    release,
    send_back,
    start,
    take,
)
from motcua.routing.actions.replanning import replan
from motcua.routing.actions.steps import NotYours, OpenStep, RouteBroken

__all__ = [
    "NotYours",
    "OpenStep",
    "RouteBroken",
    "approve",
    "close_return_step",
    "pass_on",
    "pass_on_own",
    "release",
    "replan",
    "send_back",
    "start",
    "take",
]
