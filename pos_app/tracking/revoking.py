"""What a host sees of the tills on his site, and how one is cut off, also while the site serves.

Cut off is a key, not a name: a till that was paired twice signs with one key under two names, and
both are cut off. A request that was let in a moment before finds it out in its own transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pos_app.clock import Clock, SystemClock
from pos_app.errors import NotFound, Refused
from pos_app.tracking.repository import Repository
from pos_app.tracking.rows import AuditRow, Shop, Till

REVOKED = "revoked"
LINKS_ENDED = "links_ended"


@dataclass(frozen=True, slots=True)
class ShopTills:
    """A shop and its pairings, the oldest first."""

    shop: Shop
    tills: tuple[Till, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The till that a host means, and every name that its key signs under."""

    shop: Shop
    till: Till
    names: tuple[str, ...]


def list_tills(database: Path, shop_name: str | None = None) -> list[ShopTills]:
    """The shops of a site with their tills. Raises NotFound for a shop that is not there."""
    with _opened(database) as repository, repository.read() as session:
        shops, tills = session.shops(), session.tills()
    wanted = [shop for shop in shops if shop_name is None or shop.name == shop_name]
    if shop_name is not None and not wanted:
        raise NotFound(f"There is no shop “{shop_name}” here.", hint="See `site shops`.")
    return [
        ShopTills(shop, tuple(till for till in tills if till.terminal.shop_id == shop.shop_id))
        for shop in wanted
    ]


def choose(database: Path, wanted: str) -> Chosen:
    """The till of this id or check word. Raises NotFound, Refused when several have the word."""
    text = wanted.strip().lower()
    every = [(one.shop, till) for one in list_tills(database) for till in one.tills]
    meant = [
        (shop, till)
        for shop, till in every
        if text and text in (till.terminal.terminal_id, till.terminal.check_word)
    ]
    if not meant:
        raise NotFound(f"There is no till “{wanted}” here.", hint="See `site tills`.")
    if len(meant) > 1:
        raise Refused(
            f"{len(meant)} tills have the word “{wanted}”.", hint="Say the id of one of them."
        )
    shop, till = meant[0]
    names = [
        t.terminal.terminal_id for _, t in every if t.terminal.sig_pub == till.terminal.sig_pub
    ]
    return Chosen(shop, till, tuple(names))


def revoke(
    database: Path, terminal_id: str, who: str, *, links: bool, clock: Clock | None = None
) -> bool:
    """Take nothing more that this till signs; with `links` end the links that it made as well.

    A running site refuses it from its next request on. False when all of that was so before.
    Raises NotFound.
    """
    chosen = choose(database, terminal_id)
    terminal, now = chosen.till.terminal, (clock or SystemClock()).now()
    with _opened(database) as repository, repository.write() as session:
        is_new = not session.is_revoked(terminal.terminal_id)
        ends_links = links and chosen.till.links_ended_at is None
        if is_new:
            session.revoke_terminal(terminal.terminal_id, now)
            session.note(who, REVOKED, terminal.shop_id, now, terminal.terminal_id, terminal.name)
        session.end_keys(terminal.terminal_id, now, links=links)
        if ends_links:
            session.note(who, LINKS_ENDED, terminal.shop_id, now, terminal.terminal_id)
    return is_new or ends_links


def list_audit(database: Path) -> list[AuditRow]:
    """Who let tills in, cut them off and renewed their keys, the newest first."""
    with _opened(database) as repository, repository.read() as session:
        return session.audit()


@contextmanager
def _opened(database: Path) -> Iterator[Repository]:
    if not database.exists():
        raise Refused("There is no site in this folder.", str(database.parent))
    repository = Repository(database)
    try:
        yield repository
    finally:
        repository.close()
