"""For the administrator: who serves, in which roles, since when and until when."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.people.access import ActingOfficial, official_of
from motcua.people.actions import (
    appoint,
    ask_renewal,
    confirm_renewal,
    drop_renewal,
    end_employment,
    end_role,
    grant_role,
    one_time_password,
    renew_password,
)
from motcua.people.actions.passwords import needs_another, second_people
from motcua.people.forms.offices import AppointForm, GrantRoleForm, LastDayForm
from motcua.people.models import Agency, Official, Role, RoleGrant, Unit
from motcua.people.second_person import BINDING
from motcua.people.views.parts import OneForm, one_form, posted, written


@officials(Role.ADMINISTRATOR)
def people(request: HttpRequest) -> HttpResponse:
    """Officials with their duties, units, and the dated tree of agencies."""
    by = official_of(request)
    staff = (
        Official.objects.filter(unit__agency_id=by.agency_id)
        .select_related("account", "unit")
        .prefetch_related("grants__unit")
        .order_by("unit__name", "full_name")
    )
    return render(
        request,
        "people/people.html",
        {
            "officials": staff,
            "units": Unit.objects.filter(agency_id=by.agency_id).order_by("valid_to", "name"),
            "agencies": Agency.objects.select_related("parent")
            .prefetch_related("codes", "successions__successor")
            .order_by("valid_from", "name"),
            "today": timezone.localdate(),
        },
    )


@officials(Role.ADMINISTRATOR)
@never_cache
def new_official(request: HttpRequest) -> HttpResponse:
    """Appoint somebody; his one-time password is shown in the answer and nowhere else."""
    by = official_of(request)
    form = AppointForm(posted(request), agency_id=by.agency_id, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        password, made = one_time_password(), list[Official]()
        if written(form, lambda: made.append(_appointed(form, password, by))):
            return _shown_once(request, made[0], password)
    words = OneForm(
        _("Thêm cán bộ"), _("Thêm cán bộ"), _people_page(),
        lead=_("Tài khoản được lập cùng lúc. Mật khẩu dùng một lần hiện ra sau khi ghi, chỉ một lần."),
    )  # fmt: skip
    return one_form(request, form, words)


def _appointed(form: AppointForm, password: str, by: ActingOfficial) -> Official:
    values, at = form.cleaned_data, timezone.now()
    unit = Unit.objects.get(pk=values["unit"], agency_id=by.agency_id)
    official = appoint(
        username=values["username"], password=password, full_name=values["full_name"], title=values["title"],
        unit=unit, valid_from=values["valid_from"], by=by.actor, at=at, password_is_temporary=True,
    )  # fmt: skip
    if values["role"]:
        grant_role(
            official=official, role=values["role"], unit=unit, valid_from=values["valid_from"], by=by.actor, at=at
        )
    return official


@officials(Role.ADMINISTRATOR)
def official(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """One official: his account, his roles, his absences to come."""
    person = _official(request, official_id)
    today = timezone.localdate()
    return render(
        request,
        "people/official.html",
        {
            "official": person,
            "grants": person.grants.select_related("unit").order_by("valid_to", "valid_from", "role"),
            "absences": person.absences.filter(last_at__gt=timezone.now()).order_by("first_at"),
            "today": today,
            "serves": person.valid_to is None or person.valid_to >= today,
        },
    )


@officials(Role.ADMINISTRATOR)
def new_role(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """Give him one more role in a unit."""
    by, person = official_of(request), _official(request, official_id)
    form = GrantRoleForm(posted(request), official=person, agency_id=by.agency_id, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if written(form, lambda: grant_role(
            official=person, role=values["role"], unit=Unit.objects.get(pk=values["unit"], agency_id=by.agency_id),
            valid_from=values["valid_from"], valid_to=values["valid_to"], by=by.actor, at=timezone.now(),
        )):  # fmt: skip
            messages.success(
                request,
                _("Đã giao vai trò %(role)s cho %(name)s.")
                % {"role": Role(values["role"]).label, "name": person.full_name},
            )
            return redirect("official", person.pk)
    title = _("Giao vai trò cho %(name)s") % {"name": person.full_name}
    return one_form(request, form, OneForm(title, _("Giao vai trò"), _official_page(person)))


@officials(Role.ADMINISTRATOR)
def role_end(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Say until when he holds a role."""
    by = official_of(request)
    grant = RoleGrant.objects.select_related("official", "unit").filter(
        pk=grant_id, official__unit__agency_id=by.agency_id
    ).first()  # fmt: skip
    if grant is None:
        raise Http404
    person = grant.official
    form = LastDayForm(posted(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        last_day: date = form.cleaned_data["last_day"]
        if written(form, lambda: end_role(grant.pk, last_day=last_day, by=by, at=timezone.now()), place="last_day"):
            messages.success(
                request,
                _("%(name)s giữ vai trò %(role)s đến hết ngày %(day)s.")
                % {"name": person.full_name, "role": grant.get_role_display(), "day": f"{last_day:%d/%m/%Y}"},
            )
            return redirect("official", person.pk)
    words = OneForm(
        _("Kết thúc vai trò %(role)s của %(name)s") % {"role": grant.get_role_display(), "name": person.full_name},
        _("Kết thúc vai trò"), _official_page(person), lead=grant.unit.name, danger=True,
    )  # fmt: skip
    return one_form(request, form, words)


@officials(Role.ADMINISTRATOR)
def official_end(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """Say until when he serves."""
    by, person = official_of(request), _official(request, official_id)
    form = LastDayForm(posted(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        last_day: date = form.cleaned_data["last_day"]
        if written(form, lambda: end_employment(person.pk, last_day=last_day, by=by, at=timezone.now()),
                   place="last_day"):  # fmt: skip
            messages.success(
                request,
                _("%(name)s làm việc đến hết ngày %(day)s. Việc chưa có người khác làm hiện ở Lịch trực.")
                % {"name": person.full_name, "day": f"{last_day:%d/%m/%Y}"},
            )
            return redirect("official", person.pk)
    words = OneForm(
        _("Cho %(name)s thôi làm việc") % {"name": person.full_name}, _("Cho thôi làm việc"), _official_page(person),
        lead=_("Sau ngày này tài khoản không mở được trang nào. Việc đang ở tay người này trở lại đơn vị."),
        danger=True,
    )  # fmt: skip
    return one_form(request, form, words)


@officials(Role.ADMINISTRATOR)
@never_cache
def new_password(request: HttpRequest, official_id: UUID) -> HttpResponse:
    """A new one-time password for somebody who forgot his; asked first, shown once, or left to a second person."""
    by, person, at = official_of(request), _official(request, official_id), timezone.now()
    another = needs_another(person, at)
    if request.method != "POST":
        seconds = second_people(person, by.id, at) if another else []
        return render(request, "people/new_password.html", {"official": person, "another": another, "seconds": seconds})
    if not another:
        return _shown_once(request, person, renew_password(person.pk, by=by, at=at))
    try:
        ask_renewal(person.pk, by=by, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã gửi đề nghị. Mật khẩu cũ vẫn dùng được đến khi người thứ hai xác nhận."))
    return redirect("official", person.pk)


@require_POST
@officials(*BINDING)
@never_cache
def confirm_new_password(request: HttpRequest, renewal_id: UUID) -> HttpResponse:
    """The second person gives the password; it is shown to him, once."""
    try:
        person, password = confirm_renewal(renewal_id, by=official_of(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("confirmations")
    return _shown_once(request, person, password)


@require_POST
@officials(*BINDING)
def drop_new_password(request: HttpRequest, renewal_id: UUID) -> HttpResponse:
    """Nothing comes of the wish."""
    try:
        person = drop_renewal(renewal_id, by=official_of(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã bỏ đề nghị cấp lại mật khẩu cho %(name)s.") % {"name": person.full_name})
    return redirect("confirmations")


def _shown_once(request: HttpRequest, person: Official, password: str) -> HttpResponse:
    by = official_of(request)
    administers = by.holds(Role.ADMINISTRATOR) and by.agency_id == person.unit.agency_id
    shown = {"official": person, "password": password, "administers": administers}
    return render(request, "people/password_once.html", shown)


def _official(request: HttpRequest, official_id: UUID) -> Official:
    """An official of one's own agency, or 404 alike for a foreign and a missing one."""
    found = (
        Official.objects.select_related("account", "unit")
        .filter(pk=official_id, unit__agency_id=official_of(request).agency_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _people_page() -> tuple[str, str]:
    return reverse("people"), _("Cán bộ và đơn vị")


def _official_page(person: Official) -> tuple[str, str]:
    return reverse("official", args=(person.pk,)), person.full_name
