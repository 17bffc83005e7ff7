"""What ships: its licences, its bill of materials, and the signed word about a release."""

from __future__ import annotations

import base64
import json
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pos_app.clock import DAY_MS, Instant
from pos_app.wire import releases
from tests.support.sources import ROOT

sys.path.insert(0, str(ROOT / "packaging"))
try:
    import licence_page
    import licences
    import manifest
    import pinned
    import sbom
finally:
    sys.path.remove(str(ROOT / "packaging"))

KINDS = ("desktop", "site")


def _gpl_package(folder: Path) -> None:
    """A package that a shop must not get, installed in `folder`."""
    inside = folder / "copyleft-1.0.dist-info"
    inside.mkdir()
    (inside / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: copyleft\nVersion: 1.0\nLicense-Expression: GPL-3.0-only\n"
    )


def test_the_gate_reads_what_ships_to_desktops_and_to_sites(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert licences.main() == 0
    said = capsys.readouterr().out
    assert re.search(r"desktop\.txt: [1-9]\d+ packages read, 0 refused", said)
    assert re.search(r"site\.txt: [1-9]\d+ packages read, 0 refused", said)


def test_the_gate_shuts_for_copyleft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _gpl_package(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    pin = pinned.Pin("copyleft", "1.0", "", ("0" * 64,), ("orderbell",))
    real = pinned.read
    for file in licences.AT_RUN_TIME:
        spoilt = {file: [*real(file), pin]}
        monkeypatch.setattr(pinned, "read", lambda name, s=spoilt: s.get(name) or real(name))
        assert licences.main() == 1, file
        assert "copyleft: GPL-3.0-only" in capsys.readouterr().out


def test_pins_are_read_with_their_hashes_markers_and_reasons() -> None:
    (pin,) = pinned.parsed(
        "cffi==2.1.1 ; platform_python_implementation != 'PyPy' \\\n"
        f"    --hash=sha256:{'a' * 64} \\\n"
        f"    --hash=sha256:{'b' * 64}\n"
        "    # via\n    #   -c packaging/requirements/dev.txt\n    #   cryptography\n"
    )
    assert (pin.name, pin.version) == ("cffi", "2.1.1")
    assert pin.marker == "platform_python_implementation != 'PyPy'"
    assert pin.hashes == ("a" * 64, "b" * 64)
    assert pin.wanted_by == ("cryptography",)


def test_everything_that_ships_has_its_whole_licence() -> None:
    listed = licence_page.entries()
    assert [one["name"] for one in listed if len(one["text"]) < 60] == []
    by_name = {one["name"]: one for one in listed}
    assert "SIL OPEN FONT LICENSE" in by_name["Inter"]["text"].upper()
    assert {"Orderbell", "Icons", "Sounds"} <= set(by_name)
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in by_name["Python"]["text"]
    for name in ("PySide6_Essentials", "shiboken6"):
        text = by_name[name]["text"]
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
        assert "GNU GENERAL PUBLIC LICENSE" in text, "the one that it adds to"
        assert "https://download.qt.io/" in text, "where its sources are"


def _bill(kind: str) -> dict[str, Any]:
    return sbom.document(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_bill_lists_every_pin_with_all_its_hashes(kind: str) -> None:
    pins = pinned.read(sbom.KINDS[kind])
    by_ref = {one["bom-ref"]: one for one in _bill(kind)["components"]}
    for pin in pins:
        one = by_ref[sbom.ref_of(pin)]
        assert one["version"] == pin.version
        assert one["purl"] == f"pkg:pypi/{pin.name.lower()}@{pin.version}"
        assert [hash_["content"] for hash_ in one["hashes"]] == list(pin.hashes)
    assert len(by_ref) == len(pins) + (kind == "desktop")


@pytest.mark.parametrize("kind", KINDS)
def test_the_bill_is_built_as_cyclonedx_1_6_says(kind: str) -> None:
    """By hand from the specification: its validator is no library of ours."""
    bill = _bill(kind)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    known = {"$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata"}
    assert set(bill) == known | {"components", "dependencies"}
    root = bill["metadata"]["component"]
    refs = [root["bom-ref"], *(one["bom-ref"] for one in bill["components"])]
    assert len(refs) == len(set(refs))
    for one in [root, *bill["components"]]:
        assert one["type"] in ("application", "library", "data")
        assert one["name"]
        assert one.get("scope", "required") in ("required", "optional")
        for hash_ in one.get("hashes", []):
            assert hash_["alg"] == "SHA-256"
            assert re.fullmatch("[0-9a-f]{64}", hash_["content"])
        for licence in one.get("licenses", []):
            assert set(licence) in ({"expression"}, {"license"})
        assert len([x for x in one.get("licenses", []) if "expression" in x]) in (0, 1)
    told = bill["dependencies"]
    assert {one["ref"] for one in told} <= set(refs)
    assert {on for one in told for on in one["dependsOn"]} <= set(refs)


def test_everything_in_the_bill_is_wanted_by_somebody() -> None:
    bill = _bill("desktop")
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    reached, left = set[str](), [bill["metadata"]["component"]["bom-ref"]]
    while left:
        ref = left.pop()
        if ref not in reached:
            reached.add(ref)
            left += needs.get(ref, [])
    assert {one["bom-ref"] for one in bill["components"]} <= reached


def test_the_same_pins_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        assert sbom.main([str(tmp_path / name)]) == 0
    for kind in KINDS:
        file = f"orderbell-{kind}.cdx.json"
        one, other = ((tmp_path / name / file).read_bytes() for name in ("one", "other"))
        assert one == other
        assert json.loads(one)["serialNumber"]


RELEASE = """
version = "0.2.0"
published_at = 2026-11-28T12:00:00Z
days = 30

[notes]
en = "Slips in two colours."
uk = "Чеки у два кольори."

[[downloads]]
platform = "linux-x86_64"
url = "https://downloads.example/orderbell-0.2.0.tar.xz"
file = "build.tar.xz"
"""


def _sign(folder: Path, key: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    program = str(ROOT / "packaging" / "manifest.py")
    words = ["sign", str(folder / "release.toml"), key, str(folder / "updates.json")]
    return subprocess.run(
        [sys.executable, program, *words], input=stdin, capture_output=True, text=True, check=False
    )


@pytest.fixture
def release(tmp_path: Path) -> Path:
    (tmp_path / "release.toml").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "build.tar.xz").write_bytes(b"a build")
    return tmp_path


def test_a_release_is_signed_so_that_a_till_believes_it(release: Path) -> None:
    public = manifest.new_key(release / "key")
    assert stat.S_IMODE((release / "key").stat().st_mode) == 0o600
    done = _sign(release, str(release / "key"))
    assert done.returncode == 0, done.stderr
    raw = (release / "updates.json").read_bytes()
    signature = (release / "updates.json.sig").read_bytes()
    at = Instant(1_795_903_200_000)
    told = releases.read(raw, signature, public, at)
    assert told.version == "0.2.0"
    assert told.notes["uk"] == "Чеки у два кольори."
    assert (told.downloads[0].size, len(told.downloads[0].sha256)) == (7, 64)
    with pytest.raises(releases.Untrusted, match="expired"):
        releases.read(raw, signature, public, Instant(at + 31 * DAY_MS))


def test_the_key_may_come_by_standard_input_and_is_never_overwritten(release: Path) -> None:
    manifest.new_key(release / "key")
    with pytest.raises(FileExistsError):
        manifest.new_key(release / "key")
    assert _sign(release, "-", (release / "key").read_text("ascii")).returncode == 0


def test_what_no_till_would_follow_is_not_signed(release: Path) -> None:
    manifest.new_key(release / "key")
    for wrong, right in (
        ("https://downloads", "http://downloads"),
        ('"0.2.0"', '"0.2.0-rc1"'),
        ("12:00:00Z", "12:00:00"),
        ("build.tar.xz", "missing.tar.xz"),
    ):
        (release / "release.toml").write_text(RELEASE.replace(wrong, right), encoding="utf-8")
        done = _sign(release, str(release / "key"))
        assert done.returncode == 1, right
        assert done.stderr.count("\n") == 1
    assert not (release / "updates.json").exists()
    (release / "release.toml").write_text(RELEASE, encoding="utf-8")
    assert _sign(release, "-", base64.b64encode(b"short").decode()).returncode == 1
