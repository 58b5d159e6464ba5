"""What is known of me: in my own words, proved by a code, or vouched for; and how I want to be told."""

import time
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import citizens
from motcua.people.citizens.access import citizen_of
from motcua.people.citizens.actions import change_password, say
from motcua.people.citizens.forms import AddContactForm, ChangePasswordForm, ProfileForm
from motcua.people.citizens.models import Citizen, CodePurpose
from motcua.people.citizens.views.log_in import password_refused
from motcua.people.citizens.views.parts import Words, logged_in_at, one_form
from motcua.people.citizens.views.registering import send_code
from motcua.people.views.parts import posted

# How long a log-in by an identity provider stands for the password that such an account does not have.
FRESH: Final = timedelta(minutes=10)


@citizens()
def me(request: HttpRequest) -> HttpResponse:
    """The citizen's own front page."""
    return redirect("my-filings")


@citizens()
def profile(request: HttpRequest) -> HttpResponse:
    """What is known of me, and saying it anew."""
    citizen = Citizen.objects.select_related("party", "account").get(pk=citizen_of(request).id)
    form = ProfileForm(posted(request), citizen=citizen)
    if request.method == "POST" and form.is_valid():
        say(citizen.pk, form.declared(), at=timezone.now())
        messages.success(request, _("Đã ghi."))
        return redirect("profile")
    status = 422 if form.errors else 200
    known = {"form": form, "known": citizen, "identity_name": settings.MOTCUA_IDENTITY}
    return render(request, "people/citizens/profile.html", known, status=status)


@citizens()
def add(request: HttpRequest) -> HttpResponse:
    """A second contact, or another in place of the old one: asks for the password (or a fresh log-in) again."""
    citizen = Citizen.objects.select_related("account").get(pk=citizen_of(request).id)
    form = AddContactForm(posted(request), has_password=citizen.account.has_usable_password())
    if request.method == "POST" and form.is_valid() and (refused := _refused(request, citizen, form)):
        form.add_error(*refused)
    words = Words(
        _("Thêm cách liên hệ"), _("Gửi mã cho tôi"),
        lead=_("Cơ quan gửi một mã 6 chữ số tới đó và báo cho liên hệ cũ. Số cũ cùng loại được thay khi ông/bà nhập "
               "đúng mã; trong 72 giờ đầu liên hệ mới chưa đặt lại được mật khẩu."),
        back=(reverse("profile"), _("Thông tin của tôi")),
    )  # fmt: skip
    return send_code(request, CodePurpose.ADD, words, citizen.pk, form)


def _refused(request: HttpRequest, citizen: Citizen, form: AddContactForm) -> tuple[str | None, str] | None:
    """Which field says what, when it is not proved that he himself sits here; None when it is."""
    if "password" not in form.fields:
        if logged_in_at(request) > time.time() - FRESH.total_seconds():
            return None
        again = _("Để đổi liên hệ, ông/bà đăng xuất rồi đăng nhập lại bằng định danh điện tử, rồi làm ngay.")
        return (None, again)
    refused = password_refused(citizen, form.cleaned_data["password"])
    return ("password", refused) if refused else None


@citizens()
def password(request: HttpRequest) -> HttpResponse:
    """Another password, for who knows the one he has; who logs in by his identity has none to change."""
    citizen = Citizen.objects.select_related("account").get(pk=citizen_of(request).id)
    if not citizen.account.has_usable_password():
        messages.error(request, _("Tài khoản của ông/bà đăng nhập bằng định danh điện tử, không có mật khẩu để đổi."))
        return redirect("profile")
    form = ChangePasswordForm(posted(request))
    if request.method == "POST" and form.is_valid() and _changed(request, citizen, form):
        messages.success(request, _("Đã đổi mật khẩu. Những nơi khác đang đăng nhập đã bị đăng xuất."))
        return redirect("profile")
    words = Words(
        _("Đổi mật khẩu"), _("Đổi mật khẩu"),
        lead=_("Cơ quan báo việc này tới các liên hệ của ông/bà. Những nơi khác đang đăng nhập bị đăng xuất."),
        back=(reverse("profile"), _("Thông tin của tôi")),
    )  # fmt: skip
    return one_form(request, form, words)


def _changed(request: HttpRequest, citizen: Citizen, form: ChangePasswordForm) -> bool:
    """Whether it was changed; what stands in the way is said at its field."""
    if refused := password_refused(citizen, form.cleaned_data["current"]):
        form.add_error("current", refused)
        return False
    try:
        account = change_password(citizen.pk, form.cleaned_data["password"], at=timezone.now())
    except ValidationError as error:
        form.add_error("password", error)
        return False
    update_session_auth_hash(request, account)
    return True
