"""For the administrator: the rooms of the agency, where it is found, and its codes."""

from datetime import date
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial, official_of
from motcua.people.actions import change_contact, close_unit, end_code, give_code, open_unit
from motcua.people.actions.offices import OfficeRefused
from motcua.people.forms.offices import CloseUnitForm, ContactForm, GiveCodeForm, LastDayForm, OpenUnitForm
from motcua.people.models import Agency, AgencyCode, Role, Unit
from motcua.people.views.parts import OneForm, one_form, posted, written


@officials(Role.ADMINISTRATOR)
def new_unit(request: HttpRequest) -> HttpResponse:
    """Open a room."""
    by = official_of(request)
    form = OpenUnitForm(posted(request), agency_id=by.agency_id, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if written(form, lambda: open_unit(agency=_agency(by), by=by.actor, at=timezone.now(), **values)):
            messages.success(request, _("Đã thêm đơn vị %(unit)s.") % {"unit": values["name"]})
            return redirect("people")
    words = OneForm(_("Thêm đơn vị"), _("Thêm đơn vị"), (reverse("people"), _("Cán bộ và đơn vị")))
    return one_form(request, form, words)


@officials(Role.ADMINISTRATOR)
def unit_end(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Say until when a room works."""
    by = official_of(request)
    unit = Unit.objects.filter(pk=unit_id, agency_id=by.agency_id).first()
    if unit is None:
        raise Http404
    others = Unit.objects.filter(agency_id=by.agency_id, valid_to=None).exclude(pk=unit.pk).order_by("name")
    form = CloseUnitForm(posted(request), today=timezone.localdate(), others=others.values_list("pk", "name"))
    if request.method == "POST" and form.is_valid():
        last_day: date = form.cleaned_data["last_day"]
        chosen = form.cleaned_data["successor"]
        closing = partial(close_unit, unit.pk, last_day=last_day, successor_id=UUID(chosen) if chosen else None, by=by)
        if written(form, lambda: closing(at=timezone.now()), place=_closing_place):
            messages.success(
                request,
                _("Đơn vị %(unit)s làm việc đến hết ngày %(day)s.")
                % {"unit": unit.name, "day": f"{last_day:%d/%m/%Y}"},
            )
            return redirect("people")
    words = OneForm(
        _("Đóng đơn vị %(unit)s") % {"unit": unit.name}, _("Đóng đơn vị"), (reverse("people"), _("Cán bộ và đơn vị")),
        lead=_("Không chọn đơn vị nhận thì bước thuộc chức năng này không mở được cho tới khi có đơn vị khác làm."),
        danger=True,
    )  # fmt: skip
    return one_form(request, form, words)


def _closing_place(refusal: Refusal) -> str:
    return "last_day" if isinstance(refusal, OfficeRefused) else "successor"


@officials(Role.ADMINISTRATOR)
def agency(request: HttpRequest) -> HttpResponse:
    """Where citizens find the agency, and the codes it is known by."""
    by = official_of(request)
    mine = _agency(by)
    form = ContactForm(posted(request), agency=mine)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if written(form, lambda: change_contact(by=by, at=timezone.now(), **values)):
            messages.success(request, _("Đã ghi cách liên hệ của cơ quan."))
            return redirect("agency")
    codes = mine.codes.order_by("scheme", "-valid_from")
    return render(
        request, "people/agency.html", {"agency": mine, "form": form, "codes": codes},
        status=422 if form.errors else 200,
    )  # fmt: skip


@officials(Role.ADMINISTRATOR)
def new_code(request: HttpRequest) -> HttpResponse:
    """Write down a code given to the agency."""
    by = official_of(request)
    form = GiveCodeForm(posted(request), agency_id=by.agency_id, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if written(form, lambda: give_code(agency=_agency(by), by=by.actor, at=timezone.now(), **values)):
            messages.success(request, _("Đã ghi mã %(code)s.") % {"code": values["code"]})
            return redirect("agency")
    words = OneForm(
        _("Thêm mã cơ quan"), _("Ghi mã"), (reverse("agency"), _("Liên hệ và mã của cơ quan")),
        lead=_("Mã hồ sơ bắt đầu bằng mã mới của cơ quan (Quyết định 20/2020/QĐ-TTg)."),
    )  # fmt: skip
    return one_form(request, form, words)


@officials(Role.ADMINISTRATOR)
def code_end(request: HttpRequest, code_id: UUID) -> HttpResponse:
    """Say until when a code is used."""
    by = official_of(request)
    given = AgencyCode.objects.filter(pk=code_id, agency_id=by.agency_id).first()
    if given is None:
        raise Http404
    form = LastDayForm(posted(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        last_day: date = form.cleaned_data["last_day"]
        if written(form, lambda: end_code(given.pk, last_day=last_day, by=by, at=timezone.now()), place="last_day"):
            messages.success(
                request,
                _("Mã %(code)s dùng đến hết ngày %(day)s.") % {"code": given.code, "day": f"{last_day:%d/%m/%Y}"},
            )
            return redirect("agency")
    words = OneForm(
        _("Cho mã %(code)s hết hạn") % {"code": given.code}, _("Cho hết hạn"),
        (reverse("agency"), _("Liên hệ và mã của cơ quan")),
        lead=_("Không có mã đang dùng thì chưa tiếp nhận được hồ sơ. Mã cũ vẫn đọc được."), danger=True,
    )  # fmt: skip
    return one_form(request, form, words)


def _agency(by: ActingOfficial) -> Agency:
    return Agency.objects.get(pk=by.agency_id)
