"""All that stands in and around the shop this evening: set up, cut off, lit again, cleared."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from pos_app import paths
from tests.journeys.evening import rush
from tests.journeys.evening.desk import OtherDesk
from tests.journeys.evening.rush import Rush
from tests.journeys.evening.tally import Tally
from tests.journeys.evening.windows import Window
from tests.support.gateway import PASSWORD, USERNAME
from tests.support.ports import free_port
from tests.support.prism import judged
from tests.support.processes import Process, ask, orderbell
from tests.support.receipt_printer import ReceiptPrinter, running
from tests.support.screen import Screen, virtual_screen

SHOP = "Trattoria Lviv"
WINDOWS = {
    "counter": ("1366x768", ()),
    "kitchen": ("1920x1080", ("kitchen", rush.STATION)),
    "pass": ("1920x1080", ("pass",)),
    "guests": ("1366x768", ("guest",)),
}
STARTS_S = 90.0
STOPS_S = 30.0
MINUTE_MS = 60_000


@dataclass
class Stage:
    """`windows` by name are the till's processes; they come and go with the light."""

    folder: Path
    printer: ReceiptPrinter
    browser: Browser
    tally: Tally
    screens: dict[str, Screen]
    site_port: int
    windows: dict[str, Window] = field(default_factory=dict)
    _desk: list[OtherDesk] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.folder / "shop"

    @property
    def counter(self) -> Window:
        return self.windows["counter"]

    @property
    def kitchen(self) -> Window:
        return self.windows["kitchen"]

    @property
    def board(self) -> Window:
        return self.windows["pass"]

    @property
    def guests(self) -> Window:
        return self.windows["guests"]

    @property
    def desk(self) -> OtherDesk:
        return self._desk[0]

    def cli(self, *words: str, stdin: str = "") -> str:
        """What the command line answers."""
        done = ask(*words, "--data", str(self.data), stdin=stdin)
        assert done.returncode == 0, f"{' '.join(words)}: {done.stderr}"
        return done.stdout

    def texts(self) -> Counter[str]:
        """What guests have read, and how often."""
        log = self.folder / "gateway.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return Counter(json.loads(line)["textMessage"]["text"] for line in lines)

    def light(self) -> None:
        """Switch on what needs current: the windows and the other computer."""
        started = {
            name: Process(_till(self.data, *shows), env=self.screens[name].env, name=name)
            for name, (_size, shows) in WINDOWS.items()
        }
        for name, till in started.items():
            self.windows[name] = Window(name, till, self.screens[name], self.tally)
        self._desk = [OtherDesk(self.data)]
        for till in started.values():
            till.line("probe ready", STARTS_S)

    def cut(self) -> None:
        """The light goes out: every process of the shop dies in the same moment, by its id."""
        for window in self.windows.values():
            window.till.kill()
        self.desk.process.kill()

    def let_pass(self, minutes: int) -> None:
        """While it is dark: the last sign of life becomes `minutes` older.

        Waiting so long is no option for a test, and a running program has no fast clock.
        """
        with sqlite3.connect(paths.store_file(self.data)) as store:
            store.execute(
                "UPDATE leases SET heartbeat_at = heartbeat_at - ?", (minutes * MINUTE_MS,)
            )
        store.close()

    def clear(self) -> None:
        """End each process by its id, also those that have ended; one failure spares no other."""
        with ExitStack() as ends:
            for window in self.windows.values():
                ends.callback(window.till.stop, STOPS_S)
            for desk in self._desk:
                ends.callback(desk.process.stop, STOPS_S)

    def pictures(self) -> None:
        """What stands on each screen now, for whoever asks why it failed."""
        for name, screen in self.screens.items():
            screen.picture().save(self.folder / f"last-{name}.png")


def _till(data: Path, *shows: str) -> list[str]:
    return [sys.executable, "-m", "tests.support.probed_till", str(data), *shows]


@contextmanager
def stage(folder: Path, rushes: Rush, tally: Tally) -> Iterator[Stage]:
    """A shop that is open: menu, printer, courier, SMS phone and page set up, screens lit."""
    data = folder / "shop"
    done = ask("init", "--name", SHOP, "--zone", _noon_zone(), "--data", str(data))
    assert done.returncode == 0, done.stderr
    with ExitStack() as stack:
        gateway_url = stack.enter_context(judged(_gateway(stack, folder), folder))
        printer = stack.enter_context(running(ReceiptPrinter()))
        screens = {
            name: stack.enter_context(virtual_screen(size))
            for name, (size, _shows) in WINDOWS.items()
        }
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        stack.callback(browser.close)
        port = free_port()
        made = Stage(folder, printer, browser, tally, screens, port)
        _set_up(made, rushes, gateway_url)
        _pair(made, stack)
        stack.callback(made.clear)
        made.light()
        try:
            yield made
        except BaseException:
            made.pictures()
            raise


def _gateway(stack: ExitStack, folder: Path) -> str:
    log = folder / "gateway.jsonl"
    command = [sys.executable, "-m", "tests.support.gateway", "--port", "0", "--log", str(log)]
    gateway = stack.enter_context(Process([*command, "--delivers"], name="gateway"))
    return gateway.line("http://127.0.0.1")


def _set_up(made: Stage, rushes: Rush, gateway_url: str) -> None:
    address = ("--url", gateway_url, "--username", USERNAME, "--lan")
    made.cli("sms", "set", *address, stdin=PASSWORD + "\n")
    sample, real = made.folder / "sample.json", made.folder / "real.json"
    made.cli("menu", "export", str(sample))
    real.write_text(json.dumps(rush.menu(rushes, json.loads(sample.read_text()))))
    made.cli("menu", "import", str(real))
    paper = ("--slips", "--kitchen", "--stubs", "--deliveries", "--station", "all")
    made.cli("printer", "add", "Counter", "--network", made.printer.address, *paper)
    made.cli("staff", "add", "Oleh", "--role", "courier")


def _pair(made: Stage, stack: ExitStack) -> None:
    """The hosted site is a computer of its own elsewhere: it has light all evening."""
    elsewhere = made.folder / "site"
    origin = ("--origin", f"http://127.0.0.1:{made.site_port}", "--data", str(elsewhere))
    added = ask("site", "shops", "add", SHOP, *origin)
    assert added.returncode == 0, added.stderr
    site = orderbell("site", "--port", str(made.site_port), *origin, name="site")
    stack.enter_context(site)
    site.line("site: listening", STARTS_S)
    made.cli("pair", stdin=added.stdout.splitlines()[0] + "\n")


def _noon_zone() -> str:
    """A zone in which it is noon now, so that the evening fits into one business day."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def as_order(wish: Any) -> dict[str, Any]:
    """`wish` as the other desk sends it."""
    order: dict[str, Any] = {
        "fulfilment": wish.fulfilment,
        "lines": [{"dish": item.dish, "quantity": item.quantity} for item in wish.items],
        "customer": {"name": wish.name, "phone": wish.phone, "order_texts": wish.texts},
    }
    if wish.pay != "unpaid":
        order["payment"] = {"type": wish.pay, "state": "paid"}
    if wish.street:
        order["address"] = {"street": wish.street}
    if wish.table:
        order["table"] = wish.table
    if wish.allergy:
        order["allergy"] = wish.allergy
    return order
