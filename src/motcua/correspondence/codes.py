"""One-time codes: sent by the same loop and the same carriers, kept encrypted until they are sent, then not at all."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.correspondence.actions import Said, message_of
from motcua.correspondence.models import Message
from motcua.correspondence.rules import Contact
from motcua.correspondence.sealing import seal_secret
from motcua.correspondence.shipped import LANGUAGES, MASK
from motcua.correspondence.states import Way
from motcua.correspondence.ways import carriers
from motcua.people.citizens.codes import CodeMessage, CodeRefused
from motcua.people.citizens.models import ContactKind

MINUTE: Final = timedelta(minutes=1)


def send_code(asked: CodeMessage) -> None:
    """Take a code to one phone or mailbox, on that way only; the sender for `people.citizens.codes.deliver_by`.

    Nothing waits for the carrier: the loop sends within seconds, and not any more once the code is over. Without a
    code, whoever holds the contact is told why none came, which contact was put in its place, or that the password is
    another. Raises `CodeRefused` in an office that has nobody to carry a code; news that nobody carries stay with the
    event they follow from.
    """
    at, email = now(), asked.contact.kind == ContactKind.EMAIL
    way = (Way.EMAIL if email else Way.SMS).value
    if settings.MOTCUA_MODE == "production" and way not in carriers():
        if asked.is_news:
            return
        raise CodeRefused(
            _("Cơ quan chưa mở kênh gửi mã này. Ông/bà dùng cách liên hệ khác, hoặc đến Bộ phận Một cửa.")
        )
    to = Contact(name="", phone="" if email else asked.contact.value, email=asked.contact.value if email else "")
    values = {"secret": MASK, "minutes": str(max(1, (asked.until - at) // MINUTE))}
    values |= {"contact": asked.replaced_by.replace("•", "*")} if asked.replaced_by else {}
    said = Said(asked.key, to, _template(asked), values, language=_spoken())
    row = message_of(said, at=at)
    if row is None:
        return
    row.way, row.ways, row.until = way, [way], asked.until
    row.sealed = seal_secret(asked.code) if asked.code else ""
    Message.objects.bulk_create([row], ignore_conflicts=True)


def _template(asked: CodeMessage) -> str:
    if asked.code:
        return "code"
    if asked.replaced_by:
        return "contact-replaced"
    return "password-chosen" if asked.password_chosen else "code-taken"


def _spoken() -> str:
    """The language of who asked."""
    language = get_language() or ""
    return language if language in LANGUAGES else LANGUAGES[0]
