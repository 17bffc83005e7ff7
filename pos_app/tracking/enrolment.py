"""How a shop comes onto a site: a pairing code for a hosted one, or straight for the till's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pos_app.clock import Clock, Instant, SystemClock
from pos_app.paths import make_private_folder
from pos_app.tracking.keys import open_seal
from pos_app.tracking.repository import Repository, Session
from pos_app.tracking.rows import PushMark, SealedKey, Shop, Terminal
from pos_app.wire.pairing import CODE_LIFE_MS, new_code, secret_hash

CODE_MADE = "code_made"


@dataclass(frozen=True, slots=True)
class LocalEnrolment:
    """The till's names on its own site, and which key its links are made with there."""

    site_id: str
    shop_id: str
    site_epoch: int
    kid: int
    gen: int


def enrol_local(
    database: Path,
    origin: str,
    kid: int,
    gen: int,
    link_key: Callable[[int], bytes],
    terminal_id: str,
    sig_pub: bytes,
    store_id: str,
    epoch: int,
    shop_name: str,
    clock: Clock | None = None,
) -> LocalEnrolment:
    """Enrol a till on the site database beside its own store, without pairing.

    `kid` (one of 0–15) and `gen` are what the till knows of its newest key; a newer one that the
    site has is the one from now on. `link_key` derives the key of a generation; it and `sig_pub`
    are 32 bytes. `epoch` is the store's: pushes of a lower one (an older copy) are refused from
    now on. Repeating it changes nothing but the shop's name, origin and newest key. A running
    site sees it within a second.
    """
    seal = open_seal(_in_private_folder(database))
    now = (clock or SystemClock()).now()
    repository = Repository(database)
    try:
        with repository.write() as session:
            shop_id = _local_shop(session, store_id, shop_name, now)
            terminal = Terminal(terminal_id, shop_id, store_id, shop_name, sig_pub, "", False)
            session.put_terminal(terminal, now)
            newest = session.newest_key(terminal_id)
            if newest is not None and newest.gen >= gen:
                kid, gen = newest.kid, newest.gen
            sealed = seal.close(kid, shop_id, gen, link_key(gen))
            session.put_key(SealedKey(kid, shop_id, terminal_id, gen, origin, sealed), now)
            expect_epoch(session, shop_id, store_id, epoch)
            site = session.site()
    finally:
        repository.close()
    return LocalEnrolment(site.site_id, shop_id, site.epoch, kid, gen)


def add_shop(
    database: Path, name: str, host: str, clock: Clock | None = None, who: str = ""
) -> str:
    """A pairing code (ten minutes, one use) for the shop `name` of a hosted site.

    A name that the site has already gets a code for another till of that shop. `who` made it
    stands in the audit.
    """
    code = new_code(host)
    now = (clock or SystemClock()).now()
    repository = Repository(_in_private_folder(database))
    try:
        with repository.write() as session:
            known = [shop.shop_id for shop in session.shops() if shop.name == name]
            shop_id = known[0] if known else session.add_shop(name, now)
            session.add_code(secret_hash(code.secret), shop_id, Instant(now + CODE_LIFE_MS))
            session.note(who, CODE_MADE, shop_id, now)
    finally:
        repository.close()
    return code.text()


def list_shops(database: Path) -> list[tuple[Shop, list[Terminal]]]:
    """Every shop with its terminals."""
    repository = Repository(_in_private_folder(database))
    try:
        with repository.read() as session:
            terminals = session.terminals()
            return [
                (shop, [found for found in terminals if found.shop_id == shop.shop_id])
                for shop in session.shops()
            ]
    finally:
        repository.close()


def expect_epoch(session: Session, shop_id: str, store_id: str, epoch: int) -> None:
    """From now on pushes of this store come in `epoch` or a later one."""
    mark = session.push_mark(shop_id, store_id)
    if mark is None or mark.epoch < epoch:
        session.put_push_mark(shop_id, store_id, PushMark(epoch, -1, b"", b""))


def _local_shop(session: Session, store_id: str, name: str, now: Instant) -> str:
    shop_id = session.shop_of_store(store_id)
    if shop_id is None:
        return session.add_shop(name, now)
    session.rename_shop(shop_id, name)
    return shop_id


def _in_private_folder(database: Path) -> Path:
    make_private_folder(database.parent)
    return database
