"""`orderbell site` as its host runs it: a process with a ready line and a quick stop."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from pos_app.errors import BadInput
from pos_app.tracking import command
from pos_app.tracking.settings import read_origin
from pos_app.wire.pairing import parse_code
from tests.support.ports import free_port

PROGRAM = """
import argparse, sys
from pos_app.tracking import command
parser = argparse.ArgumentParser()
command.add_arguments(parser)
raise SystemExit(command.run(parser.parse_args()))
"""
ROOT = Path(__file__).resolve().parents[2]


def site(*arguments: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, *arguments]


@contextmanager
def served(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        site(*arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline().strip()
            assert line.startswith("site: listening on http://"), line
            yield process, line.rpartition(" ")[2]
        finally:
            if process.poll() is None:
                process.kill()


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


def test_a_hosted_site_listens_pairs_and_stops_within_two_seconds(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    with served("--port", "0", "--origin", "https://t.example.ua", *data) as (process, address):
        assert httpx.get(f"{address}/healthz").text == "ok"
        added = subprocess.run(
            site("shops", "add", "Trattoria Lviv", *data),
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        code = parse_code(added.stdout.splitlines()[0])
        assert code.origin == "https://t.example.ua"
        with httpx.Client(base_url=address) as client:
            client.get("/healthz")
            started = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(5) == 0
            assert time.monotonic() - started < 2
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_the_list_of_shops_names_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ("--data", str(tmp_path))
    run("shops", "add", "Trattoria  Lviv", "--origin", "https://t.example.ua", *data)
    run("shops", *data)
    assert "Trattoria Lviv\tlast heard never" in capsys.readouterr().out


def test_a_hosted_site_needs_its_public_address(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="public address"):
        run("--port", "0", "--data", str(tmp_path))


@pytest.mark.parametrize(
    "text",
    ["", "t.example.ua", "ftp://t.example.ua", "https://", "https://a@t.example.ua",
     "https://t.example.ua/path", "https://t.example.ua?x", "https://t.example.ua:99999"],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_origin(text)


def test_an_address_is_cleaned() -> None:
    assert read_origin(" HTTPS://T.Example.UA/ ") == "https://t.example.ua"


def test_without_a_console_the_log_goes_to_a_file(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "sys.stdout = sys.stderr = None\n"
        "from pos_app.tracking.server import serve\n"
        "from pos_app.tracking.settings import SiteSettings\n"
        "database = pathlib.Path(sys.argv[1])\n"
        "port = int(sys.argv[2])\n"
        "serve(SiteSettings(f'http://127.0.0.1:{port}', database, port=port))\n"
    )
    port = free_port()
    database = tmp_path / "site.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(database), str(port)], cwd=ROOT
    ) as process:
        try:
            await_health(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()
        assert process.wait(5) == 0
    assert (tmp_path / "logs" / "site.log").exists()


def await_health(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 15
    while True:
        assert process.poll() is None, "the site ended"
        assert time.monotonic() < deadline, "the site never answered"
        try:
            answer = httpx.get(f"{address}/healthz", timeout=1)
        except httpx.TransportError:
            continue
        assert answer.text == "ok"
        return


def test_the_site_needs_nothing_of_the_till() -> None:
    banned = (
        "PySide6", "requests", "qrcode", "phonenumbers", "sqlalchemy", "alembic",
        "pos_app.store", "pos_app.desk",
    )  # fmt: skip
    program = (
        "import sys, pos_app.cli, pos_app.tracking.command, pos_app.tracking.server\n"
        f"print([name for name in {banned!r} if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
