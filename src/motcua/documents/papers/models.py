"""What lies in the store, whose it is, and with which filing it was handed in."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models import Official

PDF: Final = "application/pdf"


class StoredFile(models.Model):
    """Bytes kept once, named by their hash. A row is never changed (a trigger refuses); it goes when nobody needs it.

    `place` is the name the Django storage gave them. `scanned_at` is empty when no scanner was set.
    """

    sha256 = models.CharField(_("mã băm SHA-256"), max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("số byte"))
    kind = models.CharField(_("loại nội dung"), max_length=40, default=PDF)
    pages = models.PositiveIntegerField(_("số trang"))
    place = models.CharField(_("nơi lưu"), max_length=200)
    scanned_at = models.DateTimeField(_("quét mã độc lúc"), null=True, blank=True)
    stored_at = models.DateTimeField(_("lưu lúc"))

    class Meta:
        verbose_name = _("nội dung giấy tờ")
        verbose_name_plural = _("nội dung giấy tờ")

    def __str__(self) -> str:
        return self.sha256


class OwnedByOne(models.Model):
    """Whose it is: a citizen with an account, or whoever holds the key of a guest's draft (its hash)."""

    citizen_id = models.UUIDField(_("công dân"), null=True, blank=True)
    key_hash = models.CharField(_("mã băm khóa của bản nháp"), max_length=64, default="", blank=True)

    class Meta:
        abstract = True


