"""What the pages of a draft share: the draft brought up to date, its steps, where one goes next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.catalogue.eforms.rules import pages_asked
from motcua.catalogue.eforms.shapes import EForm
from motcua.catalogue.queries import OfferedVersion, version_by_id
from motcua.core.refusals import Refusal
from motcua.dossiers.models import FiledBy
from motcua.intake.models import Draft
from motcua.intake.online.access import Filer, filer_of, own_draft, should_log_in
from motcua.intake.online.actions import bring_up_to_date
from motcua.intake.online.offering import eform_of
from motcua.intake.online.refusals import DraftSent
from motcua.intake.online.views.returning import session_ended
from motcua.intake.screens.beside import at_work, follow
from motcua.people.citizens.access import MandateEnded, MandateRefused, mandate_of, require_in_force

LAST_PAGE = 100
PAPERS_STEP, CHECK_STEP = LAST_PAGE + 1, LAST_PAGE + 2


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft as its pages work on it."""

    draft: Draft
    eform: EForm
    offered: OfferedVersion
    filer: Filer
    at: datetime

    @property
    def pages(self) -> list[int]:
        """The pages that ask something, given the answers."""
        return pages_asked(self.eform, self.draft.answers, on=localdate(self.at))

    def after(self, page: int) -> str:
        """Where one goes from this page."""
        later = [number for number in self.pages if number > page]
        return reverse("draft-page", args=(self.draft.pk, later[0])) if later else self.address("draft-papers")

    def before(self, page: int) -> str:
        """Where one came from."""
        earlier = [number for number in self.pages if number < page]
        if earlier:
            return reverse("draft-page", args=(self.draft.pk, earlier[-1]))
        return reverse("file", args=(self.offered.code,))

    def address(self, name: str) -> str:
        return reverse(name, args=(self.draft.pk,))

    def context(self, step: int) -> dict[str, Any]:
        """What every page shows: the steps, what changed with a new version."""
        pages = self.pages
        return {
            "draft": self.draft, "offered": self.offered, "eform": self.eform, "steps": len(pages) + 2,
            "step": pages.index(step) + 1 if step in pages else len(pages) + step - LAST_PAGE,
            "carried": self.draft.carried, "guest": self.draft.citizen_id is None and self.draft.helped_by_id is None,
            "helped": self.draft.helped_by_id is not None, "beside": self._screen(),
            "mandate_over": (over := self._mandate_over()), "may_declare": not isinstance(over, MandateEnded),
            "here": reverse("draft", args=(self.draft.pk,)),
        }  # fmt: skip

    def _mandate_over(self) -> MandateRefused | None:
        """Why he may not send this for the one it is for, as things stand now: said before he fills in any more."""
        if self.draft.mandate is None or self.draft.mandate_id is None:
            return None
        try:
            if self.filer.citizen is not None:
                mandate_of(self.filer.citizen, self.draft.mandate_id, localdate(self.at), self.offered.code)
            else:
                require_in_force(self.draft.mandate, localdate(self.at))
        except MandateRefused as over:
            return over
        return None

    def typed(self) -> None:
        """Something was saved without a page being drawn: the second screen knows that the desk is at work."""
        if self.filer.official is not None:
            follow(self.draft, self.filer.official, at=self.at)

    def _screen(self) -> dict[str, Any]:
        """The second screen of the official who types this for somebody at his counter; another's draft leaves it."""
        if self.filer.official is None:
            return {}
        found = at_work(self.draft, self.filer.official, at=self.at)
        return found if self.draft.filed_by == FiledBy.OFFICER else {}


def on_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the `Desk` of an own open draft; one that was sent leads to its acknowledgement.

    Whoever is nobody may be a citizen whose session ended meanwhile: he is told so, logs in and is back on his page.
    """

    @wraps(view)
    def opened(request: HttpRequest, draft_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        filer, at = filer_of(request), timezone.now()
        if should_log_in(request, filer, draft_id):
            return session_ended(request, draft_id)
        draft = own_draft(filer, draft_id)
        if draft.submitted_at is not None:
            return redirect("draft-done", draft.pk)
        try:
            bring_up_to_date(draft, at=at)
        except DraftSent:
            return redirect("draft-done", draft.pk)
        except Refusal as no:
            return render(request, "intake/online/held_up.html", {"draft": draft, "sentence": str(no)}, status=409)
        return view(request, Desk(draft, eform_of(draft), version_by_id(draft.version_id), filer, at), *args, **kwargs)

    return opened


def stepped(context: dict[str, Any], title: str) -> dict[str, Any]:
    """The context with the words over a page."""
    words = _("Bước %(step)d trên %(steps)d") % {"step": context["step"], "steps": context["steps"]}
    return {**context, "step_words": words, "title": title}
