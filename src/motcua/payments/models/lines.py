"""What the bank told: statements, their lines, and money to be given back."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.payments.models.accounts import CollectingAccount
from motcua.payments.models.orders import REASON, Payment, PaymentOrder, PaymentWay
from motcua.people.models import Agency, Official


class StatementState(models.TextChoices):
    SEEN = "seen", _("Đang xem trước")
    IMPORTED = "imported", _("Đã nhập")
    DROPPED = "dropped", _("Đã bỏ")


class Statement(models.Model):
    """A bank statement somebody sent in: looked at first, then taken in or dropped.

    `lines` holds what was read only while it is looked at: whoever paid is nobody's business afterwards but the
    lines' own. `sha256` of the sheet as it came.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    account = models.ForeignKey(CollectingAccount, models.PROTECT, related_name="+", verbose_name=_("tài khoản thu"))
    layout = models.CharField(_("mẫu sao kê"), max_length=40)
    sha256 = models.CharField(_("dấu của tệp"), max_length=64)
    state = models.CharField(
        _("tình trạng"), max_length=10, choices=StatementState.choices, default=StatementState.SEEN
    )
    lines = models.JSONField(_("các dòng đã đọc"), default=list, blank=True)
    read = models.PositiveIntegerField(_("số dòng tiền vào"))
    outgoing = models.PositiveIntegerField(_("số dòng tiền ra"), default=0)
    added = models.PositiveIntegerField(_("số dòng mới"), default=0)
    sent_at = models.DateTimeField(_("gửi lúc"))
    sent_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người gửi"))
    ended_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("sao kê")
        verbose_name_plural = _("sao kê")
        indexes = (models.Index(fields=("agency", "-sent_at"), name="statement_by_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state="seen", ended_at=None) | (~Q(state="seen") & Q(ended_at__isnull=False, lines=[])),
                name="statement_ended_keeps_no_lines",
            ),
        )

    def __str__(self) -> str:
        return f"{self.layout} {self.sent_at:%H:%M %d/%m/%Y}"


class LineWay(models.TextChoices):
    STATEMENT = "statement", _("Nhập sao kê")
    WEBHOOK = "webhook", _("Ngân hàng báo")


class LineState(models.TextChoices):
    """What became of the money. The first four stand in queues until somebody decides."""

    UNMATCHED = "unmatched", _("Chưa biết của khoản nào")
    SHORT = "short", _("Nộp thiếu")
    OVER = "over", _("Nộp thừa")
    DOUBLE = "double", _("Nộp hai lần")
    WAITING_REST = "waiting_rest", _("Chờ nộp phần còn lại")
    COUNTED = "counted", _("Đã tính cho khoản thu")
    REFUNDING = "refunding", _("Chờ trả lại tiền")
    REFUNDED = "refunded", _("Đã trả lại tiền")
    SET_ASIDE = "set_aside", _("Không phải tiền phí, lệ phí")


TO_DECIDE: Final = (LineState.UNMATCHED, LineState.SHORT, LineState.OVER, LineState.DOUBLE)


