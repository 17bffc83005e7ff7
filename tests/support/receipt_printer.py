"""A receipt printer on a real socket, held to the ESC/POS contract.

It obeys real-time commands the moment they arrive, wherever they stand, prints what it can while
it has paper, and keeps what it has not printed, in the middle of a picture if need be, across
connections. Everything that a slip of ours may not contain is kept in `violations`.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PIL import Image

_STEP_S = 0.02
_WELL = 0x12
_OFFLINE, _COVER, _STOPPED, _PAPER_END = 0x08, 0x04, 0x20, 0x60
_ANSWERED = (1, 2, 4)
_BEGINNINGS = (b"\x1b@", b"\x1bd", b"\x1dV\x00", b"\x1dv0\x00")


class ReceiptPrinter:
    """`tells`: it answers when asked how it is; `reads`: it takes bytes at all.

    `paper_rows`: dot rows left on the roll, None for plenty. `dies_after`: bytes after which it
    resets the connection, once. `buffer_bytes`: what it takes ahead of the print head; `pause_s`
    between two packets makes it slow.
    """

    def __init__(
        self,
        *,
        tells: bool = True,
        reads: bool = True,
        paper_rows: int | None = None,
        dies_after: int | None = None,
        buffer_bytes: int = 256 * 1024,
        pause_s: float = 0.0,
    ) -> None:
        self.tells = tells
        self.reads = reads
        self.paper_rows = paper_rows
        self.dies_after = dies_after
        self.cover_open = False
        self.slips: list[Image.Image] = []
        self.violations: list[bytes] = []
        self.jobs = 0
        self.asked = 0
        self._buffer_bytes, self._pause_s = buffer_bytes, pause_s
        self._buffer = bytearray()
        self._rows: list[bytes] = []
        self._picture: tuple[int, int] | None = None
        self._pending = b""
        self._guard = threading.Lock()
        self._stopping = threading.Event()
        self._listener: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    # The switch, the roll and the cover

    def switch_on(self) -> None:
        self._stopping.clear()
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._listener.settimeout(_STEP_S)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="receipt-printer")
        self._thread.start()

    def switch_off(self) -> None:
        """Whatever it had not printed is gone."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        with self._guard:
            self._buffer.clear()
            self._picture, self._pending = None, b""

    def put_in_paper(self) -> None:
        """A new roll: it goes on with what it still has."""
        with self._guard:
            self.paper_rows = None
            self._print()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def has_paper(self) -> bool:
        return self.paper_rows is None or self.paper_rows > 0

    @property
    def unfinished_rows(self) -> int:
        """Dot rows on paper that no cut has followed yet."""
        return len(self._rows)

    # The wire

    def _serve(self) -> None:
        listener = self._listener
        assert listener is not None
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                wire, _ = listener.accept()
                with wire:
                    self.jobs += 1
                    self._talk(wire)

    def _talk(self, wire: socket.socket) -> None:
        wire.settimeout(_STEP_S)
        taken = 0
        while not self._stopping.is_set():
            if not self.reads or len(self._buffer) >= self._buffer_bytes:
                self._stopping.wait(_STEP_S)
                continue
            try:
                data = wire.recv(4096)
            except TimeoutError:
                continue
            except OSError:
                return
            if not data:
                return
            self._stopping.wait(self._pause_s)
            taken += len(data)
            if self.dies_after is not None and taken >= self.dies_after:
                self.dies_after = None
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            with self._guard:
                answers = self._take(data)
                self._print()
            with suppress(OSError):
                wire.sendall(answers)

    def _take(self, data: bytes) -> bytes:
        """Real-time commands are obeyed now, the rest waits for the print head."""
        data, self._pending = self._pending + data, b""
        answers = bytearray()
        at = 0
        while at < len(data):
            if data[at] != 0x10:
                self._buffer.append(data[at])
                at += 1
            elif at + 1 >= len(data) or (data[at + 1] == 4 and at + 2 >= len(data)):
                self._pending = data[at:]
                break
            elif data[at + 1] == 4 and data[at + 2] in _ANSWERED:
                self.asked += 1
                answers += self._status(data[at + 2])
                at += 3
            elif data[at + 1] in (4, 5, 0x14):
                self.violations.append(data[at : at + 4])
                at += 2
            else:
                self._buffer.append(data[at])
                at += 1
        return bytes(answers)

    def _status(self, which: int) -> bytes:
        if not self.tells:
            return b""
        stopped = self.cover_open or not self.has_paper
        if which == 1:
            return bytes([_WELL | (_OFFLINE if stopped else 0)])
        if which == 2:
            cover = _COVER if self.cover_open else 0
            return bytes([_WELL | cover | (0 if self.has_paper else _STOPPED)])
        return bytes([_WELL | (0 if self.has_paper else _PAPER_END)])

    # The print head

    def _print(self) -> None:
        while self._buffer and self.has_paper and not self.cover_open:
            if not (self._burn() if self._picture is not None else self._obey()):
                return

    def _burn(self) -> bool:
        """One row of the picture; False when it has not arrived yet."""
        assert self._picture is not None
        width, left = self._picture
        if len(self._buffer) < width:
            return False
        self._rows.append(bytes(self._buffer[:width]))
        del self._buffer[:width]
        self._picture = (width, left - 1) if left > 1 else None
        if self.paper_rows is not None:
            self.paper_rows -= 1
        return True

    def _obey(self) -> bool:
        """One command; False when it has not arrived whole."""
        head = bytes(self._buffer[:8])
        if head[:1] == b"\x00":
            del self._buffer[:1]
        elif head.startswith(b"\x1b@"):
            del self._buffer[:2]
        elif head.startswith(b"\x1bd") and len(head) >= 3:
            del self._buffer[:3]
        elif head.startswith(b"\x1dV\x00"):
            self._cut()
            del self._buffer[:3]
        elif head.startswith(b"\x1dv0\x00") and len(head) >= 8:
            width, rows = struct.unpack("<HH", head[4:8])
            self._picture = (width, rows)
            del self._buffer[:8]
        elif any(known.startswith(head[: len(known)]) for known in _BEGINNINGS):
            return False
        else:
            self.violations.append(head)
            del self._buffer[:1]
        return True

    def _cut(self) -> None:
        width = max((len(row) for row in self._rows), default=1)
        dots = b"".join(row.ljust(width, b"\0") for row in self._rows)
        size = (width * 8, len(self._rows))
        self.slips.append(Image.frombytes("1", size, bytes(b ^ 0xFF for b in dots)).convert("L"))
        self._rows = []


def is_marked(slip: Image.Image) -> bool:
    """Whether the slip begins with a black bar, as COPY does and no other form of ours."""
    top = slip.point(lambda shade: 255 - shade).getbbox()
    if top is None:
        return False
    bar = slip.crop((0, top[1], slip.width, top[1] + 8))
    return sum(1 for shade in bar.tobytes() if shade == 0) > 0.9 * bar.width * bar.height


@contextmanager
def running(printer: ReceiptPrinter) -> Iterator[ReceiptPrinter]:
    """`printer` switched on, and off in the end; nothing that it may not be told was told."""
    printer.switch_on()
    try:
        yield printer
    finally:
        printer.switch_off()
    assert printer.violations == []
