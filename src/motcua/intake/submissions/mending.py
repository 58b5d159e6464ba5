"""What an applicant answered anew when asked for it, put in the place of what he said before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from motcua.catalogue.eforms.rules import Mended, in_words, mended, settled, summary
from motcua.catalogue.eforms.shapes import EForm, Question
from motcua.catalogue.queries import version_by_id
from motcua.intake.models import Submission
from motcua.intake.online.rules import applicant_from, whens_of
from motcua.intake.submissions.asking import eform_behind

APPLICANT = ("full_name", "personal_id", "birth_date", "gender", "address", "phone", "email")


def questions_asked(found: Submission) -> list[str]:
    """The questions whose answers were asked for again, by their ids."""
    return [row["question"] for row in found.demands if "question" in row]


def mended_filing(found: Submission, eform: EForm, anew: Mapping[str, Any]) -> Mended:
    """The answers of a filing as they are once these are in place."""
    day = localdate(found.submitted_at)
    return mended(eform, found.answers["said"], anew, questions_asked(found), on=day)


def mended_columns(found: Submission, anew: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """The columns of a filing with these answers in place; what they replace is kept beside them.

    What follows from the answers (who applies, what is asked for, the circumstances) follows from the new ones.
    """
    eform = eform_behind(found)
    if eform is None or not anew:
        return {}
    day, said = localdate(found.submitted_at), found.answers["said"]
    now = settled(eform, mended_filing(found, eform, anew).answers, on=day)
    was = {name: said.get(name) for name in {*said, *now} if said.get(name) != now.get(name)}
    told = summary(eform, now, on=day)
    column = {name: "applicant_name" if name == "full_name" else f"applicant_{name}" for name in APPLICANT}
    known = {name: getattr(found, column[name]) for name in APPLICANT}
    applicant = applicant_from(told, known)
    before = [*found.answers.get("before", ()), {"at": at.isoformat(), "said": was}]
    return {
        **{column[name]: getattr(applicant, name) for name in APPLICANT},
        "request": str(told.get("request", found.request))[:600],
        "whens": list(whens_of(version_by_id(found.version_id), told["whens"])),
        "answers": {**found.answers, "said": now, "before": before},
    }


def said_by(found: Submission) -> dict[str, Any]:
    """The summary of what was answered on the e-form; nothing for a filing that came without one."""
    eform = eform_behind(found)
    return {} if eform is None else summary(eform, found.answers["said"], on=localdate(found.submitted_at))


def replaced(found: Submission) -> list[tuple[str, str, str]]:
    """What was answered anew: the question, the answer before, the answer now; nothing that is computed."""
    eform = eform_behind(found)
    if eform is None:
        return []
    turns = found.answers.get("before", ())
    return [row for turn in turns for row in _told(eform, turn["said"], found.answers["said"])]


def proposed(found: Submission, anew: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The same of what was sent and nobody has taken: every question that was asked for, changed or not."""
    eform = eform_behind(found)
    if eform is None or not anew:
        return []
    now = settled(eform, mended_filing(found, eform, anew).answers, on=localdate(found.submitted_at))
    return _told(eform, {name: found.answers["said"].get(name) for name in anew}, now)


def _told(eform: EForm, was: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (str(item.label), in_words(item, was[item.id]), in_words(item, now.get(item.id)))
        for item in eform.items()
        if item.id in was and not (isinstance(item, Question) and item.follows(now))
    ]
