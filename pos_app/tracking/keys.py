"""The keys that prove tokens and signatures: sealed at rest, open only in memory.

`K_link` lies in the database sealed with AES-GCM under a key in a file of its own, so that the
database alone (a backup, a dump) proves no token. A host hands that key over as a credential;
without one it is made beside the database.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pos_app.errors import StoreError
from pos_app.tracking.repository import Repository
from pos_app.tracking.rows import SealedKey, Terminal

_KEY_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class LinkKey:
    """An open `K_link` and whose it is. `is_withdrawn`: its links have all ended."""

    shop_id: str
    key: bytes
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class KeyMap:
    """Everything that can be proven without the database, at one moment."""

    links: dict[int, LinkKey]
    terminals: dict[str, Terminal]


class Seal:
    """Seals link keys; each is bound to its kid, shop and generation."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, kid: int, shop_id: str, gen: int, key: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, key, _bound(kid, shop_id, gen))

    def open(self, sealed: SealedKey) -> bytes:
        """The key. Raises StoreError when the key file is not the one it was sealed with."""
        nonce, text = sealed.sealed[:_NONCE_BYTES], sealed.sealed[_NONCE_BYTES:]
        try:
            bound = _bound(sealed.kid, sealed.shop_id, sealed.gen)
            return self._cipher.decrypt(nonce, text, bound)
        except InvalidTag as error:
            raise StoreError(
                "The site's key file does not fit its database.",
                hint="Put the key file of this database back, or pair the tills again.",
            ) from error


def key_file(database: Path) -> Path:
    """Beside the database, never inside it."""
    return database.with_name(database.name + ".key")


def open_seal(database: Path, given: Path | None = None) -> Seal:
    """The seal of `database`: of the key in `given`, or of its own, made on first use.

    Raises StoreError for an unsafe key file, and for a `given` one that is not there.
    """
    if given is not None:
        return _given_seal(given)
    file = key_file(database)
    try:
        return Seal(_read(file, _is_mine_alone))
    except FileNotFoundError:
        _create_private(file, secrets.token_bytes(_KEY_BYTES))
        return Seal(_read(file, _is_mine_alone))


def expect_key(sealed: Iterable[SealedKey], database: Path, given: Path | None) -> None:
    """Raises StoreError unless the key that `database` would be served with opens all of `sealed`.

    Never makes one: a new key would open none of them.
    """
    keys = list(sealed)
    if not keys:
        return
    if given is None and not key_file(database).exists():
        raise StoreError(
            "The key of this copy is not here.",
            f"Its tills' keys are sealed, and there is no {key_file(database)}.",
            "Put the key file back that was kept apart from the copy, then restore again.",
        )
    seal = open_seal(database, given)
    for key in keys:
        seal.open(key)


def read_key_map(repository: Repository, seal: Seal) -> KeyMap:
    with repository.read() as session:
        sealed, terminals = session.keys(), session.terminals()
    return KeyMap(
        {key.kid: LinkKey(key.shop_id, seal.open(key), key.is_withdrawn) for key in sealed},
        {terminal.terminal_id: terminal for terminal in terminals},
    )


def _bound(kid: int, shop_id: str, gen: int) -> bytes:
    return f"orderbell/v1/sealed-link\0{kid}\0{shop_id}\0{gen}".encode()


def _create_private(file: Path, content: bytes) -> None:
    # Written under another name and linked, so that a second process never reads half a key.
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(draft, flags | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            return
    finally:
        draft.unlink()


def _given_seal(file: Path) -> Seal:
    try:
        return Seal(_read(file, _is_handed_over))
    except FileNotFoundError as error:
        raise StoreError(
            "The site's key was not handed over.",
            f"There is no {file}.",
            "Put a file of 32 random bytes there; the one of this database, if it has one.",
        ) from error


def _read(file: Path, is_safe: Callable[[os.stat_result], bool]) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(file, flags)
    except FileNotFoundError:
        raise  # the caller makes it; every other error means that someone else did
    except OSError as error:
        raise _unsafe(file) from error
    with os.fdopen(descriptor, "rb") as source:
        status = os.fstat(source.fileno())
        if not stat.S_ISREG(status.st_mode) or not is_safe(status):
            raise _unsafe(file)
        content = source.read(_KEY_BYTES + 1)
    if len(content) != _KEY_BYTES:
        raise _unsafe(file)
    return content


def _is_mine_alone(status: os.stat_result) -> bool:
    if os.name == "nt":
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o077


def _is_handed_over(status: os.stat_result) -> bool:
    # A service manager owns what it hands over and lets its one reader in as a group, or by a
    # list of rights, which shows as one.
    if os.name == "nt":
        return True
    return status.st_uid in (0, os.getuid()) and not status.st_mode & 0o037


def _unsafe(file: Path) -> StoreError:
    return StoreError(
        "The site's key file is not safe.",
        f"{file.name} must be a plain file of 32 bytes that only this user can read (mode 0600).",
        "Check who wrote it, then mend its owner and mode.",
    )
