"""A delivery's slip on a hosted site, and phones that have scanned it."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec

from pos_app.clock import Clock, Instant
from pos_app.wire import tokens
from pos_app.wire.drops import (
    CLAIM_MS,
    DROP_TYPE,
    Drop,
    DropLine,
    DropOff,
    seal_drop_off,
    slip_key,
    slip_url,
)
from pos_app.wire.envelopes import ACTION, decode, open_envelope, seal
from pos_app.wire.snapshots import Action, ActionsAnswer, PushAnswer
from tests.tracking.live import TRATTORIA, UID, LiveSite, Till, live_site

ROOT = bytes(range(32))
IRYNA = DropOff(
    name="Iryna",
    phone="+380 67 123 45 67",
    street="вул. Саксаганського, 41",
    entrance="2",
    floor="5",
    door_code="48к",
    address_note="Домофон не працює, телефонуйте",
    note="",
    due=58_500,
    payment="cash",
    change_from=100_000,
    decimals=2,
    symbol="₴",
    promised_at=1_795_455_900_000,
    lines=[
        DropLine(1, {"en": "Four cheese, L", "uk": "Чотири сири, L"}),
        DropLine(1, {"en": "Caesar, no croutons", "uk": "Цезар без грінок"}),
        DropLine(2, {"en": "Lemonade 0.5", "uk": "Лимонад 0,5"}),
    ],
    also=["at_shop", "arrived"],
)


@contextmanager
def hosted_site(database: Path, clock: Clock | None = None) -> Iterator[LiveSite]:
    """A site that has courier pages; on loopback, where browsers treat http like https."""
    with live_site(database, clock, mode="hosted") as running:
        yield running


@dataclass
class Slip:
    """One delivery as the till tells it; each `told` is a newer version."""

    site: LiveSite
    till: Till
    token: str
    drop_off: DropOff = IRYNA
    revision: int = 0
    generation: int = 0

    @property
    def url(self) -> str:
        return slip_url(self.site.origin, self.token, slip_key(ROOT, self.token))

    def told(self, **changed: object) -> PushAnswer:
        """Push the slip; `changed` are fields of `Drop`, such as state="ended"."""
        self.revision += 1
        hashed = tokens.token_hash(self.token)
        is_open = changed.get("state", "open") == "open"
        drop = Drop(
            uid=UID,
            epoch=1,
            revision=self.revision,
            hash=hashed,
            number="A38",
            generation=self.generation,
            state="open",
            closes_at=self.site.clock.now() + CLAIM_MS,
            sealed=seal_drop_off(slip_key(ROOT, self.token), hashed, self.drop_off)
            if is_open
            else "",
        )
        drop = msgspec.structs.replace(drop, **changed)
        envelope = seal(f"{UID}/0", DROP_TYPE, drop)
        body = self.till.body(self.site, [envelope], TRATTORIA if self.revision == 1 else None)
        answer = self.till.post(self.site, "/v1/snapshots", body)
        assert answer.status_code == 200, answer.text
        return decode(answer.content, PushAnswer)

    def released(self) -> PushAnswer:
        """Dispatch takes the delivery from whichever phone has it."""
        self.generation += 1
        return self.told()

    def acts(self, after: int = 0) -> list[Action]:
        """What the till hears."""
        found = decode(self.till.actions(self.site, after).content, ActionsAnswer)
        return [open_envelope(envelope, ACTION, Action) for envelope in found.actions]

    def heard(self) -> list[tuple[str, bool]]:
        """`(kind, late)` of what the till hears."""
        return [(act.kind, act.courier is not None and act.courier.late) for act in self.acts()]


def new_slip(site: LiveSite, till: Till) -> Slip:
    now = Instant(site.clock.now())
    token = tokens.mint(till.link_key, till.kid, now, label=tokens.DROP)
    return Slip(site, till, token)


def forms(word: str) -> list[bytes]:
    """How `word` (12 characters at least) would stand in a file that keeps it readable."""
    raw = word.encode()
    found = [raw, word.encode("utf-16-le"), raw.hex().encode(), json.dumps(word).encode()[1:-1]]
    for shift, unsure in ((0, 0), (1, 2), (2, 3)):
        padded = bytes(shift) + raw
        found += [base64.b64encode(padded)[unsure:-4], base64.urlsafe_b64encode(padded)[unsure:-4]]
    return found


class Phone:
    """A phone's browser, without a screen."""

    def __init__(self, slip: Slip) -> None:
        self.slip = slip
        self.cookie = ""

    def open(self, language: str = "en") -> httpx.Response:
        """Load the page, as after scanning the code."""
        answer = self.get("", language)
        given = answer.headers.get("set-cookie", "")
        if given:
            self.cookie = given.partition(";")[0]
        return answer

    def get(self, rest: str, language: str = "en") -> httpx.Response:
        headers = {"accept-language": language, "cookie": self.cookie}
        with self.slip.site.client() as client:
            return client.get(f"/D/{self.slip.token}{rest}", headers=headers)

    def state(self) -> dict[str, object]:
        found: dict[str, object] = self.get("/state").json()
        return found

    def tap(
        self,
        kind: str,
        *,
        reason: str = "",
        age_ms: int = 0,
        action_id: str = "",
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        body = {
            "action_id": action_id or secrets.token_hex(16),
            "kind": kind,
            "occurred_at": self.slip.site.clock.now() - age_ms,
            "age_ms": age_ms,
            "reason": reason,
        }
        sent = {"cookie": self.cookie, "origin": self.slip.site.origin, **(headers or {})}
        with self.slip.site.client() as client:
            return client.post(f"/D/{self.slip.token}/acts", json=body, headers=sent)

    def outcome(self, kind: str, **more: object) -> str:
        return str(self.tap(kind, **more).json()["outcome"])  # type: ignore[arg-type]


def scanned(slip: Slip) -> Phone:
    """A phone that has the slip's page open."""
    phone = Phone(slip)
    phone.open()
    return phone
