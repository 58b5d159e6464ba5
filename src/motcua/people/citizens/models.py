"""Citizens with an account, the codes that prove a phone or an e-mail, and mandates to act for others."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.people.models.accounts import Account
from motcua.people.models.officials import Official
from motcua.people.models.parties import Gender, Party

PERSONAL_ID = r"^[0-9]{12}$"
ORGANISATION_ID = r"^[0-9]{10}([0-9]{3})?$"


class Level(models.TextChoices):
    """How far the office knows that he is who he says."""

    CLAIMED = "claimed", _("Tự khai")
    CONTACT = "contact", _("Đã xác nhận điện thoại hoặc thư điện tử")
    IDENTIFIED = "identified", _("Đã định danh điện tử")


class Way(models.TextChoices):
    """How he wants to be told."""

    ZALO = "zalo", _("Zalo")
    SMS = "sms", _("Tin nhắn SMS")
    EMAIL = "email", _("Thư điện tử")
    INBOX = "inbox", _("Chỉ xem trên trang này")


class ContactKind(models.TextChoices):
    """What a code is sent to."""

    PHONE = "phone", _("Điện thoại")
    EMAIL = "email", _("Thư điện tử")


class CodePurpose(models.TextChoices):
    """What a code opens once it is typed."""

    REGISTER = "register", _("Lập tài khoản")
    ADD = "add", _("Thêm cách liên hệ")
    RESET = "reset", _("Đặt lại mật khẩu")


class Citizen(models.Model):
    """Whose account it is, in his own words; `party` is what the office knows of him, once he is identified.

    A phone or e-mail without a moment in `verified_…` is only typed: nobody logs in by it and nothing is sent there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.OneToOneField(Account, models.PROTECT, related_name="citizen", verbose_name=_("tài khoản"))
    party = models.OneToOneField(
        Party, models.PROTECT, null=True, blank=True, related_name="citizen", verbose_name=_("cá nhân, tổ chức")
    )
    level = models.CharField(_("mức xác thực"), max_length=12, choices=Level.choices)
    full_name = models.CharField(_("họ tên"), max_length=200)
    personal_id = models.CharField(_("số định danh"), max_length=12, blank=True, default="")
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    gender = models.CharField(_("giới tính"), max_length=6, choices=Gender.choices, blank=True, default="")
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True, default="")
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True, default="")
    verified_phone_at = models.DateTimeField(_("xác nhận điện thoại lúc"), null=True, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True, default="")
    verified_email_at = models.DateTimeField(_("xác nhận thư điện tử lúc"), null=True, blank=True)
    preferred_way = models.CharField(_("cách nhận tin"), max_length=6, choices=Way.choices, default=Way.SMS)
    provider = models.CharField(_("nơi định danh"), max_length=200, blank=True, default="")
    subject = models.CharField(_("mã ở nơi định danh"), max_length=255, blank=True, default="")
    identified_at = models.DateTimeField(_("định danh lúc"), null=True, blank=True)
    created_at = models.DateTimeField(_("lập lúc"))

    class Meta:
        verbose_name = _("công dân có tài khoản")
        verbose_name_plural = _("công dân có tài khoản")
        constraints = (
            models.UniqueConstraint(
                fields=("phone",), condition=Q(verified_phone_at__isnull=False), name="phone_of_one_citizen"
            ),
            models.UniqueConstraint(
                fields=("email",), condition=Q(verified_email_at__isnull=False), name="email_of_one_citizen"
            ),
            models.UniqueConstraint(
                fields=("provider", "subject"), condition=~Q(subject=""), name="subject_of_one_citizen"
            ),
            models.UniqueConstraint(
                fields=("personal_id",), condition=Q(level="identified"), name="personal_id_of_one_citizen"
            ),
            models.CheckConstraint(
                condition=Q(personal_id="") | Q(personal_id__regex=PERSONAL_ID), name="citizen_personal_id_shape",
                violation_error_message=_("Số định danh cá nhân có 12 chữ số."),
            ),
            models.CheckConstraint(
                condition=(Q(verified_phone_at__isnull=True) | ~Q(phone=""))
                & (Q(verified_email_at__isnull=True) | ~Q(email="")),
                name="citizen_proved_something",
            ),
            models.CheckConstraint(
                condition=~Q(level="identified")
                | (Q(identified_at__isnull=False) & ~Q(personal_id="") & ~Q(subject="")),
                name="identified_by_a_provider",
            ),
            models.CheckConstraint(
                condition=~Q(level="contact") | Q(verified_phone_at__isnull=False) | Q(verified_email_at__isnull=False),
                name="contact_was_proved",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.full_name


class ContactCode(models.Model):
    """A code on its way to a phone or an e-mail. `digest` is empty when the contact is no newcomer's: no code fits."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(_("để làm gì"), max_length=8, choices=CodePurpose.choices)
    kind = models.CharField(_("gửi tới"), max_length=5, choices=ContactKind.choices)
    contact = models.CharField(_("số hoặc địa chỉ"), max_length=254)
    citizen = models.ForeignKey(
        Citizen, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("công dân")
    )
    digest = models.CharField(_("mã băm"), max_length=64, blank=True, default="")
    sent_at = models.DateTimeField(_("gửi lúc"))
    expires_at = models.DateTimeField(_("hết hạn lúc"), db_index=True)
    tries = models.PositiveSmallIntegerField(_("số lần nhập"), default=0)
    proved_at = models.DateTimeField(_("nhập đúng lúc"), null=True, blank=True)
    used_at = models.DateTimeField(_("đã dùng lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("mã xác nhận")
        verbose_name_plural = _("mã xác nhận")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.sent_at:%d/%m/%Y}"


class MandateKind(models.TextChoices):
    """What he is to the one he acts for."""

    CHILD = "child", _("Con chưa thành niên")
    PARENT = "parent", _("Cha, mẹ")
    SPOUSE = "spouse", _("Vợ, chồng")
    WARD = "ward", _("Người được giám hộ")
    ORGANISATION = "organisation", _("Tổ chức, doanh nghiệp")
    OTHER = "other", _("Người khác ủy quyền")


class EndedBy(models.TextChoices):
    """Who ended a mandate in the place of him who holds it."""

    PRINCIPAL = "principal", _("Người được làm thay")
    AGENCY = "agency", _("Cơ quan")


class Mandate(models.Model):
    """For whom a citizen, or an official who helps, may act; from a day to a day, and until it is revoked.

    Its facts of the one acted for are declared: only when an official has seen the paper (`confirmed_by`) is he tied to
    what the office knows of him (`principal`). Else a stranger's address could be read by typing his number.
    `revoked_at` without `ended_by`: he who holds it acts no longer.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agent = models.ForeignKey(
        Citizen, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("công dân làm thay")
    )
    official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("cán bộ hỗ trợ")
    )
    principal = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("người được làm thay")
    )
    kind = models.CharField(_("quan hệ"), max_length=12, choices=MandateKind.choices)
    full_name = models.CharField(_("họ tên hoặc tên tổ chức"), max_length=200)
    personal_id = models.CharField(_("số định danh hoặc mã số"), max_length=14, blank=True, default="")
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    gender = models.CharField(_("giới tính"), max_length=6, choices=Gender.choices, blank=True, default="")
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True, default="")
    procedure_code = models.CharField(_("chỉ cho thủ tục"), max_length=20, blank=True, default="")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    evidence = models.CharField(_("căn cứ"), max_length=500)
    paper_id = models.UUIDField(_("giấy tờ kèm"), null=True, blank=True)
    made_at = models.DateTimeField(_("khai lúc"))
    confirmed_by = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cán bộ đối chiếu")
    )
    confirmed_at = models.DateTimeField(_("đối chiếu lúc"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("thôi từ lúc"), null=True, blank=True)
    ended_by = models.CharField(
        _("ai chấm dứt"), max_length=9, choices=EndedBy.choices, blank=True, default="", db_default=""
    )
    ended_official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cán bộ chấm dứt")
    )
    end_reason = models.CharField(_("lý do chấm dứt"), max_length=300, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("việc làm thay")
        verbose_name_plural = _("việc làm thay")
        constraints = (
            models.CheckConstraint(
                condition=Q(agent__isnull=True, official__isnull=False)
                | Q(agent__isnull=False, official__isnull=True),
                name="mandate_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="mandate_ends_after_it_begins",
                violation_error_message=_("Ngày hết hạn phải từ ngày bắt đầu trở đi."),
            ),
            models.CheckConstraint(
                condition=Q(personal_id="")
                | (~Q(kind="organisation") & Q(personal_id__regex=PERSONAL_ID))
                | Q(kind="organisation", personal_id__regex=ORGANISATION_ID),
                name="mandate_personal_id_shape",
                violation_error_message=_(
                    "Số định danh cá nhân có 12 chữ số; mã số doanh nghiệp có 10 hoặc 13 chữ số."
                ),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="mandate_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_by="", ended_official__isnull=True, end_reason="")
                | Q(revoked_at__isnull=False, ended_by="principal", ended_official__isnull=True, end_reason="")
                | Q(revoked_at__isnull=False, ended_by="agency", ended_official__isnull=False) & ~Q(end_reason=""),
                name="mandate_ended_by_somebody",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.full_name}"
