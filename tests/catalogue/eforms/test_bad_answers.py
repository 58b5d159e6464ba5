"""Whatever a browser posts: reading never raises, and no sentence is the validator's own."""

import re
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as some

from motcua.catalogue.eforms.queries import eforms
from motcua.catalogue.eforms.rules import changes, computed, faults, pages_asked, read, settled, summary, told
from motcua.catalogue.eforms.screen import page_context
from motcua.catalogue.eforms.shapes import EForm, Repeat
from motcua.catalogue.eforms.turning import turned

TODAY = date(2026, 11, 20)
EVERY = eforms()
# How jsonschema words its own messages.
RAW = re.compile(
    r"is not|does not|is required|was expected|were unexpected|too long|too short|should not|valid under|\bNone\b|'"
)
VIETNAMESE = re.compile(r"[à-ỹđ]", re.IGNORECASE)

texts = some.one_of(
    some.text(max_size=40),
    some.sampled_from(
        ["", "0", "-1", "on", "self", "mother", "31/02/2026", "00/00/0000", "29/02/2027", "9" * 30, "1.000.000", "1,5",
         "1.2.3,4", "١٢٣", "\x00", "\ud800", "<script>", "001196012345", "9999-99-99", "0912 345 678", "a@b",
         "no", "yes"]
    ),
)  # fmt: skip
plain: some.SearchStrategy[Any] = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | texts,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def names_of(eform: EForm) -> list[str]:
    names = ["eform-asked", "add:members", "remove:members.0", "refresh"]
    for item in eform.items():
        names.append(item.id)
        if isinstance(item, Repeat):
            names += [f"{item.id}.rows", f"add:{item.id}", f"remove:{item.id}.1", f"{item.id}.0.eform-asked"]
            names += [f"{item.id}.{row}.{one.id}" for row in (0, 1) for one in item.questions]
    return names


@some.composite
def posts(draw: some.DrawFn) -> tuple[EForm, QueryDict]:
    eform = draw(some.sampled_from(EVERY))
    post = QueryDict(mutable=True)
    told_of = some.one_of(texts, some.sampled_from(["0", "1", "2", "999", "1e3", "²"]))
    for name in draw(some.lists(some.sampled_from(names_of(eform)), max_size=25)):
        post.setlist(name, draw(some.lists(told_of, min_size=1, max_size=3)))
    return eform, post


@some.composite
def stored(draw: some.DrawFn) -> tuple[EForm, dict[str, Any]]:
    eform = draw(some.sampled_from(EVERY))
    right = dict(eform.samples["right"])
    for name in draw(some.lists(some.sampled_from([item.id for item in eform.items()]), max_size=6)):
        right[name] = draw(plain)
    return eform, right


def judged(eform: EForm, answers: dict[str, Any]) -> None:
    for fault in faults(eform, answers, on=TODAY):
        assert not RAW.search(fault.sentence), fault
        assert VIETNAMESE.search(fault.sentence), fault
        assert eform.page_of(fault.question), fault
    told(eform, answers, on=TODAY)
    summary(eform, answers, on=TODAY)
    assert computed(eform, answers, on=TODAY) is not answers
    for number in pages_asked(eform, answers, on=TODAY):
        page_context(eform, number, answers, faults(eform, answers, on=TODAY, page=number), on=TODAY)


@settings(max_examples=150, deadline=None)
@given(posts(), some.integers(min_value=-1, max_value=9))
def test_nothing_posted_raises(posted: tuple[EForm, QueryDict], page: int):
    eform, post = posted
    assert isinstance(read(eform, None, post), dict)
    turn = turned(eform, page, post, eform.samples["right"], on=TODAY)
    judged(eform, turn.answers)
    assert "\x00" not in repr(turn.answers)


@settings(max_examples=150, deadline=None)
@given(stored())
def test_nothing_stored_raises_and_no_sentence_is_the_validators(kept: tuple[EForm, dict[str, Any]]):
    eform, answers = kept
    judged(eform, answers)
    assert changes(eform, eform, answers, on=TODAY).asked_anew is not None


@pytest.mark.parametrize("eform", EVERY, ids=lambda one: one.code)
def test_the_schema_alone_agrees_with_the_rules_on_the_samples(eform: EForm):
    """Whoever has only the JSON Schema, as another system would, comes to the same verdict."""
    day, right = eform.samples["day"], eform.samples["right"]
    assert eform.validator.is_valid(settled(eform, right, on=day))
    changed = {**right, **eform.samples["wrong"]["change"]}
    wrong = {name: value for name, value in changed.items() if value is not None}
    assert not eform.validator.is_valid(settled(eform, wrong, on=day))


@pytest.mark.parametrize("eform", EVERY, ids=lambda one: one.code)
def test_every_sentence_comes_in_the_readers_language(eform: EForm):
    changed = {**eform.samples["right"], **eform.samples["wrong"]["change"]}
    wrong = {name: value for name, value in changed.items() if value is not None}
    with translation.override("vi"):
        vietnamese = {one.pointer: one.sentence for one in faults(eform, wrong, on=TODAY)}
        titles = [section.title for section in told(eform, wrong, on=TODAY)]
    with translation.override("en"):
        english = {one.pointer: one.sentence for one in faults(eform, wrong, on=TODAY)}
        assert not {*titles} & {section.title for section in told(eform, wrong, on=TODAY)}
    assert vietnamese.keys() == english.keys()
    assert all(VIETNAMESE.search(sentence) for sentence in vietnamese.values())


def test_every_page_posted_as_it_was_shown_gives_the_same_answers():
    """A page shown with its answers and sent back untouched changes nothing, in either language."""
    for language in ("vi", "en"):
        with translation.override(language):
            for eform in EVERY:
                answers = computed(eform, eform.samples["right"], on=TODAY)
                for number in pages_asked(eform, answers, on=TODAY):
                    page = page_context(eform, number, answers, on=TODAY)["page"]
                    turn = turned(eform, number, sent_back(page), answers, on=TODAY)
                    assert turn.answers == answers, (eform.code, number)
                    assert not turn.stay, (eform.code, number, turn.faults)


def sent_back(page: Any) -> QueryDict:
    post = QueryDict(mutable=True)
    post["eform-asked"] = page.asked
    for item in (item for part in page.parts for item in part.items):
        rows = getattr(item, "rows", None)
        if rows is not None:
            post[f"{item.name}.rows"] = str(len(rows))
            for index, row in enumerate(rows):
                post[f"{item.name}.{index}.eform-asked"] = row.asked
        for question in [item] if rows is None else [one for row in rows for one in row.questions]:
            chosen = [choice.value for choice in question.choices if choice.chosen]
            if question.choices:
                post.setlist(question.name, chosen)
            elif question.value and question.kind != "computed":
                post[question.name] = question.value
    return post
