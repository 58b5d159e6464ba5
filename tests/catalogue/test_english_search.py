"""Who reads the pages in English finds procedures by English words, though the catalogue is Vietnamese."""

import pytest
from django.test import Client
from django.utils.translation import override

from motcua.catalogue.search.queries import find
from tests.cast import Cast
from tests.journey.conftest import cast, ward

__all__ = ["cast", "ward"]
WANTED = (
    ("birth certificate", "1.001193"), ("register the birth of my baby", "1.001193"),
    ("marriage", "1.000894"), ("how to get married", "1.000894"), ("marry a foreigner", "2.000806"),
    ("proof of single status", "1.004873"), ("marital status", "1.004873"),
    ("death certificate", "1.000656"), ("permanent residence", "1.004222"), ("moving house", "1.004222"),
    ("temporary residence", "1.004194"), ("open a shop", "1.001612"), ("household business", "1.001612"),
    ("building permit", "1.013225"), ("build a house", "1.013225"), ("certified copy", "2.000815"),
    ("copy of my birth certificate", "2.000635"), ("civil status extract", "2.000635"),
    ("land use right certificate", "1.013978"), ("land dispute", "1.012812"), ("health insurance", "1.014137"),
)  # fmt: skip


def test_english_words_find_what_the_office_is_asked_for_most(cast: Cast):
    with override("en"):
        missed = {q: [hit.code for hit in find(q).hits[:3]] for q, code in WANTED if not _among(q, code)}
    assert not missed


def _among(q: str, code: str) -> bool:
    return code in [hit.code for hit in find(q).hits[:3]]


def test_vietnamese_words_find_the_same_whoever_reads(cast: Cast):
    for q in ("làm giấy khai sinh", "khai tu", "the can cuoc", "so do"):
        own = find(q).hits[0].code
        with override("en"):
            assert find(q).hits[0].code == own, q


@pytest.mark.django_db
def test_nothing_found_says_in_english_how_to_go_on(client: Client, cast: Cast):
    page = client.get("/procedures/?q=zzzzqqqq", headers={"accept-language": "en"}).text
    assert "?q=khai%20sinh" in page
    assert "?q=khai%20sinh" not in client.get("/procedures/?q=zzzzqqqq", headers={"accept-language": "vi"}).text
