"""Printers as the owner sets them up: where they are, what comes out of each, who stands in."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.desk import setup
from pos_app.desk.transaction import Transaction
from pos_app.errors import BadInput, NotFound
from pos_app.store import printers
from pos_app.store.printers import StoredPrinter

__all__ = ["Prints", "StoredPrinter", "add", "change", "known", "prints_of", "remove"]


@dataclass(frozen=True, slots=True)
class Prints:
    """What comes out of a printer: guests' slips, the kitchen's, stubs for bags, couriers' slips.

    `station_ids`: whose kitchen slips, all when empty. `fallback_id`: the printer of the same
    computer that stands in after half a minute, None for nobody.
    """

    slips: bool = True
    kitchen: bool = False
    stubs: bool = False
    deliveries: bool = False
    station_ids: tuple[int, ...] = ()
    fallback_id: int | None = None


def add(
    act: Transaction, *, name: str, kind: str, address: str, width_mm: int, prints: Prints
) -> int:
    """Add a printer of this computer. Raises BadInput naming the field."""
    if kind not in ("network", "file"):
        raise BadInput(
            "kind",
            "“{kind}” is no kind of printer here",
            hint="{known}",
            kind=kind,
            known="network, file",
        )
    if width_mm not in (58, 80):
        raise BadInput("width_mm", "Paper is 58 or 80 mm wide")
    if not address.strip():
        raise BadInput("address", "A printer needs an address")
    _check(act, prints, act.device_id, printer_id=None)
    printer_id = printers.add(
        act.connection,
        device_id=act.device_id,
        name=name or kind,
        kind=kind,
        address=address.strip(),
        width_mm=width_mm,
        slips=prints.slips,
        kitchen=prints.kitchen,
        stubs=prints.stubs,
        deliveries=prints.deliveries,
        station_ids=prints.station_ids,
        fallback_id=prints.fallback_id,
    )
    act.record("printer_added", None, {"printer_id": printer_id, "kind": kind})
    setup.touch(act.connection)
    return printer_id


def change(act: Transaction, printer_id: int, prints: Prints) -> None:
    """Say anew what comes out of a printer. Raises NotFound, BadInput naming the field."""
    printer = known(act, printer_id)
    _check(act, prints, printer.device_id, printer_id)
    printers.change(
        act.connection,
        printer_id,
        slips=prints.slips,
        kitchen=prints.kitchen,
        stubs=prints.stubs,
        deliveries=prints.deliveries,
        station_ids=prints.station_ids,
        fallback_id=prints.fallback_id,
    )
    act.record("printer_changed", None, {"printer_id": printer_id})
    setup.touch(act.connection)


def remove(act: Transaction, printer_id: int) -> None:
    printers.remove(act.connection, printer_id)
    act.record("printer_removed", None, {"printer_id": printer_id})
    setup.touch(act.connection)


def prints_of(printer: StoredPrinter) -> Prints:
    """What comes out of `printer` now."""
    return Prints(
        slips=printer.slips,
        kitchen=printer.kitchen,
        stubs=printer.stubs,
        deliveries=printer.deliveries,
        station_ids=printer.station_ids,
        fallback_id=printer.fallback_id,
    )


def known(act: Transaction, printer_id: int) -> StoredPrinter:
    """The printer as it is set up. Raises NotFound."""
    for printer in act.setup.printers:
        if printer.id == printer_id:
            return printer
    raise NotFound("There is no such printer")


def _check(act: Transaction, prints: Prints, device_id: str, printer_id: int | None) -> None:
    stations = {station.id for station in act.setup.menu.stations}
    if not stations.issuperset(prints.station_ids):
        raise BadInput("station_ids", "There is no such station")
    if prints.fallback_id is None:
        return
    if prints.fallback_id == printer_id:
        raise BadInput("fallback_id", "A printer cannot stand in for itself")
    if known(act, prints.fallback_id).device_id != device_id:
        raise BadInput("fallback_id", "Only a printer of the same computer can stand in")
