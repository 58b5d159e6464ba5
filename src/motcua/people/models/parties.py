"""The people and organisations an office serves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7


class PartyKind(models.TextChoices):
    PERSON = "person", _("Cá nhân")
    ORGANISATION = "organisation", _("Tổ chức, doanh nghiệp")


class Gender(models.TextChoices):
    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")


class Party(models.Model):
    """A person or an organisation as last known here.

    A dossier keeps its own copy of what the applicant declared on the day; this row only lets the next
    dossier start from what the office already knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("đối tượng"), max_length=12, choices=PartyKind.choices, default=PartyKind.PERSON)
    full_name = models.CharField(_("họ tên hoặc tên tổ chức"), max_length=200)
    personal_id = models.CharField(_("số định danh"), max_length=14, blank=True, default="")
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    gender = models.CharField(_("giới tính"), max_length=6, choices=Gender.choices, blank=True, default="")
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True, default="")
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True, default="")
    email = models.EmailField(_("thư điện tử"), blank=True, default="")

    class Meta:
        verbose_name = _("cá nhân, tổ chức")
        verbose_name_plural = _("cá nhân, tổ chức")
        constraints = (
            models.UniqueConstraint(
                fields=("personal_id",), condition=~Q(personal_id=""), name="one_party_per_personal_id"
            ),
            models.CheckConstraint(
                condition=Q(personal_id="")
                | Q(kind="person", personal_id__regex=r"^[0-9]{12}$")
                | Q(kind="organisation", personal_id__regex=r"^[0-9]{10}([0-9]{3})?$"),
                name="personal_id_shape",
                violation_error_message=_(
                    "Số định danh cá nhân có 12 chữ số; mã số doanh nghiệp có 10 hoặc 13 chữ số."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.full_name
