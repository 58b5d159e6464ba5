"""By which ways a message goes, and how it fares: one list for all of them."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    SMS = "sms", _("Tin nhắn SMS")
    ZALO = "zalo", _("Zalo")
    EMAIL = "email", _("Thư điện tử")
    INBOX = "inbox", _("Trong tài khoản")
    SLIP = "slip", _("Phiếu báo gửi bưu điện")


class MessageState(models.TextChoices):
    """`failed`: no way worked, and the desk has a slip to print and mail. `given_up`: nothing more is done."""

    QUEUED = "queued", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    DELIVERED = "delivered", _("Đã đến")
    FAILED = "failed", _("Chờ in phiếu")
    GIVEN_UP = "given_up", _("Thôi không gửi")


class Outcome(models.TextChoices):
    """What came of one try. `unknown`: our program ended in the midst of it; it is tried again."""

    BEGUN = "begun", _("đang gửi")
    ACCEPTED = "accepted", _("nơi chuyển đã nhận")
    DELIVERED = "delivered", _("đã đến người nhận")
    LATER = "later", _("chưa gửi được, sẽ thử lại")
    UNREACHABLE = "unreachable", _("không gửi được theo kênh này")
    UNKNOWN = "unknown", _("không rõ, thử lại")


CARRIED: Final = (Way.SMS.value, Way.ZALO.value, Way.EMAIL.value)
"""The ways on which somebody else carries a message, in no order."""
