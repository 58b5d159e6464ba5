"""Names stand where a Vietnamese reader looks for them."""

from unicodedata import normalize

from motcua.core.alphabet import in_order, unmarked


def test_letters_stand_by_the_alphabet():
    names = [
        "Đất đai",
        "Hộ tịch",
        "Bảo trợ xã hội",
        "Đăng ký, quản lý cư trú",
        "Chứng thực",
        "Ăn",
        "An",
        "Ấn",
        "Dân số",
    ]
    assert sorted(names, key=in_order) == [
        "An", "Ăn", "Ấn", "Bảo trợ xã hội", "Chứng thực", "Dân số", "Đăng ký, quản lý cư trú", "Đất đai", "Hộ tịch",
    ]  # fmt: skip


def test_tones_part_only_what_is_otherwise_alike():
    assert sorted(["mạ", "má", "mà tên", "ma"], key=in_order) == ["ma", "má", "mạ", "mà tên"]


def test_what_two_people_wrote_alike_is_alike():
    assert unmarked("  Số, ký\u00a0hiệu ") == unmarked("SO KY HIEU") == "so ky hieu"
    assert unmarked(normalize("NFD", "Đường Lê Lợi")) == "duong le loi"
