"""The tracking page as its owner sees it beyond its address: is this till let in, with which key.

The window's door to the lanes, which it does not know. Acts here may wait for a network.
"""

from __future__ import annotations

from pos_app.bootstrap import Shop

_SITE, _CUT_OFF = "site", "revoked"


def is_cut_off(shop: Shop) -> bool:
    """Whether the site takes nothing more of this till until it is paired anew."""
    from pos_app.lanes.state import status

    return any(down.what == _SITE and down.code == _CUT_OFF for down in status(shop).down)


def renew_key(shop: Shop) -> int:
    """Make links with the next key from now on; its generation. Raises Refused, Unavailable."""
    from pos_app.lanes.link_keys import renew

    return renew(shop)
