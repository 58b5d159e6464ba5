"""Into which bank account an agency's fees go."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models import Agency, Official


class CollectingAccount(models.Model):
    """The account an agency collects fees in, from a day to a day.

    A changed account is how money is stolen: it counts only when a second person has agreed (`confirmed_at`).
    `bank` is the six-digit number by which the national switch knows it. What the bank tells names an account only,
    so no two agencies collect in one at a time: nobody could say whose money it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="collecting_accounts", verbose_name=_("cơ quan thu")
    )
    bank = models.CharField(_("mã ngân hàng"), max_length=6)
    bank_name = models.CharField(_("ngân hàng"), max_length=120)
    number = models.CharField(_("số tài khoản"), max_length=19)
    holder = models.CharField(_("tên tài khoản"), max_length=120)
    decision = models.CharField(_("theo văn bản"), max_length=200)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    asked_at = models.DateTimeField(_("đề nghị lúc"))
    asked_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người đề nghị")
    )
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người xác nhận")
    )

    class Meta:
        verbose_name = _("tài khoản thu")
        verbose_name_plural = _("tài khoản thu")
        constraints = (
            models.UniqueConstraint(
                fields=("agency",), condition=Q(confirmed_at__isnull=False, valid_to=None), name="one_account_collects",
                violation_error_message=_("Cơ quan đã có một tài khoản đang thu. Cho tài khoản ấy hết hạn trước."),
            ),
            models.UniqueConstraint(
                fields=("bank", "number"), condition=Q(confirmed_at__isnull=False, valid_to=None),
                name="account_of_one_agency",
                violation_error_message=_("Tài khoản này đang thu cho một cơ quan khác."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="account_ends_after_it_begins",
                violation_error_message=_("Ngày hết dùng tài khoản phải từ ngày bắt đầu trở đi."),
            ),
            models.CheckConstraint(
                condition=Q(bank__regex=r"^[0-9]{6}$") & Q(number__regex=r"^[0-9A-Za-z]{4,19}$"),
                name="account_has_a_number",
                violation_error_message=_("Tài khoản gồm mã ngân hàng 6 chữ số và số tài khoản 4 đến 19 chữ, số."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")), name="account_takes_two_people",
                violation_error_message=_("Người xác nhận tài khoản phải khác người đề nghị."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.bank_name} {self.number}"

    @property
    def at_the_bank(self) -> str:
        """Bank and number: the account itself, whichever row and decision name it."""
        return f"{self.bank} {self.number}"
