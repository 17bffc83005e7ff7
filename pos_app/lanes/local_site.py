"""The page served by this computer itself: a child process, kept alive while the window is open.

It is the same program (`orderbell site --embedded`) with a database of its own; it never opens
the store. Practice serves it on 127.0.0.1, a shop on the one private address that its owner
confirmed.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

import requests

from pos_app import paths
from pos_app.errors import Unavailable
from pos_app.lanes.backoff import delay_s
from pos_app.lanes.enrolment import LOOPBACK, Enrol, origin_of, use_local_site
from pos_app.lanes.lane import Down
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.site_client import SiteClient
from pos_app.store.sites import Site

PORT = 8123
START_S = 20.0
STOP_S = 3.0
_LOOK_S = 0.1
_ANSWER_S = 2.0
_log = logging.getLogger("orderbell.lanes")


def program() -> list[str]:
    """How this very program is called again: a bundle is its own executable."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "pos_app"]


class LocalSite:
    """One child process for one open shop. `mode` is `loopback` or `shop_network`."""

    def __init__(
        self,
        shop: OpenShop,
        enrol: Enrol,
        *,
        mode: str = LOOPBACK,
        host: str = "127.0.0.1",
        port: int = PORT,
    ) -> None:
        self._shop = shop
        self._enrol = enrol
        self._mode = mode
        self._host = host
        self._port = port
        self.origin = origin_of(host, port)
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep_alive, name="local-site", daemon=True)

    def start(self) -> None:
        """Enrol, start the child and wait until it answers. Raises Unavailable.

        May take seconds: not for a screen's thread.
        """
        site = use_local_site(self._shop, self.origin, self._mode, self._enrol)
        if not self._answers():
            self._spawn()
            self._await()
        elif not self._knows_us(site):
            raise _taken(self.origin)
        self._thread.start()

    def stop(self) -> None:
        """End the child; it gets three seconds to finish."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()
        child, self._child = self._child, None
        if child is None:
            return
        child.terminate()
        try:
            child.wait(STOP_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def command(self) -> list[str]:
        """The child's command line; nothing in it is secret."""
        return [
            *program(),
            "site",
            "--embedded",
            "--data",
            str(self._shop.data),
            "--host",
            self._host,
            "--port",
            str(self._port),
            "--origin",
            self.origin,
        ]

    def _spawn(self) -> None:
        logs = paths.make_private_folder(paths.logs_folder(self._shop.data))
        with (logs / "site.out").open("ab") as out:
            self._child = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=_folder(),
            )

    def _await(self) -> None:
        waited = threading.Event()
        for _ in range(round(START_S / _LOOK_S)):
            if self._answers():
                return
            child = self._child
            if child is None or child.poll() is not None or self._stopping.is_set():
                break
            waited.wait(_LOOK_S)
        self._give_up()
        raise _taken(self.origin)

    def _give_up(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()

    def _answers(self) -> bool:
        """Whether a site listens; the till itself asks on loopback."""
        with requests.Session() as session:
            session.trust_env = False
            try:
                url = f"http://127.0.0.1:{self._port}/healthz"
                answer = session.get(url, timeout=_ANSWER_S, allow_redirects=False)
            except requests.RequestException:
                return False
        return answer.status_code == 200

    def _knows_us(self, site: Site) -> bool:
        """Whether what listens there is this shop's own site, as another window started it."""
        client = SiteClient(site, self._shop.keys, self._shop.clock)
        try:
            client.actions(0, 0)
        except Down:
            return False
        finally:
            client.close()
        return True

    def _keep_alive(self) -> None:
        failures = 0
        while not self._stopping.wait(_LOOK_S if self._child is not None else 1.0):
            if self._is_alive():
                failures = 0
                continue
            failures += 1
            _log.warning("the embedded site ended; it is started again")
            try:
                self._spawn()
                self._await()
            except (Unavailable, OSError):
                self._stopping.wait(delay_s(failures, cap_s=30.0))

    def _is_alive(self) -> bool:
        child = self._child
        return child.poll() is None if child is not None else self._answers()


def _taken(origin: str) -> Unavailable:
    return Unavailable(
        "The page could not be started",
        "It cannot listen at {origin}.",
        "Another program may use this port; choose another one in Settings.",
        origin=origin,
    )


def _folder() -> Path:
    """Where `-m pos_app` is found, whatever folder the window was started in."""
    return Path(__file__).resolve().parents[2]
