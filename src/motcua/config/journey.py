"""What follows what: the one screen that says which action listens to which event.

A listener runs in the transaction of the event; if it raises, the whole move is undone.
"""

from motcua.core.events import Listener, listen

JOURNEY: dict[str, tuple[Listener, ...]] = {}


def follow() -> None:
    """Register every listener; called once when Django is ready."""
    for kind, listeners in JOURNEY.items():
        for listener in listeners:
            listen(kind, listener)
