"""Where a stored printer is: its address as people type it, read."""

from __future__ import annotations

from pathlib import Path

from pos_app import receipts
from pos_app.errors import Unavailable
from pos_app.store.printers import StoredPrinter


def target(printer: StoredPrinter) -> receipts.Printer:
    """A folder, or `host[:port]`. Raises Unavailable."""
    if printer.kind == "file":
        return receipts.FilePrinter(Path(printer.address), printer.width_mm)
    host, port = _host_and_port(printer.address)
    if port is None:
        return receipts.NetworkPrinter(host, printer.width_mm)
    return receipts.NetworkPrinter(host, printer.width_mm, port)


def _host_and_port(address: str) -> tuple[str, int | None]:
    if address.count(":") > 1 and not address.startswith("["):
        return address, None
    host, _, port = address.rpartition(":")
    if not host or address.endswith("]"):
        return address.strip("[]"), None
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise Unavailable(
            "The printer’s address cannot be used",
            "{address}",
            "Write it like 192.168.1.50:9100.",
            address=address,
        )
    return host.strip("[]"), int(port)
