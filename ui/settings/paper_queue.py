"""Paper that has not come out: how much waits at which printer, and what to do with the old."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from pos_app.clock import local
from pos_app.desk.paper_desk import PaperQueue
from pos_app.errors import OrderbellError
from ui.notices import Tone
from ui.settings.section import Doors
from ui.widgets.looking import Looking
from ui.widgets.parts import button, column, empty, frame, label, row
from ui.words import _, ngettext

LOOK_MS = 2_000


class PaperQueueList(QWidget):
    """Looks again every two seconds while it is seen; nothing is shown when nothing waits."""

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self._doors = doors
        self.zone = "UTC"
        self._asking = False
        self._shown: list[PaperQueue] | None = None
        self._rows = column(self)
        Looking(self, self.look, LOOK_MS)

    def look(self) -> None:
        """Ask what waits now."""
        if self._asking:
            return
        self._asking = True
        queue = self._doors.shop.desk.paper_queue
        self._doors.background.read("what paper waits", queue.waiting, self._show, self._refused)

    def _refused(self, error: OrderbellError) -> None:
        self._asking = False
        self._doors.background.failed.emit(error)

    def _show(self, found: list[PaperQueue]) -> None:
        self._asking = False
        if found == self._shown:
            return
        self._shown = found
        empty(self._rows)
        for queue in found:
            self._rows.addWidget(self._card(queue))

    def _card(self, queue: PaperQueue) -> QFrame:
        printer_id = queue.printer.id
        made = frame("card", f"paper_queue:{printer_id}")
        line = row(made, margins=(16, 10, 12, 10))
        words = column(gap=2)
        words.addWidget(label(self._title(queue), "strong", f"paper_words:{printer_id}", wrap=True))
        words.addWidget(label(self._detail(queue), "small", wrap=True))
        line.addLayout(words, 1)
        if queue.held:
            line.addWidget(
                button(
                    _("Print now"),
                    f"paper_print:{printer_id}",
                    self._printer(printer_id),
                    role="act",
                )
            )
            name = f"paper_drop:{printer_id}"
            line.addWidget(button(_("Drop"), name, self._dropper(printer_id), role="danger"))
        return made

    def _title(self, queue: PaperQueue) -> str:
        count = queue.waiting + queue.held
        waits = ngettext("{count} slip waits", "{count} slips wait", count).format(count=count)
        return f"{queue.printer.name}: {waits}"

    def _detail(self, queue: PaperQueue) -> str:
        since = _("since {time}").format(time=f"{local(queue.oldest_at, self.zone):%H:%M}")
        said = [_trouble(queue.reason), since]
        if queue.held:
            form = ngettext(
                "{count} is older than ten minutes: print or drop it",
                "{count} are older than ten minutes: print or drop them",
                queue.held,
            )
            said.append(form.format(count=queue.held))
        return " · ".join(part for part in said if part)

    def _printer(self, printer_id: int) -> Callable[[], None]:
        queue = self._doors.shop.desk.paper_queue
        return lambda: self._act(
            "print old slips", lambda: queue.print_held(printer_id), _("The slips are printed now.")
        )

    def _dropper(self, printer_id: int) -> Callable[[], None]:
        queue = self._doors.shop.desk.paper_queue
        return lambda: self._act(
            "drop old slips", lambda: queue.drop_held(printer_id), _("The old slips are dropped.")
        )

    def _act(self, name: str, act: Callable[[], int], said: str) -> None:
        def done(_count: int) -> None:
            self._doors.notices.say(said, tone=Tone.GOOD)
            self.look()

        self._doors.background.act(name, act, done)


def _trouble(code: str) -> str:
    if not code:
        return ""
    if code == "no_paper":
        return _("no paper")
    if code == "cover_open":
        return _("cover open")
    if code == "offline":
        return _("not ready")
    return _("does not answer")
