"""Messages, the tries to send them, and how far the event log was heard."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.correspondence.states import MessageState, Outcome, Way
from motcua.people.models import Agency


class Message(models.Model):
    """One thing said to one person, once: `key` is the event and the text, so that hearing twice says it once.

    What he is told was written down when it was said; a code is not among it (`sealed` holds it, encrypted, until it
    is sent or over). `ways` are tried in order, `way` is the one at hand; `next_at` is when to try, or to ask whether
    it arrived; empty when nothing is left to do.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(_("khóa"), max_length=120, unique=True)
    event_id = models.UUIDField(_("sự kiện"), null=True, blank=True)
    template = models.CharField(_("mẫu tin"), max_length=40)
    template_from = models.DateField(_("bản mẫu từ ngày"))
    language = models.CharField(_("ngôn ngữ"), max_length=2, default="vi")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("cơ quan")
    )
    about_kind = models.CharField(_("về loại gì"), max_length=40, blank=True, default="")
    about_id = models.UUIDField(_("về việc nào"), null=True, blank=True)
    about_code = models.CharField(_("mã hồ sơ"), max_length=60, blank=True, default="")
    party_id = models.UUIDField(_("gửi cho ai"), null=True, blank=True)
    account_id = models.UUIDField(_("tài khoản người nhận"), null=True, blank=True)
    to_name = models.CharField(_("họ tên người nhận"), max_length=200, blank=True, default="")
    to_phone = models.CharField(_("điện thoại"), max_length=20, blank=True, default="")
    to_email = models.CharField(_("thư điện tử"), max_length=254, blank=True, default="")
    to_address = models.CharField(_("địa chỉ"), max_length=300, blank=True, default="")
    subject = models.CharField(_("tiêu đề"), max_length=300)
    text = models.TextField(_("nội dung"))
    short = models.CharField(_("tin ngắn"), max_length=640)
    sealed = models.TextField(_("phần mã hóa"), blank=True, default="")
    ways = ArrayField(models.CharField(max_length=8), verbose_name=_("các kênh"), default=list)
    way = models.CharField(_("kênh"), max_length=8, choices=Way.choices, blank=True, default="")
    state = models.CharField(_("tình trạng"), max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    slip = models.BooleanField(_("in phiếu khi không gửi được"), default=False)
    urgent = models.BooleanField(_("gửi cả ban đêm"), default=False)
    tries = models.PositiveSmallIntegerField(_("số lần thử theo kênh này"), default=0)
    carrier_ref = models.CharField(_("mã của nơi chuyển"), max_length=120, blank=True, default="")
    created_at = models.DateTimeField(_("lập lúc"))
    next_at = models.DateTimeField(_("làm tiếp lúc"), null=True, blank=True)
    until = models.DateTimeField(_("chỉ gửi trước"), null=True, blank=True)
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("đến lúc"), null=True, blank=True)
    seen_at = models.DateTimeField(_("người nhận xem lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("tin nhắn")
        verbose_name_plural = _("tin nhắn")
        indexes = (
            models.Index(fields=("way", "next_at"), condition=Q(next_at__isnull=False), name="message_to_do"),
            models.Index(fields=("agency", "-created_at"), name="message_by_agency"),
            models.Index(fields=("agency", "created_at"), condition=Q(state="failed"), name="message_to_print"),
            models.Index(fields=("about_id", "created_at"), name="message_about"),
            models.Index(fields=("event_id",), condition=Q(event_id__isnull=False), name="message_by_event"),
            models.Index(
                fields=("party_id", "-created_at"), condition=Q(party_id__isnull=False), name="message_by_party"
            ),
            models.Index(
                fields=("account_id", "-created_at"), condition=Q(account_id__isnull=False), name="message_by_account"
            ),
            models.Index(fields=("created_at",), name="message_by_age"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=(MessageState.SENT, MessageState.DELIVERED), sent_at__isnull=False)
                | Q(state__in=(MessageState.QUEUED, MessageState.FAILED, MessageState.GIVEN_UP)),
                name="message_sent_says_when",
                violation_error_message=_("Tin đã gửi phải ghi lúc gửi."),
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.QUEUED) | Q(next_at__isnull=False),
                name="message_queued_says_when_next",
                violation_error_message=_("Tin chờ gửi phải ghi lúc gửi tiếp."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.template} {self.about_code}"


class Attempt(models.Model):
    """One try to send a message on one way, and what came of it; `note` is a short code, never what a carrier wrote."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(
        Message, models.CASCADE, related_name="attempts", db_index=False, verbose_name=_("tin nhắn")
    )
    way = models.CharField(_("kênh"), max_length=8, choices=Way.choices)
    at = models.DateTimeField(_("lúc"))
    outcome = models.CharField(_("kết quả"), max_length=12, choices=Outcome.choices, default=Outcome.BEGUN)
    note = models.CharField(_("ghi chú"), max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("lần gửi tin")
        verbose_name_plural = _("lần gửi tin")
        indexes = (models.Index(fields=("message", "at"), name="attempt_by_message"),)

    def __str__(self) -> str:
        return f"{self.way} {self.at:%H:%M %d/%m/%Y}: {self.outcome}"


class Heard(models.Model):
    """How far the event log was heard: nothing below `floor` can still come. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    floor = models.BigIntegerField(_("đã nghe đến"), default=0)

    class Meta:
        verbose_name = _("mốc đã nghe")
        verbose_name_plural = _("mốc đã nghe")
        constraints = (
            models.CheckConstraint(
                condition=Q(id=1), name="heard_is_one_row", violation_error_message=_("Chỉ có một mốc đã nghe.")
            ),
        )

    def __str__(self) -> str:
        return str(self.floor)
