"""Nothing grows past what a person reads in one go."""

import ast

from tests.architecture.sources import (
    PRODUCT,
    functions,
    look_sources,
    name_of,
    packages,
    python_files,
    templates,
    text_of,
    tree_of,
)

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_PURPOSE = 10


def test_no_source_is_longer_than_400_lines():
    sources = [*python_files(), *templates(), *look_sources()]
    assert len(sources) > 100, "the walk lost its way"
    long = {name_of(path): count for path in sources if (count := len(text_of(path).splitlines())) > LONGEST_FILE}
    assert not long, long


def test_no_function_is_longer_than_60_lines():
    long = {
        f"{name_of(path)}:{function.lineno} {function.name}": length
        for path in python_files()
        for function in functions(tree_of(path))
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert not long, long


def test_every_package_says_its_purpose_in_ten_lines():
    wrong = {}
    for folder in [PRODUCT, *packages()]:
        purpose = ast.get_docstring(tree_of(folder / "__init__.py"))
        if not purpose:
            wrong[folder.name] = "says nothing"
        elif len(purpose.splitlines()) > LONGEST_PURPOSE:
            wrong[folder.name] = f"{len(purpose.splitlines())} lines"
    assert not wrong, wrong


def test_every_public_module_says_what_it_is():
    """`apps.py`, `urls.py` and the like need no words; the rest opens with a sentence."""
    silent = {"__init__", "apps", "urls", "conftest"}
    found = [
        name_of(path)
        for path in python_files(PRODUCT)
        if path.stem not in silent and not ast.get_docstring(tree_of(path)) and text_of(path).strip()
    ]
    assert not found, found
