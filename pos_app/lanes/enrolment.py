"""The till's own site: this shop enrolled on a site database beside its store, without pairing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app import paths
from pos_app.keys import ROOT, SIGNING, secret
from pos_app.lanes.shop import OpenShop
from pos_app.store.sites import Site
from pos_app.wire.tokens import LOCAL_KIDS, link_key

FIRST_KID, FIRST_GENERATION = 0, 1
LOOPBACK, SHOP_NETWORK = "loopback", "shop_network"


class Enrolled(Protocol):
    """The till's names on its own site."""

    @property
    def site_id(self) -> str: ...

    @property
    def shop_id(self) -> str: ...

    @property
    def site_epoch(self) -> int: ...

    @property
    def kid(self) -> int: ...

    @property
    def gen(self) -> int: ...


Enrol = Callable[[Path, str, int, int, Callable[[int], bytes], str, bytes, str, int, str], Enrolled]
"""`tracking.enrolment.enrol_local`: handed in, because lanes and site may not know each other."""


def origin_of(host: str, port: int) -> str:
    """The public address of a local site."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def use_local_site(shop: OpenShop, origin: str, mode: str, enrol: Enrol) -> Site:
    """Enrol this till on the site beside its store and report there from now on.

    Repeating it changes nothing. Works whether that site runs or not.
    """
    # Before a key is made: afterwards nobody could tell that the old one is gone.
    setup = shop.desk.setup()
    root = secret(shop.keys, ROOT)
    signing = Ed25519PrivateKey.from_private_bytes(secret(shop.keys, SIGNING))
    kid, generation = _known(setup.site)
    enrolled = enrol(
        paths.site_file(shop.data),
        origin,
        kid,
        generation,
        lambda gen: link_key(root, origin, gen),
        shop.terminal_id,
        signing.public_key().public_bytes_raw(),
        setup.identity.store_id,
        setup.identity.epoch,
        setup.settings.shop.name,
    )
    site = Site(
        site_id=enrolled.site_id,
        mode=mode,
        origin=origin,
        shop_id=enrolled.shop_id,
        terminal_id=shop.terminal_id,
        kid=enrolled.kid,
        generation=enrolled.gen,
        site_epoch=enrolled.site_epoch,
        push_seq=0,
        action_cursor=0,
        profile_version=0,
        heard_at=None,
    )
    if setup.link_key is None or not _is_in_use(setup.site, site):
        keys = tuple(link_key(root, origin, gen) for gen in range(1, enrolled.gen + 1))
        shop.desk.use_site(site, keys[-1], keys)
    return site


def _known(site: Site | None) -> tuple[int, int]:
    """Handle and generation of the key that links are made with, where its site is local too."""
    if site is None or site.kid >= LOCAL_KIDS:
        return FIRST_KID, FIRST_GENERATION
    return site.kid, site.generation


def _is_in_use(active: Site | None, wanted: Site) -> bool:
    return active is not None and _names(active) == _names(wanted)


def _names(site: Site) -> tuple[str, str, str, str, str, int, int]:
    return (
        site.site_id, site.mode, site.origin, site.shop_id, site.terminal_id, site.kid,
        site.generation,
    )  # fmt: skip
