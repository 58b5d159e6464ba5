"""Every event that stands in a dossier's story is told in words; a kind without words would show its English name."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

SOURCE = Path(__file__).parents[2] / "src" / "motcua"
RECORDED = re.compile(r"\"((?:dossier|step|duty|apology|consultation)\.[a-z_]+)\"")
# Looking is no part of the story; who looked stands on a page of its own.
UNTOLD = {"dossier.viewed"}
KINDS = sorted({kind for path in SOURCE.rglob("*.py") for kind in RECORDED.findall(path.read_text("utf-8"))} - UNTOLD)


def test_the_kinds_are_found():
    assert {"dossier.received", "step.passed_on", "duty.demanded", "apology.signed", "consultation.asked"} <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_words(kind: str):
    after = {"consulted": "Công an phường"} if kind.startswith("consultation.") else {"amount": 1, "papers": 1}
    row = {"kind": kind, "after": after}
    assert kind not in render_to_string("routing/_story.html", {"row": row})
