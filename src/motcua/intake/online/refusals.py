"""What cannot be filed from home now, each in a sentence that says what to do."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from motcua.catalogue.eforms.rules import Fault
from motcua.core.refusals import Refusal


class NotFiledOnline(Refusal):
    """This procedure cannot be filed from home at this office on this day."""

    def __str__(self) -> str:
        return _("Thủ tục này chưa nộp được từ trang này. Ông/bà nộp tại quầy hoặc gửi bưu chính.")


class LogInFirst(Refusal):
    """Nobody files this without an account."""

    def __str__(self) -> str:
        return _("Thủ tục này cần tài khoản để nộp. Ông/bà đăng nhập hoặc lập tài khoản trước.")


class TooManyDrafts(Refusal):
    """He has as many open drafts as one may have."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _(
                "Ông/bà đang có %(most)d bản nháp chưa nộp, nhiều nhất được giữ. "
                "Ông/bà nộp hoặc bỏ bớt một bản ở trang “Hồ sơ của tôi” rồi bắt đầu bản mới."
            )
            % {"most": most}
        )


class DraftSent(Refusal):
    """It was sent already: nothing can be changed in it any more."""

    def __str__(self) -> str:
        return _("Bản này đã nộp rồi nên không sửa được nữa.")


class DraftUnfinished(Refusal):
    """Something is still to be answered, or a paper is missing."""

    def __init__(self, faults: Sequence[Fault], papers: Sequence[str]) -> None:
        super().__init__(_("Còn chỗ chưa xong nên chưa nộp được. Nội dung đã nhập vẫn còn."))
        self.faults = tuple(faults)
        self.papers = tuple(papers)


class DraftOvertaken(Refusal):
    """A new version came into force since the page was read; what changed is on the page now."""

    def __str__(self) -> str:
        return _("Mẫu vừa được thay bằng mẫu mới. Ông/bà xem lại những điều đã đổi rồi nộp.")


class NoReturnAddress(Refusal):
    """A result cannot be mailed to nowhere."""

    def __str__(self) -> str:
        return _("Nhận qua bưu chính thì ông/bà ghi địa chỉ nhận kết quả.")
