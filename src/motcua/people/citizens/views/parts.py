"""What the citizens' pages share: one form on one page, where to go afterwards, a new session."""

from dataclasses import dataclass

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from motcua.core.ours import page_of_ours
from motcua.people.citizens.models import Citizen

BACKEND = "motcua.people.access.StaffBackend"


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a form that is alone on its page. `back` is where one comes from: address, label."""

    title: str
    submit: str
    lead: str = ""
    back: tuple[str, str] | None = None


def one_form(
    request: HttpRequest, form: forms.Form, words: Words, *, template: str = "one_form.html", **more: object
) -> HttpResponse:
    """The page of one form; 422 with the errors at their places when it was not taken."""
    status = 422 if form.errors else 200
    return render(request, f"people/citizens/{template}", {"form": form, "words": words, **more}, status=status)


def wanted_next(request: HttpRequest) -> str:
    """Where he wanted to go when he was sent to log in; "" when that is not a page of ours."""
    return page_of_ours(request, str(request.POST.get("next") or request.GET.get("next") or ""))


def after_log_in(wanted: str) -> str:
    """The page he wanted, or his own."""
    return wanted or resolve_url("me")


def begin_session(request: HttpRequest, citizen: Citizen, method: str) -> None:
    """He is logged in from here on; what the session held of somebody else is gone."""
    login(request, citizen.account, backend=BACKEND)
    record_authentication(request, citizen.account, method=method)
    request.acting_citizen = None  # type: ignore[attr-defined]


def logged_in_at(request: HttpRequest) -> float:
    """When he last proved who he is in this session, in seconds; 0.0 when that is not known."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return max((float(record["at"]) for record in records if "at" in record), default=0.0)
