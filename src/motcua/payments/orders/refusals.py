"""What cannot be done with an order, each in its sentence."""

from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal


class OrderRefused(Refusal, ValueError):
    """A fee cannot be asked for, paid or given up like this; the sentence says why."""


class StaleOrder(Refusal):
    """The order is not as the page showed it: paid, given up, or another agency's. Nothing was changed."""

    def __str__(self) -> str:
        return _("Khoản thu này vừa thay đổi ở chỗ khác. Trang đã tải lại, việc của ông/bà chưa ghi.")
