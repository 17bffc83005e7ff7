"""`dev.py manifest`: sign what tills that ask for a newer Orderbell are told.

  manifest key FILE                     make a new Ed25519 key (0600); prints its public half
  manifest sign RELEASE.toml KEY OUT    write OUT and OUT.sig; KEY is a file, or - for the
                                        standard input

RELEASE.toml holds `version`, `published_at`, `days` (how long it counts as news), `notes.en`,
`notes.uk`, and one `[[downloads]]` with `platform`, `url` and `file` for each build: size and
SHA-256 are taken from the file. Publish OUT and OUT.sig side by side, by https. Nothing here ever
talks to a server, and no till fetches a download by itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from pos_app.clock import instant_of
from pos_app.wire import releases

STANDARD = "-"
USUAL_DAYS = 60


def new_key(file: Path) -> str:
    """Write a new private key for this user alone; its public half. Raises FileExistsError."""
    key = Ed25519PrivateKey.generate()
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as written:
        written.write(_packed(key.private_bytes_raw()) + "\n")
    return _packed(key.public_key().public_bytes_raw())


def read_key(name: str) -> Ed25519PrivateKey:
    """The key in a file, or on standard input. Raises ValueError for what is none."""
    text = sys.stdin.read() if name == STANDARD else Path(name).read_text(encoding="ascii")
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text.strip(), altchars="-_"))


def document(release: dict[str, Any], folder: Path) -> bytes:
    """The manifest of what a RELEASE.toml in `folder` says. Raises KeyError, ValueError."""
    published = release["published_at"]
    if not isinstance(published, datetime) or published.tzinfo is None:
        raise ValueError("published_at is a time with its zone, such as 2026-11-28T12:00:00Z")
    if not releases.is_version(str(release["version"])):
        raise ValueError("version is numbers with dots between, such as 0.2.0")
    ends = published + timedelta(days=int(release.get("days", USUAL_DAYS)))
    told = {
        "version": str(release["version"]),
        "published_at": _iso(published),
        "expires_at": _iso(ends),
        "notes": {str(name): str(words) for name, words in release["notes"].items()},
        "downloads": [_download(one, folder) for one in release.get("downloads", [])],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _download(one: dict[str, Any], folder: Path) -> dict[str, Any]:
    if not str(one["url"]).startswith("https://"):
        raise ValueError("a download's url starts with https://")
    content = (folder / str(one["file"])).read_bytes()
    return {
        "platform": str(one["platform"]),
        "url": str(one["url"]),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
    }


def write(source: Path, key: Ed25519PrivateKey, target: Path) -> None:
    """Sign, read it as a till would, and only then write both files."""
    release = tomllib.loads(source.read_text(encoding="utf-8"))
    raw = document(release, source.parent)
    signature = releases.sign(raw, key)
    public = _packed(key.public_key().public_bytes_raw())
    releases.read(raw, signature, public, instant_of(release["published_at"]))
    target.write_bytes(raw)
    target.with_name(target.name + ".sig").write_bytes(signature)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii")


def main(arguments: list[str]) -> int:
    """0 done, 1 refused with one sentence, 2 not understood."""
    try:
        if len(arguments) == 2 and arguments[0] == "key":
            print(f"public key: {new_key(Path(arguments[1]))}")
            return 0
        if len(arguments) == 4 and arguments[0] == "sign":
            source, target = Path(arguments[1]), Path(arguments[3])
            write(source, read_key(arguments[2]), target)
            print(f"manifest: {target.name} and {target.name}.sig")
            return 0
    except (OSError, ValueError, KeyError, releases.Untrusted) as error:
        print(f"manifest: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(__doc__)
    return 0 if arguments in (["--help"], ["-h"]) else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
