"""When a question is asked: a small declared set of conditions, each also said as JSON Schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Check(StrEnum):
    """What a condition may ask of earlier answers."""

    IS = "is"
    IN = "in"
    HAS = "has"
    ANSWERED = "answered"
    AT_LEAST = "at_least"
    BELOW = "below"
    ALL = "all"
    ANY = "any"
    NOT = "not"


JOINED = (Check.ALL, Check.ANY)


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one earlier answer, or several of them joined."""

    check: Check
    question: str = ""
    value: Any = None
    parts: tuple["Condition", ...] = ()

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether these answers meet it; an answer that is not there meets no test."""
        match self.check:
            case Check.ALL:
                return all(part.holds(answers) for part in self.parts)
            case Check.ANY:
                return any(part.holds(answers) for part in self.parts)
            case Check.NOT:
                return not self.parts[0].holds(answers)
        return self.question in answers and self._fits(answers[self.question])

    def _fits(self, answer: Any) -> bool:
        match self.check:
            case Check.IS:
                return _same(answer, self.value)
            case Check.IN:
                return any(_same(answer, value) for value in self.value)
            case Check.HAS:
                return isinstance(answer, list) and any(_same(one, self.value) for one in answer)
            case Check.AT_LEAST:
                return _is_number(answer) and answer >= self.value
            case Check.BELOW:
                return _is_number(answer) and answer < self.value
        return True

    def schema(self) -> dict[str, Any]:
        """The same condition in JSON Schema 2020-12."""
        match self.check:
            case Check.ALL:
                return {"allOf": [part.schema() for part in self.parts]}
            case Check.ANY:
                return {"anyOf": [part.schema() for part in self.parts]}
            case Check.NOT:
                return {"not": self.parts[0].schema()}
            case Check.ANSWERED:
                return {"required": [self.question]}
        return {"properties": {self.question: self._schema_of_answer()}, "required": [self.question]}

    def _schema_of_answer(self) -> dict[str, Any]:
        match self.check:
            case Check.IN:
                return {"enum": [*self.value]}
            case Check.HAS:
                return {"type": "array", "contains": {"const": self.value}}
            case Check.AT_LEAST:
                return {"type": "number", "minimum": self.value}
            case Check.BELOW:
                return {"type": "number", "exclusiveMaximum": self.value}
        return {"const": self.value}

    def reads(self) -> frozenset[str]:
        """The questions whose answers it looks at."""
        if self.parts:
            return frozenset[str]().union(*(part.reads() for part in self.parts))
        return frozenset({self.question})


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON sees it: true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _is_number(answer: Any) -> bool:
    return isinstance(answer, int | float) and not isinstance(answer, bool)
