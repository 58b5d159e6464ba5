"""The papers the office asked for, sent from home: laid out one by one, sent in one go."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue.eforms.rules.reading import ASKED as ANSWERED
from motcua.core.access import public
from motcua.core.keyed import keep_key_here
from motcua.core.refusals import Refusal
from motcua.core.throttle import address_of, allow
from motcua.documents.papers.access import Owner
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.models import Paper
from motcua.intake.online.access import DRAFT_HEADER, filer_of, own_store
from motcua.intake.online.mending import answer_anew, answers_shown, may_answer, require_right
from motcua.intake.online.supplementing import (
    AskedFor,
    NotAskedNow,
    SupplementUnfinished,
    laid_out,
    lay_from,
    lay_made,
    lay_to,
    offered_from,
    papers_laid,
    send_supplement,
    take_off,
)
from motcua.intake.online.views.returning import SAVING

OPENINGS, WINDOW = 240, timedelta(minutes=10)


@public
def supplement(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """What is missing or wrong and why, an upload or the question at each; POST lays, takes off, answers, or sends."""
    if not allow(what="supplement", who=address_of(request), limit=OPENINGS, window=WINDOW):
        fault = _("Trang này được mở quá nhiều lần trong ít phút. Xin thử lại sau 10 phút.")
        return keep_key_here(render(request, "routing/track.html", {"fault": fault}, status=429))
    asked = AskedFor.behind(code, token)
    if asked is None:
        raise Http404
    answers, sentence, wrong, stays = may_answer(request, asked), "", [], False
    if request.method == "POST":
        try:
            stays = _done(request, asked, answers)
        except Paper.DoesNotExist as gone:
            raise Http404 from gone
        except NotAskedNow:
            return redirect("send-supplement", code, token)  # it says what became of it
        except SupplementUnfinished as no:
            sentence, wrong = str(no), no.keys
        except Refusal as no:
            sentence, wrong = str(no), [request.POST.get("line", "")]
        if SAVING in request.headers:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        if not sentence and not stays:
            return redirect("send-supplement", code, token)
    home = laid_out(asked)
    rows = papers_laid(asked, home)
    context: dict[str, Any] = {
        "asked": asked, "home": home, "rows": rows, "offered": offered_from(own_store(request), rows),
        "limits": paper_limits(), "sentence": sentence, "wrong": wrong, "uploads_for": f"{asked.code}:{asked.token}",
        "answers": answers,
    }  # fmt: skip
    if answers:
        context |= answers_shown(asked, home, judged=bool(sentence))
    return keep_key_here(render(request, "intake/online/supplement.html", context, status=422 if sentence else 200))


def _done(request: HttpRequest, asked: AskedFor, answers: bool) -> bool:
    """Do what was pressed; whether the same page is to be shown again, because the questions follow the answers."""
    by, at, key = filer_of(request).actor, timezone.now(), request.POST.get("line", "")
    if ANSWERED in request.POST:
        if not answers:
            raise NotAskedNow
        if answer_anew(asked, request.POST, at=at):
            return True
        if "send" not in request.POST:
            require_right(asked, laid_out(asked))
            return False
    if "send" in request.POST:
        require_right(asked, laid_out(asked))
        send_supplement(asked, by=by, at=at)
    elif off := _uuid(request.POST.get("take_away", "")):
        take_off(asked, key, off, at=at)
    elif kept := _uuid(request.POST.get("from_store", "")):
        store = own_store(request)
        if store is None:
            raise Paper.DoesNotExist
        lay_from(store, asked, key, kept, at=at)
    elif made := _uuid(request.POST.get("paper", "")):
        lay_made(asked, key, made, by=by, at=at)
    else:
        lay_to(asked, key, request.FILES.getlist("parts"), by=by, at=at)
    return False


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def papers_of_supplement(request: HttpRequest) -> Owner | None:
    """Whose papers an upload is about that names the key of a receipt: of what was asked for behind it.

    Registered with `documents.papers.access.owners_by`.
    """
    code, colon, token = request.headers.get(DRAFT_HEADER, "").partition(":")
    if not colon:
        return None
    asked = AskedFor.behind(code, token)
    return None if asked is None else asked.owner(filer_of(request).actor)
