"""An account, step by step: the contact, the code that was sent there, name and password. And a forgotten password."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import public
from motcua.core.throttle import address_of
from motcua.people.access import acting_official
from motcua.people.citizens.access import citizen_or_none
from motcua.people.citizens.actions import add_contact, register, reset_password
from motcua.people.citizens.codes import CodeRefused, Verdict, ask_code, try_code
from motcua.people.citizens.contacts import Contact
from motcua.people.citizens.forms import CodeForm, ContactForm, FinishForm, NewPasswordForm
from motcua.people.citizens.models import CodePurpose
from motcua.people.citizens.views.parts import Words, after_log_in, begin_session, one_form, wanted_next
from motcua.people.views.parts import posted

# What the session remembers between the steps: which code was asked for, what for, and where he wanted to go.
IN_SESSION: Final = "motcua_contact_code"
NEXT_PAGE: Final = {
    CodePurpose.REGISTER: "finish-registration",
    CodePurpose.RESET: "new-citizen-password",
    CodePurpose.ADD: "profile",
}
ASKED_AT: Final = {
    CodePurpose.REGISTER: "register-citizen",
    CodePurpose.RESET: "forgot-password",
    CodePurpose.ADD: "add-contact",
}


@public
def register_contact(request: HttpRequest) -> HttpResponse:
    """First step: where the code goes."""
    if acting_official(request) is not None:
        return redirect("citizen-log-in")
    if citizen_or_none(request) is not None:
        return redirect("me")
    words = Words(
        _("Lập tài khoản"), _("Gửi mã cho tôi"),
        lead=_("Cơ quan gửi một mã 6 chữ số tới số điện thoại hoặc thư điện tử này."),
        back=(reverse("citizen-log-in"), _("Đăng nhập")),
    )  # fmt: skip
    return send_code(request, CodePurpose.REGISTER, words)


@public
def forgot(request: HttpRequest) -> HttpResponse:
    """A forgotten password: the code goes to the contact he proved."""
    words = Words(
        _("Đặt lại mật khẩu"), _("Gửi mã cho tôi"),
        lead=_("Cơ quan gửi một mã 6 chữ số tới số điện thoại hoặc thư điện tử mà ông/bà đã dùng để lập tài khoản."),
        back=(reverse("citizen-log-in"), _("Đăng nhập")),
    )  # fmt: skip
    return send_code(request, CodePurpose.RESET, words)


def send_code(
    request: HttpRequest,
    purpose: str,
    words: Words,
    citizen_id: UUID | None = None,
    form: ContactForm | None = None,
) -> HttpResponse:
    """The page that asks where the code goes, and sends it. A `form` that was checked already keeps its errors."""
    form = form or ContactForm(posted(request))
    if request.method == "POST" and form.is_valid():
        contact: Contact = form.cleaned_data["contact"]
        try:
            asked = ask_code(
                contact, purpose, address=address_of(request), at=timezone.now(), citizen_id=citizen_id
            )  # fmt: skip
        except CodeRefused as refusal:
            form.add_error("contact", str(refusal))
        else:
            shown = asked.code if settings.MOTCUA_MODE == "demo" else ""
            request.session[IN_SESSION] = {
                "id": str(asked.id), "purpose": purpose, "to": contact.masked, "next": wanted_next(request),
                "shown": shown,
            }  # fmt: skip
            return redirect("verify-contact")
    return one_form(request, form, words, wanted=wanted_next(request))


@public
def verify(request: HttpRequest) -> HttpResponse:
    """Second step: the code that came."""
    asked = _asked(request)
    if asked is None:
        return redirect("citizen-log-in")
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        verdict = try_code(UUID(asked["id"]), form.cleaned_data["code"], at=timezone.now())
        if verdict == Verdict.RIGHT:
            return _proved(request, asked)
        sentence = {
            Verdict.WRONG: _("Mã chưa đúng. Ông/bà xem lại tin nhắn rồi nhập lại."),
            Verdict.OVER: _("Mã này không còn dùng được. Ông/bà xin mã mới."),
        }[verdict]
        form.add_error("code", sentence)
    words = Words(
        _("Nhập mã xác nhận"), _("Tiếp tục"),
        lead=_("Tin nhắn đã gửi tới %(to)s. Mã có hiệu lực 15 phút.") % {"to": asked["to"]},
        back=(reverse(ASKED_AT[CodePurpose(asked["purpose"])]), _("Xin mã mới")),
    )  # fmt: skip
    return one_form(request, form, words, template="verify.html", shown=asked["shown"])


def _asked(request: HttpRequest) -> dict[str, Any] | None:
    found: dict[str, Any] | None = request.session.get(IN_SESSION)
    return found


def _proved(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    purpose = CodePurpose(asked["purpose"])
    citizen = citizen_or_none(request)
    if purpose == CodePurpose.ADD:
        del request.session[IN_SESSION]
        if citizen is None:
            return redirect("citizen-log-in")
        try:
            add_contact(citizen.id, UUID(asked["id"]), at=timezone.now())
        except CodeRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã xác nhận cách liên hệ."))
    return redirect(NEXT_PAGE[purpose])


@public
def finish(request: HttpRequest) -> HttpResponse:
    """Third step: name and password; then he is logged in."""
    asked = _asked(request)
    if asked is None or asked["purpose"] != CodePurpose.REGISTER:
        return redirect("register-citizen")
    form = FinishForm(posted(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        return _opened(
            request, form, asked,
            lambda at: register(UUID(asked["id"]), full_name=values["full_name"], password=values["password"], at=at),
        )  # fmt: skip
    return one_form(request, form, _finish_words())


def _finish_words() -> Words:
    return Words(_("Tên và mật khẩu"), _("Lập tài khoản"), lead=_("Còn một bước nữa là xong."))


@public
def new_password(request: HttpRequest) -> HttpResponse:
    """The last step of a forgotten password."""
    asked = _asked(request)
    if asked is None or asked["purpose"] != CodePurpose.RESET:
        return redirect("forgot-password")
    form = NewPasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        return _opened(request, form, asked, lambda at: reset_password(UUID(asked["id"]), password=password, at=at))
    return one_form(request, form, Words(_("Đặt mật khẩu mới"), _("Đặt mật khẩu và đăng nhập")))


def _opened(request: HttpRequest, form: forms.Form, asked: dict[str, Any], act: Any) -> HttpResponse:
    """What the proved code opens, and the session that follows; else what stands in the way, at its place."""
    try:
        citizen = act(timezone.now())
    except CodeRefused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as error:
        form.add_error("password", error)
    else:
        request.session.pop(IN_SESSION, None)
        begin_session(request, citizen, "password")
        return redirect(after_log_in(str(asked["next"])))
    words = _finish_words() if asked["purpose"] == CodePurpose.REGISTER else Words(
        _("Đặt mật khẩu mới"), _("Đặt mật khẩu và đăng nhập")
    )  # fmt: skip
    return one_form(request, form, words)
