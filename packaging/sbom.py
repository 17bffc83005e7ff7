"""The bill of materials: what ships in a desktop and in a site, as CycloneDX 1.6 in JSON.

Made from the hashed pins, so that it says what may be installed and not what happens to be here;
licences come from the installed metadata. The same pins make the same bytes. Run by the project's
own Python: .venv/bin/python packaging/sbom.py [FOLDER] (default dist/).

How old a pin is stands in no pin: only a registry knows when it was published.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import licences
import pinned
from pinned import OURS, Pin
from steps import ROOT

KINDS = {"desktop": "desktop.txt", "site": "site.txt"}
SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+()-]+)*\Z")
# The font is no package: nobody else would list it.
_FONT: dict[str, Any] = {
    "type": "data",
    "bom-ref": "data:inter@3.019",
    "name": "Inter",
    "version": "3.019",
    "licenses": [{"license": {"id": "OFL-1.1"}}],
}


def document(kind: str) -> dict[str, Any]:
    """The whole bill of `desktop` or `site`."""
    pins = pinned.read(KINDS[kind])
    refs = {pin.name: ref_of(pin) for pin in pins}
    components = [component(pin) for pin in pins]
    own = f"pkg:generic/{OURS}@{_version()}#{kind}"
    beside = [_FONT] if kind == "desktop" else []
    made: dict[str, Any] = {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": f"{OURS}-{kind}",
                "version": _version(),
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": [*components, *beside],
        "dependencies": _dependencies(pins, refs, own, [one["bom-ref"] for one in beside]),
    }
    # Named by its own content: the same bill is the same document, wherever it is made.
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(made, sort_keys=True))
    return {**made, "serialNumber": f"urn:uuid:{serial}"}


def component(pin: Pin) -> dict[str, Any]:
    """One pinned package with every hash that may be installed for it."""
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": ref_of(pin),
        "name": pin.name,
        "version": pin.version,
        "purl": ref_of(pin),
        # Not everywhere: a system for which it is not meant does without.
        "scope": "optional" if pin.marker else "required",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in pin.hashes],
    }
    licence = _licence(pin.name)
    if licence:
        made["licenses"] = licence
    if pin.marker:
        made["properties"] = [{"name": "orderbell:marker", "value": pin.marker}]
    return made


def ref_of(pin: Pin) -> str:
    """Its package URL; names as the registry writes them, in lower case with `-`."""
    name = re.sub(r"[-_.]+", "-", pin.name).lower()
    return f"pkg:pypi/{name}@{pin.version}"


def _licence(name: str) -> list[dict[str, Any]]:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return []  # pinned for another operating system
    stated = licences.stated(package)
    if "License-Expression" in package.metadata and _SPDX.match(stated):
        return [{"expression": stated}]
    return [{"license": {"name": stated}}] if stated else []


def _dependencies(
    pins: list[Pin], refs: dict[str, str], own: str, beside: list[str]
) -> list[dict[str, Any]]:
    needs: dict[str, list[str]] = {own: list(beside)} | {ref: [] for ref in refs.values()}
    for pin in pins:
        for parent in pin.wanted_by:
            needs[own if parent == OURS else refs[parent]].append(refs[pin.name])
    return [{"ref": ref, "dependsOn": sorted(set(on))} for ref, on in sorted(needs.items())]


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def main(arguments: list[str]) -> int:
    """Write one file per kind into the folder that is named."""
    folder = Path(arguments[0]) if arguments else ROOT / "dist"
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        file = folder / f"{OURS}-{kind}.cdx.json"
        made = document(kind)
        file.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"sbom: {file.name}: {len(made['components'])} components")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
