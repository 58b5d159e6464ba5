"""Faults of single rows, gathered while the others go on."""

from collections.abc import Iterator
from contextlib import contextmanager


class Faults:
    """What went wrong in a round; it is raised when the round is over, so that the run shows it."""

    def __init__(self) -> None:
        self._known: list[Exception] = []
        self._said: list[str] = []

    @contextmanager
    def kept(self, of: str = "") -> Iterator[None]:
        """Keep what a row's dates or values raise, said with the row's name; anything else goes through."""
        try:
            yield
        except ExceptionGroup as group:
            self._known += group.exceptions
            self._said.append(group.message)
        except (ValueError, LookupError) as fault:
            self._known.append(fault)
            self._said.append(f"{of}: {fault}" if of else str(fault))

    def raised(self) -> None:
        """Raise all that was kept as one `ExceptionGroup`; nothing when nothing was."""
        if self._known:
            raise ExceptionGroup("; ".join(self._said), self._known)
