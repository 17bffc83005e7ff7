"""The practice shop's channel: what would have been sent is kept, and nothing leaves."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.channels.protocol import Accepted, Declares, Outcome, OutgoingText, Report


class Recording:
    """Hands each text to `keep`, which must keep one id only once."""

    declares = Declares.KEYED

    def __init__(self, keep: Callable[[OutgoingText], None]) -> None:
        self._keep = keep

    def send(self, message: OutgoingText) -> Outcome:
        self._keep(message)
        return Accepted(message.uid)

    def poll(self, provider_id: str) -> Report | None:  # noqa: ARG002 - as the protocol has it
        """Nobody ever gets it, so there is nothing to report."""
        return None

    def cut(self) -> None:
        """Nothing runs longer than a moment."""

    def close(self) -> None:
        """Nothing is open."""
