"""A real mail server (aiosmtpd) for one test: it keeps letters, or fails at the step it is told.

`refuse` maps a step (`MAIL`, `RCPT`, `DATA`) to the server's words; `drop` names the step at which
the connection dies: `RCPT` is before the text, `DATA` after all of it.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.ports import free_port

USERNAME, PASSWORD = "till@trattoria.example", "correct horse"
_DONE = "250 OK"


@dataclass
class Mailbox:
    """What the server was given, newest last."""

    raw: list[bytes] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    drop: str = ""

    def letters(self) -> list[EmailMessage]:
        parser = BytesParser(_class=EmailMessage, policy=default)
        return [parser.parsebytes(raw) for raw in self.raw]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, sender: str, options: list[str]
    ) -> str:
        envelope.mail_from = sender
        envelope.mail_options.extend(options)
        return self.refuse.get("MAIL", _DONE)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.drop == "RCPT":
            _die(server)
        if "RCPT" in self.refuse:
            return self.refuse["RCPT"]
        envelope.rcpt_tos.append(address)
        return _DONE

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.senders.append(envelope.mail_from or "")
        self.recipients.extend(envelope.rcpt_tos)
        if self.drop == "DATA":
            _die(server)
        return _DONE


def _die(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


@contextmanager
def serving(
    mailbox: Mailbox,
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    login: bool = False,
) -> Iterator[int]:
    """Serve on a thread; yields the port on 127.0.0.1."""
    more: dict[str, Any] = {}
    if login:
        # The server counts only STARTTLS as encrypted.
        more = {"authenticator": _authenticate, "auth_require_tls": starttls is not None}
    if starttls is not None:
        more |= {"tls_context": starttls, "require_starttls": True}
    port = free_port()
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=port, ssl_context=tls, server_hostname="mail", **more
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    known = (data.login, data.password) == (USERNAME.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)
