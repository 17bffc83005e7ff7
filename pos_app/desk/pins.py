"""PINs as they are kept: argon2id, made and compared where no transaction waits.

The parameters are argon2-cffi's own low-memory profile of RFC 9106 (64 MiB, 3 passes), well above
what OWASP asks for (19 MiB, 2 passes) and about a tenth of a second on a small till.
"""

from __future__ import annotations

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

from pos_app.domain.staff import FEWEST_DIGITS, MOST_DIGITS, is_pin
from pos_app.errors import BadInput

_HASHER = PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)


def hashed(pin: str) -> str:
    """What is stored for `pin`; empty for no PIN. Raises BadInput naming `pin`.

    Takes a tenth of a second: never on the UI thread, never inside a transaction.
    """
    return _HASHER.hash(checked(pin)) if pin else ""


def checked(pin: str) -> str:
    """`pin` if it could be one. Raises BadInput naming `pin`."""
    if not is_pin(pin):
        raise BadInput(
            "pin", "A PIN has {fewest} to {most} digits", fewest=FEWEST_DIGITS, most=MOST_DIGITS
        )
    return pin


def fits(pin_hash: str, pin: str) -> bool:
    """Whether `pin` is the one that was stored. As slow as making it."""
    try:
        return _HASHER.verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False
