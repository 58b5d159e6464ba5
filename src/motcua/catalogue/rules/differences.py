"""What one version says differently from another."""

from dataclasses import dataclass, fields
from typing import Any

from motcua.catalogue.rules.content import VersionContent


@dataclass(frozen=True, slots=True)
class Difference:
    """One element of a version: what it lost and what it gained. Single values are lists of one."""

    element: str
    lost: tuple[Any, ...]
    gained: tuple[Any, ...]


def differences(before: VersionContent | None, after: VersionContent) -> list[Difference]:
    """The elements in which `after` differs from `before`, in the order of the law; all of them without a before.

    A list whose lines only changed their order shows them all on both sides.
    """
    found = []
    for element in fields(VersionContent):
        old = _lines(getattr(before, element.name)) if before is not None else ()
        new = _lines(getattr(after, element.name))
        if old == new:
            continue
        lost = tuple(line for line in old if line not in new)
        gained = tuple(line for line in new if line not in old)
        found.append(Difference(element.name, lost or (old if not gained else ()), gained or (new if not lost else ())))
    return found


def _lines(value: Any) -> tuple[Any, ...]:
    if isinstance(value, tuple):
        return value
    return () if value in (None, "") else (value,)
