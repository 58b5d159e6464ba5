"""Which way people chose, and in whose account's list a message stands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from django.db.models import Q

from motcua.correspondence.rules import Contact, mailbox, mobile
from motcua.people.citizens.models import Citizen

Key = TypeVar("Key")


def with_preference(contacts: Mapping[Key, Contact]) -> dict[Key, Contact]:
    """Each contact with what the citizen it belongs to chose: by the party, else by a phone or e-mail he proved his.

    What he proved later fills what he did not declare. One query for all of them.
    """
    phones = {mobile(one.phone) for one in contacts.values()} - {""}
    emails = {mailbox(one.email).lower() for one in contacts.values()} - {""}
    parties = {one.party_id for one in contacts.values() if one.party_id}
    found = Citizen.objects.filter(
        Q(party_id__in=parties)
        | Q(phone__in=phones, verified_phone_at__isnull=False)
        | Q(email__in=emails, verified_email_at__isnull=False)
    )
    by: dict[object, Citizen] = {}
    for citizen in found:
        if citizen.verified_phone_at:
            by[citizen.phone] = citizen
        if citizen.verified_email_at:
            by[citizen.email.lower()] = citizen
        if citizen.party_id:
            by[citizen.party_id] = citizen
    return {key: _chosen(one, _of(one, by)) for key, one in contacts.items()}


def _of(one: Contact, by: Mapping[object, Citizen]) -> Citizen | None:
    for known in (one.party_id, mobile(one.phone), mailbox(one.email).lower()):
        if known and known in by:
            return by[known]
    return None


def _chosen(one: Contact, citizen: Citizen | None) -> Contact:
    if citizen is None:
        return one
    return replace(
        one,
        account_id=citizen.account_id,
        preferred=citizen.preferred_way,
        phone=one.phone or (citizen.phone if citizen.verified_phone_at else ""),
        email=one.email or (citizen.email if citizen.verified_email_at else ""),
    )
