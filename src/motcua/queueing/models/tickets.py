"""A number in the line, from the machine to the end of its turn."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Official
from motcua.queueing.models.halls import Counter, Hall, Need


class TicketState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    CALLED = "called", _("Đã gọi")
    SERVING = "serving", _("Đang phục vụ")
    HELD = "held", _("Tạm giữ")
    DONE = "done", _("Đã xong")
    ABSENT = "absent", _("Gọi không có mặt")
    LEFT = "left", _("Đã bỏ số")
    UNSERVED = "unserved", _("Hết giờ chưa được phục vụ")


class Turn(models.TextChoices):
    """Why a ticket is called when it is: the three that are not ordinary are favoured, up to the cap."""

    ORDINARY = "ordinary", _("Theo thứ tự")
    PRIORITY = "priority", _("Ưu tiên")
    BOOKED = "booked", _("Đã hẹn giờ")
    BACK = "back", _("Quay lại")


class TicketWay(models.TextChoices):
    KIOSK = "kiosk", _("Máy lấy số")
    PHONE = "phone", _("Điện thoại")
    DESK = "desk", _("Cán bộ lấy giúp")
    BOOKING = "booking", _("Theo giờ hẹn")


IN_HALL: Final = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.HELD)
"""The states of a ticket whose person is still to be served."""


class Ticket(models.Model):
    """One person's number of one day: `need.letter` and `number`.

    `place`: its number in the hall's one line of the day, whatever the need. `since`: from when it stands in the line:
    the moment it was given, the appointed time (later than now: not yet its turn), or when it came back.
    `ground`: why it has priority, a code of `data/queue.yaml`. `only_at`: the counter it was sent to. `ahead`,
    `told_from`, `told_to`: what the person was told when the number was given.
    `key_hash`: the slip's address carries the key; the table does not know it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False, verbose_name=_("cơ quan"))
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="+", db_index=False, verbose_name=_("sảnh chờ"))
    need = models.ForeignKey(Need, models.PROTECT, related_name="+", db_index=False, verbose_name=_("việc cần làm"))
    day = models.DateField(_("ngày"))
    number = models.PositiveIntegerField(_("số"))
    place = models.PositiveIntegerField(_("chỗ trong hàng"))
    turn = models.CharField(_("lượt"), max_length=8, choices=Turn.choices, default=Turn.ORDINARY)
    ground = models.CharField(_("lý do ưu tiên"), max_length=20, blank=True, default="")
    since = models.DateTimeField(_("trong hàng từ lúc"))
    way = models.CharField(_("cách lấy số"), max_length=8, choices=TicketWay.choices)
    state = models.CharField(_("tình trạng"), max_length=8, choices=TicketState.choices, default=TicketState.WAITING)
    key_hash = models.CharField(_("dấu khóa"), max_length=64, unique=True)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("hồ sơ")
    )
    counter = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("quầy")
    )
    only_at = models.ForeignKey(
        Counter, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("chỉ gọi đến quầy"),
    )  # fmt: skip
    official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("cán bộ")
    )
    calls = models.PositiveSmallIntegerField(_("số lần gọi"), default=0)
    ahead = models.PositiveSmallIntegerField(_("số người trước, lúc lấy số"), default=0)
    told_from = models.PositiveSmallIntegerField(_("báo chờ từ (phút)"), null=True, blank=True)
    told_to = models.PositiveSmallIntegerField(_("báo chờ đến (phút)"), null=True, blank=True)
    issued_at = models.DateTimeField(_("lấy số lúc"))
    first_called_at = models.DateTimeField(_("gọi lần đầu lúc"), null=True, blank=True)
    called_at = models.DateTimeField(_("gọi gần nhất lúc"), null=True, blank=True)
    began_at = models.DateTimeField(_("bắt đầu lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("số thứ tự")
        verbose_name_plural = _("số thứ tự")
        indexes = (
            models.Index(
                fields=("hall", "place"), condition=Q(state="waiting", turn="ordinary"), name="ticket_ordinary"
            ),
            models.Index(
                fields=("hall", "since", "place"),
                condition=Q(state="waiting") & ~Q(turn="ordinary"),
                name="ticket_favoured",
            ),
            models.Index(fields=("counter",), condition=Q(state__in=("called", "serving")), name="ticket_at_counter"),
        )
        constraints = (
            models.UniqueConstraint(fields=("need", "day", "number"), name="number_once_a_day"),
            models.UniqueConstraint(fields=("hall", "day", "place"), name="place_once_a_day"),
            models.CheckConstraint(
                condition=Q(turn="priority") & ~Q(ground="") | ~Q(turn="priority"), name="priority_has_a_ground",
                violation_error_message=_("Số ưu tiên phải có lý do."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("called", "serving"), counter__isnull=False, official__isnull=False)
                | ~Q(state__in=("called", "serving")),
                name="called_by_somebody",
                violation_error_message=_("Số đã gọi phải ghi quầy nào, ai gọi."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "absent", "left", "unserved"), ended_at__isnull=False)
                | Q(state__in=("waiting", "called", "serving", "held"), ended_at=None),
                name="ended_ticket_says_when",
                violation_error_message=_("Số đã kết thúc phải ghi lúc nào."),
            ),
            models.CheckConstraint(
                condition=Q(told_from=None, told_to=None) | Q(told_from__lte=F("told_to")),
                name="told_range_runs_forward",
                violation_error_message=_("Khoảng chờ phải đi từ ít đến nhiều."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.day:%d/%m/%Y}"
