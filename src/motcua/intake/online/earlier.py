"""What somebody said of himself in an earlier filing of his own: filled in the next time, never asked twice."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Q

from motcua.catalogue.eforms.queries import eform_by_key
from motcua.catalogue.eforms.rules import settled
from motcua.catalogue.eforms.shapes import EForm, Question
from motcua.intake.models import Draft, Submission
from motcua.people.citizens.access import KNOWN

LOOKED_AT: Final = 10


def with_said_before(known: Mapping[str, Any], whose: Q, on: date) -> dict[str, Any]:
    """What is known of a filer, and where nothing is, what he answered last of himself.

    `whose`: which drafts are his own. What an official typed for him is not among them: it is no word of his.
    """
    found = {name: value for name, value in known.items() if value not in (None, "")}
    for eform, answers in _earlier(whose, on):
        for item in eform.items():
            if isinstance(item, Question) and item.known in KNOWN and item.id in answers:
                found.setdefault(item.known, answers[item.id])
    return found


def _earlier(whose: Q, on: date) -> Iterator[tuple[EForm, Mapping[str, Any]]]:
    """The answers of his last filings, the newest first: of what was sent as it was sent, else as they stand."""
    drafts = list(Draft.objects.filter(whose, helped_by=None).order_by("-updated_at", "-pk")[:LOOKED_AT])
    sent = {row.submission_id for row in drafts if row.submitted_at is not None}
    kept = dict(Submission.objects.filter(pk__in=sent).values_list("pk", "answers"))
    for row in drafts:
        eform = eform_by_key(row.eform_code, row.eform_number)
        if row.submitted_at is None:
            yield eform, settled(eform, row.answers, on=on)
        elif "said" in kept.get(row.submission_id, {}):
            said = kept[row.submission_id]
            yield eform_by_key(said["eform"], said["number"]), said["said"]
