"""What a version is made of: papers, time limits, fees, legal bases and the route."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models.procedures import Channel, ProcedureVersion
from motcua.core.ids import uuid7
from motcua.people.models import Role, UnitFunction


class ComponentUse(models.TextChoices):
    SUBMIT = "submit", _("Nộp")
    SHOW = "show", _("Xuất trình")


class Component(models.Model):
    """A paper the procedure asks for, always or when `when` applies."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(
        ProcedureVersion, models.CASCADE, related_name="components", verbose_name=_("phiên bản")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.TextField(_("tên giấy tờ"))
    use = models.CharField(
        _("nộp hay xuất trình"), max_length=8, choices=ComponentUse.choices, default=ComponentUse.SUBMIT
    )
    originals = models.PositiveSmallIntegerField(_("số bản chính"), default=0)
    copies = models.PositiveSmallIntegerField(_("số bản sao"), default=0)
    required = models.BooleanField(_("bắt buộc"), default=True)
    when = models.TextField(_("trường hợp"), blank=True, default="")
    note = models.TextField(_("ghi chú"), blank=True, default="")

    class Meta:
        verbose_name = _("thành phần hồ sơ")
        verbose_name_plural = _("thành phần hồ sơ")
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("version", "position"), name="component_position_once"),)

    def __str__(self) -> str:
        return self.name


class LimitUnit(models.TextChoices):
    """The units of `worktime`, under the names the law uses."""

    WORKING_HOUR = "working_hour", _("giờ làm việc")
    WORKING_DAY = "working_day", _("ngày làm việc")
    DAY = "day", _("ngày")


class TimeLimit(models.Model):
    """How long the office may take; the one without channel and `when` is the general one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(
        ProcedureVersion, models.CASCADE, related_name="time_limits", verbose_name=_("phiên bản")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    number = models.PositiveSmallIntegerField(_("số"))
    unit = models.CharField(_("đơn vị"), max_length=12, choices=LimitUnit.choices)
    channel = models.CharField(_("cách nộp"), max_length=10, choices=Channel.choices, blank=True, default="")
    when = models.TextField(_("trường hợp"), blank=True, default="")

    class Meta:
        verbose_name = _("thời hạn giải quyết")
        verbose_name_plural = _("thời hạn giải quyết")
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("version", "position"), name="limit_position_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.get_unit_display()}"


class FeeKind(models.TextChoices):
    FEE = "fee", _("Phí")
    CHARGE = "charge", _("Lệ phí")


class Fee(models.Model):
    """Money asked, in đồng. No amount means the province sets it: never shown as free."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="fees", verbose_name=_("phiên bản"))
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    kind = models.CharField(_("loại"), max_length=6, choices=FeeKind.choices)
    name = models.CharField(_("tên khoản thu"), max_length=300)
    amount = models.PositiveIntegerField(_("mức thu (đồng)"), null=True, blank=True)
    set_by_province = models.BooleanField(_("do tỉnh quy định"), default=False)
    when = models.TextField(_("trường hợp"), blank=True, default="")
    note = models.TextField(_("ghi chú"), blank=True, default="")

    class Meta:
        verbose_name = _("phí, lệ phí")
        verbose_name_plural = _("phí, lệ phí")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("version", "position"), name="fee_position_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False, set_by_province=False) | Q(amount__isnull=True),
                name="fee_is_stated_or_set_by_province",
                violation_error_message=_("Một khoản thu hoặc có mức cụ thể, hoặc do tỉnh quy định."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class LegalBasis(models.Model):
    """A legal text the procedure rests on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(
        ProcedureVersion, models.CASCADE, related_name="legal_bases", verbose_name=_("phiên bản")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    number = models.CharField(_("số, ký hiệu"), max_length=120)
    name = models.TextField(_("trích yếu"), blank=True, default="")

    class Meta:
        verbose_name = _("căn cứ pháp lý")
        verbose_name_plural = _("căn cứ pháp lý")
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("version", "position"), name="legal_basis_position_once"),)

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()


class RouteStep(models.Model):
    """One step of the way a dossier goes: who does it, where, with what share of the time limit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="route", verbose_name=_("phiên bản"))
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("tên bước"), max_length=200)
    role = models.CharField(_("vai trò"), max_length=24, choices=Role.choices)
    function = models.CharField(_("đơn vị"), max_length=20, choices=UnitFunction.choices)
    share = models.PositiveSmallIntegerField(_("phần thời hạn (%)"))
    parallel = models.BooleanField(_("làm cùng lúc với bước trước"), default=False)

    class Meta:
        verbose_name = _("bước giải quyết")
        verbose_name_plural = _("bước giải quyết")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("version", "position"), name="route_position_once"),
            models.CheckConstraint(condition=Q(share__lte=100), name="share_is_a_percentage"),
        )

    def __str__(self) -> str:
        return self.name
