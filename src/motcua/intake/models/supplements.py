"""What the office asks for once a dossier is in work, and what came of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Component
from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier
from motcua.people.models import Official


class SupplementRequest(models.Model):
    """The one request for papers that a dossier in work may get (form 02); its clock stands still meanwhile.

    `number` is the running number of the year's forms. Closed when the papers came (`answered_at`); a dossier
    that ends before leaves it open, as it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplement_requests", verbose_name=_("hồ sơ"))
    number = models.PositiveIntegerField(_("số phiếu"))
    reason = models.CharField(_("lý do"), max_length=600)
    asked_at = models.DateTimeField(_("yêu cầu lúc"))
    asked_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người yêu cầu"))
    until = models.DateField(_("bổ sung đến hết ngày"))
    answered_at = models.DateTimeField(_("bổ sung xong lúc"), null=True, blank=True)
    answered_to = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người nhận bổ sung")
    )

    class Meta:
        verbose_name = _("phiếu yêu cầu bổ sung")
        verbose_name_plural = _("phiếu yêu cầu bổ sung")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier",),
                name="papers_asked_once",
                violation_error_message=_("Hồ sơ đã được yêu cầu bổ sung một lần; pháp luật chỉ cho một lần."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_to__isnull=True)
                | Q(answered_at__gte=F("asked_at"), answered_to__isnull=False),
                name="papers_come_after_asking",
                violation_error_message=_("Giấy tờ bổ sung không thể đến trước khi yêu cầu."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier}: {self.number}"


class Demand(models.Model):
    """One thing to bring: a paper of the published list, or (counted, with its law) something outside of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(
        SupplementRequest, models.PROTECT, related_name="demands", verbose_name=_("phiếu yêu cầu bổ sung")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    component = models.ForeignKey(
        Component, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("giấy tờ")
    )
    what = models.CharField(_("nội dung cần bổ sung"), max_length=400)
    legal_basis = models.CharField(_("căn cứ"), max_length=400, blank=True, default="")

    class Meta:
        verbose_name = _("giấy tờ cần bổ sung")
        verbose_name_plural = _("giấy tờ cần bổ sung")
        ordering = ("request", "position")
        constraints = (
            models.UniqueConstraint(fields=("request", "position"), name="demand_in_order"),
            models.CheckConstraint(
                condition=Q(component__isnull=False) | ~Q(legal_basis=""),
                name="demand_outside_the_list_says_its_law",
                violation_error_message=_("Yêu cầu ngoài danh mục giấy tờ phải ghi căn cứ pháp lý."),
            ),
        )

    def __str__(self) -> str:
        return self.what