class BankLine(models.Model):
    """Money that came into the account, as the bank itself says; the same line is kept once however often it is told.

    `number` is the bank's own for the transfer, empty when a statement has none; then `likeness` (day, sum, words)
    and `ordinal` (the how-manieth alike) tell lines apart. `order` is the one it names, whatever became of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    account = models.ForeignKey(
        CollectingAccount, models.PROTECT, related_name="+", db_index=False, verbose_name=_("tài khoản thu")
    )
    number = models.CharField(_("số giao dịch"), max_length=64, blank=True, default="")
    likeness = models.CharField(_("dấu của dòng"), max_length=32)
    ordinal = models.PositiveSmallIntegerField(_("thứ tự trong các dòng giống nhau"))
    amount = models.PositiveBigIntegerField(_("số tiền vào (đồng)"))
    booked_at = models.DateTimeField(_("ghi có lúc"))
    description = models.CharField(_("nội dung chuyển tiền"), max_length=500, blank=True, default="")
    payer = models.CharField(_("người chuyển"), max_length=200, blank=True, default="")
    way = models.CharField(_("biết qua"), max_length=10, choices=LineWay.choices)
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="came", verbose_name=_("sao kê")
    )
    came_at = models.DateTimeField(_("biết lúc"))
    state = models.CharField(_("tình trạng"), max_length=14, choices=LineState.choices)
    order = models.ForeignKey(
        PaymentOrder, models.PROTECT, null=True, blank=True, related_name="bank_lines", verbose_name=_("khoản thu")
    )
    decided_at = models.DateTimeField(_("xử lý lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người xử lý")
    )
    reason = models.CharField(_("lý do"), max_length=REASON, blank=True, default="")

    class Meta:
        verbose_name = _("dòng sao kê")
        verbose_name_plural = _("dòng sao kê")
        indexes = (
            models.Index(fields=("agency", "booked_at"), condition=Q(state__in=TO_DECIDE), name="line_to_decide"),
            models.Index(fields=("agency", "-came_at"), name="line_by_day"),
        )
        constraints = (
            models.UniqueConstraint(fields=("account", "likeness", "ordinal"), name="line_like_it_once"),
            models.UniqueConstraint(
                fields=("account", "number"), condition=~Q(number=""), name="line_number_once",
                violation_error_message=_("Dòng sao kê này đã có."),
            ),
            models.CheckConstraint(condition=Q(amount__gte=1), name="line_is_some_money"),
            models.CheckConstraint(
                condition=Q(order__isnull=False) | ~Q(state__in=("short", "over", "double", "waiting_rest", "counted")),
                name="counted_line_says_for_what",
                violation_error_message=_("Dòng đã tính tiền phải ghi tính cho khoản thu nào."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.booked_at:%d/%m/%Y}: {self.amount}"


class Refund(models.Model):
    """Money to give back, numbered through the year of its agency; given back when there is a paper for it.

    Of a bank line, of a `payment` that counted for an order given up, or of both; cash has no line. `noted_by` is
    nobody when the applicant himself ended his filing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    line = models.ForeignKey(
        BankLine, models.PROTECT, null=True, blank=True, related_name="refunds", verbose_name=_("dòng sao kê")
    )
    payment = models.OneToOneField(
        Payment, models.PROTECT, null=True, blank=True, related_name="refund", verbose_name=_("lần nộp tiền")
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số phiếu"))
    amount = models.PositiveBigIntegerField(_("số tiền trả lại (đồng)"))
    reason = models.CharField(_("lý do"), max_length=REASON)
    noted_at = models.DateTimeField(_("ghi lúc"))
    noted_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ghi")
    )
    done_at = models.DateTimeField(_("đã trả lúc"), null=True, blank=True)
    done_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ghi đã trả")
    )
    evidence = models.CharField(_("số chứng từ chi"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("phiếu trả lại tiền")
        verbose_name_plural = _("phiếu trả lại tiền")
        indexes = (models.Index(fields=("agency", "noted_at"), condition=Q(done_at=None), name="refund_to_do"),)
        constraints = (
            models.UniqueConstraint(fields=("agency", "year", "number"), name="refund_number_once"),
            models.CheckConstraint(condition=Q(amount__gte=1), name="refund_is_some_money"),
            models.CheckConstraint(
                condition=Q(line__isnull=False) | Q(payment__isnull=False), name="refund_says_of_what",
                violation_error_message=_("Phiếu trả lại tiền phải ghi trả lại tiền nào."),
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, evidence="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(evidence="")),
                name="refund_done_has_its_paper",
                violation_error_message=_("Ghi đã trả tiền phải có số chứng từ chi."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year}-{self.number:05d}"

    @property
    def way(self) -> PaymentWay:
        """How the money came, and so how it goes back: cash has no bank line."""
        return PaymentWay.CASH if self.line_id is None else PaymentWay.TRANSFER
