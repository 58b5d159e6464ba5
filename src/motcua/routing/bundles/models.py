"""One filing for several agencies, and each agency's part of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import ProcedureVersion
from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier
from motcua.intake.models import Submission
from motcua.people.models import Agency, Official


class MemberState(models.TextChoices):
    """How far one part is. A part stopped at the applicant's wish is not refused."""

    WAITING = "waiting", _("Chờ mở hồ sơ")
    OPENED = "opened", _("Đang giải quyết")
    REFUSED = "refused", _("Bị từ chối")
    STOPPED = "stopped", _("Đã dừng theo ý người nộp")
    DONE = "done", _("Đã giải quyết")


class Bundle(models.Model):
    """One filing of a bundle, as its receiving desk took it. `definition` and `definition_from` say as stated when.

    `tracking_token` is the citizen's key to the one timeline; who he is stands in the first part's dossier.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("mã liên thông"), max_length=60, unique=True)
    submission_id = models.UUIDField(_("lần gửi"), unique=True)
    tracking_token = models.CharField(_("khóa tra cứu"), max_length=20)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="bundles", verbose_name=_("nơi tiếp nhận"))
    definition = models.SlugField(_("nhóm thủ tục"), max_length=40)
    definition_from = models.DateField(_("theo quy định từ ngày"))
    name = models.CharField(_("tên nhóm thủ tục"), max_length=300)
    received_at = models.DateTimeField(_("nhận lúc"))
    received_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người nhận"))

    class Meta:
        verbose_name = _("hồ sơ liên thông")
        verbose_name_plural = _("hồ sơ liên thông")
        indexes = (models.Index(fields=("agency", "-received_at"), name="bundle_by_receipt"),)

    def __str__(self) -> str:
        return self.code


class BundleMember(models.Model):
    """One procedure of a filed bundle at the agency that handles it.

    `package` is what travels there, sealed by `sent_hash` when filed; `received_hash` is what the agency computed on
    arrival. While `waiting`, `reason` says what stands in the way (empty: its turn has not come); once ended without
    a result, why. `because`: the part whose end ended this one. `refusal`: form 03 given before a dossier was opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="members", verbose_name=_("hồ sơ liên thông"))
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    after = models.PositiveSmallIntegerField(_("sau phần"), null=True, blank=True)
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+", verbose_name=_("thủ tục"))
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="bundle_members", null=True, blank=True, verbose_name=_("nơi giải quyết")
    )
    state = models.CharField(_("trạng thái"), max_length=8, choices=MemberState.choices, default=MemberState.WAITING)
    package = models.JSONField(_("gói dữ liệu"))
    sent_hash = models.CharField(_("mã băm khi gửi"), max_length=64)
    received_hash = models.CharField(_("mã băm khi đến"), max_length=64, blank=True, default="")
    arrived_at = models.DateTimeField(_("đến lúc"), null=True, blank=True)
    dossier = models.OneToOneField(
        Dossier, models.PROTECT, related_name="part_of", null=True, blank=True, verbose_name=_("hồ sơ")
    )
    opened_at = models.DateTimeField(_("mở lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    reason = models.CharField(_("lý do"), max_length=1000, blank=True, default="")
    because = models.PositiveSmallIntegerField(_("vì phần"), null=True, blank=True)
    refusal = models.OneToOneField(
        Submission, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("phiếu từ chối")
    )

    class Meta:
        verbose_name = _("phần của hồ sơ liên thông")
        verbose_name_plural = _("phần của hồ sơ liên thông")
        ordering = ("bundle", "position")
        indexes = (
            models.Index(fields=("bundle",), condition=Q(state="waiting") & ~Q(reason=""), name="member_held_up"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("bundle", "position"),
                name="bundle_member_in_order",
                violation_error_message=_("Mỗi phần của hồ sơ liên thông có một thứ tự riêng."),
            ),
            models.CheckConstraint(
                condition=Q(after__isnull=True) | Q(after__lt=F("position")),
                name="member_follows_an_earlier_one",
                violation_error_message=_("Một phần chỉ có thể chờ phần đứng trước nó."),
            ),
            models.CheckConstraint(
                condition=Q(dossier__isnull=True, opened_at__isnull=True)
                | Q(
                    dossier__isnull=False, opened_at__isnull=False, agency__isnull=False, arrived_at__isnull=False,
                    received_hash=F("sent_hash"),
                ),
                name="member_opened_on_the_package_sent",
                violation_error_message=_("Chỉ mở hồ sơ khi gói dữ liệu đến đúng như lúc gửi."),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", dossier__isnull=True, ended_at__isnull=True)
                | Q(state="opened", dossier__isnull=False, ended_at__isnull=True)
                | Q(state="done", dossier__isnull=False, ended_at__isnull=False)
                | (Q(state__in=("refused", "stopped"), ended_at__isnull=False) & ~Q(reason="")),
                name="member_state_says_what_is_there",
                violation_error_message=_("Trạng thái của phần liên thông không khớp với hồ sơ, lúc và lý do đã ghi."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.bundle} ({self.position})"
