"""The pages of a draft: questions, papers. Every post is kept, whatever is wrong with it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.eforms.screen import page_context
from motcua.catalogue.eforms.turning import Turn
from motcua.core.access import public
from motcua.documents.papers.access import papers_of
from motcua.documents.papers.limits import paper_limits
from motcua.documents.papers.models import Paper
from motcua.documents.papers.refusals import PaperRefused
from motcua.intake.online.access import paper_owner
from motcua.intake.online.actions import attach, fill, lay, take_away, take_on_paper
from motcua.intake.online.refusals import DraftSent
from motcua.intake.online.rules import Wanted, Way
from motcua.intake.online.sending import content_of
from motcua.intake.online.views.parts import PAPERS_STEP, Desk, on_draft, stepped
from motcua.intake.online.views.returning import SAVING, held_page


@public
@on_draft
def draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Back into a draft: its first page; what was typed is there."""
    return redirect("draft-page", desk.draft.pk, (desk.pages or [1])[0])


@public
@on_draft
def page(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """One page of questions. A script that saves after typing says so in a header and is answered without a page."""
    if not 1 <= number <= len(desk.eform.pages):
        raise Http404
    turn = Turn(desk.draft.answers, (), stay=True)
    held = held_page(request)
    if held is not None:
        turn = fill(desk.draft.pk, number, held, at=desk.at)
        desk.draft.refresh_from_db()
        messages.success(request, _("Những gì ông/bà vừa nhập trước khi đăng nhập lại đã được lưu."))
    if request.method == "POST":
        try:
            turn = fill(desk.draft.pk, number, request.POST, at=desk.at)
        except DraftSent:
            return redirect("draft-done", desk.draft.pk)
        if SAVING in request.headers:
            desk.typed()
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        desk.draft.refresh_from_db()
        if not turn.stay:
            return redirect(desk.after(number))
    shown = page_context(
        desk.eform, number, turn.answers, turn.faults, on=localdate(desk.at), known=desk.draft.known
    )  # fmt: skip
    context = stepped(desk.context(number), str(desk.eform.pages[number - 1].title))
    context |= {**shown, "back": desk.before(number), "number": number, "anew": turn.anew}
    return render(request, "intake/online/page.html", context, status=422 if turn.faults and turn.sent_on else 200)


@public
@on_draft
def papers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The papers that go along: photos taken now, or papers of the citizen's own store."""
    wanted, sentence, wrong = content_of(desk.draft, desk.offered, desk.eform, desk.at).wanted, "", ""
    if request.method == "POST":
        line = next((one for one in wanted if str(one.id) == request.POST.get("component", "")), None)
        try:
            if line is None:
                raise Http404
            _done(request, desk, line)
            return redirect(f"{desk.address('draft-papers')}#paper-{line.id}")
        except DraftSent:
            return redirect("draft-done", desk.draft.pk)
        except PaperRefused as no:
            sentence, wrong = str(no), str(line.id) if line else ""
        except Paper.DoesNotExist as gone:
            raise Http404 from gone
    context = stepped(desk.context(PAPERS_STEP), _("Giấy tờ kèm theo"))
    context |= {
        "rows": _rows(desk, wanted), "limits": paper_limits(), "sentence": sentence, "wrong": wrong,
        "back": desk.before(PAPERS_STEP), "stands_for": [one for one in wanted if one.way is Way.EFORM],
    }  # fmt: skip
    return render(request, "intake/online/papers.html", context, status=422 if sentence else 200)


def _done(request: HttpRequest, desk: Desk, line: Wanted) -> None:
    """What was asked of one paper: take one off, lay one of the store to it, or make one of new photos."""
    actor = desk.filer.actor
    if off := _uuid(request.POST.get("take_away", "")):
        take_away(desk.draft.pk, line.id, off, at=desk.at)
    elif desk.filer.official is not None and "on_paper" in request.POST:
        take_on_paper(desk.draft.pk, line.id, here=request.POST["on_paper"] == "yes", at=desk.at)
    elif kept := _uuid(request.POST.get("from_store", "") or request.POST.get("paper", "")):
        lay(desk.draft.pk, line.id, [kept], by=actor, at=desk.at)
    else:
        attach(desk.draft.pk, line.id, request.FILES.getlist("parts"), name=line.line.name, by=actor, at=desk.at)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _rows(desk: Desk, wanted: list[Wanted]) -> list[dict[str, Any]]:
    """Each paper that can be attached, what lies there already, and what the store offers for it."""
    store = {str(paper.id): paper for paper in papers_of(paper_owner(desk.draft, desk.filer.actor))}
    laid = {one for several in desk.draft.papers.values() for one in several}
    rest = [paper for key, paper in store.items() if key not in laid]
    return [
        {
            "wanted": one,
            "papers": [store[key] for key in desk.draft.papers.get(str(one.id), []) if key in store],
            "offered": rest,
            "in_hand": str(one.id) in desk.draft.on_paper,
        }
        for one in wanted
        if one.way is not Way.EFORM
    ]
