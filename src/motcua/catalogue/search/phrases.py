"""The everyday expressions that ship with the product (`data/synonyms.yaml`, and of English `synonyms.en.yaml`)."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from motcua.catalogue.search.rules.readings import Expression, Phrasebook, Wording

# libyaml reads the file in 20 ms, the pure loader in half a second.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDER = Path(__file__).resolve().parents[4] / "data"
SYNONYMS, ENGLISH = FOLDER / "synonyms.yaml", FOLDER / "synonyms.en.yaml"


class BadSynonyms(ValueError):
    """The synonyms file cannot be used; the message names the entry."""


def _texts(entry: dict[str, Any], key: str) -> list[str]:
    found = entry.get(key)
    if not isinstance(found, list) or not found or not all(isinstance(text, str) and text for text in found):
        raise BadSynonyms(f"data/synonyms.yaml: “{key}” phải là danh sách câu chữ, ở mục {entry!r}")
    return found


def parse(content: str) -> Phrasebook:
    """The phrasebook in a YAML text. Raises BadSynonyms naming the entry that is wrong."""
    loaded = yaml.load(content, Loader=_LOADER)  # noqa: S506 (both loaders are the safe one)
    if not isinstance(loaded, dict) or not isinstance(loaded.get("expressions"), list):
        raise BadSynonyms("data/synonyms.yaml: cần mục “expressions” là một danh sách.")
    expressions = []
    for entry in loaded["expressions"]:
        means = tuple(Wording.of(text) for text in _texts(entry, "official"))
        codes = tuple(_texts(entry, "codes")) if "codes" in entry else ()
        expressions += [Expression(Wording.of(said), means, codes) for said in _texts(entry, "said")]
    fillers = frozenset(Wording.of(text).folded for text in loaded.get("fillers", ()))
    return Phrasebook(expressions, fillers)


def language_read() -> str:
    """In which language the page is read for which somebody searches: "en", or "vi" for all others."""
    return "en" if (get_language() or "").startswith("en") else "vi"


@lru_cache(maxsize=2)
def phrasebook(language: str = "vi") -> Phrasebook:
    """The shipped phrasebook, read once per process; for readers of English with the English words before it."""
    own = parse(SYNONYMS.read_text(encoding="utf-8"))
    if language != "en":
        return own
    english = parse(ENGLISH.read_text(encoding="utf-8"))
    return Phrasebook([*english.expressions, *own.expressions], english.fillers | own.fillers)
