"""Logging in with a phone or an e-mail and a password, and out again."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.access import public
from motcua.core.throttle import address_of, allow
from motcua.people.access import acting_official
from motcua.people.citizens.access import citizen_or_none
from motcua.people.citizens.actions import who_logs_in
from motcua.people.citizens.contacts import Contact
from motcua.people.citizens.forms import LogInForm
from motcua.people.citizens.models import Citizen
from motcua.people.citizens.views.parts import Words, after_log_in, begin_session, one_form, wanted_next
from motcua.people.views.parts import posted

WINDOW: Final = timedelta(minutes=5)
# Per contact and address, so that nobody locks a neighbour out; per contact from everywhere, so that many cannot guess.
# One address alone, trying all through the hour, uses up a half of what is allowed from everywhere.
TRIES: Final = 5
TRIES_FROM_EVERYWHERE: Final = 120


@public
def log_in(request: HttpRequest) -> HttpResponse:
    """The way in. An official at work is told that he needs an account of his own."""
    wanted = wanted_next(request)
    if acting_official(request) is not None:
        return render(request, "people/citizens/official_here.html", {"wanted": wanted})
    if citizen_or_none(request) is not None:
        return redirect(after_log_in(wanted))
    form = LogInForm(posted(request))
    if request.method == "POST" and form.is_valid():
        contact: Contact = form.cleaned_data["contact"]
        refused = _refused(request, contact)
        citizen = None if refused else who_logs_in(contact, form.cleaned_data["password"])
        if citizen is not None:
            begin_session(request, citizen, "password")
            return redirect(after_log_in(wanted))
        form.add_error(None, refused or _("Số điện thoại, thư điện tử hoặc mật khẩu chưa đúng. Ông/bà kiểm tra lại."))
    words = Words(_("Đăng nhập"), _("Đăng nhập"))
    return one_form(request, form, words, template="log_in.html", wanted=wanted, identity_name=settings.MOTCUA_IDENTITY)


def _refused(request: HttpRequest, contact: Contact) -> str:
    near = allow(
        what="citizen-log-in", who=f"{address_of(request)}|{contact.value}", limit=TRIES, window=WINDOW
    ) and allow(what="citizen-log-in-all", who=contact.value, limit=TRIES_FROM_EVERYWHERE, window=timedelta(hours=1))
    return "" if near else _("Nhập sai nhiều lần. Xin đợi 5 phút rồi thử lại, hoặc đặt lại mật khẩu.")


def password_refused(citizen: Citizen, typed: str) -> str:
    """What to say when the open session's owner does not prove by his password that he sits there; "" when he does."""
    if not allow(what="citizen-password", who=str(citizen.pk), limit=TRIES, window=WINDOW):
        return _("Nhập sai nhiều lần. Xin đợi 5 phút rồi thử lại, hoặc đặt lại mật khẩu.")
    return "" if citizen.account.check_password(typed) else _("Mật khẩu chưa đúng. Ông/bà nhập lại.")


@public
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """The session ends."""
    logout(request)
    messages.success(request, _("Ông/bà đã đăng xuất."))
    return redirect("home")
