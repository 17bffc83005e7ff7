"""What the settings ask of the world outside the store; `ui.app` answers with the lanes.

Everything here may wait for a network or a disk: call it in the background only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos_app.way_setup import WaySetup


class Outside(Protocol):
    """The lanes and the page that this computer serves, as the screens see them."""

    def sentence(self, language: str) -> str:
        """What is down, in one sentence; empty when all is well."""
        ...

    def addresses(self) -> list[str]:
        """Private addresses of this computer that guests on the Wi-Fi could open."""
        ...

    def serve(self, address: str) -> None:
        """Serve the page on the confirmed private `address`. Raises Unavailable."""
        ...

    def stop_serving(self) -> None:
        """Nobody can open a page from now on."""
        ...

    def pair(self, code: str) -> str:
        """Join a hosted site by its pairing code; the check word that both sides show."""
        ...

    def is_cut_off(self) -> bool:
        """Whether the site takes nothing more of this till until it is paired anew."""
        ...

    def renew_key(self) -> None:
        """Make links with a new key from now on. Raises Refused, Unavailable."""
        ...

    @property
    def ways(self) -> WaySetup:
        """What sets up ways out, asks how they fare, and tries them."""
        ...

    def print_test(self, printer_id: int) -> None:
        """Print a test slip. Raises Unavailable saying why not."""
        ...
