"""The pure half of the search: folding, keystrokes, slips, everyday expressions, ranking."""

import json
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.search.phrases import BadSynonyms, parse, phrasebook
from motcua.catalogue.search.rules.folding import clean, codes_in, fold, looks_like_code, mark_word
from motcua.catalogue.search.rules.keystrokes import is_syllable, telex, typed, vni
from motcua.catalogue.search.rules.ranking import Candidate, Gauge, Title, mass_of, rate
from motcua.catalogue.search.rules.readings import read
from motcua.catalogue.search.rules.slots import corrected_text, read_slots
from motcua.catalogue.search.rules.vocabulary import Term, Vocabulary

NAMES = [
    "Thủ tục đăng ký khai sinh",
    "Thủ tục đăng ký khai sinh có yếu tố nước ngoài",
    "Thủ tục đăng ký khai tử",
    "Thủ tục đăng ký lại khai sinh",
    "Thủ tục đăng ký kết hôn",
    "Đăng ký tạm trú",
    "Cấp giấy xác nhận tình trạng hôn nhân",
    "Chứng thực bản sao từ bản chính giấy tờ",
    "Cung cấp bản photo",
    "Cấp lại thẻ căn cước",
]
TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
TELEX_LETTERS = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
VNI_TONES = dict(zip(TELEX_TONES, "21345", strict=True))
VNI_LETTERS = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}

onsets = st.sampled_from(["b", "ch", "đ", "d", "h", "kh", "l", "m", "ngh", "nh", "ph", "t", "th", "tr", "x", "v", "s"])
rhymes = st.one_of(
    st.sampled_from(["ai", "an", "ang", "ao", "ăn", "ăng", "âm", "ân", "ây", "ên", "êt", "i", "a", "ach", "iên"]),
    st.sampled_from(["inh", "oan", "oai", "oăn", "ôn", "ông", "ôi", "ơi", "ơn", "uân", "uôi", "uyên", "uy", "ua"]),
    st.sampled_from(["ươi", "ương", "ươc", "ưa", "ưng", "iêu", "uc"]),
)
tones = st.sampled_from(["", *TELEX_TONES])


def syllable(onset: str, rhyme: str, tone: str) -> str:
    """The syllable with its tone on some vowel: marks are compared, and they ignore which."""
    vowel = max(place for place, letter in enumerate(rhyme) if fold(letter) in "aeiouy")
    return unicodedata.normalize("NFC", onset + rhyme[: vowel + 1] + tone + rhyme[vowel + 1 :])


def keyed(word: str, letters: dict[str, str], tone_keys: dict[str, str]) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tone = next((tone_keys[mark] for mark in decomposed if mark in tone_keys), "")
    plain = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in tone_keys))
    return "".join(letters.get(letter, letter) for letter in plain) + tone


def vocabulary_of(names: list[str]) -> Vocabulary:
    terms: dict[str, Term] = {}
    for name in names:
        spelled = clean(name).split()
        listed = fold(name).split()
        shown = [*spelled, *(f"{a} {b}" for a, b in pairwise(spelled))]
        keys = [*listed, *(f"{a} {b}" for a, b in pairwise(listed))]
        for key, display in dict(zip(keys, shown, strict=True)).items():
            known = terms.get(key)
            terms[key] = Term(known.number if known else len(terms), known.entries + 1 if known else 1, display)
    return Vocabulary(1, len(names), terms, phrasebook().terms())


VOCABULARY = vocabulary_of(NAMES)


def best_name(q: str, names: list[str] = NAMES) -> str:
    gauges = [Gauge.of(reading) for reading in read(read_slots(clean(q), VOCABULARY), phrasebook(), VOCABULARY)]

    def score(name: str) -> float:
        marks = " ".join(mark_word(word) for word in clean(name).split())
        title = Title(f" {fold(name)} ", f" {marks} ", mass_of(fold(name), VOCABULARY))
        return rate(gauges, Candidate("x", [title], "", 0.5))

    return max(names, key=score)


