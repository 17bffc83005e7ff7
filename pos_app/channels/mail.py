"""E-mail: one letter per text, handed to the shop's own mail server.

Blind: a mail server knows no ids, so what broke after the text was sent is never repeated by
itself. Only its last answer counts.
"""

from __future__ import annotations

import smtplib
import socket
import ssl

from pos_app.channels.guard import CallFailed
from pos_app.channels.letters import Attach, Letter, written
from pos_app.channels.pace import GATEWAY
from pos_app.channels.protocol import (
    Accepted,
    Declares,
    GiveUp,
    Outcome,
    OutgoingText,
    Report,
    RetryLater,
    Unknown,
)
from pos_app.channels.setups_direct import STARTTLS, MailSetup
from pos_app.channels.smtp_wire import GO_AHEAD, Wire, limited, prepared
from pos_app.clock import Clock
from pos_app.errors import OrderbellError

_TOO_BIG = 552
_NOT_LET_IN = (530, 534, 535, 538)


class StepRefused(Exception):
    """A step that the server answered with no; `outcome` says what follows."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("refused")
        self.outcome = outcome


class Mail:
    """`password` may be empty where the server asks for none; `attach` gives the receipt."""

    declares = Declares.BLIND
    tells_delivery = False
    pace = GATEWAY

    def __init__(
        self, setup: MailSetup, password: str, clock: Clock, *, attach: Attach | None = None
    ) -> None:
        self._setup = setup
        self._password = password
        self._clock = clock
        self._attach = attach
        self._context = ssl.create_default_context()
        self._wire: Wire | None = None
        self._is_cut = False

    def send(self, message: OutgoingText) -> Outcome:
        try:
            letter = self._written(message)
        except UnicodeError:
            return GiveUp("bad_text")
        except ValueError:
            return GiveUp("bad_address")
        except OrderbellError:
            return RetryLater("no_attachment")
        try:
            setup = self._setup
            wire = prepared(
                setup.host, setup.port, setup.security, lan=setup.lan, context=self._context
            )
        except CallFailed as failed:
            return RetryLater(failed.code, down=True)
        return self._handed_over(wire, letter)

    def poll(self, provider_id: str) -> Report | None:  # noqa: ARG002 - as the protocol has it
        """A mail server reports nothing; what comes back, comes back as a letter."""
        return None

    def cut(self) -> None:
        self._is_cut = True
        wire = self._wire
        if wire is not None:
            wire.cut()

    def close(self) -> None:
        """Nothing stays open between two letters."""

    def _written(self, message: OutgoingText) -> Letter:
        attachment = self._attach(message) if self._attach is not None else None
        setup = self._setup
        return written(
            message, setup.sender, setup.sender_name, setup.reply_to, attachment, self._clock.now()
        )

    def _handed_over(self, wire: Wire, letter: Letter) -> Outcome:
        self._wire = wire
        if self._is_cut:
            wire.cut()
        timer = limited(wire)
        try:
            self._greet(wire)
            return _given(wire, letter)
        except StepRefused as refused:
            return refused.outcome
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return _broken(wire, error)
        finally:
            wire.leave()
            timer.cancel()
            self._wire = None

    def _greet(self, wire: Wire) -> None:
        code, _ = wire.connect(self._setup.host, self._setup.port)
        _need(code, RetryLater("busy", down=True))
        wire.ehlo_or_helo_if_needed()
        if self._setup.security == STARTTLS:
            if not wire.has_extn("starttls"):
                raise StepRefused(RetryLater("no_tls", down=True))
            code, _ = wire.starttls(context=self._context)
            _need(code, RetryLater("no_tls", down=True))
            wire.ehlo_or_helo_if_needed()
        if self._setup.username:
            self._log_in(wire)

    def _log_in(self, wire: Wire) -> None:
        if not (self._setup.username + self._password).isascii():
            raise StepRefused(RetryLater("credentials", down=True))
        try:
            wire.login(self._setup.username, self._password)
        except smtplib.SMTPAuthenticationError as error:
            code = "busy" if 400 <= error.smtp_code < 500 else "credentials"
            raise StepRefused(RetryLater(code, down=True)) from None
        except smtplib.SMTPNotSupportedError:
            raise StepRefused(RetryLater("no_login", down=True)) from None
        except smtplib.SMTPException as error:
            # It names no way to log in that we know; a break is not meant.
            if isinstance(error, smtplib.SMTPServerDisconnected):
                raise
            raise StepRefused(RetryLater("no_login", down=True)) from None


def _given(wire: Wire, letter: Letter) -> Outcome:
    """Envelope and text. The code of the very last answer decides."""
    options = [f"size={len(letter.content)}"] if wire.has_extn("size") else []
    _sender(wire.mail(letter.sender, options)[0])
    code = wire.rcpt(letter.recipient)[0]
    not_asked = RetryLater("garbage", down=True)
    _need(code, _refused(code, "recipient_refused", not_asked))
    try:
        code, _ = wire.data(letter.content)
    except smtplib.SMTPDataError as error:
        return _refused(error.smtp_code, "rejected", not_asked)
    if 200 <= code < 300:
        return Accepted(letter.id)
    return _refused(code, "rejected", Unknown("garbage", down=True))


def _sender(code: int) -> None:
    if code in _NOT_LET_IN:
        raise StepRefused(RetryLater("credentials", down=True))
    if code == _TOO_BIG:
        raise StepRefused(GiveUp("too_long"))
    # Whom the shop writes as is the set-up's fault, not this letter's.
    down = 500 <= code < 600
    _need(code, RetryLater("sender_refused" if down else "busy", down=True))


def _need(code: int, otherwise: Outcome) -> None:
    if not 200 <= code < 300:
        raise StepRefused(otherwise)


def _refused(code: int, final: str, otherwise: Outcome) -> Outcome:
    if 500 <= code < 600:
        return GiveUp("too_long" if code == _TOO_BIG else final)
    if 400 <= code < 500:
        return RetryLater("busy" if code == 421 else "not_now", down=code == 421)
    return otherwise


def _broken(wire: Wire, error: Exception) -> Outcome:
    """It broke in the middle; once the text was asked for, it may have been taken."""
    # The library hides a silence behind its own exception.
    cause = error.__context__ if isinstance(error.__context__, TimeoutError) else error
    if wire.last_code == GO_AHEAD:
        return Unknown(_code(cause), down=True)
    return RetryLater(_code(cause), down=True)


def _code(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionRefusedError):
        return "unreachable"
    if isinstance(error, socket.gaierror):
        return "no_name"
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError):
        return "reset"
    return "garbage" if isinstance(error, smtplib.SMTPException | ValueError) else "no_route"
