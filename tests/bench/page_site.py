"""The site that `page` measures: everything real, only the limits raised.

    python -m tests.bench.page_site FOLDER

Prints one line of JSON, `{"port", "path"}`, once it accepts connections.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from pos_app.clock import SystemClock
from pos_app.tracking.app import build_site
from pos_app.tracking.repository import Repository
from pos_app.tracking.server import listen, make_server
from pos_app.tracking.settings import LOOPBACK_LIMITS, SiteSettings
from pos_app.wire.envelopes import encode
from tests.tracking.live import TRATTORIA, LiveSite, Till, order

LIMITS = replace(
    LOOPBACK_LIMITS, token_per_minute=100_000_000, connections_per_address=1_000, connections=1_000
)
RAISED = "requests per link 100,000,000/min instead of 60, connections 1,000 instead of 64"


def main() -> None:
    """Serve one order's page until SIGTERM."""
    clock, till = SystemClock(), Till()
    database = Path(sys.argv[1]) / "site.sqlite"
    wanted = SiteSettings("http://127.0.0.1:0", database, port=0, limits=LIMITS)
    settings, sockets = listen(wanted)
    repository = Repository(database)
    site = LiveSite(settings, repository, build_site(settings, repository, clock), clock)
    shop_id = till.enrolled(site).shop_id
    now = clock.now()
    token = till.token(now)
    snapshot = order(now, token)
    with repository.write() as session:
        session.put_profile(shop_id, TRATTORIA, encode(TRATTORIA))
        session.put_order(shop_id, snapshot, encode(snapshot), now)
        session.put_links(shop_id, snapshot.uid, snapshot.links)
        session.heard(session.terminals()[0], now)

    def ready() -> None:
        print(json.dumps({"port": settings.port, "path": f"/{token}?lang=en"}), flush=True)

    make_server(settings, site.app, ready).run(sockets)
    repository.close()


if __name__ == "__main__":
    main()
