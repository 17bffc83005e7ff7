"""A connection to a mail server: the address that was judged, limits, and a way to cut it.

`smtplib` resolves the name by itself, waits for ever for a server that drips, and reads answers
of any length; and after a break it does not say whether the text itself had been asked for.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
from typing import Any, BinaryIO

from pos_app.channels.addresses import Address
from pos_app.channels.guard import LONGEST_ANSWER, CallFailed, allowed, resolve
from pos_app.channels.setups_direct import PLAIN, TLS

TIMEOUT_S = 10.0
WHOLE_S = 60.0
GO_AHEAD = 354


class _Answers:
    """A server's lines, as many as a server may say on one connection."""

    def __init__(self, lines: BinaryIO) -> None:
        self._lines = lines
        self._left = LONGEST_ANSWER

    def readline(self, size: int) -> bytes:
        line = self._lines.readline(size)
        self._left -= len(line)
        if self._left < 0:
            raise OSError("answer too long")
        return line

    def close(self) -> None:
        self._lines.close()


class Wire(smtplib.SMTP):
    """One conversation. `last_code` is what the server answered last; `connect` comes first."""

    def __init__(self, host: str, address: Address, context: ssl.SSLContext | None) -> None:
        # An own name of this computer is nobody's business, and looking for it may take seconds.
        super().__init__(local_hostname="[127.0.0.1]", timeout=TIMEOUT_S)
        self._host = host.strip("[]")
        self._address = address
        self._context = context
        self._is_cut = False
        self.last_code = 0
        self.file: Any = None
        self.sock: socket.socket | None = None

    # The library's hook; the name was resolved and judged before.
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002
        raw = socket.create_connection((str(self._address), port), timeout)
        if self._is_cut:
            raw.close()
            raise ConnectionAbortedError
        own = raw.getsockname()[0]
        self.local_hostname = f"[IPv6:{own}]" if ":" in own else f"[{own}]"
        if self._context is None:
            return raw
        try:
            return self._context.wrap_socket(raw, server_hostname=self._host)
        except (OSError, ValueError):
            raw.close()
            raise

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Answers(self.sock.makefile("rb"))
        code, words = super().getreply()
        self.last_code = code
        return code, words

    def cut(self) -> None:
        """Shut it down from another thread; what runs fails at once."""
        self._is_cut = True
        wire = self.sock
        if wire is not None:
            with contextlib.suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)

    def leave(self) -> None:
        """Say good-bye, if anybody still listens, and close."""
        with contextlib.suppress(smtplib.SMTPException, OSError, ValueError):
            self.quit()
        self.close()


def prepared(host: str, port: int, security: str, *, lan: bool, context: ssl.SSLContext) -> Wire:
    """A wire to the judged address of `host`, not yet connected. Raises CallFailed."""
    try:
        address = allowed("http" if security == PLAIN else "https", resolve(host, port), lan=lan)
    except CallFailed as failed:
        code = "not_encrypted" if failed.code == "not_https" else failed.code
        raise CallFailed(code, not_sent=True) from None
    return Wire(host, address, context if security == TLS else None)


def limited(wire: Wire) -> threading.Timer:
    """A running timer that cuts `wire` when the whole conversation takes too long."""
    timer = threading.Timer(WHOLE_S, wire.cut)
    timer.start()
    return timer
