"""The one place where windows meet lanes and the page that this computer serves.

Part of the application's start: screens see it only as `ui.outside.Outside`.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pos_app import bootstrap
from pos_app.bootstrap import Shop
from pos_app.build_facts import successor
from pos_app.errors import NotFound, OrderbellError, Unavailable
from pos_app.language import Texts
from ui.words import _, sentences

if TYPE_CHECKING:
    from pos_app.lanes.local_site import LocalSite
    from pos_app.lanes.runner import Lanes
    from pos_app.receipts.elements import Layout
    from pos_app.way_setup import WaySetup

USUAL_PORT = 8123
DELIVER_S = 10.0
LOOK_AT_FILES_S = 10.0


class World:
    """Lanes and page of one open shop. `start` once, `stop` once."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._lanes: Lanes | None = None
        self._site: LocalSite | None = None
        self._guard = threading.Lock()
        self._ended = False
        self._is_replaced = False
        self._files_seen_at_s = float("-inf")

    def start(self) -> None:
        """Serve the page as it was chosen, then begin sending. May take seconds.

        In this order, so that no lane meets a page that is still starting and calls it down.
        Raises Unavailable when the page cannot be served; the lanes run all the same.
        """
        try:
            self._open_page()
        finally:
            # Made here, off the UI thread: their libraries take a while to read.
            lanes = bootstrap.lanes_of(self._shop)
            with self._guard:
                if not self._ended:
                    self._lanes = lanes
                    lanes.start()

    def _open_page(self) -> None:
        setup = self._shop.desk.setup()
        if setup.identity.practice:
            self._serve("loopback", "127.0.0.1")
        elif setup.site is not None and setup.site.mode == "shop_network":
            self._serve("shop_network", urlsplit(setup.site.origin).hostname or "")

    def stop(self) -> None:
        """End lanes, then the page; what is still starting gives up."""
        with self._guard:
            self._ended = True
            lanes = self._lanes
        if lanes is not None:
            lanes.stop()
        self._stop_site()

    def _stop_site(self) -> None:
        """End the page's process; the address stays chosen."""
        site, self._site = self._site, None
        if site is not None:
            site.stop()

    # What screens see

    def sentence(self, language: str) -> str:
        down = bootstrap.lanes_status(self._shop, language).sentence
        if not self._files_are_replaced():
            return down
        updated = Texts(language).gettext("Orderbell was updated. Close and open it once.")
        return sentences(down, updated)

    def _files_are_replaced(self) -> bool:
        """Whether another build lies in the place of the one that runs; looked at now and then."""
        now_s = time.monotonic()
        if now_s - self._files_seen_at_s >= LOOK_AT_FILES_S:
            self._files_seen_at_s = now_s
            self._is_replaced = successor() is not None
        return self._is_replaced

    def addresses(self) -> list[str]:
        return private_addresses()

    def serve(self, address: str) -> None:
        self._serve("shop_network", address)
        self._choose("wifi")

    def stop_serving(self) -> None:
        self._stop_site()
        self._shop.desk.stop_site()
        self._choose("nobody")

    def pair(self, code: str) -> str:
        check_word = bootstrap.pair(self._shop, code)
        self._stop_site()
        self._choose("hosted")
        return check_word

    def is_cut_off(self) -> bool:
        from pos_app.page_setup import is_cut_off

        return is_cut_off(self._shop)

    def renew_key(self) -> None:
        from pos_app.page_setup import renew_key

        renew_key(self._shop)

    @property
    def ways(self) -> WaySetup:
        # Only whoever looks at the ways out waits for what knows them.
        from pos_app.way_setup import WaySetup

        return WaySetup(self._shop)

    def print_test(self, printer_id: int) -> None:
        from pos_app import receipts

        setup = self._shop.desk.setup()
        printer = next((p for p in setup.printers if p.id == printer_id), None)
        if printer is None:
            raise NotFound("There is no such printer")
        layout = _test_layout(setup.settings.shop.name, printer.name, printer.width_mm)
        try:
            place = bootstrap.printer_at(printer)
        except OrderbellError:
            raise
        except Exception as error:
            raise Unavailable(
                "The printer’s address cannot be used", "{address}", address=printer.address
            ) from error
        receipts.deliver(place, receipts.to_escpos(layout), DELIVER_S, "test")

    def _serve(self, mode: str, host: str) -> None:
        self._stop_site()
        port = self._port(mode, host)
        site = bootstrap.local_site(self._shop, mode=mode, host=host, port=port)
        with self._guard:
            if self._ended:
                return
            self._site = site
        site.start()
        if self._lanes is not None:
            self._lanes.wake()

    def _port(self, mode: str, host: str) -> int:
        """The remembered port of this kind of page, else the usual one, else any free one."""
        known = self._shop.desk.setup().site
        if known is not None and known.mode == mode:
            port = urlsplit(known.origin).port
            if port is not None:
                return port
        for wanted in (USUAL_PORT, 0):
            with socket.socket() as probe:
                try:
                    probe.bind((host, wanted))
                except OSError:
                    continue
                return int(probe.getsockname()[1])
        raise Unavailable(
            "The page could not be started",
            "{address} is not an address of this computer now.",
            "Choose another address in Settings, Tracking page.",
            address=host,
        )

    def _choose(self, page: str) -> None:
        shop = self._shop.desk.setup().settings.shop
        if shop.page != page:
            self._shop.desk.change_shop(replace(shop, page=page))


def private_addresses() -> list[str]:
    """IPv4 addresses of this computer that only its own network can reach."""
    from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkInterface

    found = []
    for address in QNetworkInterface.allAddresses():
        if address.protocol() != QAbstractSocket.NetworkLayerProtocol.IPv4Protocol:
            continue
        text = QHostAddress(address).toString()
        parsed = ipaddress.ip_address(text)
        if parsed.is_private and not parsed.is_loopback and not parsed.is_link_local:
            found.append(text)
    return found


def _test_layout(shop: str, printer: str, width_mm: int) -> Layout:
    from pos_app.receipts.elements import Layout, Text, Weight

    return Layout(
        _("Test"),
        width_mm,
        (
            Text(shop, 5.0, Weight.BOLD),
            Text(_("This printer works: {name}").format(name=printer), 3.6),
            Text("ҐІЇЄ ґіїє ₴ 0123456789", 3.6),
        ),
    )
