"""An e-form read from its file, strictly: a key nobody knows is a fault, and every fault is told at once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from motcua.catalogue.eforms.layout import Layout
from motcua.catalogue.eforms.schemas import schema_fault, validator_of, whole_schema
from motcua.catalogue.eforms.shapes import EForm
from motcua.catalogue.eforms.told import Told
from motcua.core.refusals import Refusal

NEEDED = ("code", "number", "procedures", "title", "valid_from", "schema", "pages")
ALLOWED = (
    "valid_to", "rules", "summary", "circumstances", "besides", "stands_for", "sent_only_with", "changed", "source",
    "unverified", "samples",
)  # fmt: skip
# The first page of a worker waits for this: the one in C reads ten times as fast.
SAFE_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class EFormFaulty(Refusal):
    """An e-form's file that cannot be used, with everything that is wrong in it."""

    def __init__(self, where: str, sentences: Sequence[str]) -> None:
        super().__init__(f"{where}: " + " ".join(sentences))
        self.where = where
        self.sentences = tuple(sentences)


def read_eform(path: Path, lists: Mapping[str, Sequence[str]] | None = None) -> EForm:
    """The e-form of one file; `lists` are the named lists of suggestions. Raises `EFormFaulty`."""
    where = f"{path.parent.name}/{path.name}"
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER)  # noqa: S506 (both are safe)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        said = _("Tệp không phải YAML hợp lệ.") if line is None else _("YAML sai ở dòng %d.") % (line + 1)
        raise EFormFaulty(where, [said]) from error
    return eform_from(told, where, lists or {})


def eform_from(told: Any, where: str, lists: Mapping[str, Sequence[str]]) -> EForm:
    """The e-form that these plain values tell. Raises `EFormFaulty`."""
    faults: list[str] = []
    top = Told(told, _("biểu mẫu"), faults)
    top.keys(NEEDED, ALLOWED)
    schema = top.mapping("schema")
    layout = Layout(schema, lists, faults)
    pages = layout.pages(top)
    whole = whole_schema(schema, [item for page in pages for item in page.items()])
    broken = schema_fault(whole)
    if broken:
        faults.append(_("Lược đồ JSON sai tại %s.") % broken)
    made = None if faults else _made(top, layout, whole, pages)
    if made is None or faults:
        raise EFormFaulty(where, faults)
    return made


def _made(top: Told, layout: Layout, whole: Mapping[str, Any], pages: Any) -> EForm:
    summary = top.mapping("summary")
    return EForm(
        code=top.text("code"),
        number=top.whole("number"),
        procedures=top.texts("procedures"),
        title=top.words("title"),
        valid_from=top.day("valid_from"),
        valid_to=top.day_or_none("valid_to"),
        schema=whole,
        pages=pages,
        rules=layout.rules(top),
        summary={str(key): str(value) for key, value in summary.items()},
        circumstances=layout.circumstances(top),
        besides=layout.besides(top),
        stands_for=top.texts("stands_for"),
        sent_only_with=top.texts("sent_only_with"),
        changed=top.words_or_none("changed"),
        source=top.text("source", ""),
        unverified=top.texts("unverified"),
        samples=top.mapping("samples"),
        validator=validator_of(whole),
    )
