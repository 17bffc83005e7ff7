"""Pairing on the site's side: one code, one use, one transaction."""

from __future__ import annotations

import hashlib
import hmac

from uuid_utils.compat import uuid7

from pos_app.clock import Instant
from pos_app.tracking.enrolment import expect_epoch
from pos_app.tracking.keys import Seal
from pos_app.tracking.link_keys import free_kid
from pos_app.tracking.repository import Session
from pos_app.tracking.rows import SealedKey, Terminal
from pos_app.wire.envelopes import encode
from pos_app.wire.pairing import PairAnswer, PairRequest, check_word, key_bytes, secret_hash

PAIRED = "paired"


class RevokedKey(Exception):
    """The till signs with a key that was cut off: it has to make a new one."""


def join(
    session: Session, seal: Seal, request: PairRequest, origin: str, now: Instant
) -> bytes | None:
    """The encoded PairAnswer; None for a code that is unknown, late, or used with other keys.

    Raises RevokedKey; the code is not used up by it. Keys that this store had here before make
    no more links from now on.
    """
    code_hash = secret_hash(request.code)
    row = session.code(code_hash)
    if row is None or now >= row.expires_at:
        return None
    digest = hashlib.sha256(encode(request)).digest()
    if row.used_digest is not None:
        return row.answer if hmac.compare_digest(row.used_digest, digest) else None
    terminal = _terminal(request, row.shop_id)
    if session.is_revoked_key(terminal.sig_pub):
        raise RevokedKey
    session.supersede_keys(row.shop_id, request.store_id, now)
    session.put_terminal(terminal, now)
    kid = free_kid(session, is_local=False)
    sealed = seal.close(kid, row.shop_id, request.gen, key_bytes(request.link_key))
    key = SealedKey(kid, row.shop_id, terminal.terminal_id, request.gen, origin, sealed)
    session.put_key(key, now)
    expect_epoch(session, row.shop_id, request.store_id, request.epoch)
    site = session.site()
    answer = encode(
        PairAnswer(row.shop_id, terminal.terminal_id, kid, site.site_id, site.epoch, now)
    )
    session.use_code(code_hash, digest, answer)
    who = f"till:{terminal.terminal_id}"
    session.note(who, PAIRED, row.shop_id, now, terminal.terminal_id, terminal.name)
    return answer


def _terminal(request: PairRequest, shop_id: str) -> Terminal:
    sig_pub = key_bytes(request.sig_pub)
    return Terminal(
        terminal_id=str(uuid7()),
        shop_id=shop_id,
        store_id=request.store_id,
        name=request.terminal_name,
        sig_pub=sig_pub,
        check_word=check_word(request.code, sig_pub),
        revoked=False,
    )
