"""The JSON Schema of an e-form made whole: what is asked only sometimes is demanded only then."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from jsonschema.exceptions import SchemaError  # type: ignore[import-untyped]
from jsonschema.protocols import Validator  # type: ignore[import-untyped]

from motcua.catalogue.eforms.shapes import Item, Repeat

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORMATS = FormatChecker(formats=())


def _is_day(value: object) -> bool:
    """A day of the calendar as ISO 8601 writes it; what is no text is the business of `type`."""
    if not isinstance(value, str):
        return True
    return bool(_DAY.fullmatch(value)) and date.fromisoformat(value) is not None


def whole_schema(told: Mapping[str, Any], items: Iterable[Item]) -> dict[str, Any]:
    """The schema as the file tells it, closed, with the conditions of the layout as `if`, `then` and `else`.

    In the file `required` means "whenever asked"; here an unasked question is no longer demanded, and not accepted.
    """
    asked = [*items]
    schema = _closed(told, asked)
    properties = dict(schema.get("properties", {}))
    for item in asked:
        if isinstance(item, Repeat) and item.id in properties:
            rows = dict(properties[item.id])
            rows["items"] = _closed(rows.get("items", {}), item.questions)
            properties[item.id] = rows
    return {"$schema": DRAFT, **schema, "properties": properties}


def _closed(told: Mapping[str, Any], items: Iterable[Item]) -> dict[str, Any]:
    conditional = [item for item in items if item.when is not None]
    sometimes = {item.id for item in conditional}
    required = [name for name in told.get("required", ()) if name not in sometimes]
    clauses = [
        {
            "if": item.when.schema(),
            "then": {"required": [item.id]} if item.required else {},
            "else": {"not": {"required": [item.id]}},
        }
        for item in conditional
        if item.when is not None
    ]
    closed: dict[str, Any] = {**told, "type": "object", "required": required, "additionalProperties": False}
    if clauses:
        closed["allOf"] = [*told.get("allOf", ()), *clauses]
    return closed


_FORMATS.checks("date", raises=ValueError)(_is_day)


def validator_of(schema: Mapping[str, Any]) -> Validator:
    """What checks answers by this schema, once compiled."""
    return Draft202012Validator(schema, format_checker=_FORMATS)


def schema_fault(schema: Mapping[str, Any]) -> str:
    """Where the schema itself breaks the standard ("" when it does not)."""
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        return "/".join(str(step) for step in error.absolute_path) or "/"
    return ""


def resolved(schema: Mapping[str, Any], root: Mapping[str, Any]) -> dict[str, Any]:
    """One property with its `$ref` into `$defs` followed; words of its own win."""
    found = dict(schema)
    for _step in range(8):
        reference = found.pop("$ref", None)
        if not isinstance(reference, str) or not reference.startswith("#/$defs/"):
            break
        target = root.get("$defs", {}).get(reference.removeprefix("#/$defs/"))
        found = {**(target if isinstance(target, Mapping) else {}), **found}
    return found
