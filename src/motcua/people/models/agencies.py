"""The dated tree of agencies, their codes old and new, and their units."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7


def _days() -> Func:
    """The days a row is in force, both ends included, as PostgreSQL's range."""
    return Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange", output_field=DateRangeField())


class AgencyLevel(models.TextChoices):
    MINISTRY = "ministry", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện (đến 30/6/2025)")
    COMMUNE = "commune", _("Cấp xã")


class AgencyKind(models.TextChoices):
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân")
    DEPARTMENT = "department", _("Sở, ngành")
    POLICE = "police", _("Công an")
    CENTRE = "centre", _("Trung tâm Phục vụ hành chính công")


class Agency(models.Model):
    """An agency for as long as it existed. `calendar_code` names its calendar in `worktime`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("tên cơ quan"), max_length=200)
    short_name = models.CharField(_("tên gọn"), max_length=120)
    kind = models.CharField(_("loại"), max_length=20, choices=AgencyKind.choices)
    level = models.CharField(_("cấp"), max_length=10, choices=AgencyLevel.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("cấp trên")
    )
    calendar_code = models.CharField(_("lịch làm việc"), max_length=40, default="VN")
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True, default="")
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True, default="")
    email = models.EmailField(_("thư điện tử"), blank=True, default="")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agency_ends_after_it_begins",
                violation_error_message=_("Ngày kết thúc của cơ quan phải từ ngày bắt đầu trở đi."),
            ),
        )

    def __str__(self) -> str:
        return self.short_name


class Succession(models.Model):
    """From a day on one agency answers for what another one, that ended, had done.

    A merged agency has several predecessors, a split one several successors: a row for each pair. The dates of the two
    agencies leave no way round in a circle (`actions.succeed`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    predecessor = models.ForeignKey(
        Agency, models.PROTECT, related_name="successions", verbose_name=_("cơ quan đã kết thúc")
    )
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="inheritances", verbose_name=_("cơ quan kế tục"))
    from_date = models.DateField(_("kế tục từ ngày"))
    decision = models.CharField(_("theo văn bản"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("việc kế tục cơ quan")
        verbose_name_plural = _("việc kế tục cơ quan")
        constraints = (
            models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="nobody_succeeds_himself",
                violation_error_message=_("Cơ quan kế tục phải là cơ quan khác."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class CodeScheme(models.TextChoices):
    QCVN_102_2016 = "qcvn102", _("Mã cũ (QCVN 102:2016/BTTTT)")
    DECISION_20_2020 = "qd20", _("Mã mới (Quyết định 20/2020/QĐ-TTg)")


class AgencyCode(models.Model):
    """A code the agency is known by, in one scheme, for a time. Old codes stay readable for ever."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="codes", verbose_name=_("cơ quan"))
    scheme = models.CharField(_("kiểu mã"), max_length=10, choices=CodeScheme.choices)
    code = models.CharField(_("mã"), max_length=35)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("mã cơ quan")
        verbose_name_plural = _("mã cơ quan")
        constraints = (
            models.UniqueConstraint(fields=("scheme", "code", "valid_from"), name="agency_code_once_per_date"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agency_code_ends_after_it_begins",
                violation_error_message=_("Ngày hết dùng mã phải từ ngày bắt đầu trở đi."),
            ),
            ExclusionConstraint(
                name="one_code_per_scheme_at_a_time",
                expressions=(
                    (F("agency"), RangeOperators.EQUAL),
                    (F("scheme"), RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_("Cơ quan đã có mã kiểu này trong thời gian đó. Cho mã cũ hết hạn trước."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-Z.]{1,35}$"),
                name="agency_code_shape",
                violation_error_message=_("Mã cơ quan chỉ gồm chữ in hoa, số và dấu chấm, nhiều nhất 35 ký tự."),
            ),
        )

    def __str__(self) -> str:
        return self.code


class UnitFunction(models.TextChoices):
    """What a unit does, so that a route written once finds the right room in every office."""

    ONE_STOP = "one_stop", _("Bộ phận Một cửa")
    JUSTICE = "justice", _("Tư pháp – hộ tịch")
    LAND = "land", _("Địa chính – xây dựng")
    SOCIAL = "social", _("Văn hóa – xã hội")
    ECONOMY = "economy", _("Kinh tế")
    POLICE = "police", _("Công an")
    LEADERS = "leaders", _("Lãnh đạo")
    RECORDS = "records", _("Văn thư")


class Unit(models.Model):
    """A room of the office: where a step of a route is done."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units", verbose_name=_("cơ quan"))
    name = models.CharField(_("tên đơn vị"), max_length=120)
    function = models.CharField(_("chức năng"), max_length=20, choices=UnitFunction.choices)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message=_("Ngày kết thúc của đơn vị phải từ ngày bắt đầu trở đi."),
            ),
            ExclusionConstraint(
                name="one_unit_per_function_at_a_time",
                expressions=(
                    (F("agency"), RangeOperators.EQUAL),
                    (F("function"), RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ),
                violation_error_message=_(
                    "Cơ quan đã có đơn vị làm chức năng này trong thời gian đó. Cho đơn vị cũ kết thúc trước."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name
