"""The twin's mail server: enough SMTP (RFC 5321) for a letter to come in over a real socket."""

import email.policy
import socketserver
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Final
from uuid import uuid4

from motcua.correspondence.twin.kept import Kept

LONGEST_LINE: Final = 8192
MOST_LINES: Final = 20_000


class MailServer(socketserver.ThreadingTCPServer):
    """Takes letters at 127.0.0.1 once it is served."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, kept: Kept, port: int) -> None:
        self.kept = kept
        super().__init__(("127.0.0.1", port), _Speaker)


def mail_server(kept: Kept, port: int = 0) -> MailServer:
    """A server on 127.0.0.1 that takes letters; not yet serving."""
    return MailServer(kept, port)


class _Speaker(socketserver.StreamRequestHandler):
    """One conversation with whoever brings letters."""

    server: MailServer
    timeout = 30

    def handle(self) -> None:
        if self.server.kept.behaviour.deaf:
            return
        self._say("220 twin ESMTP")
        self._to: list[str] = []
        while line := self.rfile.readline(LONGEST_LINE):
            word = line.decode("utf-8", "replace").strip()
            if not self._answer(word):
                return

    def _answer(self, said: str) -> bool:
        verb = said[:4].upper()
        self.server.kept.requests += 1
        if self.server.kept.behaviour.statuses:
            self._say(f"{self.server.kept.behaviour.statuses.popleft()} not now")
        elif verb == "EHLO":
            self._say("250-twin\r\n250 8BITMIME")
        elif verb == "RCPT":
            self._recipient(said.partition("<")[2].partition(">")[0])
        elif verb == "DATA":
            self._letter()
        elif verb == "QUIT":
            self._say("221 bye")
            return False
        else:
            self._to = [] if verb in ("MAIL", "RSET") else self._to
            self._say("250 ok")
        return True

    def _recipient(self, address: str) -> None:
        if address in self.server.kept.behaviour.refused:
            self._say("550 no such mailbox")
        elif address in self.server.kept.behaviour.later:
            self._say("451 try again later")
        else:
            self._to.append(address)
            self._say("250 ok")

    def _letter(self) -> None:
        self._say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline(LONGEST_LINE)) not in (b".\r\n", b"") and len(lines) < MOST_LINES:
            lines.append(line[1:] if line.startswith(b".") else line)
        letter = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(b"".join(lines))
        body = letter.get_body(("plain",))
        text = str(body.get_content()) if body is not None else ""
        ref = str(letter["Message-ID"] or uuid4())
        self.server.kept.take("email", ref, ", ".join(self._to), text, str(letter["Subject"] or "").strip())
        self._say("250 kept")

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")
