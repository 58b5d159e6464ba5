"""Which messages an official may read: those his agency sent; a citizen: those to himself."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.timezone import now

from motcua.correspondence.models import Message
from motcua.people.access import ActingOfficial
from motcua.people.looking import LOOKUP, look_as

LOOKED_AT = ("dossier", "submission")


def messages_for(acting: ActingOfficial) -> QuerySet[Message]:
    """The messages of his agency. Codes belong to none, and so to nobody's list."""
    return Message.objects.filter(agency_id=acting.agency_id)


def message_for(acting: ActingOfficial, message_id: UUID) -> Message:
    """The message with this id; `Http404` alike for a foreign and a missing one.

    It tells of a citizen's affair, so reading it is a look at what it is about.
    """
    found = messages_for(acting).filter(pk=message_id).first()
    if found is None:
        raise Http404
    looked_at([found], acting)
    return found


def looked_at(several: list[Message], acting: ActingOfficial) -> None:
    """Tell the log that he read what these messages say."""
    for kind in LOOKED_AT:
        ids = [one.about_id for one in several if one.about_kind == kind and one.about_id]
        look_as(acting, kind, ids, task=LOOKUP, at=now())


def messages_to(account_id: UUID, party_id: UUID | None) -> QuerySet[Message]:
    """What was said to this citizen, newest first; never a code."""
    mine = Q(account_id=account_id) | (Q(party_id=party_id) if party_id else Q(pk__in=[]))
    return Message.objects.filter(mine).order_by("-created_at", "-pk")
