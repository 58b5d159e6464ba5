"""Results from before this software."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Procedure
from motcua.core.ids import uuid7
from motcua.people.models import Agency, Official
from motcua.result.older.states import OlderState


class OlderResult(models.Model):
    """A result that was given before this software and may still be valid. `valid_until` empty: valid for good.

    `copied_by` attached the copy that stands; `decided_by`, somebody else, found it right, or not (`refused_why`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    title = models.CharField(_("tên kết quả"), max_length=200)
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("thủ tục")
    )
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    issued_on = models.DateField(_("ngày cấp"))
    valid_until = models.DateField(_("có hiệu lực đến"), null=True, blank=True)
    holder_name = models.CharField(_("cấp cho"), max_length=200)
    holder_id = models.CharField(_("số định danh, mã số thuế"), max_length=14, blank=True, default="", db_default="")
    state = models.CharField(_("tình trạng"), max_length=10, choices=OlderState.choices, default=OlderState.LISTED)
    listed_at = models.DateTimeField(_("ghi vào sổ lúc"))
    listed_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    copied_at = models.DateTimeField(_("số hóa lúc"), null=True, blank=True)
    copied_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người số hóa")
    )
    decided_at = models.DateTimeField(_("kiểm tra lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người kiểm tra")
    )
    refused_why = models.CharField(_("lý do không đạt"), max_length=400, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("kết quả cũ còn hiệu lực")
        verbose_name_plural = _("kết quả cũ còn hiệu lực")
        indexes = (models.Index(fields=("agency", "state", "-listed_at"), name="older_by_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "title", "number", "issued_on"), name="older_result_listed_once",
                violation_error_message=_("Kết quả này đã có trong sổ."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("issued_on")),
                name="older_valid_after_issue",
                violation_error_message=_("Ngày hết hiệu lực phải từ ngày cấp trở đi."),
            ),
            models.CheckConstraint(
                condition=Q(state=OlderState.LISTED) ^ Q(copied_at__isnull=False, copied_by__isnull=False),
                name="older_copy_says_who",
                violation_error_message=_("Đã số hóa thì phải ghi ai số hóa, lúc nào."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(OlderState.CHECKED, OlderState.REFUSED))
                ^ Q(decided_at__isnull=True, decided_by__isnull=True),
                name="older_decision_says_who",
                violation_error_message=_("Đã kiểm tra thì phải ghi ai kiểm tra, lúc nào."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("copied_by")),
                name="older_decided_by_another",
                violation_error_message=_("Người kiểm tra phải là người khác người số hóa."),
            ),
            models.CheckConstraint(
                condition=Q(state=OlderState.REFUSED) ^ Q(refused_why=""),
                name="older_refusal_says_why",
                violation_error_message=_("Bản quét không đạt thì phải ghi lý do."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
