"""Results and their hand-over to the citizen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier, ReturnMethod
from motcua.people.models import Official
from motcua.result.older.models import OlderResult

__all__ = ["Delivery", "DigitizingException", "Evidence", "OlderResult", "Result", "Shown"]


class Result(models.Model):
    """What the office decided: approved by whom, when, under which code.

    A refusal on the merits (form 03) is a result too: `refusal_number`, `reason` and `legal_basis` are its own.
    `superseded_at`: the dossier was sent back or reopened since; only the result without it is handed over.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="results", verbose_name=_("hồ sơ"))
    code = models.CharField(_("mã kết quả"), max_length=48, unique=True)
    name = models.CharField(_("tên kết quả"), max_length=400)
    approved_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người duyệt"))
    approved_at = models.DateTimeField(_("duyệt lúc"))
    superseded_at = models.DateTimeField(_("bị thay thế lúc"), null=True, blank=True)
    refusal_number = models.PositiveIntegerField(_("số phiếu từ chối"), null=True, blank=True)
    reason = models.CharField(_("lý do từ chối"), max_length=600, blank=True, default="", db_default="")
    legal_basis = models.CharField(_("căn cứ từ chối"), max_length=400, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("kết quả giải quyết")
        verbose_name_plural = _("kết quả giải quyết")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier",), condition=Q(superseded_at__isnull=True), name="one_result_stands"
            ),
            models.CheckConstraint(
                condition=Q(refusal_number__isnull=True) | ~Q(reason="") & ~Q(legal_basis=""),
                name="refusal_says_why",
                violation_error_message=_("Phiếu từ chối phải ghi lý do và căn cứ."),
            ),
        )

    def __str__(self) -> str:
        return self.code


class Shown(models.TextChoices):
    """What whoever took a result at the desk showed of himself."""

    ID_CARD = "id_card", _("Thẻ căn cước")
    VNEID = "vneid", _("VNeID")
    PASSPORT = "passport", _("Hộ chiếu")
    MANDATE = "mandate", _("Giấy ủy quyền và giấy tờ của người được ủy quyền")


class Evidence(models.TextChoices):
    """How the office knows that the result has arrived."""

    AT_DESK = "at_desk", _("Ký nhận tại quầy")
    SIGNED_SLIP = "signed_slip", _("Giấy báo phát có người nhận ký")
    CARRIER = "carrier", _("Bưu chính báo đã phát")
    DOWNLOAD = "download", _("Người nộp đã tải về")


class Delivery(models.Model):
    """The result handed over: to whom or by whom, shown which paper, and whether it arrived.

    The office has returned it when it left its hands (`returned_at`): given at the desk, taken to the post, or opened
    for download. `collected_at` is when it arrived, by what `evidence`; nobody notes it down when he downloads it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="deliveries", verbose_name=_("hồ sơ"))
    method = models.CharField(_("cách trả"), max_length=10, choices=ReturnMethod.choices)
    recipient_name = models.CharField(_("người nhận"), max_length=200)
    recipient_personal_id = models.CharField(_("số định danh người nhận"), max_length=14, blank=True, default="")
    confirmed = models.BooleanField(_("người nhận đã xác nhận"))
    returned_at = models.DateTimeField(_("trả lúc"))
    returned_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người trả"))
    shown = models.CharField(
        _("giấy tờ đã xem"), max_length=10, choices=Shown.choices, blank=True, default="", db_default=""
    )
    carrier = models.CharField(_("đơn vị bưu chính"), max_length=20, blank=True, default="", db_default="")
    tracking_number = models.CharField(_("số vận đơn"), max_length=40, blank=True, default="", db_default="")
    collected_at = models.DateTimeField(_("nhận được lúc"), null=True, blank=True)
    evidence = models.CharField(
        _("căn cứ"), max_length=12, choices=Evidence.choices, blank=True, default="", db_default=""
    )
    collection_noted_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ghi nhận")
    )
    superseded_at = models.DateTimeField(_("mở lại lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần trả kết quả")
        verbose_name_plural = _("lần trả kết quả")
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed=True) | ~Q(method="counter"),
                name="counter_delivery_is_confirmed",
                violation_error_message=_("Trả tại quầy phải có xác nhận của người nhận."),
            ),
            models.UniqueConstraint(
                fields=("dossier",), condition=Q(superseded_at__isnull=True), name="one_delivery_stands"
            ),
            models.CheckConstraint(
                condition=Q(collected_at__isnull=True, evidence="", collection_noted_by__isnull=True)
                | Q(collected_at__isnull=False) & ~Q(evidence=""),
                name="collection_says_how_it_is_known",
                violation_error_message=_("Đã nhận được thì phải ghi căn cứ."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier} → {self.recipient_name}"


class DigitizingException(models.Model):
    """Why a result has no electronic copy: a reason of the dated table, and the evidence. Ended by a copy after all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+", verbose_name=_("hồ sơ"))
    result = models.ForeignKey(Result, models.PROTECT, related_name="+", verbose_name=_("kết quả"))
    reason = models.CharField(_("lý do không số hóa"), max_length=40)
    evidence = models.CharField(_("căn cứ"), max_length=600)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    ended_at = models.DateTimeField(_("hết lý do lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lý do không số hóa kết quả")
        verbose_name_plural = _("lý do không số hóa kết quả")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier",), condition=Q(ended_at__isnull=True), name="one_digitizing_exception",
                violation_error_message=_("Kết quả này đã ghi lý do không số hóa."),
            ),
            models.CheckConstraint(
                condition=~Q(evidence="") & ~Q(reason=""), name="digitizing_exception_says_why",
                violation_error_message=_("Không số hóa thì phải ghi lý do và căn cứ."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.result}: {self.reason}"
