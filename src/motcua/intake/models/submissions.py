"""What came to the office and is not yet a dossier."""

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Channel, ProcedureVersion
from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier, FiledBy, ReturnMethod, Source
from motcua.dossiers.states import State
from motcua.people.models import Agency, Gender, Official, PartyKind

# The states of the chart that lie before a dossier, and the one by which it becomes one.
BEFORE_INTAKE = (State.SUBMITTED, State.RECEIVED, State.NOT_ACCEPTED, State.WITHDRAWN)


class Submission(models.Model):
    """A filing that waits for the desk's answer, or what the answer was; as its applicant declared it.

    The office never corrects it. What the applicant answered anew when asked for it stands in `answers`, with what
    stood there before (`before`).

    It has a number of its own (`H17.21-NS-261123-0001`): the dossier's code is issued on acceptance (Decree
    61/2018/NĐ-CP art. 17.3). `id` becomes the dossier's `submission_id`. `answer_due_at` is when the desk must
    have accepted, asked or refused; `asked_at` that it asked, once; `papers_came_at` that papers came after that.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(_("số tiếp nhận yêu cầu"), max_length=60, unique=True)
    tracking_token = models.CharField(_("khóa tra cứu"), max_length=20)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="submissions", verbose_name=_("cơ quan"))
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="submissions", verbose_name=_("thủ tục"))
    channel = models.CharField(_("cách nộp"), max_length=10, choices=Channel.choices)
    filed_by = models.CharField(_("ai nộp"), max_length=8, choices=FiledBy.choices, db_default=FiledBy.SELF)
    source = models.CharField(_("đến từ"), max_length=10, choices=Source.choices, db_default=Source.OFFICE)
    state = models.PositiveSmallIntegerField(_("trạng thái"), choices=State.choices, default=State.SUBMITTED)

    applicant_kind = models.CharField(_("đối tượng"), max_length=12, choices=PartyKind.choices)
    applicant_name = models.CharField(_("họ tên chủ hồ sơ"), max_length=200)
    applicant_personal_id = models.CharField(_("số định danh"), max_length=14, blank=True, default="")
    applicant_birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    applicant_gender = models.CharField(_("giới tính"), max_length=6, choices=Gender.choices, blank=True, default="")
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
    papers = models.JSONField(_("giấy tờ đã nộp"), default=list, blank=True)
    lacking = models.JSONField(
        _("giấy tờ chưa nộp và vì sao"), default=dict, blank=True, db_default=Value({}, models.JSONField())
    )
    whens = models.JSONField(_("trường hợp"), default=list, blank=True)
    answers = models.JSONField(_("câu trả lời trên tờ khai"), default=dict, blank=True)

    submitted_at = models.DateTimeField(_("nộp lúc"))
    registered_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ghi nhận")
    )
    answer_due_at = models.DateTimeField(_("phải trả lời trước"))
    asked_at = models.DateTimeField(_("hướng dẫn bổ sung lúc"), null=True, blank=True)
    asked_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người hướng dẫn")
    )
    asked_number = models.PositiveIntegerField(_("số phiếu yêu cầu bổ sung"), null=True, blank=True)
    demands = models.JSONField(_("giấy tờ cần bổ sung"), default=list, blank=True)
    asked_reason = models.CharField(_("lý do yêu cầu bổ sung"), max_length=1000, blank=True, default="")
    papers_came_at = models.DateTimeField(_("nhận giấy tờ bổ sung lúc"), null=True, blank=True)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người quyết định")
    )
    refusal_number = models.PositiveIntegerField(_("số phiếu từ chối"), null=True, blank=True)
    reason = models.CharField(_("lý do"), max_length=1000, blank=True, default="")
    legal_basis = models.CharField(_("căn cứ"), max_length=400, blank=True, default="")
    dossier = models.OneToOneField(
        Dossier, models.PROTECT, null=True, blank=True, related_name="filed_as", verbose_name=_("hồ sơ")
    )

    class Meta:
        verbose_name = _("hồ sơ chờ tiếp nhận")
        verbose_name_plural = _("hồ sơ chờ tiếp nhận")
        indexes = (
            models.Index(fields=("agency", "answer_due_at"), condition=Q(state=1), name="submission_to_answer"),
            models.Index(fields=("agency", "-decided_at"), condition=Q(state=3), name="submission_refused"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=BEFORE_INTAKE),
                name="submission_state_before_intake",
                violation_error_message=_(
                    "Hồ sơ chờ tiếp nhận chỉ có thể là mới đăng ký, được nhận, bị từ chối, đã rút."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=State.SUBMITTED, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=State.SUBMITTED) & Q(decided_at__isnull=False)),
                name="submission_decided_says_when",
                violation_error_message=_("Hồ sơ đã có quyết định thì phải ghi lúc quyết định."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.SUBMITTED, State.WITHDRAWN)) | Q(decided_by__isnull=False),
                name="submission_decided_says_by_whom",
                violation_error_message=_("Hồ sơ được nhận hoặc bị từ chối phải ghi người quyết định."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.NOT_ACCEPTED, refusal_number__isnull=False) & ~Q(reason="") & ~Q(legal_basis="")
                | (~Q(state=State.NOT_ACCEPTED) & Q(refusal_number__isnull=True, legal_basis="")),
                name="submission_refused_says_why",
                violation_error_message=_("Hồ sơ bị từ chối phải có số phiếu, lý do và căn cứ."),
            ),
            models.CheckConstraint(
                condition=Q(state=State.RECEIVED, dossier__isnull=False)
                | (~Q(state=State.RECEIVED) & Q(dossier__isnull=True)),
                name="submission_received_has_dossier",
                violation_error_message=_("Hồ sơ được nhận phải có mã hồ sơ, hồ sơ chưa nhận thì không."),
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True, asked_by__isnull=True, asked_number__isnull=True, demands=[])
                | (Q(asked_at__isnull=False, asked_by__isnull=False, asked_number__isnull=False) & ~Q(demands=[])),
                name="submission_asked_says_what",
                violation_error_message=_("Đã hướng dẫn bổ sung thì phải ghi lúc nào, ai, số phiếu và giấy tờ nào."),
            ),
            models.CheckConstraint(
                condition=Q(papers_came_at__isnull=True) | Q(asked_at__isnull=False, papers_came_at__gte=F("asked_at")),
                name="submission_papers_come_after_asking",
                violation_error_message=_("Giấy tờ bổ sung không thể đến trước khi yêu cầu."),
            ),
            models.CheckConstraint(
                condition=Q(answer_due_at__gte=F("submitted_at"))
                & (Q(decided_at__isnull=True) | Q(decided_at__gte=F("submitted_at"))),
                name="submission_answered_after_filing",
                violation_error_message=_("Hạn trả lời và lúc quyết định không thể trước lúc nộp."),
            ),
        )

    def __str__(self) -> str:
        return self.number

    def demanded(self) -> list[tuple[str, str]]:
        """The papers and answers asked for, by name, and what is wanted of each (may be empty). One query."""
        names = {str(id_): name for id_, name in self.version.components.values_list("id", "name")}
        return [(names[row["component"]] if "component" in row else row["name"], row["fault"]) for row in self.demands]
