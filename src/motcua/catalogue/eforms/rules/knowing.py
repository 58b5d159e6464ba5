"""What the office already knows, filled in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.catalogue.eforms.rules.asking import Answers
from motcua.catalogue.eforms.shapes import EForm, Question

PRINCIPAL = "principal."
SUBJECT = "subject."


def prefilled(eform: EForm, known: Mapping[str, Any], principal: Mapping[str, Any] | None = None) -> Answers:
    """The first answers of a draft, out of what is known.

    `known`: of the person who files; `principal`: of the person he acts for, when there is one. A question bound to
    "full_name" takes the first, to "principal.full_name" the second, to "subject.full_name" the one the matter is
    about: the principal, or else the filer himself. What does not fit the
    question's schema is left out; then, and where nothing is known, the schema's own `default` stands.
    """
    found: Answers = {}
    for item in eform.items():
        if not isinstance(item, Question) or item.always_follows:
            continue
        value = _plain(_looked_up(item.known, known, principal)) if item.known else None
        if value in (None, "") or not fits(eform, item, value):
            value = item.schema.get("default")
        if value is not None:
            found[item.id] = value
    return found


def _looked_up(name: str, known: Mapping[str, Any], principal: Mapping[str, Any] | None) -> Any:
    if name.startswith(PRINCIPAL):
        return (principal or {}).get(name.removeprefix(PRINCIPAL))
    if name.startswith(SUBJECT):
        return (known if principal is None else principal).get(name.removeprefix(SUBJECT))
    return known.get(name)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def fits(eform: EForm, question: Question, value: Any) -> bool:
    """Whether this value alone is one that the question accepts."""
    alone = {**question.schema, "$defs": eform.schema.get("$defs", {})}
    return bool(eform.validator.evolve(schema=alone).is_valid(value))
