"""The container files, read and followed by hand: there is no engine here that would build them.

What the image's first stage runs is run by `test_host.py` on exactly the files that it copies;
here stands that the files say so, and what compose takes away from the containers.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pos_app.tracking.service import KEY_NAME
from pos_app.tracking.settings import DEFAULT_PORT
from tests.hosting.installed import copied
from tests.hosting.shipped import SITE, release
from tests.support.sources import ROOT
from tests.tracking.live import live_site

CONTAINERFILE = (SITE / "Containerfile").read_text("utf-8")
PREFIX = "/opt/orderbell-site"


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.*)$", CONTAINERFILE, re.MULTILINE)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((SITE / "compose.yaml").read_text("utf-8"))
    return read


def test_the_image_is_made_by_the_script_that_a_host_uses() -> None:
    commands = [json.loads(words) for words in instructions("RUN")]
    assert commands[0] == ["python3", "packaging/site/release.py", PREFIX]
    assert commands[1][:2] == ["install", "-d"]
    assert len(commands) == 2
    assert Path(release.__file__) == ROOT / commands[0][1]
    assert "\nimport release\n" in (SITE / "host.py").read_text("utf-8")


def test_the_made_folders_belong_to_the_image_s_user(tmp_path: Path) -> None:
    command = json.loads(instructions("RUN")[1])
    owner = ["-o", "10001", "-g", "10001"]
    start = command.index("-o")
    assert command[start : start + 4] == owner
    # Owners need rights; the rest of the very command is run.
    mine = [w.replace("/made", str(tmp_path)) for w in command[:start] + command[start + 4 :]]
    assert subprocess.run(mine, check=False).returncode == 0
    for folder in ("var/lib/orderbell-site", "var/backups/orderbell-site"):
        assert (tmp_path / folder).stat().st_mode & 0o777 == 0o700
        assert f"/{folder}" in json.loads(instructions("VOLUME")[0])


def test_all_that_it_copies_is_there_and_nothing_is_secret() -> None:
    for path in copied():
        assert (ROOT / path).exists(), path
    allowed = (SITE / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert allowed[0] == "*"
    let_in = [line[1:] for line in allowed if line.startswith("!")]
    assert [p for p in copied() if not any(p == a or p.startswith(f"{a}/") for a in let_in)] == []


def test_it_runs_without_root_and_without_a_shell() -> None:
    (user,) = instructions("USER")
    assert user == "10001:10001"
    for name in ("RUN", "ENTRYPOINT", "CMD", "VOLUME"):
        for words in instructions(name):
            assert isinstance(json.loads(words), list), f"{name} {words} needs a shell"
    assert json.loads(instructions("ENTRYPOINT")[0]) == [f"{PREFIX}/bin/orderbell", "site"]


def test_every_stage_names_the_same_base() -> None:
    bases = {line.partition(" AS ")[0] for line in instructions("FROM")}
    # A virtual environment works with the Python it was made by.
    assert len(bases) == 1


def test_the_health_check_asks_the_site_itself(tmp_path: Path) -> None:
    (line,) = instructions("HEALTHCHECK")
    python, *words = json.loads(line.partition(" CMD ")[2])
    assert python == f"{PREFIX}/bin/python"
    with live_site(tmp_path / "site.sqlite", mode="hosted") as site:
        asked = words[-1].replace(f":{DEFAULT_PORT}/", f":{site.settings.port}/")
        assert asked != words[-1]
        well = subprocess.run([sys.executable, *words[:-1], asked], check=False)
    assert well.returncode == 0
    gone = subprocess.run([sys.executable, *words[:-1], asked], capture_output=True, check=False)
    assert gone.returncode != 0


def test_the_environment_hands_over_folder_and_key_as_systemd_does(compose: dict[str, Any]) -> None:
    (line,) = instructions("ENV")
    given = dict(pair.split("=") for pair in line.split())
    assert given["STATE_DIRECTORY"] in json.loads(instructions("VOLUME")[0])
    # Where compose puts its secrets, by their names.
    assert given["CREDENTIALS_DIRECTORY"] == "/run/secrets"
    assert compose["services"]["site"]["secrets"] == [KEY_NAME]
    assert compose["secrets"][KEY_NAME] == {"file": f"./{KEY_NAME}"}


@pytest.mark.parametrize("name", ["site", "proxy"])
def test_a_container_can_do_little(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert service["mem_limit"]
    assert service["pids_limit"] <= 128
    assert "privileged" not in service


def test_only_the_proxy_can_be_reached_and_only_it_is_believed(compose: dict[str, Any]) -> None:
    site, front = compose["services"]["site"], compose["services"]["proxy"]
    assert "ports" not in site
    assert set(site["networks"]) == {"inside"}
    assert compose["networks"]["inside"]["internal"] is True
    address = front["networks"]["inside"]["ipv4_address"]
    assert f"--trusted-proxy={address}" in site["command"]
    assert {port.rpartition(":")[2] for port in front["ports"]} == {"80", "443"}
    assert "cap_add" not in site
    assert front["cap_add"] == ["NET_BIND_SERVICE"]
    assert front["depends_on"]["site"] == {"condition": "service_healthy"}


def test_the_proxy_of_compose_looks_where_the_site_is(compose: dict[str, Any]) -> None:
    caddyfile = (SITE / "Caddyfile").read_text("utf-8")
    assert f"{{$ORDERBELL_SITE:site:{DEFAULT_PORT}}}" in caddyfile
    asked = set(re.findall(r"\{\$(\w+)\}", caddyfile))
    assert asked == set(compose["services"]["proxy"]["environment"])
    assert "--host=0.0.0.0" in compose["services"]["site"]["command"]
