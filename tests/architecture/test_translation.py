"""Whatever a person reads can be translated, and its English is complete."""

import ast
import re
from collections.abc import Iterator

import pytest

from motcua.config.management.commands import extract_messages
from tests.architecture.sources import PRODUCT, name_of, python_files, templates, text_of, tree_of
from tests.architecture.visible import VIETNAMESE, bare_strings, bare_words

# Shown as they are in every language: keys of the keyboard, formats, codes, the letters of the law's own forms.
SAME_EVERYWHERE = {
    *("Ctrl", "Enter", "Esc", "QR", "PDF", "GET", "nbsp", "API", "JSON", "CSV", "OpenAPI"),
    *("Tiếng", "Việt", "English"),
}

# Where Vietnamese is the matter itself, or is read by whoever runs the office, not by those who use it.
IN_VIETNAMESE_ONLY = {
    "demo/": "invented people and places of the demo office",
    "documents/prints/": "forms printed as the law words them",
    "documents/prints.py": "forms printed as the law words them",
    "catalogue/search/": "the language searched in: spellings, everyday words, keystrokes",
    "catalogue/importing/": "wordings of the national portal, matched as they stand there",
    "catalogue/eforms/day_words.py": "a date read out for the civil-status register, whose language is Vietnamese",
    "worktime/rules/": "reasons printed on the reason sheet with the decision's own words",
    "people/id_card.py": "what the card says of a gender",
    "reporting/pack/lateness.py": "said by the program inside an inspector's pack, far from this office",
    "reporting/pack/sealed.py": "said by the program inside an inspector's pack, far from this office",
    "reporting/pack/verifier.py": "said by the program inside an inspector's pack, far from this office",
    "reporting/pack/contents.py": "said by the program inside an inspector's pack, far from this office",
    "reporting/pack/writing.py": "the first page inside an inspector's pack",
    "payments/twin/": "the demo's bank: no part of the office, and as Vietnamese as banks here are",
    "config/cli": "spoken to whoever runs the office at a terminal",
    "config/office.py": "spoken to whoever runs the office at a terminal",
    "config/embedded.py": "spoken to whoever runs the office at a terminal",
    "config/env.py": "spoken to whoever runs the office at a terminal",
    "config/identity.py": "spoken to whoever runs the office at a terminal; the name of the provider is a setting",
    "management/": "spoken to whoever runs the office at a terminal",
    "settings.py": "names of languages and of the product",
    "apps.py": "names of packages, shown nowhere",
    "core/models.py": "names of tables, shown nowhere",
}

MARK = re.compile(r"%(?:\((\w+)\))?[#0\- +]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa%]")
TRANSLATE = {"_", "gettext", "gettext_lazy"}
TAG = re.compile(r"</?\w+")
TAGGED_SENTENCE = re.compile(r"{%-?\s*translate\s+(?:\"([^\"]*)\"|'([^']*)')")
# Names that stay Vietnamese in an English sentence.
PROPER_NAMES = re.compile(
    r"Một Cửa|Tiếng Việt|đồng|[A-ZĐ]{2,}-[A-ZĐ][A-Za-zĐ]+|“[^”]*”|\([^)]*\)|Nguyễn Thị Lan|Đà Nẵng|Hà Nội|Tân Thạnh"
)


def is_exempt(name: str) -> bool:
    return any(part in name for part in IN_VIETNAMESE_ONLY)


def test_templates_show_no_untranslated_word():
    found = {name_of(path): words for path in templates() if (words := sorted(set(bare_words(path, SAME_EVERYWHERE))))}
    assert len(templates()) > 40
    assert not found, found


def test_python_speaks_only_translatable_vietnamese():
    found = [
        f"{name_of(path)}:{line} {text[:60]!r}"
        for path in python_files(PRODUCT)
        if not is_exempt(name_of(path))
        for line, text in bare_strings(path)
    ]
    assert not found, found


def test_no_sentence_is_built_before_it_is_translated():
    """`_(f"…")`, `_("…" + x)` and `_(name)` cannot be found by whoever translates."""
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(PRODUCT)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in TRANSLATE
        and not (node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str))
    ]
    assert not found, found


def test_no_vietnamese_word_in_a_condition():
    found = [
        f"{name_of(path)}:{compared.lineno} {compared.value!r}"
        for path in python_files(PRODUCT)
        if not is_exempt(name_of(path))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Compare)
        for compared in [node.left, *node.comparators]
        if isinstance(compared, ast.Constant) and isinstance(compared.value, str) and VIETNAMESE.search(compared.value)
    ]
    assert not found, found


@pytest.fixture(scope="module")
def sentences() -> dict:
    return extract_messages.sentences()


def test_every_tagged_sentence_is_collected(sentences: dict):
    known = {message[0] if isinstance(message, tuple) else message for message, _context in sentences}
    lost = {
        found[1] or found[2]
        for path in templates()
        for found in TAGGED_SENTENCE.finditer(text_of(path))
        if (found[1] or found[2]).replace("%", "%%") not in known and (found[1] or found[2]) not in known
    }
    assert len(sentences) > 500
    assert not lost, lost


def pairs() -> Iterator[tuple[str, str]]:
    """Each sentence beside its English, plurals form by form."""
    for message in extract_messages.updated("en"):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string or "",)
        if ids[0]:
            yield from zip(ids, strings, strict=True)


def test_the_english_is_complete():
    missing = extract_messages.missing(extract_messages.updated("en"))
    assert not missing, f"{len(missing)} sentences without English: {missing[:40]}"


def test_the_english_list_is_current():
    """`motcua manage extract_messages` was run after the last sentence changed."""
    listed = {(message.id, message.context) for message in extract_messages.translations("en") if message.id}
    fresh = {(message.id, message.context) for message in extract_messages.updated("en") if message.id}
    assert listed == fresh, sorted(map(str, listed ^ fresh))[:20]


def test_the_english_keeps_placeholders_and_tags():
    def kept(text: str) -> tuple[list[str], list[str]]:
        return sorted(MARK.findall(text)), sorted(TAG.findall(text))

    wrong = [pair for pair in pairs() if pair[1] and kept(pair[0]) != kept(pair[1])]
    assert not wrong, wrong


def test_the_english_is_english():
    wrong = [english for _vietnamese, english in pairs() if VIETNAMESE.search(PROPER_NAMES.sub("", english or ""))]
    assert not wrong, wrong
