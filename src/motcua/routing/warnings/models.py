"""What was said to whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Official


class ReminderKind(models.TextChoices):
    STEP = "step", _("Bước xử lý")
    DOSSIER = "dossier", _("Hồ sơ")
    CONSULTATION = "consultation", _("Lấy ý kiến")
    DUTY = "duty", _("Việc trực")


class Reminder(models.Model):
    """One warning to one official. What it is about is done, paused or has another date: `overtaken_at`.

    `rule` is the code of the rule it follows and `subject_id` the step, dossier, question or duty; with `due_at` they
    say what it is about, so that a date that moves is warned of anew. `text` is what was said, in Vietnamese.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    official = models.ForeignKey(Official, models.PROTECT, related_name="reminders", verbose_name=_("người được nhắc"))
    on_behalf_of = models.ForeignKey(
        Official, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("thay mặt")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    kind = models.CharField(_("nhắc về"), max_length=12, choices=ReminderKind.choices)
    rule = models.CharField(_("quy tắc"), max_length=40)
    subject_id = models.UUIDField(_("đối tượng"))
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="reminders", null=True, blank=True, verbose_name=_("hồ sơ")
    )
    due_at = models.DateTimeField(_("hạn"))
    text = models.CharField(_("nội dung"), max_length=600)
    sent_at = models.DateTimeField(_("nhắc lúc"))
    read_at = models.DateTimeField(_("đọc lúc"), null=True, blank=True)
    overtaken_at = models.DateTimeField(_("không còn cần từ"), null=True, blank=True)

    class Meta:
        verbose_name = _("nhắc việc")
        verbose_name_plural = _("nhắc việc")
        ordering = ("-sent_at", "-id")
        indexes = (
            models.Index(
                fields=("official",), condition=Q(read_at__isnull=True, overtaken_at__isnull=True),
                name="unread_reminder",
            ),
            models.Index(
                fields=("agency", "kind"), condition=Q(read_at__isnull=True, overtaken_at__isnull=True),
                name="standing_reminder",
            ),
            models.Index(fields=("official", "-sent_at"), name="reminder_by_official"),
            models.Index(fields=("dossier",), name="reminder_by_dossier"),
        )  # fmt: skip
        constraints = (
            models.UniqueConstraint(
                fields=("subject_id", "rule", "due_at", "official"),
                name="reminded_once",
                violation_error_message=_("Việc này đã được nhắc rồi."),
            ),
            models.CheckConstraint(
                condition=Q(kind="duty", dossier__isnull=True) | (~Q(kind="duty") & Q(dossier__isnull=False)),
                name="reminder_names_its_dossier",
                violation_error_message=_("Nhắc về hồ sơ phải ghi hồ sơ nào."),
            ),
        )

    def __str__(self) -> str:
        return self.text
