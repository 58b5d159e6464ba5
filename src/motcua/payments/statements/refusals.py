"""What cannot be read of a statement, or done with a line, each in its sentence."""

from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal


class StatementRefused(Refusal, ValueError):
    """A sheet cannot be read, or a line not decided like this; the sentence says why."""


class StaleLine(Refusal):
    """The line is not as the page showed it: decided already, or another agency's. Nothing was changed."""

    def __str__(self) -> str:
        return _("Dòng sao kê này vừa được xử lý ở chỗ khác. Trang đã tải lại, việc của ông/bà chưa ghi.")
