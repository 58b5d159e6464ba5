"""For officials: the code at the hall's door, the address that makes a machine its kiosk, the printer of its slips."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from escpos.printer import Usb

from motcua.catalogue.posting.kiosk import office_address
from motcua.catalogue.posting.posters import printed
from motcua.core.access import officials
from motcua.documents.prints import Poster, render_posters
from motcua.people.access import official_of
from motcua.people.models import Role
from motcua.queueing.actions.printers import set_printer
from motcua.queueing.kiosk.halls import hall_named
from motcua.queueing.models import Hall, Printer, PrinterWay

NOWHERE = ""


class PrinterForm(forms.Form):
    """Where the slips of a hall are printed."""

    way = forms.ChoiceField(
        label=gettext_lazy("Máy in phiếu"), required=False,
        choices=[(NOWHERE, gettext_lazy("Không có, số hiện trên màn hình")), *PrinterWay.choices],
    )  # fmt: skip
    host = forms.CharField(label=gettext_lazy("Địa chỉ trong mạng"), required=False, max_length=40)
    port = forms.IntegerField(label=gettext_lazy("Cổng"), required=False, min_value=1, max_value=65535)
    vendor = forms.CharField(label=gettext_lazy("Mã hãng USB (ví dụ 04b8)"), required=False, max_length=4)
    product = forms.CharField(label=gettext_lazy("Mã máy USB (ví dụ 0202)"), required=False, max_length=4)
    device = forms.CharField(label=gettext_lazy("Cổng hoặc tệp (ví dụ /dev/usb/lp0)"), required=False, max_length=60)

    def clean_vendor(self) -> int | None:
        return self._hexadecimal("vendor")

    def clean_product(self) -> int | None:
        return self._hexadecimal("product")

    def clean_way(self) -> str:
        way: str = self.cleaned_data["way"]
        if way == PrinterWay.USB and not Usb.is_usable():
            raise ValidationError(
                _("Máy chủ chưa in qua USB được (thiếu pyusb). Ông/bà nối máy in vào mạng, hoặc ghi cổng /dev/usb/lp0.")
            )
        return way

    def wanted(self) -> Printer | None:
        """The printer as it is to be; None for none."""
        said = self.cleaned_data
        return Printer(**{**said, "port": said["port"] or 9100}) if said["way"] else None

    def _hexadecimal(self, name: str) -> int | None:
        said = self.cleaned_data[name]
        try:
            return int(said, 16) if said else None
        except ValueError as error:
            raise ValidationError(_("Mã USB gồm bốn chữ số hoặc chữ từ a đến f.")) from error


@officials()
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, hall_code: str) -> HttpResponse:
    """The hall's door; an administrator also says where slips are printed."""
    by, hall = official_of(request), _own_hall(request, hall_code)
    may_set = by.holds(Role.ADMINISTRATOR)
    form = PrinterForm(request.POST or None, initial=_now(hall))
    if request.method == "POST" and not may_set:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            set_printer(hall, form.wanted(), by=by, at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, [str(sentence) for sentence in refused.messages])
        else:
            messages.success(request, _("Đã ghi máy in phiếu của sảnh."))
            return redirect("hall-door", hall.code)
    context = {
        "hall": hall, "form": form if may_set else None, "printer": Printer.objects.filter(hall=hall).first(),
        "kiosk_address": office_address(reverse("take-number", args=(hall.code,))), "hall_address": _address(hall),
    }  # fmt: skip
    return render(request, "queueing/kiosk/door.html", context, status=422 if form.errors else 200)


@officials()
@require_safe
def poster(request: HttpRequest, hall_code: str) -> HttpResponse:
    """The poster for the door: a code that opens the hall's page on a telephone."""
    hall = _own_hall(request, hall_code)
    with translation.override("vi"):
        sheet = Poster(
            over=hall.name, title=_("Lấy số bằng điện thoại"),
            under=_("Quét mã, chọn việc, rồi theo dõi số của mình ở bất cứ đâu"),
            rows_title=_("Nhận tại đây"), rows=tuple((need.name, "") for need in hall.needs.filter(is_open=True)),
            url=_address(hall), call=_("Không có điện thoại? Mời lấy số tại máy ở cửa"),
        )  # fmt: skip
    pdf = render_posters(printed(hall.agency, [sheet], sheet="a4", at=timezone.localtime()))
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="lay-so-{hall.code}.pdf"'
    return response


def _own_hall(request: HttpRequest, code: str) -> Hall:
    hall = hall_named(code)
    if hall.agency_id != official_of(request).agency_id:
        raise Http404
    return hall


def _address(hall: Hall) -> str:
    return f"{settings.MOTCUA_BASE_URL}{reverse('hall', args=(hall.code,))}"


def _now(hall: Hall) -> dict[str, Any]:
    printer = Printer.objects.filter(hall=hall).first()
    if printer is None:
        return {"way": NOWHERE, "port": 9100}
    usb = {name: "" if (code := getattr(printer, name)) is None else f"{code:04x}" for name in ("vendor", "product")}
    return {"way": printer.way, "host": printer.host, "port": printer.port, "device": printer.device, **usb}