class TestFolding:
    def test_drops_every_mark_and_reads_both_spellings_of_i(self) -> None:
        assert fold("ĐĂNG KÝ,  Kết hôn") == "dang ki ket hon"
        assert fold("kỹ thuật") == fold("kĩ thuật")
        assert fold("quý Thủy") == "qui thuy"

    def test_marks_ignore_where_the_tone_is_put_but_not_which(self) -> None:
        assert mark_word("hòa") == mark_word("hoà") == "hoaf"
        assert mark_word("đất") != mark_word("đạt")
        assert mark_word("thuỷ") == mark_word("thủy")

    def test_composed_and_decomposed_text_are_the_same(self) -> None:
        name = "Chứng thực chữ ký"
        assert clean(unicodedata.normalize("NFD", name)) == clean(name) == "chứng thực chữ ký"

    @pytest.mark.parametrize(
        ("q", "codes"),
        [
            ("thủ tục 1.001193 cần gì", ["1001193"]),
            ("1001193", ["1001193"]),
            ("lt.hkd-antt-karaoke", ["LTHKDANTTKARAOKE"]),
            ("sinh năm 2001193", ["2001193"]),
            ("khai sinh 2026", []),
            ("0912345678", []),
        ],
    )
    def test_codes_within_a_query(self, q: str, codes: list[str]) -> None:
        assert codes_in(q) == codes

    def test_a_beginning_of_a_code_is_a_code_and_a_word_is_not(self) -> None:
        assert looks_like_code("1.0011")
        assert looks_like_code("001193")
        assert not looks_like_code("14")
        assert not looks_like_code("ct01")
        assert not looks_like_code("%%%")

    @given(st.text())
    def test_cleaning_never_fails_and_is_done_once(self, text: str) -> None:
        cleaned = clean(text)
        assert len(cleaned) <= 200
        assert "\x00" not in cleaned
        cleaned.encode()
        assert clean(cleaned) == cleaned


class TestKeystrokes:
    @pytest.mark.parametrize(
        ("keys", "meant"),
        [
            ("ddawng", "đăng"),
            ("kys", "ký"),
            ("tuwr", "tử"),
            ("hooj", "hộ"),
            ("truwowngf", "trường"),
            ("truongwf", "trường"),
            ("dduwowcj", "được"),
            ("nguwowif", "người"),
            ("tuooir", "tuổi"),
            ("muaw", "mưa"),
            ("tienges", "tiếng"),
            ("sanf", "sàn"),
            ("thoong", "thông"),
            ("quys", "quý"),
            ("gias", "giá"),
        ],
    )
    def test_telex(self, keys: str, meant: str) -> None:
        assert telex(keys) == meant

    @pytest.mark.parametrize(
        ("keys", "meant"),
        [("d9a8ng", "đăng"), ("ky1", "ký"), ("d9u7o7ng2", "đường"), ("tru7o72ng", "trường"), ("ho6n", "hôn")],
    )
    def test_vni(self, keys: str, meant: str) -> None:
        assert vni(keys) == meant

    @pytest.mark.parametrize(
        "word", ["online", "internet", "facebook", "vneid", "ct01", "kt3", "14", "khai", "toan", "xe", "mst", "a"]
    )
    def test_other_words_stay(self, word: str) -> None:
        assert typed(word) == word

    @given(onsets, rhymes, tones)
    def test_telex_keys_of_any_syllable_are_read_back(self, onset: str, rhyme: str, tone: str) -> None:
        word = syllable(onset, rhyme, tone)
        assert is_syllable(word)
        assert mark_word(telex(keyed(word, TELEX_LETTERS, TELEX_TONES))) == mark_word(word)

    @given(onsets, rhymes, tones)
    def test_vni_keys_of_any_syllable_are_read_back(self, onset: str, rhyme: str, tone: str) -> None:
        word = syllable(onset, rhyme, tone)
        assert mark_word(vni(keyed(word, VNI_LETTERS, VNI_TONES))) == mark_word(word)

    @given(onsets, rhymes, tones)
    def test_written_vietnamese_is_left_alone(self, onset: str, rhyme: str, tone: str) -> None:
        word = syllable(onset, rhyme, tone)
        assert typed(word) == word
        assert typed(fold(word)) == fold(word)

    @given(st.text(max_size=20))
    def test_any_text_is_read_once(self, text: str) -> None:
        assert typed(typed(text)) == typed(text)

    def test_every_telex_query_of_the_yardstick_is_read_as_its_vietnamese(self, shared: Path) -> None:
        queries = json.loads((shared / "data" / "search-queries.json").read_text())["queries"]
        for (meant, _), (keys, _) in zip(queries["A_diacritics"], queries["C_telex_raw"], strict=True):
            read_back = [mark_word(typed(word)) for word in keys.split()]
            assert read_back == [mark_word(word) for word in meant.split()], keys


