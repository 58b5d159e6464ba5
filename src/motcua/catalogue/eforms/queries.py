"""The e-forms that this office has: read from `data/eforms/` once a process."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from motcua.catalogue.eforms.loading import read_eform
from motcua.catalogue.eforms.shapes import EForm

LISTS = "lists.yaml"


class NoEForm(LookupError):
    """An e-form of this code and number was never shipped."""


def eform_for(procedure_code: str, on: date) -> EForm | None:
    """The e-form that serves this procedure on this day; None when it has to be filed on paper."""
    serving = [
        one
        for one in eforms()
        if procedure_code in one.procedures and one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)
    ]
    return max(serving, key=lambda one: (one.valid_from, one.number), default=None)


def eform_by_key(code: str, number: int) -> EForm:
    """One version of an e-form, whether still in force or not. Raises `NoEForm`."""
    found = _by_key(_folder()).get((code, number))
    if found is None:
        raise NoEForm(code, number)
    return found


def eforms() -> tuple[EForm, ...]:
    """Every version of every e-form, by code and number. Raises `EFormFaulty` when a file cannot be used."""
    return tuple(_by_key(_folder()).values())


def eform_paths(folder: Path) -> list[Path]:
    """The files of the e-forms below this folder."""
    return sorted(folder.glob("*/*.yaml"), key=lambda path: (path.parent.name, len(path.stem), path.stem))


def suggestions(folder: Path) -> Mapping[str, Sequence[str]]:
    """The named lists of suggestions: they help typing and bind nobody."""
    path = folder / LISTS
    told = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {str(name): [str(one) for one in listed["names"]] for name, listed in (told or {}).items()}


def _folder() -> Path:
    return Path(settings.MOTCUA_DATA) / "eforms"


@cache
def _by_key(folder: Path) -> dict[tuple[str, int], EForm]:
    lists = suggestions(folder)
    read = [read_eform(path, lists) for path in eform_paths(folder)]
    return {one.key: one for one in sorted(read, key=lambda one: one.key)}
