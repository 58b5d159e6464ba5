"""Why a paper is not taken, in sentences that say what to do."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.refusals import Refusal

_NOT_TAKEN: Final = gettext_lazy("Chưa nhận “%(part)s”: ")
SENTENCES: Final[Mapping[str, object]] = {
    "empty": gettext_lazy("tệp trống. Ông/bà chọn lại tệp."),
    "drawing": gettext_lazy("đây là hình vẽ SVG. Ông/bà gửi PDF hoặc ảnh JPEG, PNG, HEIC."),
    "web_page": gettext_lazy("đây là trang web, không phải PDF hay ảnh. Ông/bà in trang ra PDF rồi gửi."),
    "office": gettext_lazy("đây là tệp văn phòng (Word, Excel). Ông/bà lưu thành PDF rồi gửi."),
    "packed": gettext_lazy("đây là tệp nén. Ông/bà giải nén rồi gửi từng giấy tờ."),
    "unknown_kind": gettext_lazy("không phải PDF hay ảnh JPEG, PNG, HEIC. Ông/bà chụp ảnh giấy tờ rồi gửi ảnh."),
    "picture_too_large": gettext_lazy(
        "ảnh lớn hơn %(detail)s triệu điểm ảnh. Ông/bà chụp lại ở cỡ ảnh thường của điện thoại."
    ),
    "picture_too_small": gettext_lazy("ảnh nhỏ hơn %(detail)s điểm ảnh nên không đọc được. Ông/bà chụp lại rõ hơn."),
    "broken_picture": gettext_lazy("ảnh bị hỏng hoặc gửi chưa hết. Ông/bà gửi lại, hoặc chụp lại."),
    "broken": gettext_lazy("tệp bị hỏng, không mở được. Ông/bà lưu lại PDF, hoặc chụp ảnh giấy tờ rồi gửi."),
    "locked": gettext_lazy("PDF có mật khẩu nên cơ quan không xem được. Ông/bà lưu bản không mật khẩu rồi gửi."),
    "no_pages": gettext_lazy("PDF không có trang nào. Ông/bà chọn lại tệp."),
    "too_many_pages": gettext_lazy("nhiều hơn %(detail)s trang. Ông/bà chia thành nhiều giấy tờ."),
    "too_many_objects": gettext_lazy("PDF quá phức tạp. Ông/bà in lại ra PDF, hoặc chụp ảnh giấy tờ rồi gửi."),
    "active": gettext_lazy("PDF có chương trình chạy bên trong. Ông/bà in lại ra PDF rồi gửi."),
    "embedded": gettext_lazy(
        "PDF có tệp khác đính kèm bên trong mà trang giấy không cho thấy. Ông/bà in lại ra PDF, gửi riêng tệp kia."
    ),
    "swells": gettext_lazy("mở ra lớn gấp nhiều lần nên không an toàn. Ông/bà in lại ra PDF, hoặc chụp ảnh rồi gửi."),
    "too_slow": gettext_lazy("mở quá lâu nên không an toàn. Ông/bà in lại ra PDF, hoặc chụp ảnh giấy tờ rồi gửi."),
    "signed_apart": gettext_lazy(
        "PDF đã ký số, ghép với trang khác thì chữ ký mất giá trị. Ông/bà gửi PDF này thành một giấy tờ riêng."
    ),
    "part_too_large": gettext_lazy("lớn hơn %(detail)s MB. Ông/bà chụp ảnh nhỏ hơn, hoặc chia thành nhiều tệp."),
    "infected": gettext_lazy("trình quét thấy mã độc (%(detail)s). Ông/bà dùng máy khác để chụp hoặc lưu lại giấy tờ."),
    "no_parts": gettext_lazy("Ông/bà chưa chọn tệp nào. Chọn ảnh hoặc PDF của giấy tờ rồi gửi."),
    "too_many_parts": gettext_lazy("Một giấy tờ ghép từ nhiều nhất %(detail)s ảnh hoặc tệp. Ông/bà chia ra."),
    "all_too_large": gettext_lazy("Các tệp cộng lại lớn hơn %(detail)s MB. Ông/bà gửi ít tệp hơn mỗi lần."),
    "paper_too_large": gettext_lazy("Giấy tờ lớn hơn %(detail)s MB. Ông/bà chia thành nhiều giấy tờ."),
    "too_many_uploads": gettext_lazy("Ông/bà đang gửi dở quá nhiều tệp. Ông/bà chờ các tệp kia gửi xong."),
    "too_often": gettext_lazy("Ông/bà gửi quá nhiều lần trong một giờ. Xin gửi tiếp sau một giờ nữa."),
    "store_full": gettext_lazy("Kho giấy tờ của ông/bà đã đầy. Ông/bà bỏ bớt giấy tờ không còn dùng rồi gửi lại."),
    "disk_full": gettext_lazy(
        "Ổ đĩa của cơ quan sắp đầy nên chưa nhận tệp được. Ông/bà thử lại sau, hoặc mang giấy tờ đến Bộ phận Một cửa; "
        "những gì đã khai vẫn còn."
    ),
    "no_scanner": gettext_lazy(
        "Máy quét mã độc của cơ quan đang không trả lời nên chưa nhận tệp được. Ông/bà thử lại sau ít phút; "
        "những gì đã khai vẫn còn."
    ),
    "busy": gettext_lazy(
        "Nhiều người đang gửi giấy tờ cùng lúc. Ông/bà gửi lại sau một phút; những gì đã khai vẫn còn."
    ),
    "photographed": gettext_lazy(
        "Ảnh chụp ghép lại là bản quét, không phải bản điện tử từ đầu. Ông/bà chọn “Bản quét từ giấy”, hoặc gửi đúng "
        "tệp PDF đã ký."
    ),
    "attached_meanwhile": gettext_lazy("Người khác vừa đính kèm bản điện tử này. Ông/bà mở lại trang để xem."),
    "changed_meanwhile": gettext_lazy("Giấy tờ này vừa được thêm trang ở nơi khác. Ông/bà mở lại trang rồi thêm tiếp."),
}
# Said of all that was sent, not of one part.
_OF_ALL: Final = frozenset({
    "disk_full", "no_parts", "too_many_parts", "all_too_large", "paper_too_large", "too_many_uploads", "too_often",
    "store_full", "no_scanner", "busy", "changed_meanwhile",
    "attached_meanwhile", "photographed",
})  # fmt: skip


class PaperRefused(Refusal):
    """A paper that is not taken; nothing of it is kept. `reason` is a word of `SENTENCES`."""

    def __init__(self, reason: str, *, detail: str = "", part: str = "") -> None:
        sentence = str(SENTENCES[reason]) % {"detail": detail}
        if reason not in _OF_ALL:
            sentence = str(_NOT_TAKEN) % {"part": part or _("tệp")} + sentence
        super().__init__(sentence)
        self.reason = reason


_UNSEEN: Final = frozenset(
    {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F),
                            *range(0x2060, 0x2070), 0xFEFF, 0xFFFC, 0xFFFD)}
)  # fmt: skip


def shown_name(given: str, *, most: int = 120) -> str:
    """A name as it may be shown: the last part of a path, nothing unseen, not longer than `most` characters."""
    last = PurePosixPath(given.replace("\\", "/")).name
    seen = "".join(letter for letter in last if letter not in _UNSEEN).strip(" .")
    return " ".join(seen.split())[:most]
