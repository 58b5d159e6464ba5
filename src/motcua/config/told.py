"""What is said to people when something happens: the one screen that says which event gives which message.

The event row is the outbox: nothing is written in the act's own transaction. The background loop hears what is
committed (`correspondence/outbox.py`), words it here from the rows as they stand, and sends it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import override

from motcua.config.told_subjects import Subject, bookings, dossiers, mandates, moment, refunds, submissions
from motcua.correspondence.actions import Said
from motcua.correspondence.outbox import HeardEvent
from motcua.dossiers.models import ReturnMethod
from motcua.dossiers.rules import Cause
from motcua.result.carriers import carrier_named

WAITED_FOR: Final[Mapping[str, str]] = {Cause.PAPERS: "dossier-papers-asked"}


def _pause(event: HeardEvent) -> str:
    return WAITED_FOR.get(event.after.get("cause", ""), "dossier-waiting")


SENT_BY: Final[Mapping[str, str]] = {
    ReturnMethod.POST: "dossier-sent-by-post",
    ReturnMethod.ONLINE: "dossier-opened-online",
}


def _returned(event: HeardEvent) -> str:
    return SENT_BY.get(event.after.get("method", ""), "dossier-returned")


TOLD: Final[Mapping[str, str | Callable[[HeardEvent], str]]] = {
    "submission.submitted": "submission-submitted",
    "submission.supplement_faulted": "supplement-faulted",
    "dossier.supplement_faulted": "supplement-faulted",
    "submission.papers_asked": "submission-papers-asked",
    "submission.refused": "submission-refused",
    "dossier.received": "dossier-received",
    "dossier.paused": _pause,
    "dossier.extended": "dossier-extended",
    "dossier.reappointed": "dossier-reappointed",
    "dossier.finished": "dossier-finished",
    "dossier.returned": _returned,
    "dossier.rejected": "dossier-rejected",
    "dossier.discontinued": "dossier-discontinued",
    "booking.made": "booking-made",
    "booking.moved": "booking-made",
    "booking.called_off": "booking-called-off",
    "booking.reminded": "booking-reminded",
    "refund.noted": "money-goes-back",
    "refund.done": "money-given-back",
    "mandate.revoked": "mandate-ended",
}
"""The text each kind of event gives (data/messages/told); `submission.accepted` is told by the dossier's receipt."""


def word(events: Sequence[HeardEvent]) -> list[Said]:
    """What these events say, each to whom it concerns; an event whose dossier is gone says nothing."""
    by_kind: dict[str, set[UUID]] = defaultdict(set)
    for event in events:
        by_kind[event.kind.partition(".")[0]].add(event.subject_id)
    with override("vi"):  # what is said is kept, and has one language
        subjects = {
            **dossiers(by_kind["dossier"]), **submissions(by_kind["submission"]), **bookings(by_kind["booking"]),
            **refunds(by_kind["refund"]), **mandates(by_kind["mandate"]),
        }  # fmt: skip
        return [_said(event, subjects[event.subject_id]) for event in events if event.subject_id in subjects]


def _said(event: HeardEvent, subject: Subject) -> Said:
    chosen = TOLD[event.kind]
    template = chosen if isinstance(chosen, str) else chosen(event)
    return Said(
        key=f"{event.id}:{template}", event_id=event.id, to=subject.to, template=template, about=subject.about,
        agency_id=subject.agency_id, values={**subject.values, **_of_the_event(event)},
    )  # fmt: skip


def _of_the_event(event: HeardEvent) -> dict[str, str]:
    """What only the event knows, in the words of the text; absent when it says nothing of it."""
    told, number = event.after, str(event.after.get("tracking_number") or "")
    carrier = carrier_named(str(told.get("carrier") or ""))
    date_ = told.get("appointed_at") or told.get("due_at") or told.get("answer_due_at")
    said = {
        "due": moment(datetime.fromisoformat(date_)) if date_ else "",
        "until": f"{date.fromisoformat(told['until']):%d/%m/%Y}" if told.get("until") else "",
        "reason": str(told.get("reason") or ""),
        "papers": "\n".join(f"- {one}" for one in told.get("demands", []) if isinstance(one, str)),
        "number": number,
        "carrier": carrier.name if carrier else "",
        "follow": carrier.page_of(number) if carrier and number else "",
    }
    return {name: value for name, value in said.items() if value}
