"""Procedures, their dated versions, and where they are posted."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models import Agency


class Sector(models.Model):
    """A field of administration, as the national catalogue names it."""

    code = models.SlugField(_("mã lĩnh vực"), max_length=60, primary_key=True)
    name = models.CharField(_("lĩnh vực"), max_length=250, unique=True)

    class Meta:
        verbose_name = _("lĩnh vực")
        verbose_name_plural = _("lĩnh vực")

    def __str__(self) -> str:
        return self.name


class Channel(models.TextChoices):
    """How a dossier comes in; the number is the national portal's `KenhThucHien`."""

    COUNTER = "counter", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POST = "post", _("Bưu chính")


class OnlineLevel(models.TextChoices):
    FULL = "full", _("Toàn trình")
    PARTIAL = "partial", _("Một phần")
    INFORMATION = "information", _("Cung cấp thông tin")


class ApplicantKind(models.TextChoices):
    CITIZEN = "citizen", _("Công dân Việt Nam")
    OVERSEAS_VIETNAMESE = "overseas_vietnamese", _("Người Việt Nam định cư ở nước ngoài")
    FOREIGNER = "foreigner", _("Người nước ngoài")
    HOUSEHOLD = "household", _("Hộ gia đình")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    COOPERATIVE = "cooperative", _("Hợp tác xã, tổ hợp tác")
    ORGANISATION = "organisation", _("Tổ chức")
    STATE_BODY = "state_body", _("Cơ quan nhà nước")


class SupplementRule(models.TextChoices):
    """What the clock does when the papers asked for have come (Decree 61/2018/NĐ-CP art. 19.4 restarts)."""

    RESTART = "restart", _("Tính lại từ đầu khi đủ hồ sơ")
    RESUME = "resume", _("Tính tiếp phần thời gian còn lại")


class Procedure(models.Model):
    """An administrative procedure by its national code; everything that can change is in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    national_code = models.CharField(_("mã thủ tục"), max_length=40, unique=True)
    name = models.TextField(_("tên thủ tục"))
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="procedures", verbose_name=_("lĩnh vực"))
    levels = ArrayField(models.CharField(max_length=10), verbose_name=_("cấp thực hiện"), default=list)
    everyday_words = ArrayField(models.CharField(max_length=120), verbose_name=_("cách nói thường ngày"), default=list)
    promulgated_by = models.CharField(_("cơ quan công bố"), max_length=200, blank=True, default="")
    source = models.CharField(_("nguồn"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("thủ tục hành chính")
        verbose_name_plural = _("thủ tục hành chính")

    def __str__(self) -> str:
        return f"{self.national_code} {self.name}"


class VersionOrigin(models.TextChoices):
    """Where a version's facts come from: an import never overrules what another hand wrote."""

    OWN = "own", _("Danh mục đi kèm phần mềm")
    PORTAL = "portal", _("Cổng Dịch vụ công quốc gia")
    OFFICE = "office", _("Soạn tại cơ quan")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Dự thảo")
    PUBLISHED = "published", _("Đã công khai")


class ProcedureVersion(models.Model):
    """What a procedure asks and promises in a period. Frozen once published (a trigger refuses changes).

    A dossier points here for ever, so it keeps the rules it was received under. Published periods of one
    procedure never overlap (an exclusion constraint); only the end of the period may still be set.
    `agency` wrote it: its draft is nobody else's to read, but the agency's above it; what was imported has none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions", verbose_name=_("thủ tục"))
    number = models.PositiveIntegerField(_("phiên bản"))
    state = models.CharField(_("tình trạng"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    origin = models.CharField(_("nguồn"), max_length=8, choices=VersionOrigin.choices, default=VersionOrigin.OFFICE)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cơ quan soạn")
    )
    valid_from = models.DateField(_("hiệu lực từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    name = models.TextField(_("tên thủ tục"))
    summary = models.TextField(_("tóm tắt"), blank=True, default="")
    decision = models.CharField(_("quyết định công bố"), max_length=200, blank=True, default="")
    applicant_kinds = ArrayField(
        models.CharField(max_length=24, choices=ApplicantKind.choices), verbose_name=_("ai được nộp"), default=list
    )
    channels = ArrayField(
        models.CharField(max_length=10, choices=Channel.choices), verbose_name=_("cách nộp"), default=list
    )
    online_level = models.CharField(
        _("mức độ trực tuyến"), max_length=12, choices=OnlineLevel.choices, default=OnlineLevel.INFORMATION
    )
    cut_off = models.TimeField(_("giờ chốt nhận"), null=True, blank=True)
    supplement_rule = models.CharField(
        _("thời hạn sau khi bổ sung"), max_length=8, choices=SupplementRule.choices, default=SupplementRule.RESTART
    )
    supplement_days = models.PositiveSmallIntegerField(_("số ngày làm việc được bổ sung"), null=True, blank=True)
    results = ArrayField(models.TextField(), verbose_name=_("kết quả"), default=list)
    conditions = ArrayField(models.TextField(), verbose_name=_("yêu cầu, điều kiện"), default=list)
    how_to = ArrayField(models.TextField(), verbose_name=_("trình tự thực hiện"), default=list)
    remarks = ArrayField(models.TextField(), verbose_name=_("lưu ý"), default=list)
    unverified = ArrayField(models.TextField(), verbose_name=_("điều chưa kiểm chứng"), default=list)
    fingerprint = models.CharField(_("dấu nội dung"), max_length=64, editable=False)
    published_at = models.DateTimeField(_("công khai lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("phiên bản thủ tục")
        verbose_name_plural = _("phiên bản thủ tục")
        constraints = (
            models.UniqueConstraint(fields=("procedure", "number"), name="version_number_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="version_ends_after_it_begins",
                violation_error_message=_("Ngày hết hiệu lực phải từ ngày bắt đầu trở đi."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="published_version_says_when",
                violation_error_message=_("Phiên bản đã công khai phải có thời điểm công khai."),
            ),
            ExclusionConstraint(
                name="published_periods_never_overlap",
                expressions=(
                    (F("procedure"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                condition=Q(state="published"),
                violation_error_message=_("Thủ tục đã có phiên bản công khai trong thời gian này."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Posting(models.Model):
    """The procedure is offered, and publicly posted, at an agency from a day to a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="postings", verbose_name=_("thủ tục"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="postings", verbose_name=_("nơi niêm yết"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("niêm yết")
        verbose_name_plural = _("niêm yết")
        constraints = (
            models.UniqueConstraint(
                fields=("procedure", "agency"), condition=Q(valid_to__isnull=True), name="posted_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.procedure} @ {self.agency}"
