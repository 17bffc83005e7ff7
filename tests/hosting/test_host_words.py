"""What `host.py` refuses before it touches anything, and how it says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hosting.shipped import SITE, files, host, proxy, release


@pytest.mark.parametrize(
    "name",
    ["", "https://orders.example.com", "orders.example.com/x", "192.0.2.1", "a b", "-a.example",
     "a..example", "orders.example.com:443", "x" * 64 + ".example", "заклад.example", "a;b", "a\n"],
)  # fmt: skip
def test_what_is_no_name_is_refused(name: str) -> None:
    if name == "a\n":
        # Spaces around a pasted name are nobody's intention.
        assert proxy.checked_name(name) == "a"
        return
    with pytest.raises(release.Stopped, match="no name of a site"):
        proxy.checked_name(name)


def test_a_name_is_cleaned() -> None:
    assert proxy.checked_name(" Orders.Example.COM. ") == "orders.example.com"


@pytest.mark.parametrize("path", ["/etc/a b.pem", '/etc/"x.pem', "/etc/x;y.pem", "/etc/$x.pem"])
def test_a_path_that_nginx_would_misread_is_refused(path: str) -> None:
    front = proxy.Front("orders.example.com", Path(path), Path("/k"))
    with pytest.raises(release.Stopped, match="misread"):
        proxy.https_conf(front)


def test_all_addresses_and_the_usual_ports_unless_told() -> None:
    front = proxy.Front("orders.example.com", Path("/c"), Path("/k"))
    assert front.origin == "https://orders.example.com"
    conf = proxy.https_conf(front)
    assert "    listen 443 ssl http2;\n    listen [::]:443 ssl http2;\n" in conf
    assert "listen 80;" in proxy.http_conf(front)
    assert "@" not in conf.replace("@away", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["no name"], "no name of a site"),
        (["orders.example.com"], "say --mail"),
        (["orders.example.com", "--certificate", "/c"], "belong together"),
    ],
)
def test_it_says_in_one_sentence_what_is_missing(
    tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    command = [sys.executable, str(SITE / "host.py"), *arguments, "--root", str(tmp_path / "root")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("host.py: ")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "root").exists()


def test_a_key_that_is_there_stays_and_one_of_another_length_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "etc" / "site-key"
    assert files.make_key(key)
    content = key.read_bytes()
    assert not files.make_key(key)
    assert key.read_bytes() == content
    key.write_bytes(content[:-1])
    with pytest.raises(release.Stopped, match="32 bytes"):
        files.make_key(key)
    assert key.read_bytes() == content[:-1]


def test_an_environment_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "REQUIREMENTS", tmp_path / "nowhere")
    with pytest.raises(release.Stopped, match="installing packages failed"):
        release.make(tmp_path / "releases" / "new")
    assert list((tmp_path / "releases").iterdir()) == []


def test_an_environment_is_never_made_over_another(tmp_path: Path) -> None:
    with pytest.raises(release.Stopped, match="is there already"):
        release.make(tmp_path)


def test_a_program_is_not_told_what_others_were_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somebody/elses")
    show = "import os; print(os.environ.get('PYTHONPATH'), os.environ.get('MINE'))"
    said = release.call("showing", [sys.executable, "-c", show], MINE="yes")
    assert said.split() == ["None", "yes"]


def test_the_release_has_another_name_when_anything_of_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("pos_app", "resources", "ui", "packaging/requirements", "packaging/site"):
        (tmp_path / part).mkdir(parents=True)
        (tmp_path / part / "release.py").write_text("")
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr(host, "SOURCE", tmp_path)
    first = host._fingerprint()
    (tmp_path / "pos_app" / "__pycache__").mkdir()
    (tmp_path / "pos_app" / "__pycache__" / "x.pyc").write_text("compiled")
    assert host._fingerprint() == first
    (tmp_path / "pos_app" / "release.py").write_text("changed")
    assert host._fingerprint() != first
    assert os.sep not in first
