"""Link keys on the site's side: the next one for a till that asks, and the end of old ones.

A key is not forgotten when it is followed but when its last link has ended, which a till says by
the generation that it pushes under. All of one act stands in one transaction.
"""

from __future__ import annotations

import hmac
import secrets

from pos_app.clock import DAY_MS, SECOND_MS, Instant
from pos_app.tracking.keys import Seal
from pos_app.tracking.repository import Repository, Session
from pos_app.tracking.rows import SealedKey, Terminal
from pos_app.tracking.signed import Rejected, too_often
from pos_app.wire.link_keys import LinkKeyAnswer, LinkKeyRequest
from pos_app.wire.pairing import key_bytes
from pos_app.wire.snapshots import Fault, KeyWord
from pos_app.wire.tokens import HORIZON_WEEKS, KID_BITS, LOCAL_KIDS, WEEK_MS

RENEWED = "key_renewed"
OLD_AFTER_MS = 90 * DAY_MS
"""A till is told then that it should ask for the next generation."""
MOST_A_DAY = 3
"""Keys that one till gets in any 24 hours: every kid that is given away stays taken for long."""
KEPT_MS = (HORIZON_WEEKS + 2) * WEEK_MS
"""From the last link to its end: the horizon, the week it was minted in, and a clock ahead."""


def give(
    session: Session,
    seal: Seal,
    terminal: Terminal,
    request: LinkKeyRequest,
    origin: str,
    now: Instant,
    *,
    is_local: bool,
) -> LinkKeyAnswer:
    """What the till is told; for a generation that is here, the one it got the first time.

    Raises Rejected: 409 for another key of that generation or when no handle is free, 429 for
    too many in a day.
    """
    offered = key_bytes(request.link_key)
    known = session.key_of(terminal.terminal_id, request.gen)
    if known is not None:
        if not hmac.compare_digest(seal.open(known), offered):
            raise Rejected(409, Fault("other_key"))
        return LinkKeyAnswer(known.gen, known.kid, now)
    _hold_back(session, terminal.terminal_id, now)
    kid = _wished(session, request.kid, is_local=is_local)
    if kid is None:
        kid = free_kid(session, is_local=is_local)
    sealed = seal.close(kid, terminal.shop_id, request.gen, offered)
    session.put_key(
        SealedKey(kid, terminal.shop_id, terminal.terminal_id, request.gen, origin, sealed), now
    )
    who = f"till:{terminal.terminal_id}"
    detail = f"generation {request.gen}"
    session.note(who, RENEWED, terminal.shop_id, now, terminal.terminal_id, detail)
    return LinkKeyAnswer(request.gen, kid, now)


def free_kid(session: Session, *, is_local: bool) -> int:
    """A handle that no key here has: 0 to 15 on a shop's own site, else a random one above.

    Raises Rejected (409) when a local site has given all of its own away.
    """
    taken = session.kids()
    if is_local:
        free = [kid for kid in range(LOCAL_KIDS) if kid not in taken]
        if not free:
            raise Rejected(409, Fault("no_kid"))
        return free[0]
    while True:
        kid = LOCAL_KIDS + secrets.randbelow((1 << KID_BITS) - LOCAL_KIDS)
        if kid not in taken:
            return kid


def word_on(session: Session, terminal_id: str, gen: int, now: Instant) -> KeyWord:
    """Note that the till makes its links with `gen`; what it should hear about that key."""
    made_at = session.use_key(terminal_id, gen, now)
    if made_at is None:
        return "unknown"
    return "old" if now - made_at >= OLD_AFTER_MS else ""


def forget_ended(repository: Repository, now: Instant) -> bool:
    """Remove the keys whose last link has ended; whether there were any."""
    with repository.write() as session:
        return session.forget_keys(Instant(now - KEPT_MS)) > 0


def _wished(session: Session, kid: int | None, *, is_local: bool) -> int | None:
    """The handle that the till had before this site was put back, if it can have it again."""
    if kid is None or (kid < LOCAL_KIDS) != is_local or kid in session.kids():
        return None
    return kid


def _hold_back(session: Session, terminal_id: str, now: Instant) -> None:
    made = session.made_since(terminal_id, Instant(now - DAY_MS))
    if len(made) >= MOST_A_DAY:
        raise too_often(max(1, -(-(made[-MOST_A_DAY] + DAY_MS - now) // SECOND_MS)))
