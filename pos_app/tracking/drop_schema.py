"""Tables of the couriers' slips on the site. What is personal lies sealed, with no key here."""

from __future__ import annotations

DROPS = (
    """CREATE TABLE drops (
        shop_id TEXT NOT NULL REFERENCES shops (shop_id),
        hash TEXT NOT NULL,
        uid TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        number TEXT NOT NULL,
        generation INTEGER NOT NULL,
        state TEXT NOT NULL,
        closes_at INTEGER NOT NULL,
        sealed TEXT NOT NULL,
        ended_at INTEGER,
        PRIMARY KEY (shop_id, hash)) WITHOUT ROWID""",
    # One phone per generation: the primary key decides who was first.
    """CREATE TABLE drop_claims (
        shop_id TEXT NOT NULL,
        hash TEXT NOT NULL,
        generation INTEGER NOT NULL,
        device TEXT NOT NULL,
        claimed_at INTEGER NOT NULL,
        PRIMARY KEY (shop_id, hash, generation)) WITHOUT ROWID""",
    """CREATE TABLE drop_acts (
        seq INTEGER PRIMARY KEY,
        shop_id TEXT NOT NULL,
        hash TEXT NOT NULL,
        device TEXT NOT NULL,
        action_id TEXT NOT NULL,
        generation INTEGER NOT NULL,
        kind TEXT NOT NULL,
        reason TEXT NOT NULL,
        of_kind TEXT NOT NULL,
        device_at INTEGER NOT NULL,
        occurred_at INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        late INTEGER NOT NULL,
        UNIQUE (shop_id, hash, device, action_id))""",
)
