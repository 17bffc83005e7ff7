"""Fetching the manifest of releases and its signature: two small files by https, nothing else."""

from __future__ import annotations

from pos_app.channels.guard import LONGEST_ANSWER, CallFailed, GuardedSession

SUFFIX = ".sig"
_LONGEST_SIGNATURE = 1_024
_AGENT = "Orderbell-Updates/1"


class ReleaseSite:
    """Where a manifest lies. `lan`: a manager ticked an address in the shop's own network.

    https there, too: the answer is signed, but who asks for what is nobody's business.
    """

    def __init__(self, address: str, *, lan: bool = False) -> None:
        self._address = address
        self.session = GuardedSession(lan=lan, headers={"User-Agent": _AGENT}, kept=False)

    def fetch(self) -> tuple[bytes, bytes]:
        """Manifest and signature as they are. Raises CallFailed."""
        if not self._address.startswith("https://"):
            raise CallFailed("not_https", not_sent=True)
        return self._get(self._address), self._get(self._address + SUFFIX, _LONGEST_SIGNATURE)

    def end(self) -> None:
        """End a running call from another thread."""
        self.session.end()

    def close(self) -> None:
        self.session.close()

    def _get(self, url: str, longest: int = LONGEST_ANSWER) -> bytes:
        answer = self.session.call("GET", url, longest=longest)
        if answer.status != 200:
            raise CallFailed(f"status_{answer.status}", not_sent=False)
        return answer.body
