"""One concept, one word: what means too much is no name, and every model's word stands in the glossary."""

import ast
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.sources import PRODUCT, REPOSITORY, functions, name_of, python_files, tree_of

GLOSSARY = REPOSITORY / "docs" / "glossary.md"

BARE = {"document", "form"}
ANYWHERE = {
    "case", "file", "application", "process", "service", "field", "domain", "data", "info", "manager", "helper",
    "helpers", "util", "utils", "handle",
}  # fmt: skip

# Names that others chose: the law, the frameworks, the architecture.
GIVEN = {
    "CASE_OFFICER": "the role's word in the law's translation",
    "form": "a Django form in the hands of a view",
    "handle": "Django's management commands",
    "process_view": "Django's middleware",
    "application": "what a WSGI server looks for",
    "data": "the folder of shipped facts",
    "MOTCUA_DATA": "the folder of shipped facts",
    "AccountManager": "Django's BaseUserManager",
    "StoredFile": "the architecture's word for the bytes of a paper",
    "output_field": "Django's expressions",
    "default_auto_field": "Django's settings",
}
DJANGO_SETTINGS = re.compile(r"[A-Z_]*(FIELD|FIELDS|FILE|DATA_UPLOAD_[A-Z_]*|WSGI_APPLICATION)")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def declared(path: Path) -> Iterator[tuple[str, int]]:
    """Every name this source gives to something, with its line; the module's own name first."""
    yield path.stem, 1
    for node in ast.walk(tree_of(path)):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def means_too_much(name: str) -> bool:
    words = {word.lower() for word in WORD.findall(name)}
    bare = name.strip("_").lower()
    return bool(words & ANYWHERE) or bare in BARE


def test_no_name_means_too_much():
    found = [
        f"{name_of(path)}:{line} {name}"
        for path in python_files(PRODUCT)
        for name, line in declared(path)
        if name not in GIVEN and not DJANGO_SETTINGS.fullmatch(name) and means_too_much(name)
    ]
    assert not found, found


def test_a_vietnamese_word_is_no_name_and_no_address():
    found = [
        f"{name_of(path)}:{line} {name}"
        for path in python_files(PRODUCT)
        for name, line in declared(path)
        if not name.isascii()
    ]
    assert not found, found


def product_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("motcua.")]


def choices() -> dict[str, type[Enum]]:
    """Every enumeration that a column of ours may hold: states, roles, kinds, units."""
    found: dict[str, type[Enum]] = {}
    pending: list[type[Enum]] = [models.TextChoices, models.IntegerChoices]
    while pending:
        for kind in pending.pop().__subclasses__():
            pending.append(kind)
            if kind.__module__.startswith("motcua."):
                found[kind.__name__] = kind
    return found


@pytest.fixture(scope="module")
def glossary() -> str:
    return GLOSSARY.read_text(encoding="utf-8")


def in_code(glossary: str) -> set[str]:
    """The words the glossary sets in code type."""
    return {word for span in re.findall(r"`([^`]+)`", glossary) for word in re.findall(r"[A-Za-z_]\w*", span)}


def test_every_model_stands_in_the_glossary(glossary: str):
    known = in_code(glossary)
    missing = sorted(model.__name__ for model in product_models() if model.__name__ not in known)
    assert len(product_models()) > 20
    assert not missing, missing


def test_every_state_role_and_kind_stands_in_the_glossary(glossary: str):
    known = in_code(glossary)
    missing = sorted(
        f"{name}.{member.name}" if name in known else name
        for name, kind in choices().items()
        for member in kind
        if name not in known or not {member.name, str(member.value)} & known
    )
    assert len(choices()) > 8
    assert not missing, missing


def test_every_act_stands_in_the_glossary(glossary: str):
    """What a person does is a public function of some `actions.py`; its verb is a word of the glossary."""
    known = in_code(glossary)
    acts = {
        function.name: name_of(path)
        for path in python_files(PRODUCT)
        if path.stem == "actions"
        for function in functions(tree_of(path))
        if not function.name.startswith("_") and function in tree_of(path).body
    }
    missing = {name: place for name, place in acts.items() if name not in known}
    assert len(acts) > 10
    assert not missing, missing


def test_the_glossary_names_nothing_that_is_gone(glossary: str):
    """A class named in the glossary exists: as a model, an enumeration, or a class of the product."""
    classes = {
        node.name
        for path in python_files(PRODUCT)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    }
    named = {word for word in in_code(glossary) if re.fullmatch(r"(?:[A-Z][a-z]+){1,4}", word)}
    assert not named - classes, sorted(named - classes)
