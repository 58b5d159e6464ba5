"""To the identity provider and back."""

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from requests import RequestException

from motcua.core.access import public


@public
@require_POST
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the provider, by a page of our own: a posted page may not be sent on to another place (`form-action`)."""
    try:
        going = openid_connect.login(request, provider_id)
    except RequestException:
        messages.error(request, _("Nơi định danh đang không trả lời. Ông/bà thử lại sau, hoặc dùng mật khẩu."))
        return redirect("citizen-log-in")
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    target = going.headers.get("Location", "")
    if not target.startswith(("http://", "https://")):
        return redirect("citizen-log-in")
    return render(request, "people/citizens/going.html", {"target": target})


@public
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    try:
        answer: HttpResponse = openid_connect.callback(request, provider_id)
    except RequestException:
        messages.error(request, _("Nơi định danh đang không trả lời. Ông/bà thử lại sau, hoặc dùng mật khẩu."))
        return redirect("citizen-log-in")
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer
