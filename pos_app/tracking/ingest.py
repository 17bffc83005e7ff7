"""What a push does, in one transaction: nonce, profile, orders, and the mark of the push."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pos_app.clock import Instant
from pos_app.errors import BadInput
from pos_app.tracking.link_keys import word_on
from pos_app.tracking.repository import Session
from pos_app.tracking.rows import PushMark, Terminal
from pos_app.wire.drops import DROP_TYPE, Drop
from pos_app.wire.envelopes import (
    ORDER,
    PROFILE,
    Envelope,
    Unsupported,
    decode,
    encode,
    open_envelope,
)
from pos_app.wire.snapshots import (
    KeyWord,
    OrderSnapshot,
    Outcome,
    PushAnswer,
    PushRequest,
    Result,
    ShopProfile,
)


class Fork(Exception):
    """Two stores push as one: somebody copied the store."""


@dataclass(slots=True)
class Stored:
    """The answer, and what it changed: links of orders, or the shop's whole look."""

    answer: bytes
    token_hashes: set[str] = field(default_factory=set)
    is_profile_new: bool = False


def store_push(
    session: Session,
    terminal: Terminal,
    push: PushRequest,
    digest: bytes,
    now: Instant,
    *,
    serves_slips: bool = False,
) -> Stored:
    """Apply `push` (`digest` is SHA-256 of its bytes). Raises Fork, then nothing was stored.

    `serves_slips`: this site has courier pages; another one does not keep what is for them.
    """
    session.heard(terminal, now)
    shop_id = terminal.shop_id
    mark = session.push_mark(shop_id, push.store_id)
    if mark is not None and (push.epoch, push.push_seq) <= (mark.epoch, mark.push_seq):
        is_repeat = (push.epoch, push.push_seq, digest) == (mark.epoch, mark.push_seq, mark.digest)
        if is_repeat:
            return Stored(mark.answer)
        raise Fork
    stored = Stored(b"")
    results = []
    if push.profile is not None:
        outcome = _store_profile(session, shop_id, push.profile, stored)
        results.append(Result(push.profile.id, outcome))
    for envelope in push.orders:
        if envelope.type == DROP_TYPE and serves_slips:
            outcome = _store_drop(session, shop_id, envelope, now)
        else:
            outcome = _store_order(session, shop_id, envelope, now, stored)
        results.append(Result(envelope.id, outcome))
    word = word_on(session, terminal.terminal_id, push.gen, now)
    stored.answer = _answer(session, shop_id, results, word, now)
    mark = PushMark(push.epoch, push.push_seq, digest, stored.answer)
    session.put_push_mark(shop_id, push.store_id, mark)
    return stored


def _store_profile(session: Session, shop_id: str, envelope: Envelope, stored: Stored) -> Outcome:
    try:
        profile = open_envelope(envelope, PROFILE, ShopProfile)
        ZoneInfo(profile.zone)
    except Unsupported:
        return "unsupported"
    except (BadInput, ZoneInfoNotFoundError, ValueError, OSError):
        return "invalid"
    kept = session.profile(shop_id)
    if kept is not None and decode(kept, ShopProfile).edition >= profile.edition:
        return "older"
    session.put_profile(shop_id, profile, encode(profile))
    stored.is_profile_new = True
    return "stored"


def _store_order(
    session: Session, shop_id: str, envelope: Envelope, now: Instant, stored: Stored
) -> Outcome:
    try:
        order = open_envelope(envelope, ORDER, OrderSnapshot)
    except Unsupported:
        return "unsupported"
    except BadInput:
        return "invalid"
    # Encoded again from its own fields: whatever else the sender wrote ends here.
    if not session.put_order(shop_id, order, encode(order), now):
        return "older"
    stored.token_hashes.update(session.links_of(shop_id, order.uid))
    session.put_links(shop_id, order.uid, order.links)
    stored.token_hashes.update(link.hash for link in order.links)
    return "stored"


def _store_drop(session: Session, shop_id: str, envelope: Envelope, now: Instant) -> Outcome:
    try:
        drop = open_envelope(envelope, DROP_TYPE, Drop)
    except Unsupported:
        return "unsupported"
    except BadInput:
        return "invalid"
    kept = session.drop(shop_id, drop.hash)
    ended_at = None
    if drop.state != "open":
        # The first time counts: the courier's ten minutes do not begin again with each push.
        ended_at = kept.ended_at if kept is not None and kept.ended_at is not None else now
    return "stored" if session.put_drop(shop_id, drop, ended_at) else "older"


def _answer(
    session: Session, shop_id: str, results: list[Result], word: KeyWord, now: Instant
) -> bytes:
    site = session.site()
    body = session.profile(shop_id)
    edition = decode(body, ShopProfile).edition if body is not None else None
    return encode(PushAnswer(now, site.site_id, site.epoch, results, edition, word))