class Paper(OwnedByOne):
    """A paper in somebody's store: a label on stored bytes. `made_from` counts the parts put together, 0: as sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("tên giấy tờ"), max_length=120)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="papers", verbose_name=_("nội dung"))
    made_from = models.PositiveIntegerField(_("ghép từ"), default=0)
    created_at = models.DateTimeField(_("đưa vào lúc"))
    forgotten_at = models.DateTimeField(_("bỏ khỏi kho lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("giấy tờ")
        verbose_name_plural = _("giấy tờ")
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("citizen_id", "-created_at"), condition=~Q(citizen_id=None), name="paper_of_citizen"),
            models.Index(fields=("key_hash",), condition=~Q(key_hash=""), name="paper_of_guest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(citizen_id__isnull=True) ^ Q(key_hash=""),
                name="paper_has_one_owner",
                violation_error_message=_("Giấy tờ phải thuộc về đúng một người."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class PaperUse(models.Model):
    """A paper as it was handed in: these bytes, under this name, with a filing, a dossier, or both in turn.

    Guarded by the record: what was handed in neither changes nor goes when the citizen changes or removes his paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="uses", verbose_name=_("giấy tờ"))
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="uses", verbose_name=_("nội dung"))
    name = models.CharField(_("tên giấy tờ"), max_length=120)
    component_id = models.UUIDField(_("thành phần hồ sơ"), null=True, blank=True)
    submission_id = models.UUIDField(_("lần nộp"), null=True, blank=True)
    dossier_id = models.UUIDField(_("hồ sơ"), null=True, blank=True)
    called = models.CharField(_("nộp cho"), max_length=200)
    used_at = models.DateTimeField(_("nộp lúc"))

    class Meta:
        verbose_name = _("lần dùng giấy tờ")
        verbose_name_plural = _("lần dùng giấy tờ")
        ordering = ("used_at", "id")
        indexes = (
            models.Index(fields=("submission_id",), condition=~Q(submission_id=None), name="use_by_submission"),
            models.Index(fields=("dossier_id",), condition=~Q(dossier_id=None), name="use_by_dossier"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(submission_id__isnull=True) ^ Q(dossier_id__isnull=True),
                name="use_says_of_what",
                violation_error_message=_("Lần dùng giấy tờ phải ghi của lần nộp hay hồ sơ nào."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class CopyKind(models.TextChoices):
    """How the electronic copy came to be, as whoever attached it says."""

    SCANNED = "scanned", _("Bản quét từ giấy")
    ELECTRONIC = "electronic", _("Bản điện tử từ đầu")


class IssuedPaper(models.Model):
    """The electronic copy of what the office gives out: these bytes, as they were signed or scanned.

    Guarded by the record. `about_id` is the result it shows: of a dossier, or an older one (`older_id`) from before
    this software. Another copy replaces it, the row stays. `kind` is empty for copies from before it was asked;
    `issued_on` stands where `kind` does for a dossier's, and without `valid_until` it is valid for good.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier_id = models.UUIDField(_("hồ sơ"), null=True, blank=True)
    older_id = models.UUIDField(_("kết quả cũ"), null=True, blank=True)
    about_id = models.UUIDField(_("kết quả"))
    kind = models.CharField(
        _("loại bản điện tử"), max_length=10, choices=CopyKind.choices, blank=True, default="", db_default=""
    )
    number = models.CharField(_("số, ký hiệu"), max_length=60, blank=True, default="", db_default="")
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    valid_until = models.DateField(_("có hiệu lực đến"), null=True, blank=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("nội dung"))
    name = models.CharField(_("tên giấy tờ"), max_length=120)
    kept_at = models.DateTimeField(_("đính kèm lúc"))
    kept_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người đính kèm"))
    replaced_at = models.DateTimeField(_("thay bằng bản khác lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("bản điện tử của kết quả")
        verbose_name_plural = _("bản điện tử của kết quả")
        indexes = (
            models.Index(fields=("dossier_id",), name="issued_by_dossier"),
            models.Index(fields=("older_id",), condition=~Q(older_id=None), name="issued_by_older"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("about_id",), condition=Q(replaced_at__isnull=True), name="one_copy_stands",
                violation_error_message=_("Kết quả này đã có bản điện tử."),
            ),
            models.CheckConstraint(
                condition=Q(dossier_id__isnull=True) ^ Q(older_id__isnull=True),
                name="copy_says_of_what",
                violation_error_message=_("Bản điện tử phải ghi của hồ sơ hay của kết quả cũ nào."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("issued_on")),
                name="copy_valid_after_issue",
                violation_error_message=_("Ngày hết hiệu lực phải từ ngày ban hành trở đi."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Upload(OwnedByOne):
    """Bytes on their way in, piece by piece; given up after a day. `pieces` are their names in the storage, in order.

    `extends` is the paper it adds pages to. When it is whole it becomes `paper`; sending it again changes nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("tên giấy tờ"), max_length=120)
    part_name = models.CharField(_("tên tệp gửi lên"), max_length=120)
    length = models.PositiveBigIntegerField(_("số byte"))
    arrived = models.PositiveBigIntegerField(_("đã nhận"), default=0)
    pieces = models.JSONField(_("các đoạn đã nhận"), default=list)
    extends = models.ForeignKey(
        Paper, models.CASCADE, related_name="+", null=True, blank=True, verbose_name=_("thêm trang vào")
    )
    paper = models.ForeignKey(
        Paper, models.CASCADE, related_name="+", null=True, blank=True, verbose_name=_("thành giấy tờ")
    )
    begun_at = models.DateTimeField(_("bắt đầu"))
    moved_at = models.DateTimeField(_("nhận đoạn cuối lúc"))

    class Meta:
        verbose_name = _("lần gửi tệp")
        verbose_name_plural = _("lần gửi tệp")
        indexes = (models.Index(fields=("moved_at",), name="upload_by_last_piece"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(arrived__lte=models.F("length")),
                name="upload_no_longer_than_said",
                violation_error_message=_("Tệp dài hơn đã báo."),
            ),
            models.CheckConstraint(
                condition=Q(citizen_id__isnull=True) ^ Q(key_hash=""),
                name="upload_has_one_owner",
                violation_error_message=_("Tệp gửi lên phải thuộc về đúng một người."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.part_name} {self.arrived}/{self.length}"
