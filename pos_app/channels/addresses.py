"""Which addresses the till may call: the internet's own, and the shop's network when ticked."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# Ways to write an IPv4 address inside an IPv6 one; what lies behind them cannot be judged here.
_DISGUISES = (
    IPv6Network("64:ff9b::/96"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("2002::/16"),
    IPv6Network("2001::/32"),
)


def unmapped(text: str) -> Address:
    """The address behind `text` (a scope id is dropped). Raises ValueError."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def is_public(address: Address) -> bool:
    """Whether this is a single host on the internet."""
    if isinstance(address, IPv6Address) and (
        address.is_site_local or any(address in disguise for disguise in _DISGUISES)
    ):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_nearby(address: Address) -> bool:
    """Whether this is this computer or a host on the shop's network."""
    if address.is_loopback:
        return True
    return (
        address.is_private
        and not address.is_link_local
        and not address.is_unspecified
        and not address.is_multicast
        and not address.is_reserved
    )
