"""The line to the site at the end of a lane: nothing that waits may begin any more."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from pos_app.lanes.lane import Down
from pos_app.lanes.site_line import SiteLine
from tests.lanes.served import served
from tests.support.waiting import until

PATIENCE_S = 25


def test_a_long_poll_that_is_about_to_begin_at_the_end_does_not_begin(tmp_path: Path) -> None:
    with served(tmp_path / "shop") as here:
        line = SiteLine(here.shop)
        client, _ = line.to(here.active())
        client.actions(0, 0)  # from now on a connection is kept, and would be made anew
        line.cut()
        begun = time.monotonic()
        with pytest.raises(Down, match="unreachable"):
            client.actions(0, PATIENCE_S)
        assert time.monotonic() - begun < 5
        assert here.site.app.hub.waiting_tills == 0
        line.close()


def test_a_long_poll_that_runs_is_cut(tmp_path: Path) -> None:
    with served(tmp_path / "shop") as here:
        line = SiteLine(here.shop)
        client, _ = line.to(here.active())
        codes: list[str] = []

        def wait() -> None:
            try:
                client.actions(0, PATIENCE_S)
            except Down as down:
                codes.append(down.code)

        poll = threading.Thread(target=wait)
        poll.start()
        until(lambda: here.site.app.hub.waiting_tills, "the poll")
        line.cut()
        poll.join(5)
        assert codes == ["reset"]
        line.close()
