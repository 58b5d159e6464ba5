"""What is done with a second screen: opened at a desk, paired, given a draft, answered by the citizen, ended."""

import re
import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop

from motcua.core.events import Actor, record
from motcua.intake.models import Draft, SecondScreen
from motcua.intake.screens.queries import key_hash
from motcua.intake.screens.showing import place_of, shown_on
from motcua.people.access import ActingOfficial
from motcua.people.models import Official

CODE_GOOD_FOR: Final = timedelta(minutes=10)
# A working day: the next morning the screen is paired anew.
GOOD_FOR: Final = timedelta(hours=12)
# No letter or digit that another looks like: thirty of them, so that eight make 6.6e11 codes.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 8
_OTHER_MARKS: Final = re.compile(r"[^0-9A-Z]")
AT_THE_COUNTER: Final = Actor(None, gettext_noop("Người dân ở quầy"))
THE_SCREEN: Final = Actor(None, gettext_noop("Màn hình thứ hai"))


@transaction.atomic
def open_screen(by: ActingOfficial, *, at: datetime) -> str:
    """The code to type on the screen, once and within ten minutes; the desk's earlier screen ends.

    Records `screen.opened`. Pressed twice at once, the second waits for the first.
    """
    Official.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.id)
    end_screen(by.id, by=by.actor, at=at)
    code = "".join(secrets.choice(ALPHABET) for _mark in range(CODE_LENGTH))
    screen = SecondScreen.objects.create(
        agency_id=by.agency_id, unit_id=by.unit_id, official_id=by.id, code_hash=_code_hash(code),
        code_until=at + CODE_GOOD_FOR, opened_at=at, expires_at=at + GOOD_FOR,
    )  # fmt: skip
    _tell(screen, "opened", by=by.actor, at=at, unit=str(by.unit_id))
    return code


@transaction.atomic
def pair(typed: str, *, at: datetime) -> str | None:
    """The key that the screen holds from now on; None for a code that opens nothing (any more).

    Records `screen.paired`. Whoever asks counts the tries.
    """
    open_ones = SecondScreen.objects.select_for_update().filter(ended_at=None, code_until__gt=at)
    screen = open_ones.filter(code_hash=_code_hash(_OTHER_MARKS.sub("", typed.upper()))).first()
    if screen is None:
        return None
    key = secrets.token_urlsafe(32)
    screen.code_hash, screen.key_hash, screen.paired_at = "", key_hash(key), at
    screen.save(update_fields=["code_hash", "key_hash", "paired_at"])
    _tell(screen, "paired", by=THE_SCREEN, at=at)
    return key


@transaction.atomic
def end_screen(official_id: UUID, *, by: Actor, at: datetime) -> None:
    """The desk's screen shows nothing any more and is to be paired anew. Records `screen.ended`."""
    for screen in SecondScreen.objects.select_for_update().filter(official_id=official_id, ended_at=None):
        screen.ended_at, screen.code_hash, screen.key_hash, screen.draft = at, "", "", None
        screen.save(update_fields=["ended_at", "code_hash", "key_hash", "draft"])
        _tell(screen, "ended", by=by, at=at)


def show(draft: Draft, *, by: ActingOfficial, at: datetime) -> bool:
    """The screen shows this draft from now on; whether the desk has a screen."""
    with transaction.atomic():
        screen = _paired(by.id, at)
        if screen is not None:
            _forget(screen)
            screen.draft, screen.shown_at = draft, at
            screen.save()
    return screen is not None


def take_away(*, by: ActingOfficial, at: datetime) -> None:
    """The screen shows nothing; what the citizen said of it is forgotten here (his confirmation is an event)."""
    with transaction.atomic():
        screen = _paired(by.id, at)
        if screen is not None:
            _forget(screen)
            screen.save()


@transaction.atomic
def point(screen_id: UUID, place: str, digest: str, *, at: datetime) -> bool:
    """The citizen says that this answer is wrong; False when something changed since he saw it."""
    screen = _held(screen_id)
    shown = shown_on(screen, at=at)
    found = None if shown is None else place_of(shown, place)
    if shown is None or found is None or shown.digest != digest:
        return False
    places = dict.fromkeys([*shown.pointed, found])
    screen.pointed = {"as": shown.digest, "places": [asdict(one) for one in places]}
    screen.confirmed_at, screen.confirmed_as = None, ""
    screen.save(update_fields=["pointed", "confirmed_at", "confirmed_as"])
    return True


@transaction.atomic
def confirm(screen_id: UUID, digest: str, *, at: datetime) -> bool:
    """The citizen says that all of it is right; False when something changed since he saw it.

    Records `screen.confirmed` with the digest of what he saw.
    """
    screen = _held(screen_id)
    shown = shown_on(screen, at=at)
    if shown is None or shown.digest != digest:
        return False
    if screen.confirmed_as != digest:
        screen.pointed, screen.confirmed_at, screen.confirmed_as = {}, at, digest
        screen.save(update_fields=["pointed", "confirmed_at", "confirmed_as"])
        _tell(
            screen, "confirmed", by=AT_THE_COUNTER, at=at, submission=str(shown.draft.submission_id), answers=digest
        )  # fmt: skip
    return True


def _code_hash(code: str) -> str:
    return salted_hmac("motcua.second-screen", code, algorithm="sha256").hexdigest()


def _paired(official_id: UUID, at: datetime) -> SecondScreen | None:
    rows = SecondScreen.objects.select_for_update().filter(ended_at=None, expires_at__gt=at)
    return rows.filter(official_id=official_id, paired_at__isnull=False).first()


def _held(screen_id: UUID) -> SecondScreen:
    return SecondScreen.objects.select_for_update(of=("self",)).select_related("draft").get(pk=screen_id)


def _forget(screen: SecondScreen) -> None:
    screen.draft, screen.shown_at, screen.pointed = None, None, {}
    screen.confirmed_at, screen.confirmed_as = None, ""


def _tell(screen: SecondScreen, what: str, *, by: Actor, at: datetime, **after: str) -> None:
    record(
        kind=f"screen.{what}", subject=("screen", screen.pk), by=by, at=at, agency_id=screen.agency_id,
        after=after or None,
    )  # fmt: skip
