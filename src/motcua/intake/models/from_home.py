"""What an applicant sends from home after the office asked for papers."""

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier
from motcua.intake.models.submissions import Submission
from motcua.people.models import Official


class HomeSupplement(models.Model):
    """What is laid against one request, of a filing that waits or of a dossier in work; sent in one go.

    `papers`: by what was demanded (a component's id, or the demand's own), ids of papers in his store. `answers`: by
    the question of the e-form, what he answers anew (None: nothing any more). Sending moves no date: an official
    looks and takes them (`taken_at`), or says what is wrong (`fault`) and they may be sent again.
    `key_hash`: whose store they lie in, that of whoever holds the receipt's key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.OneToOneField(
        Submission, models.PROTECT, null=True, blank=True, related_name="from_home", verbose_name=_("hồ sơ chờ nhận")
    )
    dossier = models.OneToOneField(
        Dossier, models.PROTECT, null=True, blank=True, related_name="from_home", verbose_name=_("hồ sơ")
    )
    key_hash = models.CharField(_("mã băm khóa của kho giấy tờ"), max_length=64)
    papers = models.JSONField(_("giấy tờ kèm"), default=dict, blank=True)
    answers = models.JSONField(
        _("câu trả lời sửa lại"), default=dict, blank=True, db_default=Value({}, models.JSONField())
    )
    begun_at = models.DateTimeField(_("bắt đầu"))
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    taken_at = models.DateTimeField(_("nhận lúc"), null=True, blank=True)
    fault = models.CharField(_("chỗ chưa được"), max_length=600, blank=True, default="")
    looked_at_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người xem")
    )

    class Meta:
        verbose_name = _("giấy tờ bổ sung gửi từ nhà")
        verbose_name_plural = _("giấy tờ bổ sung gửi từ nhà")
        indexes = (
            models.Index(
                fields=("sent_at",), condition=Q(sent_at__isnull=False, taken_at__isnull=True), name="sent_from_home"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(submission__isnull=True) ^ Q(dossier__isnull=True),
                name="home_supplement_is_of_one",
                violation_error_message=_("Giấy tờ bổ sung phải của đúng một hồ sơ."),
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(sent_at__isnull=False),
                name="home_supplement_taken_after_sending",
                violation_error_message=_("Giấy tờ chưa gửi thì chưa nhận được."),
            ),
        )

    def __str__(self) -> str:
        return str(self.submission or self.dossier)
