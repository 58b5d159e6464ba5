"""Reading what a person reads: the words of templates and of Python sources that nobody wrapped for translation."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

from tests.architecture.sources import text_of, tree_of

VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.I)
SPOKEN = {
    "aria-label", "aria-description", "aria-roledescription", "placeholder", "title", "alt", "label", "hint", "summary",
    "data-label", "data-confirm", "data-key-label", "content", "kicker", "text",
}  # fmt: skip
# Attributes whose words are names for machines; `value` of a button is not shown.
NOT_SHOWN = {"script", "style", "svg"}
WORD = re.compile(r"[^\W\d_]{2,}")
SAME_IN_ENGLISH = re.compile(r"đồng|Một Cửa", re.I)
WRAPPED = re.compile(r"_\((?:\"[^\"]*\"|'[^']*')\)")
LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
TRANSLATES = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "_"}


class _Words(HTMLParser):
    """Text and spoken attributes of a page from which all template tags were taken."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in NOT_SHOWN
        self._attributes(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN and value and not (tag == "meta" and name == "content"):
                self.found.append(value)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in NOT_SHOWN and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def bare_words(path: Path, allowed: set[str]) -> Iterator[str]:
    """Words a template shows without translating them."""
    page, wrapped = [], False
    for token in Lexer(text_of(path)).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            if name in {"blocktranslate", "blocktrans", "comment"}:
                wrapped = True
            elif name in {"endblocktranslate", "endblocktrans", "endcomment"}:
                wrapped = False
            if name not in {"translate", "trans"}:
                yield from _vietnamese_literals(token.contents)
        elif token.token_type == TokenType.VAR:
            yield from _vietnamese_literals(token.contents)
        elif token.token_type == TokenType.TEXT and not wrapped:
            page.append(token.contents)
    reader = _Words()
    reader.feed("".join(page))
    reader.close()
    for text in reader.found:
        yield from (word for word in WORD.findall(text) if word not in allowed)


def _vietnamese_literals(contents: str) -> Iterator[str]:
    """Vietnamese written straight into a tag: `default:"chưa có"`, `if kind == "Nữ"`."""
    for literal in LITERAL.finditer(WRAPPED.sub("", contents)):
        text = literal[1] or literal[2] or ""
        if VIETNAMESE.search(text):
            yield text


def bare_strings(path: Path) -> Iterator[tuple[int, str]]:
    """Vietnamese strings of a Python source that stand outside every translating call; docstrings are not read."""
    tree = tree_of(path)
    quiet = {id(node) for node in _docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in TRANSLATES:
            quiet |= {id(part) for argument in node.args for part in ast.walk(argument)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
            rest = SAME_IN_ENGLISH.sub("", node.value)
            if VIETNAMESE.search(rest) and WORD.search(rest):
                yield node.lineno, node.value


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        for part in getattr(node, "body", []) if not isinstance(node, (ast.Lambda, ast.IfExp)) else []:
            if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
                yield part.value
