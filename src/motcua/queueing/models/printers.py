"""The printer of a hall: where slips go, and whether it last took one."""

import ipaddress
import re
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.core.ids import uuid7
from motcua.queueing.models.halls import Hall

DEVICE: Final = re.compile(r"/dev/(usb/)?lp\d{1,2}|[a-z0-9][a-z0-9-]{0,40}\.bin")
"""A printer of the machine itself, or a name below the folder of slips."""


class PrinterWay(models.TextChoices):
    NETWORK = "network", _("Qua mạng nội bộ")
    USB = "usb", _("Cắm USB")
    DEVICE = "device", _("Cổng hoặc tệp của máy chủ")


class PrinterTrouble(models.TextChoices):
    NO_PAPER = "no_paper", _("hết giấy")
    GONE = "gone", _("mất kết nối")


def local_address(value: str) -> None:
    """A printer stands in the office's own network. Raises `ValidationError`."""
    try:
        address = ipaddress.IPv4Address(value)
        inside = address.is_private and not address.is_link_local
    except ValueError:
        inside = False
    if not inside:
        raise ValidationError(_("Địa chỉ máy in là địa chỉ IP trong mạng của cơ quan, ví dụ 192.168.1.50."))


class Printer(models.Model):
    """Where a hall's slips are printed; a hall without one shows numbers on the screen only.

    `trouble`, `trouble_since`: why it took no slip, since when; empty while it works.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hall = models.OneToOneField(Hall, models.PROTECT, related_name="printer", verbose_name=_("sảnh chờ"))
    way = models.CharField(_("cách nối"), max_length=8, choices=PrinterWay.choices)
    host = models.CharField(_("địa chỉ trong mạng"), max_length=40, blank=True, default="", validators=[local_address])
    port = models.PositiveIntegerField(_("cổng"), default=9100)
    vendor = models.PositiveIntegerField(_("mã hãng USB"), null=True, blank=True)
    product = models.PositiveIntegerField(_("mã máy USB"), null=True, blank=True)
    device = models.CharField(_("cổng hoặc tệp"), max_length=60, blank=True, default="")
    trouble = models.CharField(_("trục trặc"), max_length=8, choices=PrinterTrouble.choices, blank=True, default="")
    trouble_since = models.DateTimeField(_("trục trặc từ lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("máy in phiếu")
        verbose_name_plural = _("máy in phiếu")
        constraints = (
            models.CheckConstraint(
                condition=Q(way="network") & ~Q(host="") | Q(way="usb", vendor__isnull=False, product__isnull=False)
                | Q(way="device") & ~Q(device=""),
                name="printer_says_where",
                violation_error_message=_("Ghi nơi có máy in: địa chỉ trong mạng, mã USB, hoặc cổng của máy chủ."),
            ),
            models.CheckConstraint(
                condition=Q(trouble="", trouble_since=None) | ~Q(trouble="") & Q(trouble_since__isnull=False),
                name="printer_trouble_says_since_when",
                violation_error_message=_("Máy in trục trặc phải ghi từ lúc nào."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.host or self.device or f'{self.vendor}:{self.product}'}"

    def clean(self) -> None:
        """The port is one, the device none but a printer's. Raises `ValidationError`."""
        if not 0 < self.port < 65536:
            raise ValidationError({"port": _("Cổng là số từ 1 đến 65535, thường là 9100.")})
        if self.device and not DEVICE.fullmatch(self.device):
            raise ValidationError({"device": _("Ghi cổng máy in như /dev/usb/lp0, hoặc một tên tệp như phieu.bin.")})
