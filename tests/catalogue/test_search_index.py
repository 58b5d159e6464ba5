"""The index is kept up to date, answers codes and sectors, and takes any text."""

from uuid import UUID, uuid5

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.search import MOST_HITS, SearchEntryInput, find, reindex, search, standing_of, suggest

SPACE = UUID("6f1f1a0a-1f53-4a0e-9c61-0d6f0a1a7c11")
NAMES = {
    "1.001193": ("Thủ tục đăng ký khai sinh", "Hộ tịch"),
    "1.000656": ("Thủ tục đăng ký khai tử", "Hộ tịch"),
    "1.000894": ("Thủ tục đăng ký kết hôn", "Hộ tịch"),
    "2.000806": ("Thủ tục đăng ký kết hôn có yếu tố nước ngoài", "Hộ tịch"),
    "1.004222": ("Đăng ký thường trú", "Đăng ký, quản lý cư trú"),
    "1.004194": ("Đăng ký tạm trú", "Đăng ký, quản lý cư trú"),
    "2.000815": ("Chứng thực bản sao từ bản chính giấy tờ, văn bản", "Chứng thực"),
    "LT.HKD-ANTT-KARAOKE": ("Nhóm liên thông hộ kinh doanh karaoke", "Liên thông"),
}
HOSTILE = [
    "", " ", "\x00", "\x00khai\x00sinh", "'", "''; DROP TABLE catalogue_searchentry; --", "%", "%%%%", "_",
    "\\", "a & b | !c", "khai <-> sinh", ":*", "(((", "))", "khai:*&sinh", "🎉🎉", "khai 🎉 sinh", "\ud800",
    "\u202ekhai sinh", "\u0301\u0301\u0301", "a" * 10_000, "khai sinh " * 1_000, "1" * 10_000, "1." * 500, "{}",
    "%(q)s", "%s", "\n\t\r", "ﬁﬂ", "١٢٣", "Ａ４", "-1", "null", "0x00", "../../etc/passwd",
    "<script>alert(1)</script>", "đ" * 300, "w" * 50, "d9" * 40, "1.00119\x003", "1.%", "__1__", "...",
    "ﷺ" * 200, "\U000e0001", "a\u0300" * 500, "x" * 24 + " " + "khaisinh" * 3,
]  # fmt: skip


def entry(code: str, **changes: object) -> SearchEntryInput:
    name, sector = NAMES[code]
    given = {"name": name, "sector": sector, "standing": standing_of([], offered=True), "offered": True} | changes
    return SearchEntryInput(uuid5(SPACE, code), code, **given)  # type: ignore[arg-type]


@pytest.fixture
def indexed(db: None) -> None:
    reindex([entry(code) for code in NAMES])


def codes(q: str, **filters: object) -> list[str]:
    return [hit.code for hit in search(q, **filters)]  # type: ignore[arg-type]


@pytest.mark.usefixtures("indexed")
class TestAnswers:
    def test_nothing_typed_finds_nothing(self) -> None:
        assert (find("").hits, find("  ").count, find("?!").suggestion) == ([], 0, None)

    @pytest.mark.parametrize("q", ["1.001193", "1001193", "mã 1.001193 cần gì"])
    def test_a_whole_code_finds_its_procedure_alone(self, q: str) -> None:
        assert codes(q) == ["1.001193"]

    def test_a_part_of_a_code_finds_those_that_begin_with_it_first(self) -> None:
        assert {*codes("1.0041")} == {"1.004194"}
        assert codes("001193") == ["1.001193"]
        assert codes("1.00")[0].startswith("1.00")

    def test_a_code_with_letters(self) -> None:
        assert codes("lt.hkd-antt-karaoke") == ["LT.HKD-ANTT-KARAOKE"]

    def test_a_code_that_does_not_exist_finds_nothing(self) -> None:
        assert codes("9.999999") == []

    def test_sector_filters(self) -> None:
        assert codes("đăng ký", sector="Hộ tịch")
        assert {*codes("đăng ký", sector="Đăng ký, quản lý cư trú")} == {"1.004222", "1.004194"}
        assert codes("1.001193", sector="Chứng thực") == []
        assert codes("đăng ký", sector="không có") == []

    def test_pages_follow_one_another(self) -> None:
        whole = find("đăng ký", limit=MOST_HITS)
        assert whole.count == len(whole.hits) >= 6
        pages = [hit.code for start in range(0, whole.count, 2) for hit in search("đăng ký", limit=2, offset=start)]
        assert pages == [hit.code for hit in whole.hits]
        assert search("đăng ký", offset=500) == []
        assert search("đăng ký", limit=-1) == []
        assert codes("đăng ký", offset=-3)[0] == whole.hits[0].code

    def test_a_slip_is_found_and_suggested(self) -> None:
        assert codes("dnag ky khia sinh")[0] == "1.001193"
        assert suggest("dnag ky khia sinh") == "đăng ký khai sinh"
        assert suggest("đăng ký khai sinh") is None

    def test_hits_say_what_pages_show(self) -> None:
        hit = search("khai sinh")[0]
        assert (hit.code, hit.name, hit.sector, hit.offered) == ("1.001193", *NAMES["1.001193"], True)
        assert hit.procedure_id == uuid5(SPACE, "1.001193")

    @pytest.mark.parametrize("q", HOSTILE, ids=range(len(HOSTILE)))
    def test_any_text_is_answered(self, q: str) -> None:
        found = find(q)
        assert found.count >= len(found.hits)
        assert codes("khai sinh")[0] == "1.001193"

    def test_two_statements_at_most(self) -> None:
        search("khai sinh")
        with CaptureQueriesContext(connection) as captured:
            search("đăng ký khai sinh")
        assert len(captured) <= 2


