"""Answers that the desk asked to have corrected: whoever filed them answers anew, the rest stays as it was sent."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localdate

from motcua.catalogue.eforms.rules import Mended, told
from motcua.catalogue.eforms.rules.reading import Posted
from motcua.catalogue.eforms.screen import open_context
from motcua.catalogue.eforms.shapes import EForm
from motcua.catalogue.eforms.turning import given_anew
from motcua.intake.models import HomeSupplement, Submission
from motcua.intake.online.access import drafts_of, filer_of
from motcua.intake.online.supplementing import AnswersWrong, AskedFor, NotAskedNow, held
from motcua.intake.queries import submission_for
from motcua.intake.submissions.asking import eform_behind
from motcua.intake.submissions.mending import mended_filing
from motcua.people.models import Role


def may_answer(request: HttpRequest, asked: AskedFor) -> bool:
    """Whether this is who filed it, or who typed it for him, or the desk it waits at: the key alone shows no answer.

    An official who opens it is written down as one who looked.
    """
    if not asked.questions or not isinstance(asked.about, Submission):
        return False
    filer = filer_of(request)
    if filer.official is not None and filer.official.holds(Role.RECEIVER):
        if filer.official.agency_id != asked.about.agency_id:
            return False
        submission_for(filer.official, asked.about.number)
        return True
    return drafts_of(filer).filter(submission_id=asked.about.pk).exists()


def require_right(asked: AskedFor, home: HomeSupplement | None) -> None:
    """Raises `AnswersWrong` while what was answered anew, or what no longer agrees with it, has something wrong."""
    if asked.questions and home is not None and _mended(asked, home)[1].faults:
        raise AnswersWrong


def answer_anew(asked: AskedFor, post: Posted, *, at: datetime) -> bool:
    """Keep what was typed, whatever is wrong with it; whether only the questions were to follow.

    Raises `NotAskedNow`.
    """
    with held(asked, at) as home:
        anew, stays = given_anew(*_mended(asked, home), post)
        home.answers = {**home.answers, **anew}
    return stays


def answers_shown(asked: AskedFor, home: HomeSupplement | None, *, judged: bool) -> dict[str, Any]:
    """The questions that are open, with what he answers, and all he sent; `judged`: with what is wrong with it."""
    eform, now = _mended(asked, home)
    day = localdate(asked.filing.submitted_at)
    shown = open_context(eform, now.open, now.answers, now.faults if judged else (), on=day)
    return {**shown, "declared": told(eform, asked.filing.answers["said"], on=day)}


def _mended(asked: AskedFor, home: HomeSupplement | None) -> tuple[EForm, Mended]:
    eform = eform_behind(asked.filing)
    if eform is None:
        raise NotAskedNow
    return eform, mended_filing(asked.filing, eform, home.answers if home else {})
