"""What guests and couriers did on the web: applied once, in the order the site gave it."""

from __future__ import annotations

from pos_app.desk import browsers, courier_acts, guest_acts
from pos_app.desk.transaction import Transaction
from pos_app.store import orders, sites
from pos_app.wire.browsers import KINDS, BrowserWish
from pos_app.wire.snapshots import Action

APPLIED, IGNORED, UNSUPPORTED = "applied", "ignored", "unsupported"


def apply(act: Transaction, action: Action, wish: BrowserWish | None = None) -> str:
    """Apply one action, remember it and move the cursor, in one commit. A repeat does nothing."""
    # Whoever stands at this till now has not done it.
    act.staff_id = ""
    move_cursor(act, action.seq)
    known = sites.action_outcome(act.connection, action.action_id)
    if known is not None:
        return known
    order_id = orders.by_uid(act.connection, action.order_uid)
    if action.kind in KINDS:
        outcome = _tell_browser(act, action, order_id, wish)
    else:
        outcome = _apply(act, action, order_id)
    remember(act, action.action_id, action.seq, action.kind, order_id, outcome)
    return outcome


def skip(act: Transaction, action_id: str, kind: str) -> str:
    """Remember an action that this version cannot read, so that it is not met again."""
    known = sites.action_outcome(act.connection, action_id)
    if known is None:
        remember(act, action_id[:36], 0, kind[:32], None, UNSUPPORTED)
    return known or UNSUPPORTED


def move_cursor(act: Transaction, seq: int) -> None:
    """Everything up to `seq` has been dealt with."""
    site = act.setup.site
    if site is not None:
        sites.move_cursor(act.connection, site.site_id, seq)


def remember(
    act: Transaction, action_id: str, seq: int, kind: str, order_id: int | None, outcome: str
) -> None:
    """Write that an action was dealt with, so that a repeat is recognised."""
    site = act.setup.site
    sites.record_action(
        act.connection,
        action_id=action_id,
        site_id=site.site_id if site is not None else "",
        seq=seq,
        kind=kind,
        order_id=order_id,
        outcome=outcome,
        now=act.now,
    )


def _tell_browser(
    act: Transaction, action: Action, order_id: int | None, wish: BrowserWish | None
) -> str:
    # A kind that its sealed words do not confirm is somebody's who cannot seal.
    if order_id is None or wish is None or wish.kind != action.kind:
        return IGNORED
    return APPLIED if browsers.apply(act, act.order(order_id), action, wish) else IGNORED


def _apply(act: Transaction, action: Action, order_id: int | None) -> str:
    guest_act = guest_acts.ACTS.get(action.kind)
    if guest_act is None and not courier_acts.is_one(action):
        return UNSUPPORTED
    if order_id is None:
        return IGNORED
    if guest_act is None:
        return courier_acts.apply(act, act.order(order_id), action)
    return APPLIED if guest_act(act, act.order(order_id), action) else IGNORED
