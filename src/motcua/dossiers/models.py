"""The dossier and the papers handed in with it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Channel, Component, LimitUnit, ProcedureVersion
from motcua.core.ids import uuid7
from motcua.dossiers.rules import Cause, Mark
from motcua.dossiers.states import OPEN, PAUSED, DossierOutcome, State
from motcua.people.models import Agency, Official, Party, PartyKind


class ReturnMethod(models.TextChoices):
    COUNTER = "counter", _("Tại quầy")
    POST = "post", _("Qua bưu chính")
    ONLINE = "online", _("Trực tuyến")


class FiledBy(models.TextChoices):
    """Whose hands filed it, whatever the channel says: the truthful side of every channel figure."""

    SELF = "self", _("Người dân tự nộp")
    HELPED = "helped", _("Được giúp nộp")
    OFFICER = "officer", _("Cán bộ nhập thay")


class Source(models.TextChoices):
    """Through which system it came."""

    OFFICE = "office", _("Hệ thống này")
    PORTAL = "portal", _("Cổng Dịch vụ công quốc gia")
    PROVINCE = "province", _("Cổng dịch vụ công của tỉnh")


class Standing(models.TextChoices):
    """How it counts: a bundle counts once, by its lead; its other parts are shown apart and never in a total."""

    SINGLE = "single", _("Hồ sơ riêng")
    LEAD = "lead", _("Hồ sơ chính của liên thông")
    PART = "part", _("Phần của hồ sơ liên thông")


class Dossier(models.Model):
    """One filing of one procedure, with what the applicant declared on the day.

    `promised_at` is the first promise and never changes. What the clock says now is cached: `due_at` the end of
    the limit, `appointed_at` the re-appointment (form 04), `paused_at` since when it stands still for the
    applicant, `paused_until` his last day; `motcua clock check` recomputes them from the ledger.
    `tracking_token` (100 bits) is the citizen's key: the code alone is a guessable number.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("mã hồ sơ"), max_length=40, unique=True)
    submission_id = models.UUIDField(_("lần gửi"), unique=True)
    tracking_token = models.CharField(_("khóa tra cứu"), max_length=20)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="dossiers", db_index=False, verbose_name=_("cơ quan")
    )
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="dossiers", db_index=False, verbose_name=_("thủ tục")
    )
    channel = models.CharField(_("cách nộp"), max_length=10, choices=Channel.choices)
    filed_by = models.CharField(_("ai nộp"), max_length=8, choices=FiledBy.choices, db_default=FiledBy.OFFICER)
    source = models.CharField(_("đến từ"), max_length=10, choices=Source.choices, db_default=Source.OFFICE)
    standing = models.CharField(_("cách tính"), max_length=8, choices=Standing.choices, db_default=Standing.SINGLE)
    state = models.PositiveSmallIntegerField(_("trạng thái"), choices=State.choices)

    applicant = models.ForeignKey(Party, models.PROTECT, related_name="dossiers", verbose_name=_("chủ hồ sơ"))
    applicant_kind = models.CharField(_("đối tượng"), max_length=12, choices=PartyKind.choices)
    applicant_name = models.CharField(_("họ tên chủ hồ sơ"), max_length=200)
    applicant_personal_id = models.CharField(_("số định danh"), max_length=14, blank=True, default="")
    applicant_birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    applicant_address = models.CharField(_("địa chỉ"), max_length=300, blank=True, default="")
    applicant_phone = models.CharField(_("điện thoại"), max_length=20, blank=True, default="")
    applicant_email = models.EmailField(_("thư điện tử"), blank=True, default="")
    submitter_name = models.CharField(_("người nộp thay"), max_length=200, blank=True, default="")
    submitter_personal_id = models.CharField(_("số định danh người nộp"), max_length=14, blank=True, default="")
    request = models.CharField(_("nội dung yêu cầu"), max_length=600, blank=True, default="")
    copies = models.PositiveSmallIntegerField(_("số bộ"), default=1)
    return_method = models.CharField(
        _("cách nhận kết quả"), max_length=10, choices=ReturnMethod.choices, default=ReturnMethod.COUNTER
    )
    return_address = models.CharField(_("địa chỉ nhận kết quả"), max_length=300, blank=True, default="", db_default="")

    limit_number = models.PositiveSmallIntegerField(_("thời hạn"))
    limit_unit = models.CharField(_("đơn vị thời hạn"), max_length=12, choices=LimitUnit.choices)
    fee_total = models.PositiveIntegerField(_("phí, lệ phí (đồng)"), null=True, blank=True)
    received_at = models.DateTimeField(_("nhận lúc"))
    received_by = models.ForeignKey(
        Official, models.PROTECT, related_name="+", db_index=False, verbose_name=_("người nhận")
    )
    promised_at = models.DateTimeField(_("hẹn trả lúc"))
    due_at = models.DateTimeField(_("hạn hiện tại"))
    appointed_at = models.DateTimeField(_("hẹn lại lúc"), null=True, blank=True)
    paused_at = models.DateTimeField(_("tạm dừng từ"), null=True, blank=True)
    paused_until = models.DateField(_("người nộp bổ sung đến hết ngày"), null=True, blank=True)
    outcome = models.CharField(
        _("kết cục"), max_length=12, choices=DossierOutcome.choices, blank=True, default="", db_default=""
    )
    finished_at = models.DateTimeField(_("xử lý xong lúc"), null=True, blank=True)
    returned_at = models.DateTimeField(_("trả lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("hồ sơ")
        verbose_name_plural = _("hồ sơ")
        indexes = (
            models.Index(
                fields=("agency", "due_at"),
                include=("id", "paused_at"),
                condition=Q(state__in=sorted(OPEN)),
                name="open_dossier_by_due",
            ),
            models.Index(
                fields=("agency", "paused_until"), condition=Q(state__in=sorted(PAUSED)), name="paused_dossier_by_day"
            ),
            models.Index(fields=("agency", "-received_at"), name="dossier_by_receipt"),
            models.Index(fields=("agency", "finished_at"), condition=Q(state=State.FINISHED), name="dossier_to_return"),
            models.Index(fields=("agency", "returned_at"), condition=Q(state=State.RETURNED), name="dossier_by_return"),
            models.Index(
                fields=("agency", "finished_at"),
                condition=Q(state__in=(State.WITHDRAWN, State.DISCONTINUED)),
                name="dossier_ended_early",
            ),
            models.Index(
                fields=("agency", "finished_at"), condition=Q(finished_at__isnull=False), name="dossier_by_end"
            ),
            models.Index(
                fields=("agency", "due_at"),
                include=("finished_at",),
                condition=Q(finished_at__gt=F("due_at")),
                name="dossier_ended_late",
            ),
            models.Index(fields=("applicant_personal_id",), name="dossier_by_personal_id"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(promised_at__gte=F("received_at")),
                name="promise_not_before_receipt",
                violation_error_message=_("Ngày hẹn trả không thể trước lúc nhận hồ sơ."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("received_at")),
                name="finish_not_before_receipt",
                violation_error_message=_("Lúc xử lý xong không thể trước lúc nhận hồ sơ."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED) | Q(returned_at__isnull=False, finished_at__isnull=False),
                name="returned_says_when",
                violation_error_message=_("Hồ sơ đã trả phải có lúc xong và lúc trả."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FINISHED) | Q(finished_at__isnull=False),
                name="finished_says_when",
                violation_error_message=_("Hồ sơ đã xử lý xong phải có lúc xong."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(PAUSED), paused_at__isnull=False)
                | (~Q(state__in=sorted(PAUSED)) & Q(paused_at__isnull=True)),
                name="paused_says_since_when",
                violation_error_message=_("Hồ sơ đang chờ người nộp phải ghi dừng từ lúc nào."),
            ),
        )

    def __str__(self) -> str:
        return self.code


class ClockEntry(models.Model):
    """One line of a dossier's deadline ledger that is not in the dossier itself: a detour of its clock.

    Receipt and the settling that stands are columns of the dossier; everything between is here, in order. What
    took back a pause as void says which time runs after all (`void_from`, `void_to`; see `rules.Entry`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="clock_entries", db_index=False, verbose_name=_("hồ sơ")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    mark = models.CharField(_("việc với thời hạn"), max_length=12, choices=[(mark.value, mark.value) for mark in Mark])
    at = models.DateTimeField(_("lúc"))
    cause = models.CharField(
        _("lý do dừng"), max_length=12, choices=[(cause.value, cause.value) for cause in Cause], blank=True, default=""
    )
    amount_number = models.PositiveSmallIntegerField(_("thêm bao nhiêu"), null=True, blank=True)
    amount_unit = models.CharField(_("đơn vị"), max_length=12, choices=LimitUnit.choices, blank=True, default="")
    void_from = models.DateTimeField(_("dừng bị hủy từ lúc"), null=True, blank=True)
    void_to = models.DateTimeField(_("lại dừng từ lúc"), null=True, blank=True)
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    note = models.CharField(_("ghi chú"), max_length=600, blank=True, default="")

    class Meta:
        verbose_name = _("dòng thời hạn")
        verbose_name_plural = _("dòng thời hạn")
        ordering = ("dossier", "position")
        constraints = (
            models.UniqueConstraint(fields=("dossier", "position"), name="clock_entry_in_order"),
            models.CheckConstraint(
                condition=~Q(mark=Mark.PAUSED) | ~Q(cause=""),
                name="pause_says_why",
                violation_error_message=_("Tạm dừng thời hạn phải ghi vì sao."),
            ),
            models.CheckConstraint(
                condition=(~Q(mark=Mark.VOIDED) & Q(void_from=None, void_to=None))
                | (
                    Q(mark=Mark.VOIDED, void_from__isnull=False, void_from__lte=F("at"))
                    & (Q(void_to=None) | Q(void_to__gte=F("void_from"), void_to__lte=F("at")))
                ),
                name="void_says_which_time",
                violation_error_message=_("Hủy một lần tạm dừng phải ghi từ lúc nào đến lúc nào."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier}: {self.mark} {self.at:%H:%M %d/%m/%Y}"


class DossierComponent(models.Model):
    """A paper handed in: which paper of the list, how many originals and copies."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="components", db_index=False, verbose_name=_("hồ sơ")
    )
    component = models.ForeignKey(
        Component, models.PROTECT, related_name="+", db_index=False, verbose_name=_("giấy tờ")
    )
    originals = models.PositiveSmallIntegerField(_("bản chính"), default=0)
    copies = models.PositiveSmallIntegerField(_("bản sao"), default=0)

    class Meta:
        verbose_name = _("giấy tờ đã nộp")
        verbose_name_plural = _("giấy tờ đã nộp")
        constraints = (models.UniqueConstraint(fields=("dossier", "component"), name="paper_handed_in_once"),)

    def __str__(self) -> str:
        return f"{self.dossier}: {self.component}"
