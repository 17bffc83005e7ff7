"""Printers: what waits for each, whether it prints, and when it last gave a slip."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Code, Finding, moment, off, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes import down
from pos_app.lanes.down import Down, What
from pos_app.lanes.shop import OpenShop
from pos_app.store import lanes, printing

_AMONG = 5_000


def printers(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """All of them in one sentence, then each by its name."""
    if not setup.printers:
        yield off("printers", Phrase("None; see `orderbell printer add`."))
        return
    zone = setup.settings.shop.zone
    with shop.database.read() as connection:
        waiting = printing.waiting(connection)
        queues = {queue.printer_id: queue for queue in printing.queues(connection)}
        broken = lanes.printers_down(connection)
        last = printing.last_printed(connection, _AMONG)
    names = ", ".join(printer.name for printer in setup.printers)
    yield well("printers", Phrase("{names}; {count} slips wait"), names=names, count=waiting)
    for printer in setup.printers:
        queue, state = queues.get(printer.id), broken.get(printer.id)
        left = queue.waiting + queue.held if queue is not None else 0
        values = {"name": printer.name, "count": left}
        if state is not None:
            yield trouble(
                "printer",
                Phrase("{what} ({name}) since {time}; {count} slips wait"),
                Phrase("Look at its paper, cover, cable and power; then Settings, Printers, Test."),
                what=down.words(Down(What.PRINTER, state.code, state.since)),
                code=Code(state.code),
                time=moment(state.since, zone),
                **values,
            )
        elif queue is not None and queue.held:
            yield trouble(
                "printer",
                Phrase("{name}: {count} slips wait, some of them for a person"),
                Phrase("Print or drop them in Settings, Printers."),
                **values,
            )
        elif printer.id in last:
            words = Phrase("{name}: last slip {time}, {count} wait")
            yield well("printer", words, time=moment(last[printer.id], zone), **values)
        else:
            yield well("printer", Phrase("{name}: no slip yet, {count} wait"), **values)
