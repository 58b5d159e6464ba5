"""Officials and the roles they hold."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models.accounts import Account
from motcua.people.models.agencies import Unit


class Role(models.TextChoices):
    RECEIVER = "receiver", _("Cán bộ tiếp nhận")
    CASE_OFFICER = "case_officer", _("Người thụ lý")
    APPROVER = "approver", _("Lãnh đạo")
    RECORDS_CLERK = "records_clerk", _("Văn thư")
    PROCEDURE_CONTROLLER = "procedure_controller", _("Kiểm soát thủ tục hành chính")
    ADMINISTRATOR = "administrator", _("Quản trị")


# Who works on dossiers, and so may read them. Administrators and controllers have no business with them.
WORKERS = (Role.RECEIVER, Role.CASE_OFFICER, Role.APPROVER, Role.RECORDS_CLERK)


class Official(models.Model):
    """An official in a unit, for as long as he serves there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.OneToOneField(Account, models.PROTECT, related_name="official", verbose_name=_("tài khoản"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="officials", verbose_name=_("đơn vị"))
    full_name = models.CharField(_("họ và tên"), max_length=120)
    title = models.CharField(_("chức danh"), max_length=120)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("cán bộ")
        verbose_name_plural = _("cán bộ")

    def __str__(self) -> str:
        return self.full_name


class RoleGrant(models.Model):
    """A role an official holds in a unit, from a day to a day.

    In a commune of five officials one person serves several units: a grant each.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    official = models.ForeignKey(Official, models.CASCADE, related_name="grants", verbose_name=_("cán bộ"))
    role = models.CharField(_("vai trò"), max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants", verbose_name=_("đơn vị"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("vai trò được giao")
        verbose_name_plural = _("vai trò được giao")
        constraints = (
            models.UniqueConstraint(
                fields=("official", "role", "unit"), condition=Q(valid_to__isnull=True), name="role_granted_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="grant_ends_after_it_begins",
                violation_error_message=_("Ngày hết vai trò phải từ ngày giao trở đi."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.official}: {self.get_role_display()}"
