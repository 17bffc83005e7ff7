"""The site this shop reports to, what still has to be told to it, and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, text, update

from pos_app.clock import Instant
from pos_app.store.tables import actions, page_outbox, sites


@dataclass(frozen=True, slots=True)
class Site:
    """`mode` is `hosted`, `shop_network` or `loopback`; `kid` goes into every token."""

    site_id: str
    mode: str
    origin: str
    shop_id: str
    terminal_id: str
    kid: int
    generation: int
    site_epoch: int
    push_seq: int
    action_cursor: int
    profile_version: int
    heard_at: Instant | None


_ACTIVE = select(sites).where(sites.c.active)


def active(connection: Connection) -> Site | None:
    """The site in use; None while nobody can open a page."""
    row = connection.execute(_ACTIVE).one_or_none()
    if row is None:
        return None
    return Site(
        row.site_id,
        row.mode,
        row.origin,
        row.shop_id,
        row.terminal_id,
        row.kid,
        row.generation,
        row.site_epoch,
        row.push_seq,
        row.action_cursor,
        row.profile_version,
        row.heard_at,
    )


def activate(connection: Connection, site: Site) -> None:
    """Make `site` the one in use. A known instance keeps its cursors; a new one starts at zero."""
    connection.execute(update(sites).where(sites.c.active).values(active=False))
    known = connection.execute(
        update(sites)
        .where(sites.c.site_id == site.site_id)
        .values(
            active=True,
            mode=site.mode,
            origin=site.origin,
            shop_id=site.shop_id,
            terminal_id=site.terminal_id,
            kid=site.kid,
            generation=site.generation,
            profile_version=0,
        )
    )
    if known.rowcount:
        return
    connection.execute(
        insert(sites),
        {
            "site_id": site.site_id,
            "mode": site.mode,
            "origin": site.origin,
            "shop_id": site.shop_id,
            "terminal_id": site.terminal_id,
            "kid": site.kid,
            "generation": site.generation,
            "active": True,
            "site_epoch": site.site_epoch,
            "push_seq": 0,
            "action_cursor": 0,
            "profile_version": 0,
            "heard_at": None,
        },
    )


def deactivate(connection: Connection) -> None:
    connection.execute(update(sites).where(sites.c.active).values(active=False))


def change(connection: Connection, site_id: str, **values: Any) -> None:
    connection.execute(update(sites).where(sites.c.site_id == site_id).values(**values))


def take_key(connection: Connection, site: Site, kid: int, generation: int) -> bool:
    """Let links be made with another key of `site`, if it is still the terminal in use there.

    False when nothing changed; the generation never goes back.
    """
    same_key = and_(sites.c.generation == generation, sites.c.kid == kid)
    changed = connection.execute(
        update(sites)
        .where(
            sites.c.active,
            sites.c.site_id == site.site_id,
            sites.c.terminal_id == site.terminal_id,
            sites.c.generation <= generation,
            ~same_key,
        )
        .values(kid=kid, generation=generation)
    )
    return bool(changed.rowcount)


def move_cursor(connection: Connection, site_id: str, seq: int) -> None:
    """Actions up to `seq` are dealt with; the cursor never goes back."""
    connection.execute(
        update(sites)
        .where(sites.c.site_id == site_id, sites.c.action_cursor < seq)
        .values(action_cursor=seq)
    )


def next_push_seq(connection: Connection, site_id: str) -> int:
    """Take the next push number; committed before it is used, so that it never repeats."""
    return int(
        connection.execute(
            update(sites)
            .where(sites.c.site_id == site_id)
            .values(push_seq=sites.c.push_seq + 1)
            .returning(sites.c.push_seq)
        ).scalar_one()
    )


def due_pages(connection: Connection, limit: int) -> list[tuple[int, int]]:
    """`(order_id, revision)` whose page is out of date, longest first."""
    query = (
        select(page_outbox.c.order_id, page_outbox.c.revision)
        .order_by(page_outbox.c.queued_at, page_outbox.c.order_id)
        .limit(limit)
    )
    return [(row.order_id, row.revision) for row in connection.execute(query)]


_PUSHED = delete(page_outbox).where(
    and_(
        page_outbox.c.order_id == bindparam("of_order"),
        page_outbox.c.revision <= bindparam("pushed_revision"),
    )
)


def pushed(connection: Connection, pages: list[tuple[int, int]]) -> None:
    """Forget pages that the site has at this revision or newer; changed ones stay queued."""
    if pages:
        connection.execute(
            _PUSHED, [{"of_order": order_id, "pushed_revision": rev} for order_id, rev in pages]
        )


def waiting_pages(connection: Connection) -> tuple[int, Instant | None]:
    row = connection.execute(
        select(func.count(), func.min(page_outbox.c.queued_at)).select_from(page_outbox)
    ).one()
    return int(row[0]), row[1]


_QUEUE_OPEN = text(
    "INSERT INTO page_outbox (order_id, revision, queued_at)"
    " SELECT orders.id, orders.revision, :now FROM orders"
    " WHERE EXISTS (SELECT 1 FROM links WHERE links.order_id = orders.id)"
    " AND (orders.is_open OR orders.ended_at > :ended_after)"
    " ON CONFLICT (order_id) DO UPDATE SET revision = excluded.revision"
)


def queue_all(connection: Connection, now: Instant, ended_after: Instant) -> None:
    """Queue every page that a guest may still open: for a site that starts empty."""
    connection.execute(_QUEUE_OPEN, {"now": now, "ended_after": ended_after})


def tell_everything(connection: Connection, now: Instant, ended_after: Instant) -> None:
    """Tell the site in use all that guests may still open, the shop's profile included."""
    connection.execute(update(sites).where(sites.c.active).values(profile_version=0))
    if active(connection) is not None:
        queue_all(connection, now, ended_after)


def action_outcome(connection: Connection, action_id: str) -> str | None:
    """What came of an action that was applied before; None for a new one."""
    return connection.execute(
        select(actions.c.outcome).where(actions.c.action_id == action_id)
    ).scalar_one_or_none()


def record_action(
    connection: Connection,
    *,
    action_id: str,
    site_id: str,
    seq: int,
    kind: str,
    order_id: int | None,
    outcome: str,
    now: Instant,
) -> None:
    connection.execute(
        insert(actions),
        {
            "action_id": action_id,
            "site_id": site_id,
            "seq": seq,
            "kind": kind,
            "order_id": order_id,
            "outcome": outcome,
            "applied_at": now,
        },
    )
