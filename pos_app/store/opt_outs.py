"""Who wants no texts, by a keyed hash of his address: it outlives his own row and names nobody."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, literal_column, select

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared
from pos_app.store.tables import opt_outs

LABEL = b"orderbell/v1/opt-out"
_EVERY = Prepared(select(opt_outs.c.address_hash))
_ANY = Prepared(select(opt_outs.c.channel).limit(literal_column("1")))


def address_key(store_key: bytes) -> bytes:
    """What addresses are hashed with, from the shop's `K_store`."""
    # Most boards open without anybody who said STOP.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=LABEL).derive(store_key)


def hashed(key: bytes, address: str) -> str:
    """One address as it stands in the table; case and outer spaces make no other one."""
    plain = address.strip().casefold().encode()
    return hmac.new(key, plain, hashlib.sha256).hexdigest()


def add(
    connection: Connection, key: bytes, address: str, channel: str, source: str, now: Instant
) -> bool:
    """Note that nothing goes to this address; False when that was known."""
    if stand(connection, key, [address]):
        return False
    values = {
        "address_hash": hashed(key, address),
        "channel": channel,
        "source": source,
        "at": now,
    }
    connection.execute(insert(opt_outs), values)
    return True


def remove(connection: Connection, key: bytes, address: str) -> bool:
    """He wants texts again; False when he never said otherwise."""
    done = connection.execute(
        delete(opt_outs).where(opt_outs.c.address_hash == hashed(key, address))
    )
    return bool(done.rowcount)


def drop_before(connection: Connection, before: Instant) -> int:
    """Forget the stops that were noted before; how many they were."""
    return connection.execute(delete(opt_outs).where(opt_outs.c.at < before)).rowcount


def any_stands(connection: Connection) -> bool:
    """Whether anybody wants no texts: most shops need not ask further."""
    return _ANY.one(connection) is not None


def every_hash(connection: Connection) -> frozenset[str]:
    """All addresses that want nothing, as `hashed`."""
    return frozenset(row.address_hash for row in _EVERY.rows(connection))


def stand(connection: Connection, key: bytes, addresses: Iterable[str]) -> bool:
    """Whether one of the addresses wants nothing."""
    hashes = [hashed(key, address) for address in addresses if address]
    query = select(opt_outs.c.channel).where(opt_outs.c.address_hash.in_(hashes)).limit(1)
    return bool(hashes) and connection.execute(query).first() is not None
