"""Questions put to others about a dossier, with their deadlines and answers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Official, Unit

OPEN = Q(closed_at__isnull=True)
LONGEST_DELAY = 60


class DeadlineUnit(models.TextChoices):
    WORKING_HOUR = "working_hour", _("giờ làm việc")
    WORKING_DAY = "working_day", _("ngày làm việc")


class SilenceRule(models.TextChoices):
    """What it means that the deadline passes without an answer."""

    AGREE = "agree", _("Coi như đồng ý")
    REMIND = "remind", _("Chờ tiếp, báo phụ trách Một cửa")
    GO_ON = "go_on", _("Không chờ nữa, giải quyết tiếp")


class Opinion(models.TextChoices):
    AGREE = "agree", _("Đồng ý")
    CONDITIONAL = "conditional", _("Đồng ý có điều kiện")
    DISAGREE = "disagree", _("Không đồng ý")
    NO_OPINION = "no_opinion", _("Không có ý kiến")


class ClosedHow(models.TextChoices):
    ANSWERED = "answered", _("Đã trả lời")
    SILENT = "silent", _("Hết hạn không trả lời")
    WITHDRAWN = "withdrawn", _("Đã thôi hỏi")


class SentHow(models.TextChoices):
    """How the question goes to somebody who does not work in this system."""

    LETTER = "letter", _("Công văn giấy")
    ELECTRONIC = "electronic", _("Văn bản điện tử")
    EMAIL = "email", _("Thư điện tử công vụ")


class Consultation(models.Model):
    """A question about a dossier to a unit of its agency, to another agency of the system, or to one outside of it.

    `due_at` is counted from the amount at asking and never typed. `silent_at`: when its silence was noticed; a rule
    that goes on waiting leaves it open, the others close it. `letter`: the answer's number, from outside only.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consultations", verbose_name=_("hồ sơ"))
    step = models.ForeignKey("Step", models.PROTECT, related_name="consultations", verbose_name=_("bước"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("đơn vị được hỏi")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("cơ quan được hỏi")
    )
    outside_name = models.CharField(_("cơ quan ngoài hệ thống"), max_length=200, blank=True, default="")
    sent_how = models.CharField(_("gửi bằng"), max_length=10, choices=SentHow.choices, blank=True, default="")
    question = models.CharField(_("nội dung hỏi"), max_length=1000)
    asked_at = models.DateTimeField(_("hỏi lúc"))
    asked_by = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name=_("người hỏi"))
    deadline_number = models.PositiveSmallIntegerField(_("trả lời trong"))
    deadline_unit = models.CharField(_("đơn vị thời gian"), max_length=12, choices=DeadlineUnit.choices)
    due_at = models.DateTimeField(_("hạn trả lời"))
    silence = models.CharField(_("nếu không trả lời"), max_length=6, choices=SilenceRule.choices)
    legal_basis = models.CharField(_("căn cứ coi như đồng ý"), max_length=400, blank=True, default="")
    silent_at = models.DateTimeField(_("ghi nhận im lặng lúc"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Official, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("người trả lời")
    )
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    opinion = models.CharField(_("ý kiến"), max_length=12, choices=Opinion.choices, blank=True, default="")
    words = models.CharField(_("nội dung trả lời"), max_length=2000, blank=True, default="")
    letter = models.CharField(_("văn bản trả lời số"), max_length=120, blank=True, default="")
    closed_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    closed_how = models.CharField(_("xong vì"), max_length=10, choices=ClosedHow.choices, blank=True, default="")

    class Meta:
        verbose_name = _("lần lấy ý kiến")
        verbose_name_plural = _("lần lấy ý kiến")
        ordering = ("asked_at", "id")
        indexes = (
            models.Index(fields=("dossier", "asked_at"), name="consultation_by_dossier"),
            models.Index(fields=("due_at",), condition=OPEN, name="open_consultation_by_due"),
            models.Index(fields=("unit", "due_at"), condition=OPEN, name="open_consultation_by_unit"),
            models.Index(fields=("agency", "due_at"), condition=OPEN, name="open_consultation_by_agency"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=False, agency__isnull=True, outside_name="", sent_how="")
                | Q(unit__isnull=True, agency__isnull=False, outside_name="", sent_how="")
                | (Q(unit__isnull=True, agency__isnull=True) & ~Q(outside_name="") & ~Q(sent_how="")),
                name="consultation_asks_exactly_one",
                violation_error_message=_(
                    "Mỗi lần lấy ý kiến hỏi đúng một nơi; nơi ngoài hệ thống phải ghi tên và cách gửi."
                ),
            ),
            models.UniqueConstraint(
                fields=("step", "unit"), condition=OPEN, name="unit_asked_once_at_a_time",
                violation_error_message=_("Đơn vị này đang được hỏi ý kiến ở bước này."),
            ),
            models.UniqueConstraint(
                fields=("step", "agency"), condition=OPEN, name="agency_asked_once_at_a_time",
                violation_error_message=_("Cơ quan này đang được hỏi ý kiến ở bước này."),
            ),
            models.UniqueConstraint(
                fields=("step", "outside_name"), condition=OPEN & ~Q(outside_name=""),
                name="outsider_asked_once_at_a_time",
                violation_error_message=_("Cơ quan này đang được hỏi ý kiến ở bước này."),
            ),
            models.CheckConstraint(
                condition=~Q(question=""), name="consultation_says_what_is_asked",
                violation_error_message=_("Lấy ý kiến phải ghi nội dung hỏi."),
            ),
            models.CheckConstraint(
                condition=Q(deadline_number__gte=1, deadline_number__lte=LONGEST_DELAY, due_at__gt=F("asked_at")),
                name="consultation_has_a_deadline",
                violation_error_message=_("Hạn trả lời phải từ 1 đến 60 và sau lúc hỏi."),
            ),
            models.CheckConstraint(
                condition=(Q(silence=SilenceRule.AGREE) & ~Q(legal_basis=""))
                | (~Q(silence=SilenceRule.AGREE) & Q(legal_basis="")),
                name="tacit_agreement_has_its_law",
                violation_error_message=_("Coi im lặng là đồng ý thì phải ghi căn cứ pháp lý."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_how="")
                | (Q(closed_at__gte=F("asked_at")) & ~Q(closed_how="")),
                name="closed_consultation_says_how",
                violation_error_message=_("Lần lấy ý kiến đã xong phải ghi xong lúc nào, vì sao."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(closed_how=ClosedHow.ANSWERED, answered_at=F("closed_at"), answered_by__isnull=False)
                    & ~Q(opinion="")
                )
                | (
                    ~Q(closed_how=ClosedHow.ANSWERED)
                    & Q(answered_at__isnull=True, answered_by__isnull=True, opinion="", words="", letter="")
                ),
                name="answered_consultation_is_whole",
                violation_error_message=_("Ý kiến trả lời phải ghi ai trả lời, lúc nào, đồng ý hay không."),
            ),
            models.CheckConstraint(
                condition=~Q(opinion__in=(Opinion.CONDITIONAL, Opinion.DISAGREE)) | ~Q(words=""),
                name="opinion_says_why",
                violation_error_message=_("Không đồng ý hoặc đồng ý có điều kiện thì phải ghi rõ nội dung."),
            ),
            models.CheckConstraint(
                condition=~Q(closed_how=ClosedHow.ANSWERED)
                | (Q(outside_name="", letter="") | (~Q(outside_name="") & ~Q(letter=""))),
                name="outside_answer_names_its_letter",
                violation_error_message=_("Trả lời của cơ quan ngoài hệ thống phải ghi số văn bản."),
            ),
            models.CheckConstraint(
                condition=Q(silent_at__isnull=True) | Q(silent_at__gte=F("due_at")),
                name="silence_only_after_the_deadline",
                violation_error_message=_("Chỉ ghi nhận im lặng sau hạn trả lời."),
            ),
            models.CheckConstraint(
                condition=~Q(closed_how=ClosedHow.SILENT)
                | (~Q(silence=SilenceRule.REMIND) & Q(silent_at=F("closed_at"))),
                name="silence_closes_by_its_rule",
                violation_error_message=_("Hết hạn mà còn chờ tiếp thì chưa xong được."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dossier}: {self.asked}"

    @property
    def asked(self) -> str:
        """Whose opinion was asked for: the unit's, the agency's or the outsider's name."""
        if self.unit is not None:
            return self.unit.name
        return self.agency.short_name if self.agency is not None else self.outside_name

    @property
    def is_open(self) -> bool:
        """Nobody answered it, and nothing closed it."""
        return self.closed_at is None
