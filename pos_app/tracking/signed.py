"""Who may speak for a shop: the checks of a signed request, in the order that security needs.

Size and syntax, limiter, key from memory, signature, digest, then the clock; the nonce is spent
by the caller in the transaction of the effect. Every failure before a valid signature gets the
same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.clock import SECOND_MS, Clock, Instant
from pos_app.errors import BadInput
from pos_app.tracking.asgi import Scope, header
from pos_app.tracking.directory import KeyDirectory
from pos_app.tracking.limits import Rate
from pos_app.tracking.rows import Terminal
from pos_app.wire.signing import (
    NONCE_KEPT_S,
    SKEW_S,
    UNPAIRED_KEY,
    Request,
    SignatureHeaders,
    is_digest_of,
    is_signed_by,
    read_headers,
)
from pos_app.wire.snapshots import Fault


class Rejected(Exception):
    """The answer to a request that is not taken. `wait_s` goes into `Retry-After`."""

    def __init__(self, status: int, fault: Fault, wait_s: int = 0) -> None:
        super().__init__(fault.error)
        self.status = status
        self.fault = fault
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Admitted:
    """A proven request of `terminal`. Its nonce is not spent yet."""

    terminal: Terminal
    nonce: str
    nonce_expires_at: Instant


def unauthorized() -> Rejected:
    return Rejected(401, Fault("unauthorized"))


def bad_request(error: BadInput) -> Rejected:
    return Rejected(400, Fault("bad_input", error.field))


def cut_off() -> Rejected:
    return Rejected(403, Fault("revoked"))


def too_often(wait_s: int) -> Rejected:
    return Rejected(429, Fault("too_many_requests"), wait_s)


class Doorkeeper:
    """Admits signed requests, or raises Rejected."""

    def __init__(
        self, directory: KeyDirectory, origin: str, failures: Rate, requests: Rate, clock: Clock
    ) -> None:
        self._directory = directory
        self._origin = origin
        self._failures = failures
        self._requests = requests
        self._clock = clock

    async def admit(self, scope: Scope, body: bytes) -> Admitted:
        """A request of a paired terminal."""
        now = self._clock.now()
        headers = self._read(scope, now)
        # Counted per known terminal: others behind the same address cannot lock a till out.
        known = self._directory.knows_terminal(headers.key_id)
        caller = (scope["orderbell.address"], headers.key_id if known else "")
        self._hold_back(caller, now)
        terminal = await self._directory.terminal(headers.key_id)
        request = self._request(scope, headers, body)
        if terminal is None or not _is_proven(terminal.sig_pub, request, headers, body):
            raise self._failed(caller, now)
        if terminal.revoked:
            raise cut_off()
        self._check_time(headers.time_s, now)
        wait_s = self._requests.take(terminal.terminal_id, now)
        if wait_s:
            raise too_often(wait_s)
        kept = Instant((headers.time_s + NONCE_KEPT_S) * SECOND_MS)
        return Admitted(terminal, headers.nonce, kept)

    def admit_unpaired(self, scope: Scope, body: bytes, sig_pub: bytes) -> None:
        """A pairing request, signed with the very key it brings."""
        now = self._clock.now()
        headers = self._read(scope, now)
        caller = (scope["orderbell.address"], "")
        request = self._request(scope, headers, body)
        if headers.key_id != UNPAIRED_KEY or not _is_proven(sig_pub, request, headers, body):
            raise self._failed(caller, now)
        self._check_time(headers.time_s, now)

    def hold_back_strangers(self, scope: Scope) -> None:
        """Raises Rejected (429) for an address that has failed too often."""
        self._hold_back((scope["orderbell.address"], ""), self._clock.now())

    def failed_stranger(self, scope: Scope) -> Rejected:
        return self._failed((scope["orderbell.address"], ""), self._clock.now())

    def _read(self, scope: Scope, now: Instant) -> SignatureHeaders:
        try:
            return read_headers(scope["headers"])
        except BadInput:
            caller = (scope["orderbell.address"], "")
            self._hold_back(caller, now)
            raise self._failed(caller, now) from None

    def _hold_back(self, caller: tuple[str, str], now: Instant) -> None:
        wait_s = self._failures.is_used_up(caller, now)
        if wait_s:
            raise too_often(wait_s)

    def _failed(self, caller: tuple[str, str], now: Instant) -> Rejected:
        self._failures.take(caller, now)
        return unauthorized()

    def _check_time(self, time_s: int, now: Instant) -> None:
        if abs(time_s * SECOND_MS - now) > SKEW_S * SECOND_MS:
            raise Rejected(401, Fault("clock", now=now))

    def _request(self, scope: Scope, headers: SignatureHeaders, body: bytes) -> Request:
        return Request(
            method=scope["method"],
            origin=self._origin,
            path=scope["raw_path"].decode("latin-1"),
            query=scope["query_string"].decode("latin-1"),
            key_id=headers.key_id,
            time_s=headers.time_s,
            nonce=headers.nonce,
            content_type=header(scope, b"content-type").decode("latin-1"),
            body=body,
        )


def _is_proven(sig_pub: bytes, request: Request, headers: SignatureHeaders, body: bytes) -> bool:
    return is_signed_by(sig_pub, request, headers.signature) and is_digest_of(headers.digest, body)
