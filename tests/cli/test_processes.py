"""The command line as real processes: pipes, signals, a site, two tills at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import requests

from tests.cli.till import Till
from tests.support.ports import free_port
from tests.support.processes import ROOT, ask, orderbell

ORDER = json.dumps({"fulfilment": "pickup", "lines": [{"dish": "Margherita"}]})


def get(url: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=10)


def test_a_shop_from_nothing_to_a_checked_order(tmp_path: Path) -> None:
    data = str(tmp_path / "shop")
    assert ask("init", "--practice", "--data", data).returncode == 0
    placed = ask("--data", data, "order", "place", "-", stdin=ORDER)
    assert placed.stderr == ""
    assert json.loads(placed.stdout)["number"] == "A1"
    assert ask("check", "--data", data).returncode == 0
    assert ask("order", "show", "A9", "--data", data).returncode == 1
    assert ask("order", "place", "-", "--data", data, stdin="{").returncode == 2


def test_a_terminal_without_utf8_is_no_reason_to_fail(till: Till) -> None:
    till.place(customer={"name": "Олена"})
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    listed = subprocess.run(
        [sys.executable, "-m", "pos_app", "orders", "--data", str(till.data)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert "Олена" in listed.stdout.decode()


def test_a_reader_that_goes_away_is_no_error(till: Till) -> None:
    for _ in range(12):
        # Enough output for more than one pipe's buffer.
        till.place(lines=[{"dish": "Margherita", "note": "x" * 500}] * 20)
    child = subprocess.Popen(
        [sys.executable, "-m", "pos_app", "orders", "--json", "--data", str(till.data)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.read(1)
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert child.wait(30) == 141
    assert said == b""


def test_the_till_s_own_site_shows_the_order_without_pairing(till: Till) -> None:
    port = free_port()
    with orderbell("site", "--port", str(port), "--data", str(till.data), name="site") as site:
        assert site.line("site: listening") == f"site: listening on http://127.0.0.1:{port}"
        placed = till.place(customer={"name": "Iryna"})
        url = placed["tracking_url"]
        assert url.startswith(f"http://127.0.0.1:{port}/")
        assert "has not reported" in get(url).text
        till.done("sync", "--once")
        page = get(url)
        assert page.status_code == 200
        assert "Margherita" in page.text
        assert "Iryna" not in page.text
        # A taken port changes nothing.
        taken = till("site", "--port", str(port))
        assert taken.code == 1
        assert "cannot listen" in taken.error
        assert site.stop() == 0
    for port_text in ("0", "70000"):
        assert till("site", "--port", port_text).code == 2
    assert till("site", "--host", "0.0.0.0", "--port", str(port)).code == 2


def test_a_till_pairs_with_a_hosted_site_by_one_code(till: Till, tmp_path: Path) -> None:
    port = free_port()
    folder, origin = str(tmp_path / "site"), f"http://127.0.0.1:{port}"
    hosted = ("site", "--origin", origin, "--port", str(port), "--data", folder)
    with orderbell(*hosted, name="site") as site:
        site.line("site: listening")
        added = ask("site", "shops", "add", "Trattoria", "--data", folder)
        code = added.stdout.splitlines()[0]
        paired = till.done("pair", stdin=f"{code}\n")
        word = paired.text.partition("Check word: ")[2].split()[0]
        assert word in ask("site", "shops", "--data", folder).stdout
        placed = till.place()
        till.done("sync", "--once")
        assert "Margherita" in get(placed["tracking_url"]).text
        assert "hosted at" in till.done("doctor").text
        again = Till(tmp_path / "other")
        assert again("init").code == 0
        refused = again("pair", stdin=f"{code}\n")
        assert refused.code == 1
        assert "does not take this code" in refused.error
    away = till("pair", stdin=f"{code}\n")
    assert away.code == 1
    assert "does not answer" in away.error


def test_two_processes_place_at_once_and_no_number_is_given_twice(
    till: Till, tmp_path: Path
) -> None:
    file = tmp_path / "order.json"
    file.write_text(ORDER, encoding="utf-8")
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "pos_app", "order", "place", file, "--data", till.data],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    answers = [child.communicate(timeout=60)[0] for child in children]
    assert sorted(json.loads(answer)["number"] for answer in answers) == ["A1", "A2", "A3", "A4"]
    till.done("check")
