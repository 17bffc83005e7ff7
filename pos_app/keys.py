"""The till's secrets: in the platform's keyring, or in a private folder where there is none.

The backend is fixed per platform; environment variables and configuration files that would
replace it are not asked. The folder is 0700, each file 0600, made exclusively and never through
a link; a file that somebody else could read is refused rather than used.
"""

from __future__ import annotations

import os
import secrets
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pos_app.errors import StoreError
from pos_app.paths import is_private, make_private_folder

SIGNING = "T_sig"
ROOT = "K_root"
STORE = "K_store"
BOX = "S_box"


class KeyStore(Protocol):
    """A place for secrets of one store, by name."""

    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, secret: bytes) -> None: ...


class FileKeys:
    """Secrets as files in a folder of this user alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        path = self._folder / name
        if not path.exists():
            return None
        if path.is_symlink() or not is_private(path) or not is_private(self._folder):
            raise StoreError(
                "A key file is not private",
                "{path} can be read by others.",
                "Set its folder to mode 0700 and the file to 0600, owned by you.",
                path=path,
            )
        return path.read_bytes()

    def put(self, name: str, secret: bytes) -> None:
        make_private_folder(self._folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        part = self._folder / f".{name}.{secrets.token_hex(4)}"
        handle = os.open(part, flags, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._folder / name)


class RingKeys:
    """Secrets in the desktop's keyring, under the store's id."""

    def __init__(self, store_id: str) -> None:
        self._service = f"orderbell/{store_id}"
        self._ring = _platform_ring()

    def get(self, name: str) -> bytes | None:
        found = self._ring.get_password(self._service, name)
        return None if found is None else b64decode(found)

    def put(self, name: str, secret: bytes) -> None:
        self._ring.set_password(self._service, name, b64encode(secret).decode())


class _Ring(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


def _platform_ring() -> _Ring:
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring as MacRing

        return MacRing()  # type: ignore[no-untyped-call,unused-ignore]
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring()  # type: ignore[no-untyped-call,unused-ignore]
    from keyring.backends.SecretService import Keyring as SecretServiceRing

    return SecretServiceRing()  # type: ignore[no-untyped-call,unused-ignore]


def has_keyring() -> bool:
    """Whether this desktop session offers a keyring at all (no bus: there is none)."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))


def choose(folder: Path, store_id: str) -> KeyStore:
    """Where this store's keys are: the folder once it exists, else the keyring if it answers."""
    if folder.exists() or not has_keyring():
        return FileKeys(folder)
    try:
        ring = RingKeys(store_id)
        ring.get(SIGNING)
    except Exception:  # noqa: BLE001 - keyring backends raise whatever their bus raises
        return FileKeys(folder)
    return ring


def secret(keys: KeyStore, name: str, make: Callable[[], bytes] | None = None) -> bytes:
    """The secret `name`, made (32 random bytes unless `make` says otherwise) when missing."""
    known = keys.get(name)
    if known is not None:
        return known
    fresh = (make or (lambda: secrets.token_bytes(32)))()
    keys.put(name, fresh)
    return fresh


def seal(key: bytes, label: str, text: str) -> str:
    """AES-256-GCM of a short secret, bound to what it is for. Base64."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    return b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), label.encode())).decode()


def open_sealed(key: bytes, label: str, sealed: str) -> str:
    """What `seal` closed. Raises StoreError when the key or the label is not the right one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = b64decode(sealed)
    try:
        return AESGCM(key).decrypt(raw[:12], raw[12:], label.encode()).decode()
    except InvalidTag:
        raise StoreError(
            "A stored secret cannot be opened",
            "“{label}” was sealed with another key.",
            "Enter it again in Settings.",
            label=label,
        ) from None
