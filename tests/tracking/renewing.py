"""A till of a hosted site that asks for its next key, and links made with each of its keys."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from pos_app.clock import Instant
from pos_app.wire import tokens
from pos_app.wire.envelopes import decode, encode
from pos_app.wire.link_keys import PATH, LinkKeyAnswer, LinkKeyRequest
from pos_app.wire.pairing import key_text
from pos_app.wire.snapshots import PushAnswer, PushRequest
from tests.tracking.live import LiveSite, Till

ROOT = b"r" * 32


@dataclass
class Keyed:
    """A till with its root key: what it signs and mints in each generation."""

    site: LiveSite
    till: Till

    def key(self, gen: int) -> bytes:
        return tokens.link_key(ROOT, self.site.origin, gen)

    def request(self, gen: int, key: bytes | None = None, kid: int | None = None) -> bytes:
        return encode(LinkKeyRequest(gen, key_text(key or self.key(gen)), kid))

    def ask(self, gen: int, **more: object) -> httpx.Response:
        return self.till.post(self.site, PATH, self.request(gen, **more))  # type: ignore[arg-type]

    def got(self, gen: int, **more: object) -> int:
        """The handle of that generation."""
        answer = self.ask(gen, **more)
        assert answer.status_code == 200, answer.text
        told = decode(answer.content, LinkKeyAnswer)
        assert told.gen == gen
        return told.kid

    def token(self, gen: int, kid: int, now: Instant, label: bytes = tokens.TRACK) -> str:
        return tokens.mint(self.key(gen), kid, now, label=label)

    def push(self, gen: int) -> PushAnswer:
        """A push of a till that makes its links with `gen`."""
        self.till.push_seq += 1
        body = encode(
            PushRequest(
                self.till.store_id, self.till.epoch, self.till.push_seq, self.site.clock.now(),
                gen=gen,
            )
        )  # fmt: skip
        answer = self.till.post(self.site, "/v1/snapshots", body)
        assert answer.status_code == 200, answer.text
        return decode(answer.content, PushAnswer)


def keyed(site: LiveSite, **more: object) -> Keyed:
    """A till that `site` knows with the key of its first generation."""
    till = Till(**more)  # type: ignore[arg-type]
    till.link_key = tokens.link_key(ROOT, site.origin, 1)
    till.enrolled(site)
    return Keyed(site, till)


def status(site: LiveSite, token: str) -> int:
    with site.client() as client:
        return client.get(f"/{token}").status_code
