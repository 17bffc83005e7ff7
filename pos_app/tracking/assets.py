"""Style, script and icon: read once, each at an address with a hash of its content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

FAVICON = "/favicon.ico"
WORKER = "/push-worker.js"
"""At the root, so that it may work for any page; at one address, so that browsers find a newer."""
PUSH_ICON = "/assets/push-icon.png"
"""The worker names it, so it has no hash: another picture gets another name."""
_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
    ".png": b"image/png",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """`packed` is `body` under gzip, for browsers that read it: all of them do."""

    body: bytes
    packed: bytes
    content_type: bytes


@dataclass(frozen=True, slots=True)
class AssetNames:
    """Addresses with a hash of the content in them; `build` is one hash of everything."""

    style: str
    script: str
    drop_style: str
    drop_script: str
    notify_script: str
    build: str


def read_assets(folder: Path) -> tuple[dict[str, Asset], AssetNames]:
    """The assets of `folder` by address; templates count for `build` as well."""
    assets: dict[str, Asset] = {}
    names: dict[str, str] = {}
    build = hashlib.sha256()
    for file in sorted((folder / "templates").iterdir()):
        build.update(file.read_bytes())
    for file in sorted((folder / "assets").iterdir()):
        body = file.read_bytes() if file.suffix == ".png" else _without_layout(file.read_bytes())
        build.update(body)
        digest = hashlib.sha256(body).hexdigest()[:10]
        address = f"/assets/{file.stem}-{digest}{file.suffix}"
        names[file.name] = address
        assets[address] = Asset(body, gzip.compress(body, mtime=0), _TYPES[file.suffix])
    # Browsers ask for it by themselves; a link to it would be one more request of every page.
    assets[FAVICON] = assets.pop(names["icon.svg"])
    assets[WORKER] = assets.pop(names["push-worker.js"])
    assets[PUSH_ICON] = assets.pop(names["push-icon.png"])
    return assets, AssetNames(
        names["page.css"],
        names["page.js"],
        names["drop.css"],
        names["drop.js"],
        names["notify.js"],
        build.hexdigest()[:10],
    )


def _without_layout(source: bytes) -> bytes:
    """Without indents and lines of comment: they cost a guest's phone a tenth of the script."""
    lines = [line.strip() for line in source.splitlines()]
    return b"\n".join(line for line in lines if line and not line.startswith(b"//"))
