"""Letters over SMTP: one connection for a round, opened when the first is sent."""

import smtplib
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from motcua.correspondence.ways.carrier import Down, Letter, Report, TryLater, Unreachable

_PERMANENT = 500
# What a server says of us, and not of whom we write to.
_OURS = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPSenderRefused)


class Mail:
    """The office's mail server, by Django's settings. It cannot be asked what became of a letter."""

    reports = False

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def carry(self, letter: Letter) -> str:
        """Hand one letter over; its Message-ID is the reference. Raises `TryLater`, `Unreachable`."""
        reference = f"<{letter.id}@{settings.MOTCUA_MAIL_AT}>"
        mail = EmailMessage(
            subject=" ".join(letter.subject.split()),
            body=letter.text,
            to=[formataddr((" ".join(letter.name.split()), letter.address))],
            headers={"Message-ID": reference, "Auto-Submitted": "auto-generated"},
        )
        try:
            self._opened().send_messages([mail])
        except smtplib.SMTPRecipientsRefused as refused:
            self.close()
            raise _said_by(max((code for code, _words in refused.recipients.values()), default=0)) from refused
        except smtplib.SMTPResponseException as answer:
            self.close()
            raise (
                Down(f"smtp_{answer.smtp_code}") if isinstance(answer, _OURS) else _said_by(answer.smtp_code)
            ) from answer
        except (smtplib.SMTPException, OSError) as fault:
            self.close()
            raise Down("no_answer") from fault
        except ValueError as faulty:  # an address or a header that no letter can have
            raise Unreachable("faulty_address") from faulty
        return reference

    def ask(self, reference: str) -> Report:
        """Nothing more is known of a letter."""
        return Report.UNDER_WAY

    def close(self) -> None:
        """End the connection; a server that went away meanwhile is no fault."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _opened(self) -> BaseEmailBackend:
        if self._connection is None:
            self._connection = get_connection(fail_silently=False)
            self._connection.open()
        return self._connection


def _said_by(code: int) -> TryLater | Unreachable:
    """A server says 5xx of what will never work."""
    return Unreachable(f"smtp_{code}") if code >= _PERMANENT else TryLater(f"smtp_{code}")
