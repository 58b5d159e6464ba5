"""The pages say what the code does: every name in them exists, every setting and command stands in them."""

import importlib
import re
import textwrap
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from motcua.catalogue.importing import run_import
from motcua.catalogue.queries import version_in_force
from motcua.config import cli
from motcua.config.management.commands.check_office import faults
from motcua.demo.beside import LOGINS
from motcua.demo.office import PASSWORD
from motcua.people.models import Account, Agency, Role
from motcua.people.queries import home_agency
from motcua.worktime.actions import load_calendar
from motcua.worktime.queries import calendar_for
from tests.architecture.sources import PRODUCT, REPOSITORY, packages, text_of

DOCS = REPOSITORY / "docs"
READMES = ("README.md", "README.vi.md")
PAGES = sorted(
    [*(REPOSITORY / name for name in (*READMES, "CONTRIBUTING.md", "SECURITY.md")), *DOCS.glob("*.md"),
     *DOCS.glob("decisions/*.md")]
)  # fmt: skip
SPAN = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"```.*?```", re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"[\w.-]+(/[\w.-]+)*/[\w.-]*|[\w-]+(/[\w.-]+)*\.(py|md|html|typ|ya?ml|toml|sql|lua|scss|js)")
DOTTED = re.compile(rf"({'|'.join(folder.name for folder in packages())})(\.\w+)+")
SETTING = re.compile(r"\b(?:MOTCUA_[A-Z_]*[A-Z]|DATABASE_URL|CLAMD)\b")


def spans(page: Path) -> list[str]:
    """What stands between backticks, without the blocks of commands."""
    return SPAN.findall(FENCE.sub("", text_of(page)))


def exists(path: str) -> bool:
    """From the top of the checkout, from `src/motcua`, or a file name that some package has."""
    found = any((root / path).exists() for root in (REPOSITORY, PRODUCT))
    return found or ("/" not in path and any(PRODUCT.glob(f"*/{path}")))


def resolves(dotted: str) -> bool:
    """Whether a dotted name below `motcua` is a module, or something in the longest module it begins with."""
    parts = dotted.split(".")
    for depth in range(len(parts), 0, -1):
        module = module_of("motcua." + ".".join(parts[:depth]))
        if module is not None:
            return has(module, parts[depth:])
    return False


@cache
def module_of(name: str) -> ModuleType | None:
    """The module of this name; a function that its package shows under the same name does not hide it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


def has(found: Any, names: list[str]) -> bool:
    for name in names:
        if not hasattr(found, name):
            return False
        found = getattr(found, name)
    return True


def test_every_name_in_the_tour_exists():
    named = spans(DOCS / "tour.md")
    paths = {span for span in named if PATH.fullmatch(span)}
    dotted = {span for span in named if DOTTED.fullmatch(span)} - paths
    assert len(paths) > 25
    assert len(dotted) > 60
    assert not [path for path in sorted(paths) if not exists(path)]
    assert not [name for name in sorted(dotted) if not resolves(name)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_no_page_points_at_what_is_not_there(page: Path):
    text = text_of(page)
    targets = [target for target in LINK.findall(text) if not urlsplit(target).scheme and not target.startswith("#")]
    dead = [target for target in targets if not (page.parent / target.split("#")[0]).exists()]
    assert not dead, dead
    lost = [span for span in spans(page) if PATH.fullmatch(span) and span.endswith((".py", ".md")) and not exists(span)]
    assert not lost, lost


def read_settings() -> set[str]:
    """Every name that the program reads from the environment."""
    return {
        name for module in ("env.py", "identity.py") for name in SETTING.findall(text_of(PRODUCT / "config" / module))
    }


def test_operators_read_of_every_setting_and_no_other():
    known = read_settings()
    told = set(SETTING.findall(text_of(DOCS / "operate.md")))
    assert len(known) >= 11
    assert told == known


def test_every_setting_has_its_row():
    rows = re.findall(r"^\| `([A-Z_]+)` \|", text_of(DOCS / "operate.md"), re.MULTILINE)
    assert sorted(rows) == sorted(read_settings())


def test_operators_read_of_every_command():
    told = set(re.findall(r"(?:^ *|`|/bin/)motcua ([a-z][a-z-]+)", text_of(DOCS / "operate.md"), re.MULTILINE))
    assert told == set(cli.main.commands)


def block(language: str) -> str:
    """The one block of commands in this language of the operating page, as a person would copy it."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text_of(DOCS / "operate.md"), re.MULTILINE | re.DOTALL)
    assert len(found) == 1, language
    return textwrap.dedent(found[0][1])


def test_the_script_for_the_first_office_opens_one(db: None):
    load_calendar(REPOSITORY / "data" / "holidays" / "vn.yaml")
    load_calendar(yaml.safe_load(block("yaml")))
    run_import(REPOSITORY / "data" / "procedures")
    said: dict[str, Any] = {}
    exec(block("python"), said)
    first_day = said["FIRST_DAY"]
    office = Agency.objects.get()
    assert home_agency(first_day) == office
    assert faults() == []
    assert version_in_force("1.001193", office.pk, first_day).code == "1.001193"
    assert calendar_for(office.calendar_code).is_working_day(first_day)
    roles = {grant.role for account in Account.objects.all() for grant in account.official.grants.all()}
    assert roles == {*Role.values}


@pytest.mark.parametrize("name", READMES)
def test_the_readme_needs_two_commands(name: str):
    text = text_of(REPOSITORY / name)
    head = text[: text.index("\n## ", text.index("make test"))]
    assert re.findall(r"^make \w+", head, re.MULTILINE) == ["make run", "make test"]
    assert set(re.findall(r"\bmake (\w+)", head)) == {"run", "test"}


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_the_demo_accounts(name: str):
    text = text_of(REPOSITORY / name)
    assert f"`{PASSWORD}`" in text
    assert not [post.username for post in LOGINS if f"`{post.username}`" not in text]


def test_both_readmes_have_the_same_parts():
    english, vietnamese = (text_of(REPOSITORY / name) for name in READMES)
    for shape in (r"^#+ ", r"^- ", r"^\| ", r"^```", r"^\d\. "):
        counts = [len(re.findall(shape, text, re.MULTILINE)) for text in (english, vietnamese)]
        assert counts[0] == counts[1], (shape, counts)


def test_publiccode_says_what_the_standard_asks_for():
    said = yaml.safe_load(text_of(REPOSITORY / "publiccode.yml"))
    project = tomllib.loads(text_of(REPOSITORY / "pyproject.toml"))["project"]
    mandatory = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description",
        "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert mandatory <= said.keys()
    assert tuple(int(part) for part in said["publiccodeYmlVersion"].split(".")) >= (0, 4)
    assert said["softwareVersion"] == project["version"]
    assert said["legal"]["license"] == project["license"] == "Apache-2.0"
    assert urlsplit(said["url"]).scheme == "https"
    assert said["softwareType"] == "standalone/web"
    assert said["maintenance"]["type"] in {"internal", "community", "none"}
    assert said["maintenance"]["type"] == "none" or said["maintenance"]["contacts"][0]["name"]
    assert said["localisation"]["localisationReady"] is True
    assert "vi" in said["localisation"]["availableLanguages"]
    for language, description in said["description"].items():
        assert 0 < len(description["shortDescription"].strip()) <= 150, language
        assert 150 <= len(description["longDescription"].strip()) <= 10_000, language
        assert description["features"], language
        shots = description.get("screenshots", [])
        assert not [shot for shot in shots if not (REPOSITORY / shot).exists()], language