@pytest.mark.usefixtures("indexed")
class TestUpkeep:
    def test_indexing_again_changes_nothing(self) -> None:
        again = reindex([entry(code) for code in NAMES])
        assert again == reindex([entry(code) for code in NAMES])
        assert again.entries == len(NAMES)

    def test_one_entry_is_changed_in_place(self) -> None:
        reindex([entry("1.001193", name="Ghi tên trẻ mới chào đời")], replace=False)
        assert codes("chào đời") == ["1.001193"]
        assert codes("1.001193") == ["1.001193"]
        assert len(codes("đăng ký", limit=MOST_HITS)) >= 5

    def test_replacing_forgets_the_rest(self) -> None:
        reindex([entry("1.000656")])
        assert codes("khai tử") == ["1.000656"]
        assert {*codes("kết hôn")} <= {"1.000656"}

    def test_an_empty_index_answers_nothing(self) -> None:
        assert reindex([]).entries == 0
        assert codes("khai sinh") == codes("1.001193") == []

    def test_everyday_words_of_an_entry_find_it(self) -> None:
        reindex([entry("1.001193", everyday_words=["giấy tờ cho thiên thần nhỏ"])], replace=False)
        assert codes("thien than nho")[0] == "1.001193"

    def test_keywords_find_but_rank_behind_names(self) -> None:
        reindex([entry("1.001193", keywords=["Sổ tiêm chủng", "kết hôn"])], replace=False)
        assert codes("tiêm chủng")[0] == "1.001193"
        assert codes("kết hôn")[0] == "1.000894"

    def test_inactive_entries_stay_hidden(self) -> None:
        reindex([entry("1.001193", active=False)], replace=False)
        assert "1.001193" not in codes("khai sinh") + codes("1.001193")

    def test_of_equals_the_one_offered_here_comes_first(self) -> None:
        name, sector = NAMES["1.000894"]
        elsewhere = SearchEntryInput(uuid5(SPACE, "elsewhere"), "0.000001", name, sector, standing=standing_of([]))
        reindex([elsewhere], replace=False)
        assert codes("đăng ký kết hôn")[:2] == ["1.000894", "0.000001"]

    def test_the_last_of_two_mentions_counts(self) -> None:
        counts = reindex([entry("1.001193"), entry("1.001193", name="Tên sau")])
        assert counts.entries == 1
        assert codes("tên sau") == ["1.001193"]

    def test_a_change_that_is_rolled_back_is_not_seen(self) -> None:
        with transaction.atomic():
            reindex([entry("1.001193", name="Ocarina kazoo")], replace=False)
            assert codes("ocarina kazoo") == ["1.001193"]
            transaction.set_rollback(True)
        assert codes("khai sinh")[0] == "1.001193"
        assert codes("ocarina kazoo") == []

    @pytest.mark.parametrize("name", ["", "   ", "!!!", "\ud7ff", "a" * 5_000, "x " * 3_000])
    def test_odd_names_are_indexed(self, name: str) -> None:
        assert reindex([entry("1.001193", name=name, everyday_words=["", "một\nhai"])]).entries == 1
        assert codes("1.001193") == ["1.001193"]


def test_standing_grows_with_nearness() -> None:
    steps = [standing_of([], national=False), standing_of(["commune"], national=False), standing_of([])]
    steps += [standing_of(["province", "commune"]), standing_of(["ministry"], offered=True)]
    assert steps == sorted(steps)
    assert len({*steps}) == 5
