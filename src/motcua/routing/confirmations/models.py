"""A change of the calendar that waits for a leader."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models import Agency, Official


class CalendarProposal(models.Model):
    """What an administrator typed (`said`), kept until a leader makes it or somebody drops it; the calendar is as it
    was meanwhile.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    said = models.JSONField(_("nội dung đề nghị"))
    title = models.CharField(_("thay đổi"), max_length=300)
    decision = models.CharField(_("số văn bản"), max_length=200)
    asked_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người đề nghị"))
    asked_at = models.DateTimeField(_("đề nghị lúc"))
    settled_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người quyết định")
    )
    settled_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    is_made = models.BooleanField(_("đã đổi lịch"), default=False)

    class Meta:
        verbose_name = _("đề nghị đổi lịch")
        verbose_name_plural = _("đề nghị đổi lịch")
        indexes = (
            models.Index(
                fields=("agency", "asked_at"), name="calendar_proposal_waits", condition=Q(settled_at__isnull=True)
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(decision=""), name="calendar_proposal_decided",
                violation_error_message=_("Đổi lịch sát ngày phải ghi số văn bản."),
            ),
            models.CheckConstraint(
                condition=Q(is_made=False) | (Q(settled_by__isnull=False) & ~Q(settled_by=F("asked_by"))),
                name="calendar_changed_by_another",
                violation_error_message=_("Đổi lịch sát ngày phải do lãnh đạo khác người đề nghị xác nhận."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="calendar_proposal_settled",
                violation_error_message=_("Quyết định phải ghi ai, lúc nào."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title
