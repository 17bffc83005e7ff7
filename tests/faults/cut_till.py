"""The till whose power is cut: `python -m tests.faults.cut_till DATA ORDERS SABOTAGE`.

The same process as in the `kill` row, with checkpoints after every hundred pages instead of a
thousand, so that a short evening has many: it is there that pages of the store itself are
written over.
"""

from __future__ import annotations

import sys

from pos_app.store import database
from tests.faults import till

CHECKPOINT_PAGES = 100
WEAKER = {"synchronous-normal": "NORMAL", "synchronous-off": "OFF"}


def main() -> None:
    data, orders, sabotage = sys.argv[1:]
    database.PRAGMAS += (f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}",)
    if sabotage in WEAKER:
        database.PRAGMAS += (f"PRAGMA synchronous={WEAKER[sabotage]}",)
    sys.argv[1:] = [data, orders, "", sabotage]
    till.main()


if __name__ == "__main__":
    main()
