"""Jobs on their way: to a real socket that behaves like a printer, and to a folder."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos_app.errors import Unavailable
from pos_app.receipts import FilePrinter, NetworkPrinter, PartlyPrinted, deliver
from pos_app.receipts.status import PRINTER

Behaviour = Callable[[socket.socket, bytearray], None]


@contextmanager
def printer(behave: Behaviour) -> Iterator[tuple[NetworkPrinter, bytearray]]:
    """A listening printer that serves one connection with `behave`."""
    paper = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)

        def serve() -> None:
            wire, _ = listener.accept()
            with wire:
                wire.settimeout(10)
                behave(wire, paper)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield NetworkPrinter("127.0.0.1", 80, listener.getsockname()[1]), paper
        finally:
            thread.join(10)


def print_all(wire: socket.socket, paper: bytearray) -> None:
    while received := wire.recv(65536):
        paper.extend(received)


JOB = bytes(range(256)) * 1000


def test_a_printer_gets_every_byte_of_the_job() -> None:
    with printer(print_all) as (target, paper):
        deliver(target, JOB, timeout_s=5, asks=False)
    assert bytes(paper) == JOB


def test_a_printer_that_keeps_the_line_open_still_counts_as_printed() -> None:
    released = threading.Event()

    def keep_open(wire: socket.socket, paper: bytearray) -> None:
        print_all(wire, paper)
        released.wait(10)

    with printer(keep_open) as (target, paper):
        deliver(target, JOB, timeout_s=8, asks=False)
        released.set()
    assert bytes(paper) == JOB


def test_a_printer_that_reports_its_state_does_not_confuse_the_till() -> None:
    def chatty(wire: socket.socket, paper: bytearray) -> None:
        wire.sendall(b"\x14\x00\x00\x0f")
        print_all(wire, paper)

    with printer(chatty) as (target, paper):
        assert not deliver(target, JOB, timeout_s=5)
    assert bytes(paper) == PRINTER + JOB


def test_a_printer_that_is_off_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unavailable) as refused:
        deliver(NetworkPrinter("127.0.0.1", 80, port), JOB, timeout_s=2)
    assert not isinstance(refused.value, PartlyPrinted)
    assert f"127.0.0.1:{port}" in refused.value.title
    assert refused.value.hint


def test_a_printer_that_goes_away_in_the_middle_may_have_printed_a_part() -> None:
    def die(wire: socket.socket, paper: bytearray) -> None:
        paper.extend(wire.recv(1000))
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with printer(die) as (target, _), pytest.raises(PartlyPrinted):
        deliver(target, JOB * 40, timeout_s=5, asks=False)


def test_a_printer_without_paper_holds_the_till_no_longer_than_asked() -> None:
    released = threading.Event()

    def no_paper(wire: socket.socket, paper: bytearray) -> None:
        paper.extend(wire.recv(1000))
        released.wait(10)

    with printer(no_paper) as (target, _):
        began = time.monotonic()
        with pytest.raises(PartlyPrinted):
            deliver(target, JOB * 40, timeout_s=0.5)
        waited = time.monotonic() - began
        released.set()
    assert waited < 5


def test_a_small_job_that_only_reached_the_buffer_is_not_called_printed() -> None:
    released = threading.Event()

    def closed_window(wire: socket.socket, paper: bytearray) -> None:
        released.wait(10)

    with printer(closed_window) as (target, _):
        with pytest.raises(PartlyPrinted):
            deliver(target, JOB * 12, timeout_s=3)
        released.set()


def test_a_folder_gets_one_whole_file_per_job_named_after_the_order(tmp_path: Path) -> None:
    target = FilePrinter(tmp_path / "slips", 58)
    deliver(target, b"first", 1, name="A43")
    deliver(target, b"second", 1, name="A43")
    files = sorted(target.folder.iterdir())
    assert [file.name.split("-")[0] for file in files] == ["A43", "A43"]
    assert [file.suffix for file in files] == [".escpos", ".escpos"]
    assert sorted(file.read_bytes() for file in files) == [b"first", b"second"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b\\c:d", "", "…", "\x00", "A" * 500])
def test_no_number_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    target = FilePrinter(tmp_path / "slips", 58)
    deliver(target, b"job", 1, name=name)
    [file] = target.folder.iterdir()
    assert file.read_bytes() == b"job"
    assert list(tmp_path.iterdir()) == [target.folder]


def test_a_folder_that_cannot_be_written_is_named_and_left_clean(tmp_path: Path) -> None:
    blocked = tmp_path / "slips"
    blocked.write_text("a file stands where the folder should be")
    with pytest.raises(Unavailable) as refused:
        deliver(FilePrinter(blocked, 58), b"job", 1)
    assert str(blocked) in refused.value.title
    assert list(tmp_path.iterdir()) == [blocked]
