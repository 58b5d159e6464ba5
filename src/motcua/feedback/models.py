"""What was said of a dossier's handling, and what the head of the office did about it."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier
from motcua.feedback.receptions.models import (
    ChangeKindChoice,
    DayPartChoice,
    Reception,
    ReceptionChange,
    ReceptionOutcome,
    ReceptionPlan,
)
from motcua.people.models import Agency, Official

__all__ = [
    "ChangeKindChoice",
    "DayPartChoice",
    "FollowUp",
    "Rating",
    "RatingWay",
    "Reception",
    "ReceptionChange",
    "ReceptionOutcome",
    "ReceptionPlan",
    "RemarkState",
]

LONGEST_REMARK: Final = 1000
LONGEST_DEED: Final = 600


class RatingWay(models.TextChoices):
    LINK = "link", _("Qua đường dẫn")
    DESK = "desk", _("Quét mã tại quầy")
    PAPER = "paper", _("Phiếu giấy")


class RemarkState(models.TextChoices):
    NONE = "none", _("Không có ý kiến")
    WAITING = "waiting", _("Chờ duyệt")
    SHOWN = "shown", _("Đã cho hiện")
    HIDDEN = "hidden", _("Không cho hiện")


class Rating(models.Model):
    """One rating of one dossier, under the scale of its day (`data/ratings.yaml`).

    `answers`: overall and the criteria that were answered, each by the code of its degree. `remark` is free text; it
    is shown to the public only when somebody who oversees the office let it. `month`: first day of the month of
    `rated_at`, in local time. `entered_by` typed a paper in.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="rating", verbose_name=_("hồ sơ"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name=_("cơ quan"))
    scale = models.CharField(_("bộ tiêu chí"), max_length=30)
    answers = models.JSONField(_("các câu trả lời"))
    is_bad = models.BooleanField(_("có điều chưa hài lòng"))
    way = models.CharField(_("cách gửi"), max_length=10, choices=RatingWay.choices)
    rated_at = models.DateTimeField(_("gửi lúc"))
    month = models.DateField(_("tháng"))
    entered_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người nhập phiếu")
    )
    remark = models.CharField(_("ý kiến"), max_length=LONGEST_REMARK, blank=True, default="")
    remark_state = models.CharField(
        _("duyệt ý kiến"), max_length=10, choices=RemarkState.choices, default=RemarkState.NONE
    )
    settled_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người duyệt")
    )
    settled_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đánh giá")
        verbose_name_plural = _("đánh giá")
        indexes = (
            models.Index(fields=("agency", "month"), name="rating_by_office_and_month"),
            models.Index(fields=("agency", "rated_at"), condition=Q(remark_state="waiting"), name="remark_to_settle"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(remark="", remark_state="none") | (~Q(remark="") & ~Q(remark_state="none")),
                name="remark_state_follows_remark",
                violation_error_message=_("Chỉ ý kiến có nội dung mới được duyệt."),
            ),
            models.CheckConstraint(
                condition=Q(remark_state__in=("none", "waiting"), settled_at=None, settled_by=None)
                | Q(remark_state__in=("shown", "hidden"), settled_at__isnull=False, settled_by__isnull=False),
                name="remark_settled_by_somebody",
                violation_error_message=_("Ý kiến đã duyệt phải ghi ai duyệt, lúc nào."),
            ),
            models.CheckConstraint(
                condition=Q(way="paper", entered_by__isnull=False) | (~Q(way="paper") & Q(entered_by=None)),
                name="paper_rating_says_who_typed",
                violation_error_message=_("Phiếu giấy phải ghi người nhập."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.rated_at:%d/%m/%Y}"


class FollowUp(models.Model):
    """What the head of the office owes a bad rating: to look, to act, and to write down what was done."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rating = models.OneToOneField(Rating, models.PROTECT, related_name="follow_up", verbose_name=_("đánh giá"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name=_("cơ quan"))
    opened_at = models.DateTimeField(_("mở lúc"))
    done_at = models.DateTimeField(_("làm xong lúc"), null=True, blank=True)
    done_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người làm")
    )
    deed = models.CharField(_("đã làm gì"), max_length=LONGEST_DEED, blank=True, default="")

    class Meta:
        verbose_name = _("việc sau đánh giá")
        verbose_name_plural = _("việc sau đánh giá")
        indexes = (models.Index(fields=("agency", "opened_at"), condition=Q(done_at=None), name="follow_up_to_do"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, deed="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(deed="")),
                name="follow_up_says_what_was_done",
                violation_error_message=_("Làm xong phải ghi đã làm gì, ai làm."),
            ),
        )

    def __str__(self) -> str:
        return str(self.rating_id)
