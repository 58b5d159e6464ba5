"""Saying something: a message is written once under its key and then sent by the background loop."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from motcua.correspondence.models import Message
from motcua.correspondence.rules import Contact, address_on, loud_from, ways_for
from motcua.correspondence.shipped import MASK, rules_on, short_line, template_on
from motcua.correspondence.states import MessageState, Way

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about: a kind, its id, and the code by which people know it."""

    kind: str = ""
    id: UUID | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Something to say. `key` makes it happen once; `values` fill the text (`shipped.KNOWN`)."""

    key: str
    to: Contact
    template: str
    values: Mapping[str, str]
    about: About = field(default_factory=About)
    agency_id: UUID | None = None
    event_id: UUID | None = None
    language: str = "vi"


def say(said: Said, *, at: datetime) -> bool:
    """Say one thing; whether it is new. Nothing is sent here: the loop does it within seconds.

    Raises an ExceptionGroup with `NoText` when no text of this name holds today, KeyError when a value is missing.
    """
    return say_all([said], at=at) == 1


def say_all(several: Iterable[Said], *, at: datetime) -> int:
    """As `say`, many at once; how many were new. Who cannot be reached and gets no slip is not written down.

    What cannot be said stops no other: it raises an ExceptionGroup once all the others are written.
    """
    rows, faults = list[Message](), list[Exception]()
    for said in several:
        try:
            row = message_of(said, at=at)
        except (LookupError, ValueError) as fault:
            faults.append(fault)
        else:
            rows += [row] if row is not None else []
    before = {key for (key,) in Message.objects.filter(key__in=[row.key for row in rows]).values_list("key")}
    new = [row for row in rows if row.key not in before]
    Message.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)
    if faults:
        raise ExceptionGroup("some messages could not be worded", faults)
    return len(new)


def message_of(said: Said, *, at: datetime) -> Message | None:
    """The row of a message about to be said, not written yet; None when there is nobody to say it to."""
    on = localtime(at)
    rules, template = rules_on(on.date()), template_on(said.template, on.date())
    ways = ways_for(said.to, rules)
    if not ways and not template.slip:
        return None
    text = template.texts[said.language].filled({"secret": MASK, **said.values})
    way = ways[0] if ways else ""
    row = Message(
        key=said.key, event_id=said.event_id, template=template.code, template_from=template.valid_from,
        language=said.language, agency_id=said.agency_id, about_kind=said.about.kind, about_id=said.about.id,
        about_code=said.about.code, party_id=said.to.party_id, account_id=said.to.account_id, to_name=said.to.name,
        to_phone=address_on(Way.SMS, said.to), to_email=address_on(Way.EMAIL, said.to), to_address=said.to.address,
        subject=text.subject[:300], text=text.text, short=short_line(text, rules)[:640], ways=[*ways], way=way,
        slip=template.slip, urgent=template.urgent, created_at=at,
    )  # fmt: skip
    if way == Way.INBOX:
        row.state, row.sent_at = MessageState.SENT, at
    elif not way:
        row.state = MessageState.FAILED
    else:
        row.next_at = at if template.urgent else loud_from(way, on, rules)
    return row
