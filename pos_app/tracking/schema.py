"""Tables of the site's own database. Nothing here can hold a guest, a note or a price.

Each step takes a database from the schema before it; a released step is never changed.
"""

from __future__ import annotations

from pos_app.tracking.drop_schema import DROPS

_FIRST = (
    """CREATE TABLE site (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        site_id TEXT NOT NULL,
        site_epoch INTEGER NOT NULL)""",
    """CREATE TABLE shops (
        shop_id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        heard_at INTEGER)""",
    """CREATE TABLE pairing_codes (
        code_hash TEXT PRIMARY KEY,
        shop_id TEXT NOT NULL REFERENCES shops (shop_id),
        expires_at INTEGER NOT NULL,
        used_digest BLOB,
        answer BLOB)""",
    """CREATE TABLE terminals (
        terminal_id TEXT PRIMARY KEY,
        shop_id TEXT NOT NULL REFERENCES shops (shop_id),
        store_id TEXT NOT NULL,
        name TEXT NOT NULL,
        sig_pub BLOB NOT NULL,
        check_word TEXT NOT NULL,
        paired_at INTEGER NOT NULL,
        revoked_at INTEGER)""",
    """CREATE TABLE link_keys (
        kid INTEGER PRIMARY KEY,
        shop_id TEXT NOT NULL REFERENCES shops (shop_id),
        terminal_id TEXT NOT NULL REFERENCES terminals (terminal_id),
        gen INTEGER NOT NULL,
        origin TEXT NOT NULL,
        sealed BLOB NOT NULL,
        created_at INTEGER NOT NULL)""",
    """CREATE TABLE nonces (
        terminal_id TEXT NOT NULL,
        nonce TEXT NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (terminal_id, nonce)) WITHOUT ROWID""",
    "CREATE INDEX nonces_expiry ON nonces (expires_at)",
    """CREATE TABLE push_marks (
        shop_id TEXT NOT NULL REFERENCES shops (shop_id),
        store_id TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        push_seq INTEGER NOT NULL,
        digest BLOB NOT NULL,
        answer BLOB NOT NULL,
        PRIMARY KEY (shop_id, store_id))""",
    """CREATE TABLE profiles (
        shop_id TEXT PRIMARY KEY REFERENCES shops (shop_id),
        epoch INTEGER NOT NULL,
        version INTEGER NOT NULL,
        body BLOB NOT NULL)""",
    """CREATE TABLE orders (
        shop_id TEXT NOT NULL REFERENCES shops (shop_id),
        uid TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        body BLOB NOT NULL,
        stored_at INTEGER NOT NULL,
        ended_at INTEGER,
        arrived_at INTEGER,
        PRIMARY KEY (shop_id, uid)) WITHOUT ROWID""",
    "CREATE INDEX orders_ended ON orders (ended_at) WHERE ended_at IS NOT NULL",
    """CREATE TABLE links (
        shop_id TEXT NOT NULL,
        hash TEXT NOT NULL,
        uid TEXT NOT NULL,
        scope TEXT NOT NULL,
        revoked INTEGER NOT NULL,
        PRIMARY KEY (shop_id, hash)) WITHOUT ROWID""",
    "CREATE INDEX links_order ON links (shop_id, uid)",
    """CREATE TABLE stubs (
        shop_id TEXT NOT NULL,
        hash TEXT NOT NULL,
        forget_at INTEGER NOT NULL,
        PRIMARY KEY (shop_id, hash)) WITHOUT ROWID""",
    """CREATE TABLE actions (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        shop_id TEXT NOT NULL REFERENCES shops (shop_id),
        action_id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        order_uid TEXT NOT NULL,
        received_at INTEGER NOT NULL)""",
    "CREATE INDEX actions_shop ON actions (shop_id, seq)",
)

# What guests do: each at most once per order, so it stands in the order's own row.
_GUESTS = (
    "ALTER TABLE orders ADD COLUMN cancel_asked_at INTEGER",
    "ALTER TABLE orders ADD COLUMN texts_stopped_at INTEGER",
    "ALTER TABLE orders ADD COLUMN stars INTEGER",
    "ALTER TABLE actions ADD COLUMN value INTEGER",
)

# What browsers send about themselves, sealed to the shop until its till has read it.
_BROWSERS = (
    "ALTER TABLE actions ADD COLUMN sealed TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX actions_sealed ON actions (shop_id, seq) WHERE sealed != ''",
    "ALTER TABLE orders ADD COLUMN push_acts INTEGER NOT NULL DEFAULT 0",
)

# A till can be cut off, its key can be followed by the next one, and who did what is kept.
_TILLS = (
    "ALTER TABLE terminals ADD COLUMN heard_at INTEGER",
    "ALTER TABLE link_keys ADD COLUMN superseded_at INTEGER",
    "ALTER TABLE link_keys ADD COLUMN withdrawn_at INTEGER",
    "CREATE INDEX link_keys_terminal ON link_keys (terminal_id, gen)",
    """CREATE TABLE audit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        act TEXT NOT NULL,
        shop_id TEXT NOT NULL,
        terminal_id TEXT NOT NULL,
        detail TEXT NOT NULL)""",
)

STEPS = (_FIRST, _GUESTS, DROPS, _BROWSERS, _TILLS)
SCHEMA = len(STEPS)
