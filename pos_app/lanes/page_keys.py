"""What a guest's browser and the site need to know of the shop's keys: their public halves."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass

from pos_app import keys
from pos_app.config import WayOut
from pos_app.desk.setup import Setup
from pos_app.errors import OrderbellError
from pos_app.lanes.outlet import secret_of
from pos_app.lanes.shop import OpenShop
from pos_app.store.sites import Site
from pos_app.wire import box, browsers

PUSH = "push"


@dataclass(frozen=True, slots=True)
class PageKeys:
    """`push`: what browsers subscribe under; `box`: what their wishes are sealed to."""

    push: str = ""
    box: str = ""


NONE = PageKeys()


def page_keys(shop: OpenShop, setup: Setup, site: Site) -> PageKeys:
    """The keys for a page that can push; `NONE` where nobody could be told by it.

    Practice tells nobody, and browsers allow no pushes to a page over plain http.
    """
    way = setup.settings.way(PUSH)
    if way is None or setup.identity.practice or not browsers.is_secure(site.origin):
        return NONE
    try:
        return _public_halves(shop, way)
    except (OrderbellError, ValueError):
        # A secret of another computer: pages go on without push, and the lane of texts says why.
        return NONE


def _public_halves(shop: OpenShop, way: WayOut) -> PageKeys:
    # Imported by shops with such a way out only.
    from pos_app.channels import vapid

    private = vapid.private_key(b64decode(secret_of(shop, way)))
    return PageKeys(vapid.public_text(private), box.public_text(keys.secret(shop.keys, keys.BOX)))
