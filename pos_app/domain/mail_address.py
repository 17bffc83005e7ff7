"""E-mail addresses: which can be written to, and how the wire spells them."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address

LONGEST_ADDRESS = 254


def address(text: str) -> Address:
    """An e-mail address, its domain as the wire spells it. Raises ValueError."""
    local_part, _, domain = text.strip().rpartition("@")
    if not local_part or not domain or not local_part.isascii() or len(text) > LONGEST_ADDRESS:
        raise ValueError("no e-mail address")
    try:
        spelt = f"{local_part}@{domain.encode('idna').decode('ascii')}"
        if any(sign.isspace() or not sign.isprintable() for sign in spelt):
            raise ValueError("no e-mail address")
        return Address(addr_spec=spelt)
    except (MessageError, IndexError, UnicodeError):
        raise ValueError("no e-mail address") from None


def is_mail_address(text: str) -> bool:
    """Whether a letter could be addressed so, at a domain that has a name and a top."""
    try:
        found = address(text)
    except ValueError:
        return False
    return "." in found.domain.strip(".")
