"""Whether guests who have stopped texts can still be recognised on this computer.

Their addresses are hashed under a key of the store's own secret, and secrets are in no backup: a
store that came from another computer holds stops that nobody can compare with an address.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.clock import Instant
from pos_app.desk import setup
from pos_app.desk.transaction import Transaction
from pos_app.store import opt_outs, settings
from pos_app.store.database import Connection

KNOWN = "stop_key"
_ITSELF = "-"
"""No address: what a key makes of it tells one key from another."""
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class StopKey:
    """`check` tells the key under which stops are kept; those before `lost_until` are under one
    that nobody here has.
    """

    check: str = ""
    lost_until: Instant | None = None


def are_lost(connection: Connection, store_key: bytes | None) -> bool:
    """Whether somebody stopped texts whom this computer cannot recognise."""
    if not opt_outs.any_stands(connection):
        return False
    held = settings.read(connection, KNOWN, StopKey())
    if held.lost_until is not None or store_key is None:
        return True
    return bool(held.check) and held.check != _check(store_key)


def settle(act: Transaction, store_key: bytes | None) -> bool:
    """The store stands in another place: note under which key its stops are. True: it is lost."""
    if not opt_outs.any_stands(act.connection):
        return False
    held = settings.read(act.connection, KNOWN, StopKey())
    if not held.check:
        check = _UNKNOWN if store_key is None else _check(store_key)
        settings.write(act.connection, KNOWN, replace(held, check=check), act.now)
    return are_lost(act.connection, store_key)


def keep_under(act: Transaction, store_key: bytes) -> None:
    """A stop is about to be kept under this key; those under another one are lost for good."""
    held = settings.read(act.connection, KNOWN, StopKey())
    check = _check(store_key)
    if held.check == check:
        return
    is_other = bool(held.check) and opt_outs.any_stands(act.connection)
    lost_until = act.now if is_other else held.lost_until
    settings.write(act.connection, KNOWN, StopKey(check, lost_until), act.now)


def forget_lost(act: Transaction, store_key: bytes | None) -> int:
    """Drop the stops that nobody can recognise here. Returns how many."""
    if not are_lost(act.connection, store_key):
        return 0
    held = settings.read(act.connection, KNOWN, StopKey())
    is_ours = store_key is not None and held.check == _check(store_key)
    before = held.lost_until if is_ours and held.lost_until is not None else Instant(act.now + 1)
    gone = opt_outs.drop_before(act.connection, before)
    check = held.check if is_ours else ""
    settings.write(act.connection, KNOWN, StopKey(check), act.now)
    act.record("lost_stops_forgotten", None, {"count": gone})
    setup.touch(act.connection)
    return gone


def _check(store_key: bytes) -> str:
    return opt_outs.hashed(opt_outs.address_key(store_key), _ITSELF)
