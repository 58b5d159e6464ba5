"""A letter with a result arrived: written down by the desk from the carrier's word or the signed slip."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access import officials
from motcua.core.refusals import Refusal
from motcua.dossiers.access import dossier_for
from motcua.dossiers.models import ReturnMethod
from motcua.dossiers.states import StaleMove
from motcua.people.access import official_of
from motcua.people.models import Role
from motcua.result.collection import note_arrival
from motcua.result.forms import ArrivalForm
from motcua.result.queries import handed_over


@officials(Role.RECEIVER)
def note_arrived(request: HttpRequest, code: str) -> HttpResponse:
    """When it arrived, and how the office knows."""
    by = official_of(request)
    dossier = dossier_for(by, code)
    left = handed_over(dossier.id)
    if left is None or not left.on_its_way or left.method != ReturnMethod.POST:
        messages.error(request, str(StaleMove()))
        return redirect("dossier", dossier.code)
    form = ArrivalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            note_arrival(dossier.id, form.arrived(), by=by, at=timezone.now())
        except StaleMove as stale:
            messages.error(request, str(stale))
            return redirect("dossier", dossier.code)
        except Refusal as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("Đã ghi người dân nhận được kết quả."))
            return redirect("dossier", dossier.code)
    context = {"dossier": dossier, "form": form, "left": left}
    return render(request, "result/arrival.html", context, status=422 if form.errors else 200)
