"""The printers of a shop: where they are, whose computer drives them, what comes out of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from pos_app.domain.ids import new_uid
from pos_app.store import documents
from pos_app.store.tables import print_jobs, printers


@dataclass(frozen=True, slots=True)
class StoredPrinter:
    """`kind` is `network` (`address` = host[:port]) or `file` (`address` = folder).

    `slips`, `kitchen`, `stubs` and `deliveries` say what it prints. `station_ids`: whose kitchen
    slips, all when empty. `fallback_id`: the printer that stands in when this one is down.
    """

    id: int
    uid: str
    device_id: str
    name: str
    kind: str
    address: str
    width_mm: int
    slips: bool
    kitchen: bool
    stubs: bool = False
    deliveries: bool = False
    station_ids: tuple[int, ...] = ()
    fallback_id: int | None = None

    def prints_for(self, station_id: int) -> bool:
        """Whether the kitchen slips of this station come out here."""
        return self.kitchen and (not self.station_ids or station_id in self.station_ids)


def all_printers(connection: Connection) -> list[StoredPrinter]:
    """All printers of the shop, in the order in which they were added."""
    return [_printer(row) for row in connection.execute(select(printers).order_by(printers.c.id))]


def add(
    connection: Connection,
    *,
    device_id: str,
    name: str,
    kind: str,
    address: str,
    width_mm: int,
    slips: bool,
    kitchen: bool,
    stubs: bool,
    deliveries: bool,
    station_ids: tuple[int, ...],
    fallback_id: int | None,
) -> int:
    result = connection.execute(
        insert(printers),
        {
            "uid": new_uid(),
            "device_id": device_id,
            "name": name,
            "kind": kind,
            "address": address,
            "width_mm": width_mm,
            "slips": slips,
            "kitchen": kitchen,
            "stubs": stubs,
            "deliveries": deliveries,
            "station_ids": documents.dump(station_ids),
            "fallback_id": fallback_id,
        },
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def change(
    connection: Connection,
    printer_id: int,
    *,
    slips: bool,
    kitchen: bool,
    stubs: bool,
    deliveries: bool,
    station_ids: tuple[int, ...],
    fallback_id: int | None,
) -> None:
    """Say anew what comes out of a printer."""
    connection.execute(
        update(printers)
        .where(printers.c.id == printer_id)
        .values(
            slips=slips,
            kitchen=kitchen,
            stubs=stubs,
            deliveries=deliveries,
            station_ids=documents.dump(station_ids),
            fallback_id=fallback_id,
        )
    )


def remove(connection: Connection, printer_id: int) -> None:
    """Forget a printer and its jobs; nobody falls back on it any more."""
    connection.execute(delete(print_jobs).where(print_jobs.c.printer_id == printer_id))
    connection.execute(
        update(printers).where(printers.c.fallback_id == printer_id).values(fallback_id=None)
    )
    connection.execute(delete(printers).where(printers.c.id == printer_id))


def _printer(row: Row[Any]) -> StoredPrinter:
    return StoredPrinter(
        row.id,
        row.uid,
        row.device_id,
        row.name,
        row.kind,
        row.address,
        row.width_mm,
        bool(row.slips),
        bool(row.kitchen),
        bool(row.stubs),
        bool(row.deliveries),
        documents.load(row.station_ids, tuple[int, ...]),
        row.fallback_id,
    )
