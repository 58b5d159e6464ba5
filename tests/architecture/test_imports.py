"""Imports go one way, every package is in the contract, and nobody goes round it."""

import ast
import tomllib

import pytest
from importlinter.cli import lint_imports

from tests.architecture.sources import PRODUCT, REPOSITORY, inside_functions, name_of, packages, python_files, tree_of

# The journey from top to bottom, as the architecture page draws it; packages not built yet are left out below.
JOURNEY = (
    "config", "demo", "integrations", "reform", "reporting", "feedback", "result", "routing", "intake", "payments",
    "queueing", "dossiers", "catalogue", "correspondence", "signing", "documents", "people | worktime", "core",
)  # fmt: skip
# A signal of Django ("now the tables are known") has no other place; see its comment.
LATE_IMPORTS = {
    "src/motcua/config/apps.py": ["motcua.config.journey"],
    # A big library of others that few ask for; nothing of ours is loaded so.
    "src/motcua/reporting/opendata/parquet.py": ["pyarrow.parquet", "pyarrow"],
}
DYNAMIC = {
    "import_module",
    "__import__",
    "import_string",
    "exec",
    "eval",
    "compile",
    "spec_from_file_location",
    "runpy",
}


def contract() -> dict:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    (only,) = settings["tool"]["importlinter"]["contracts"]
    return only


def test_the_contract_is_the_journey_and_exhaustive():
    only = contract()
    assert only["type"] == "layers"
    assert only["exhaustive"] is True
    assert not only.get("ignore_imports")
    assert not only.get("exhaustive_ignores")
    built = {path.name for path in packages()}
    drawn = [" | ".join(name for name in layer.split(" | ") if name in built) for layer in JOURNEY]
    assert only["layers"] == [layer for layer in drawn if layer]


def test_imports_go_one_way(monkeypatch, capsys):
    monkeypatch.chdir(REPOSITORY)
    assert lint_imports(no_cache=True, no_logo=True) == 0, capsys.readouterr().out


def test_no_import_inside_a_function():
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        for node in inside_functions(tree_of(path))
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert not found, found


def test_nobody_imports_by_name_at_run_time():
    found = []
    for path in python_files(PRODUCT):
        if name_of(path) in LATE_IMPORTS:
            continue
        for node in ast.walk(tree_of(path)):
            called = node.func if isinstance(node, ast.Call) else None
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            # `re.compile` and the like are methods; only the bare builtins compile code.
            bare = isinstance(called, ast.Name)
            if name in DYNAMIC and (bare or name not in {"compile", "exec", "eval"}):
                found.append(f"{name_of(path)}:{node.lineno} {name}")
    assert not found, found


def test_the_way_round_the_contract_stays_short():
    for name, known in LATE_IMPORTS.items():
        source = tree_of(REPOSITORY / name)
        asked = [
            node.args[0].value
            for node in ast.walk(source)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module"
        ]
        assert asked == known, asked


RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


@pytest.mark.parametrize("wanted", ["relations", "registry"])
def test_no_table_is_named_by_a_string(wanted: str):
    """`ForeignKey("routing.Step")` or `apps.get_model(…)` would look upwards unseen by the import contract."""
    found = []
    for path in python_files(PRODUCT):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0] if node.args else None
            target = first.value if isinstance(first, ast.Constant) else None
            if wanted == "relations" and name in RELATIONS and isinstance(target, str) and "." in target:
                found.append(f"{name_of(path)}:{node.lineno} {target}")
            if wanted == "registry" and name in {"get_model", "get_app_config"}:
                found.append(f"{name_of(path)}:{node.lineno} {name}")
    assert not found, found
