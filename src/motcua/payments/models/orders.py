"""A fee to be paid, the money that came for it, and the receipt for it."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Channel, ProcedureVersion
from motcua.core.ids import uuid7
from motcua.payments.models.accounts import CollectingAccount
from motcua.people.models import Agency, Official

REASON: Final = 600


class OrderState(models.TextChoices):
    WAITING = "waiting", _("Chờ nộp")
    SHORT = "short", _("Nộp còn thiếu")
    PAID = "paid", _("Đã nộp đủ")
    CANCELLED = "cancelled", _("Không thu nữa")


OPEN_ORDER: Final = (OrderState.WAITING, OrderState.SHORT)


class PaymentWay(models.TextChoices):
    CASH = "cash", _("Tiền mặt tại quầy")
    TRANSFER = "transfer", _("Chuyển khoản")


class PaymentOrder(models.Model):
    """The fees of one filing, before or after it became a dossier: `submission_id` is that of both.

    `amount` in đồng is the sum of `lines`, as they were computed from the version on the day; `received` what came,
    `waived` what an official let go of a sum that came short. `reference` is what the payer's bank sends back to us,
    `token` (100 bits) the citizen's key to his pay page. Paid is only what money made so: cash at a desk or a line of
    the bank's own statement.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="payment_orders", verbose_name=_("cơ quan"))
    submission_id = models.UUIDField(_("lần gửi"), db_index=True)
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="+", db_index=False, verbose_name=_("thủ tục")
    )
    channel = models.CharField(_("cách nộp hồ sơ"), max_length=10, choices=Channel.choices)
    reference = models.CharField(_("mã nộp tiền"), max_length=12, unique=True)
    token = models.CharField(_("khóa trang nộp tiền"), max_length=20, unique=True)
    account = models.ForeignKey(
        CollectingAccount, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tài khoản thu")
    )
    payer_name = models.CharField(_("người nộp"), max_length=200)
    lines = models.JSONField(_("các khoản"), default=list)
    amount = models.PositiveBigIntegerField(_("số tiền phải nộp (đồng)"))
    received = models.PositiveBigIntegerField(_("đã nhận (đồng)"), default=0)
    waived = models.PositiveBigIntegerField(_("bỏ qua phần thiếu (đồng)"), default=0)
    state = models.CharField(_("trạng thái"), max_length=10, choices=OrderState.choices, default=OrderState.WAITING)
    opened_at = models.DateTimeField(_("lập lúc"))
    opened_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người lập")
    )
    paid_at = models.DateTimeField(_("nộp đủ lúc"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("thôi thu lúc"), null=True, blank=True)
    reason = models.CharField(_("lý do"), max_length=REASON, blank=True, default="")

    class Meta:
        verbose_name = _("khoản thu")
        verbose_name_plural = _("khoản thu")
        indexes = (
            models.Index(fields=("agency", "opened_at"), condition=Q(state__in=OPEN_ORDER), name="open_order_by_age"),
            models.Index(fields=("agency", "-paid_at"), condition=Q(state="paid"), name="paid_order_by_day"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("submission_id",), condition=Q(state__in=OPEN_ORDER), name="one_open_order",
                violation_error_message=_("Hồ sơ này đã có một khoản thu đang chờ nộp."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=1), name="order_is_some_money",
                violation_error_message=_("Số tiền phải nộp ít nhất là 1 đồng."),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", received=0, waived=0)
                | Q(state="short", received__gte=1, received__lt=F("amount"), waived=0)
                | Q(state="paid", received__gte=1, received=F("amount") - F("waived"))
                | Q(state="cancelled", received=0, waived=0),
                name="order_state_is_what_came",
                violation_error_message=_("Trạng thái khoản thu phải đúng với số tiền đã nhận."),
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_at__isnull=False) | (~Q(state="paid") & Q(paid_at=None)),
                name="order_paid_says_when",
                violation_error_message=_("Khoản đã nộp đủ phải ghi lúc nộp đủ."),
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled", cancelled_at__isnull=False) & ~Q(reason=""))
                | (~Q(state="cancelled") & Q(cancelled_at=None)),
                name="order_cancelled_says_why",
                violation_error_message=_("Thôi thu một khoản phải ghi lý do."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        """Still to be paid, wholly or in part."""
        return self.state in OPEN_ORDER

    @property
    def outstanding(self) -> int:
        """What is still to come, in đồng."""
        return self.amount - self.received - self.waived if self.is_open else 0


class Payment(models.Model):
    """Money that came for an order: cash counted at the desk, or one line of the bank.

    `taken_back_at`: it no longer counts (typed by mistake, or to be given back), with the reason; the row stays.
    `taken_back_by` is nobody when the applicant himself ended his filing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="payments", verbose_name=_("khoản thu"))
    way = models.CharField(_("cách nộp"), max_length=10, choices=PaymentWay.choices)
    amount = models.PositiveBigIntegerField(_("số tiền (đồng)"))
    paid_at = models.DateTimeField(_("nộp lúc"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ghi")
    )
    line_id = models.UUIDField(_("dòng sao kê"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("thôi tính lúc"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người thôi tính")
    )
    reason = models.CharField(_("lý do"), max_length=REASON, blank=True, default="")

    class Meta:
        verbose_name = _("lần nộp tiền")
        verbose_name_plural = _("lần nộp tiền")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gte=1), name="payment_is_some_money"),
            models.CheckConstraint(
                condition=Q(way="cash", line_id=None, recorded_by__isnull=False)
                | Q(way="transfer", line_id__isnull=False),
                name="payment_has_its_proof",
                violation_error_message=_("Tiền mặt phải có người thu, chuyển khoản phải có dòng sao kê."),
            ),
            models.UniqueConstraint(
                fields=("line_id",), condition=Q(line_id__isnull=False, taken_back_at=None), name="line_counts_once",
                violation_error_message=_("Dòng sao kê này đã tính cho một khoản thu."),
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, reason="")
                | (Q(taken_back_at__isnull=False) & ~Q(reason="")),
                name="payment_taken_back_says_why",
                violation_error_message=_("Thôi tính một lần nộp phải ghi lúc nào và vì sao."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.order}: {self.amount}"


class MoneyReceipt(models.Model):
    """The receipt for an order paid in full, numbered through the year of its agency without gaps.

    A void receipt keeps its number; what is paid again gets a new one. Law: Decree 123/2020/NĐ-CP (receipts of fees
    and charges), number within the symbol of the year.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="receipts", verbose_name=_("khoản thu"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số biên lai"))
    way = models.CharField(_("cách nộp"), max_length=10, choices=PaymentWay.choices)
    amount = models.PositiveBigIntegerField(_("số tiền (đồng)"))
    payer_name = models.CharField(_("người nộp"), max_length=200)
    issued_at = models.DateTimeField(_("lập lúc"))
    issued_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người lập")
    )
    void_at = models.DateTimeField(_("hủy lúc"), null=True, blank=True)
    void_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người hủy")
    )
    void_reason = models.CharField(_("lý do hủy"), max_length=REASON, blank=True, default="")

    class Meta:
        verbose_name = _("biên lai thu tiền")
        verbose_name_plural = _("biên lai thu tiền")
        indexes = (models.Index(fields=("agency", "issued_at"), name="receipt_by_day"),)
        constraints = (
            models.UniqueConstraint(fields=("agency", "year", "number"), name="money_receipt_number_once"),
            models.UniqueConstraint(
                fields=("order",), condition=Q(void_at=None), name="one_receipt_stands",
                violation_error_message=_("Khoản thu này đã có biên lai."),
            ),
            models.CheckConstraint(
                condition=Q(void_at=None, void_by=None, void_reason="")
                | (Q(void_at__isnull=False, void_by__isnull=False) & ~Q(void_reason="")),
                name="void_receipt_says_why",
                violation_error_message=_("Hủy biên lai phải ghi ai và vì sao."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.full_number

    @property
    def full_number(self) -> str:
        """As printed: 2026-0000123."""
        return f"{self.year}-{self.number:07d}"
