"""What was cut off stays cut off: a copy that is put back must let no stolen till in again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_TILLS_SCHEMA = 5
"""From this schema on links end with their till, and there is an audit."""
_CUT_OFF = (
    "UPDATE terminals SET revoked_at = coalesce(revoked_at, (SELECT max(now.revoked_at)"
    " FROM present.terminals AS now WHERE now.sig_pub = terminals.sig_pub))"
)
_LINKS_ENDED = (
    "UPDATE link_keys SET withdrawn_at = coalesce(withdrawn_at, (SELECT now.withdrawn_at"
    " FROM present.link_keys AS now WHERE now.kid = link_keys.kid"
    " AND now.terminal_id = link_keys.terminal_id))"
)
_AUDIT = "INSERT OR IGNORE INTO audit SELECT * FROM present.audit"


def carry_over(present: Path, copy: Path) -> bool:
    """Cut off in `copy` (of this program's schema) whoever is cut off in the `present` database.

    False when there is none, or none that can be read: then a person has to look.
    """
    if not present.exists():
        return False
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("ATTACH ? AS present", (str(present),))
            schema = int(connection.execute("PRAGMA present.user_version").fetchone()[0])
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_CUT_OFF)
            if schema >= _TILLS_SCHEMA:
                connection.execute(_LINKS_ENDED)
                connection.execute(_AUDIT)
            connection.execute("COMMIT")
    except sqlite3.DatabaseError:
        return False
    return True
