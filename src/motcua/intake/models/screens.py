"""The second screen of a counter: it faces the citizen and shows what the official types for him."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.intake.models.drafts import Draft
from motcua.people.models import Agency, Official, Unit


class SecondScreen(models.Model):
    """A screen paired with an official's desk for a day, by a code typed on it once; of code and key only hashes.

    `draft` is what it shows, while the desk was at work on it lately (`shown_at`). `pointed` is where the citizen wants
    a change, `confirmed_as` the digest of the answers that he found right: both end with the next change.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("quầy"))
    official = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("cán bộ ở quầy"))
    code_hash = models.CharField(_("mã băm mã ghép"), max_length=64, blank=True, default="")
    code_until = models.DateTimeField(_("mã ghép dùng đến"))
    key_hash = models.CharField(_("mã băm khóa của màn hình"), max_length=64, blank=True, default="")
    opened_at = models.DateTimeField(_("mở lúc"))
    paired_at = models.DateTimeField(_("ghép lúc"), null=True, blank=True)
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    ended_at = models.DateTimeField(_("thôi lúc"), null=True, blank=True)
    draft = models.ForeignKey(
        Draft, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("bản đang hiện")
    )
    shown_at = models.DateTimeField(_("quầy mở bản ấy lần cuối"), null=True, blank=True)
    pointed = models.JSONField(_("chỗ người dân muốn sửa"), default=dict, blank=True)
    confirmed_at = models.DateTimeField(_("người dân xác nhận lúc"), null=True, blank=True)
    confirmed_as = models.CharField(_("mã băm nội dung đã xác nhận"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("màn hình thứ hai")
        verbose_name_plural = _("màn hình thứ hai")
        constraints = (
            models.UniqueConstraint(
                fields=("official",), condition=Q(ended_at__isnull=True), name="one_second_screen_of_a_desk"
            ),
            models.UniqueConstraint(fields=("code_hash",), condition=~Q(code_hash=""), name="code_of_one_screen"),
            models.UniqueConstraint(fields=("key_hash",), condition=~Q(key_hash=""), name="key_of_one_screen"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.opened_at:%d/%m/%Y}"
