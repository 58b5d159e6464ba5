"""What a filing costs: by case, channel, count, exemption and province, and never a guess."""

from datetime import date

import pytest

from motcua.catalogue.rules import FeeLine
from motcua.payments.orders.rules import Asked, Quote, Stated, quote
from motcua.payments.orders.tables import exemptions_for, fee_tables, most_let_go

DAY = date(2026, 11, 23)
COPIES = (FeeLine("fee", "Phí cấp bản sao trích lục hộ tịch", 8000),)
PAGES = (FeeLine("fee", "Phí chứng thực bản sao", 2000),)
RESIDENCE = (
    FeeLine("charge", "Lệ phí đăng ký thường trú", 20_000, when="Nộp trực tiếp"),
    FeeLine("charge", "Lệ phí đăng ký thường trú", 10_000, when="Nộp trực tuyến"),
)
STAY = (
    FeeLine("charge", "Lệ phí đăng ký tạm trú", 15_000, when="Cá nhân, hộ gia đình nộp trực tiếp"),
    FeeLine("charge", "Lệ phí đăng ký tạm trú", 7_000, when="Cá nhân, hộ gia đình nộp trực tuyến"),
    FeeLine("charge", "Lệ phí theo danh sách", 10_000, when="Theo danh sách, nộp trực tiếp"),
    FeeLine("charge", "Lệ phí theo danh sách", 5_000, when="Theo danh sách, nộp trực tuyến"),
)
BIRTH = (
    FeeLine("charge", "Lệ phí đăng ký khai sinh", 0, when="Đăng ký đúng hạn, trong 60 ngày từ ngày sinh"),
    FeeLine("charge", "Lệ phí đăng ký khai sinh", None, True, when="Đăng ký quá hạn"),
)


def asked(fees: tuple[FeeLine, ...], procedure: str, sector: str = "ho-tich", **more) -> Quote:
    values = {"channel": "counter", "on": DAY, "agency_code": "H17.21"} | more
    return quote(fees, Asked(procedure=procedure, sector=sector, **values), fee_tables())


def test_copies_are_counted():
    assert asked(COPIES, "2.000635").total == 8000
    assert asked(COPIES, "2.000635", counts={"copy": 3}).total == 24_000
    assert asked(COPIES, "2.000635").units == ("copy",)


@pytest.mark.parametrize(
    ("pages", "copies", "sum_"), [(1, 1, 2000), (2, 1, 4000), (3, 1, 5000), (10, 2, 24_000), (500, 1, 200_000)]
)
def test_pages_are_cheaper_from_the_third_on_and_have_a_most(pages: int, copies: int, sum_: int):
    assert asked(PAGES, "2.000815", "chung-thuc", counts={"page": pages, "copy": copies}).total == sum_


@pytest.mark.parametrize(("channel", "sum_"), [("counter", 20_000), ("post", 20_000), ("online", 10_000)])
def test_the_channel_brings_its_own_fee(channel: str, sum_: int):
    found = asked(RESIDENCE, "1.004222", "cu-tru", channel=channel)
    assert found.total == sum_
    assert found.to_choose == ()


def test_a_wrong_situation_of_the_other_channel_changes_nothing():
    assert asked(RESIDENCE, "1.004222", "cu-tru", channel="counter", whens={"Nộp trực tuyến"}).total == 20_000


def test_a_list_takes_the_place_of_the_single_fee():
    assert asked(STAY, "1.004194", "cu-tru", channel="online").total == 7_000
    listed = asked(
        STAY, "1.004194", "cu-tru", channel="online", whens={"Theo danh sách, nộp trực tuyến"}, counts={"person": 4}
    )
    assert listed.total == 20_000


def test_a_situation_not_chosen_is_no_sum():
    found = asked(BIRTH, "1.001193")
    assert found.total is None
    assert found.to_choose == tuple(fee.when for fee in BIRTH)
    assert asked(BIRTH, "1.001193", whens={BIRTH[0].when}).total == 0


def test_what_is_always_asked_is_not_the_whole_while_a_situation_is_not_chosen():
    fees = (FeeLine("fee", "Phí", 5000), *BIRTH)
    assert asked(fees, "1.001193").total is None
    assert asked(fees, "1.001193", whens={BIRTH[0].when}).total == 5000


def test_what_the_province_sets_is_never_free_by_itself():
    late = {"whens": {"Đăng ký quá hạn"}}
    assert asked(BIRTH, "1.001193", **late).total is None
    typed = asked(BIRTH, "1.001193", **late, stated={1: Stated(8000, "Nghị quyết 10/2025/NQ-HĐND")})
    assert typed.total == 8000
    assert typed.lines[0].legal_basis == "Nghị quyết 10/2025/NQ-HĐND"


def test_a_province_that_is_in_the_table_says_its_own_by_channel_and_day():
    late = {"whens": {"Đăng ký quá hạn"}, "agency_code": "H24.5"}
    assert asked(BIRTH, "1.001193", **late).total == 8000
    assert asked(BIRTH, "1.001193", **late, channel="online").total == 0
    assert asked(BIRTH, "1.001193", **late, channel="online", on=date(2026, 8, 7)).total is None


@pytest.mark.parametrize(
    ("group", "sum_"), [("poor", 0), ("merit", 0), ("disabled", 0), ("child", 24_000), ("", 24_000)]
)
def test_exemptions_let_off_what_they_reach(group: str, sum_: int):
    found = asked(COPIES, "2.000635", counts={"copy": 3}, exemption=group)
    assert (found.total, found.let_off) == (sum_, 24_000 - sum_)


def test_an_exemption_settles_even_what_the_province_left_open():
    assert asked(BIRTH, "1.001193", whens={"Đăng ký quá hạn"}, exemption="poor").total == 0


def test_exemptions_are_dated():
    assert {one.code for one in exemptions_for("cu-tru", DAY)} == {"merit", "poor", "disabled", "child", "elderly"}
    assert exemptions_for("cu-tru", date(2025, 6, 30)) == []
    assert exemptions_for("dat-dai", DAY) == []
    assert most_let_go(DAY) == 1000
    assert most_let_go(date(2025, 6, 30)) == 0


def test_nothing_asked_is_nothing_owed():
    assert asked((), "1.001193").total == 0
