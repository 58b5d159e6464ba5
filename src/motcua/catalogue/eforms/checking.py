"""Every e-form checked before anybody fills it in: file, schema, layout, both languages, samples, versions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.catalogue.eforms.layout import unfit_schema
from motcua.catalogue.eforms.loading import EFormFaulty, read_eform
from motcua.catalogue.eforms.queries import eform_paths, suggestions
from motcua.catalogue.eforms.rules import faults
from motcua.catalogue.eforms.shapes import EForm, Item, Question, Repeat


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found: how many versions were read, and every fault as a sentence with its place."""

    eforms: tuple[EForm, ...]
    sentences: tuple[str, ...]


def check_eforms(folder: Path, procedures: Path | None = None) -> Checked:
    """Check every e-form below this folder, and its circumstances against the procedures' own words.

    `procedures`: the folder of the shipped procedures; one that is not shipped there cannot be compared.
    """
    lists = suggestions(folder)
    good: list[EForm] = []
    sentences: list[str] = []
    known = _words_of(procedures) if procedures is not None else {}
    for path in eform_paths(folder):
        try:
            eform = read_eform(path, lists)
        except EFormFaulty as faulty:
            sentences += [f"{faulty.where}: {said}" for said in faulty.sentences]
            continue
        good.append(eform)
        found = [*_named(eform, path), *_fitting(eform), *_sampled(eform), *_worded(eform, known)]
        sentences += [f"{path.parent.name}/{path.name}: {said}" for said in found]
    sentences += [*_permanent(good), *_overlapping(good)]
    return Checked(tuple(good), tuple(sentences))


def _named(eform: EForm, path: Path) -> Iterator[str]:
    if eform.code != path.parent.name or str(eform.number) != path.stem:
        yield _("Mã và số phiên bản trong tệp phải khớp với tên thư mục và tên tệp.")
    if eform.valid_to is not None and eform.valid_to < eform.valid_from:
        yield _("Ngày hết hiệu lực đứng trước ngày bắt đầu.")
    if not eform.procedures:
        yield _("Chưa ghi mã thủ tục nào (procedures).")


def _fitting(eform: EForm) -> Iterator[str]:
    """Each question is put in a way that its schema can take."""
    for item in eform.items():
        for question in item.questions if isinstance(item, Repeat) else (item,):
            said = unfit_schema(question)
            if said:
                yield _("câu hỏi “%(id)s”: %(said)s") % {"id": question.id, "said": said}
    asked = {item.id for item in eform.items()}
    for name, wanted in eform.summary.items():
        if "{" not in wanted and wanted not in asked:
            yield _("“summary” %(name)s nhắc câu hỏi không có: %(wanted)s.") % {"name": name, "wanted": wanted}


def _sampled(eform: EForm) -> Iterator[str]:
    """The right sample is right, the wrong one wrong exactly where it says, in both languages."""
    day, right, wrong = (eform.samples.get(key) for key in ("day", "right", "wrong"))
    if type(day) is not date or not isinstance(right, Mapping) or not isinstance(wrong, Mapping):
        yield _("“samples” phải có day, right và wrong.")
        return
    for language in ("vi", "en"):
        with override(language):
            found = faults(eform, right, on=day)
        for fault in found:
            yield _("Câu trả lời mẫu đúng lại bị coi là sai tại %(pointer)s: %(said)s") % {
                "pointer": fault.pointer, "said": fault.sentence,
            }  # fmt: skip
    changed = {**right, **wrong.get("change", {})}
    at_fault = {one.pointer for one in faults(eform, {k: v for k, v in changed.items() if v is not None}, on=day)}
    expected = set(wrong.get("pointers") or ())
    if not expected:
        yield _("Câu trả lời mẫu sai phải kê ít nhất một chỗ sai (pointers).")
    for pointer in sorted(expected - at_fault):
        yield _("Câu trả lời mẫu sai không bị bắt lỗi tại %s.") % pointer
    for pointer in sorted(at_fault - expected):
        yield _("Câu trả lời mẫu sai bị bắt lỗi ở chỗ không kê: %s.") % pointer


def _worded(eform: EForm, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Circumstances and papers are worded as the procedure words them, letter by letter."""
    own = [known[code] for code in eform.procedures if code in known]
    if not own:
        return
    for one in eform.circumstances:
        if not any(one.says in words for words in own):
            yield _("Trường hợp “%s” không có trong giấy tờ, phí hay thời hạn của thủ tục.") % one.says
    for paper in (*eform.stands_for, *eform.sent_only_with):
        if not any(paper in words for words in own):
            yield _("Thành phần hồ sơ “%s” (stands_for, sent_only_with) không có trong thủ tục.") % paper


def _permanent(eforms: Iterable[EForm]) -> Iterator[str]:
    """An id means the same for good: from version to version a question keeps the way it is put."""
    earlier: dict[tuple[str, str], str] = {}
    for eform in sorted(eforms, key=lambda one: one.key):
        for item in eform.items():
            for name, kind in _kinds(item):
                seen = earlier.setdefault((eform.code, name), kind)
                if seen != kind:
                    yield _("%(code)s/%(number)d: mã “%(id)s” trước đây là câu hỏi kiểu khác; đặt mã mới.") % {
                        "code": eform.code, "number": eform.number, "id": name,
                    }  # fmt: skip


def _kinds(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item, Question):
        yield item.id, str(item.schema.get("type", type(item.schema.get("const")).__name__))
        return
    yield item.id, "rows"
    for question in item.questions:
        yield f"{item.id}.{question.id}", str(question.schema.get("type", ""))


def _overlapping(eforms: Sequence[EForm]) -> Iterator[str]:
    """On any day one procedure has one e-form: a version ends the day before the next begins."""
    for index, one in enumerate(eforms):
        for other in eforms[index + 1 :]:
            shared = sorted({*one.procedures} & {*other.procedures})
            apart = (one.valid_to or date.max) < other.valid_from or (other.valid_to or date.max) < one.valid_from
            if shared and not apart:
                yield _("%(one)s và %(other)s cùng hiệu lực cho thủ tục %(shared)s.") % {
                    "one": f"{one.code}/{one.number}", "other": f"{other.code}/{other.number}",
                    "shared": ", ".join(shared),
                }  # fmt: skip


def _words_of(folder: Path) -> dict[str, frozenset[str]]:
    """The circumstances and papers that the shipped procedures name, by code."""
    found: dict[str, frozenset[str]] = {}
    for path in sorted(folder.glob("*.yaml")):
        told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for one in told.get("procedures", ()):
            lines = [*one.get("components", ()), *one.get("fees", ()), *one.get("time_limits", ())]
            papers = [line["name"] for line in one.get("components", ())]
            found[str(one["code"])] = frozenset([*papers, *(line["case"] for line in lines if line.get("case"))])
    return found
