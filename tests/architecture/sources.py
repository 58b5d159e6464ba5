"""What the structure tests read: every source of the repository, each parsed once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PRODUCT = REPOSITORY / "src" / "motcua"
TESTS = REPOSITORY / "tests"
BENCHMARKS = REPOSITORY / "benchmarks"
BUILT = PRODUCT / "core" / "static"


def name_of(path: Path) -> str:
    """A path as a failure should show it."""
    return path.relative_to(REPOSITORY).as_posix()


def python_files(*folders: Path, migrations: bool = False) -> list[Path]:
    """Python sources below these folders (default: product, tests, benchmarks)."""
    return [
        path
        for folder in folders or (PRODUCT, TESTS, BENCHMARKS)
        for path in sorted(folder.rglob("*.py"))
        if migrations or "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    return sorted(PRODUCT.rglob("templates/**/*.html"))


def look_sources() -> list[Path]:
    """Style sheets, scripts and print templates written by hand; what is built from them is not counted."""
    assets = [path for kind in ("scss", "js") for path in (REPOSITORY / "assets").rglob(f"*.{kind}")]
    own = [path for path in assets if "node_modules" not in path.parts]
    return sorted([*own, *PRODUCT.rglob("*.typ")])


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), filename=str(path))


def packages() -> list[Path]:
    """The rooms of the house: the packages right below `motcua`."""
    return sorted(path.parent for path in PRODUCT.glob("*/__init__.py"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def inside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that stands in the body of some function or lambda."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for statement in node.body:
                yield from ast.walk(statement)
        elif isinstance(node, ast.Lambda):
            yield from ast.walk(node.body)
