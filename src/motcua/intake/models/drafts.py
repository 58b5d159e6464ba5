"""What somebody fills in at home and has not sent yet."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import ProcedureVersion
from motcua.core.ids import uuid7
from motcua.dossiers.models import FiledBy, ReturnMethod
from motcua.people.citizens.models import Citizen, Mandate
from motcua.people.models import Agency, Official


class Draft(models.Model):
    """Answers and papers of one filing on their way, in the words of one version of an e-form.

    Its own row only: nobody but who fills it may read it. `submission_id` is given at the beginning, so that sending
    twice is sending once; `submitted_at` says that it was sent: then the answers are with the submission, and this
    row only ties it to the citizen. `known`: questions filled in beforehand and not looked at yet. `carried`: what
    changed when a new version replaced the one it was begun with. `on_paper`: what an official who helps has in hand.
    `lacking`: the papers it is sent without, by component, and what he says about each.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    citizen = models.ForeignKey(
        Citizen, models.CASCADE, null=True, blank=True, related_name="drafts", verbose_name=_("công dân")
    )
    key_hash = models.CharField(_("mã băm khóa của người không có tài khoản"), max_length=64, blank=True, default="")
    helped_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cán bộ nhập giúp")
    )
    filed_by = models.CharField(_("ai nộp"), max_length=8, choices=FiledBy.choices, default=FiledBy.SELF)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+", verbose_name=_("thủ tục"))
    eform_code = models.CharField(_("mẫu điện tử"), max_length=60)
    eform_number = models.PositiveIntegerField(_("phiên bản mẫu"))
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("việc làm thay")
    )
    answers = models.JSONField(_("câu trả lời"), default=dict, blank=True)
    known = models.JSONField(_("đã điền sẵn"), default=list, blank=True)
    carried = models.JSONField(_("điều đã đổi theo mẫu mới"), default=list, blank=True)
    papers = models.JSONField(_("giấy tờ kèm"), default=dict, blank=True)
    on_paper = models.JSONField(_("giấy tờ đã nhận bản giấy"), default=list, blank=True)
    lacking = models.JSONField(_("giấy tờ chưa có và vì sao"), default=dict, blank=True)
    return_method = models.CharField(
        _("cách nhận kết quả"), max_length=10, choices=ReturnMethod.choices, default=ReturnMethod.COUNTER
    )
    return_address = models.CharField(_("địa chỉ nhận kết quả"), max_length=300, blank=True, default="", db_default="")
    submission_id = models.UUIDField(_("lần nộp"), unique=True, default=uuid7)
    begun_at = models.DateTimeField(_("bắt đầu"))
    updated_at = models.DateTimeField(_("lưu lần cuối"))
    expires_at = models.DateTimeField(_("giữ đến"))
    submitted_at = models.DateTimeField(_("nộp lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("bản nháp")
        verbose_name_plural = _("bản nháp")
        indexes = (
            models.Index(fields=("citizen", "-updated_at"), condition=~Q(citizen=None), name="draft_of_citizen"),
            models.Index(fields=("key_hash",), condition=~Q(key_hash=""), name="draft_of_guest"),
            models.Index(fields=("expires_at",), condition=Q(submitted_at=None), name="draft_to_expire"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(citizen__isnull=True) ^ Q(key_hash=""),
                name="draft_has_one_owner",
                violation_error_message=_("Bản nháp phải thuộc về đúng một người."),
            ),
            models.CheckConstraint(
                condition=(Q(helped_by__isnull=True, filed_by=FiledBy.SELF))
                | (Q(helped_by__isnull=False) & ~Q(filed_by=FiledBy.SELF)),
                name="draft_says_who_helps",
                violation_error_message=_("Bản nháp nhập giúp phải ghi ai giúp."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.eform_code} {self.begun_at:%d/%m/%Y}"
