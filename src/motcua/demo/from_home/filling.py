"""Filling an e-form in and sending it, page by page, as a browser would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import localdate

from motcua.catalogue.eforms.shapes import EForm, Question
from motcua.catalogue.eforms.values import value_shown
from motcua.intake.models import Draft, Submission
from motcua.intake.online.access import Filer
from motcua.intake.online.actions import Beginning, attach, begin, fill
from motcua.intake.online.keys import key_hash, new_key
from motcua.intake.online.offering import eform_of, offered_online
from motcua.intake.online.sending import content_of, send
from motcua.people.citizens.access import acting_citizen
from motcua.people.citizens.models import Citizen

Photos = Sequence["ContentFile[bytes]"]


@dataclass(frozen=True, slots=True)
class Story:
    """What somebody files, with his answers by the ids of the e-form's questions, and photos of the paper it wants."""

    code: str
    agency_id: UUID
    answers: Mapping[str, Any]
    photos: Photos = ()
    known: Mapping[str, Any] = field(default_factory=dict)


def guest() -> Filer:
    """Somebody without an account, at a browser of his own."""
    return Filer(guest_hash=key_hash(new_key()))


def account_of(citizen: Citizen, at: datetime) -> Filer:
    """A citizen at his browser, logged in. Raises LookupError for who has no account any more."""
    found = acting_citizen(citizen.account_id, localdate(at))
    if found is None:
        raise LookupError(citizen.pk)
    return Filer(citizen=found)


def filed(story: Story, *, filer: Filer, at: datetime, beginning: Beginning | None = None) -> Submission:
    """Begin, fill in every page, attach what is wanted and send. Raises what `send` raises."""
    draft = begin(beginning or Beginning(story.code, story.agency_id, known=story.known), filer=filer, at=at)
    fill_in(draft, story.answers, at=at)
    draft.refresh_from_db()
    offered, eform = offered_online(story.code, story.agency_id, at)
    for wanted in content_of(draft, offered, eform, at).wanted:
        if wanted.required and story.photos:
            attach(draft.pk, wanted.id, story.photos, name=wanted.line.name[:100], by=filer.actor, at=at)
    return send(draft.pk, filer=filer, at=at)


def fill_in(draft: Draft, answers: Mapping[str, Any], *, at: datetime, pages: int | None = None) -> None:
    """Answer the first `pages` pages, or all of them; what was filled in beforehand stays."""
    eform = eform_of(draft)
    said = {**draft.answers, **answers}
    for number in range(1, (pages or len(eform.pages)) + 1):
        fill(draft.pk, number, _posted(eform, number, said), at=at)


def _posted(eform: EForm, number: int, said: Mapping[str, Any]) -> MultiValueDict[str, str]:
    asked = [item for item in eform.pages[number - 1].items() if isinstance(item, Question) and item.id in said]
    return MultiValueDict({item.id: [_as_typed(item, said[item.id])] for item in asked})


def _as_typed(item: Question, value: Any) -> str:
    if value is True:
        return "on"
    return str(value) if item.choices else value_shown(item, value)