class TestSlips:
    @pytest.mark.parametrize(
        "slip", ["dnag ky khai tu", "dng ky khai tu", "daang ky khia tu", "dang ky khi tu", "dang ky khai tuu"]
    )
    def test_one_slip_still_finds_the_name(self, slip: str) -> None:
        assert best_name(slip) == "Thủ tục đăng ký khai tử"

    def test_a_known_word_in_strange_company_is_doubted(self) -> None:
        slots = read_slots("dang ky lai kha sinh", VOCABULARY)
        assert "khai" in slots[3].options

    def test_words_written_with_marks_are_not_doubted(self) -> None:
        slots = read_slots("giấy sinh", VOCABULARY)
        assert [*slots[0].options] == ["giay"]

    def test_a_foreign_word_is_kept_beside_its_telex_reading(self) -> None:
        assert {*read_slots("photo x", VOCABULARY)[0].options} >= {"photo", "phot"}

    @pytest.mark.parametrize("joined", ["khaisinh", "dangky khaisinh", "dangkykhaisinh"])
    def test_missing_spaces(self, joined: str) -> None:
        assert best_name(joined) == "Thủ tục đăng ký khai sinh"

    @pytest.mark.parametrize("begun", ["đăng ký kế", "dang ky ket h", "ket ho"])
    def test_an_unfinished_last_word(self, begun: str) -> None:
        assert best_name(begun) == "Thủ tục đăng ký kết hôn"

    def test_suggestion_is_written_with_diacritics(self) -> None:
        slots = read_slots("dnag ky kha sinh", VOCABULARY)
        assert corrected_text(slots, fold(NAMES[0]), VOCABULARY) == "đăng ký khai sinh"

    def test_no_suggestion_for_a_query_without_slips(self) -> None:
        for q in ("dang ky khai sinh", "đăng ký khai sinh", "ddawng kys khai sinh", "làm khai sinh cho con"):
            assert corrected_text(read_slots(q, VOCABULARY), fold(NAMES[0]), VOCABULARY) is None, q

    @given(st.text(max_size=80))
    def test_any_text_has_slots_and_readings(self, text: str) -> None:
        slots = read_slots(clean(text), VOCABULARY)
        readings = read(slots, phrasebook(), VOCABULARY)
        assert all(0 < reading.trust <= 1 for reading in readings)
        assert all(option for slot in slots for option in slot.options)


class TestExpressions:
    def test_official_words_take_the_place_of_everyday_ones(self) -> None:
        assert best_name("giấy chứng tử") == "Thủ tục đăng ký khai tử"
        assert best_name("lấy vợ") == "Thủ tục đăng ký kết hôn"
        assert best_name("photo công chứng") == "Chứng thực bản sao từ bản chính giấy tờ"
        assert best_name("kt3") == "Đăng ký tạm trú"
        assert best_name("rớt cccd") == "Cấp lại thẻ căn cước"

    def test_two_syllables_the_other_way_round_are_another_word(self) -> None:
        book = parse("expressions: [{said: [tự kỷ], official: [khuyết tật]}]")
        assert len(read(read_slots("dang ky khai tu", VOCABULARY), book, VOCABULARY)) == 1
        assert len(read(read_slots("con tu ky", VOCABULARY), book, VOCABULARY)) == 2

    def test_other_diacritics_are_another_word(self) -> None:
        book = parse("expressions: [{said: [sổ đỏ], official: [giấy chứng nhận]}]")
        queries = ("sổ đỏ", "sơ đồ", "so do")
        meant, other, bare = (read(read_slots(q, VOCABULARY), book, VOCABULARY)[1].trust for q in queries)
        assert other < 0.5 * meant
        assert bare == meant

    def test_the_name_with_less_besides_comes_first(self) -> None:
        assert best_name("đăng ký khai sinh") == "Thủ tục đăng ký khai sinh"
        assert best_name("khai sinh có yếu tố nước ngoài") == NAMES[1]

    def test_shipped_expressions_are_many_and_distinct_in_meaning(self) -> None:
        book = phrasebook()
        assert len(book.expressions) >= 400
        assert all(found.said.folded and all(means.folded for means in found.means) for found in book.expressions)

    def test_shipped_official_words_and_codes_are_those_of_the_national_catalogue(self, shared: Path) -> None:
        index = json.loads((shared / "data" / "catalogue-index.json").read_text())
        commune = json.loads((shared / "data" / "procedures-commune.json").read_text())["procedures"]
        codes = {entry["code"] for entry in [*index, *commune]}
        words = {word for entry in [*index, *commune] for word in fold(entry["name"]).split()}
        for expression in phrasebook().expressions:
            assert {*expression.codes} <= codes, expression
            for means in expression.means:
                assert {*means.folded} <= words, expression

    @pytest.mark.parametrize(
        "content",
        [
            "[]",
            "expressions: 3",
            "expressions: [{said: [], official: [a]}]",
            "expressions: [{said: [a]}]",
            "expressions: [{said: [1], official: [a]}]",
        ],
    )
    def test_a_wrong_file_says_what_is_wrong(self, content: str) -> None:
        with pytest.raises(BadSynonyms, match="synonyms"):
            parse(content)
