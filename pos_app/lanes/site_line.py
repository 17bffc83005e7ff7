"""A lane's line to the site in use: kept while the site is the same, made anew when it is not."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.lanes.shop import OpenShop
from pos_app.lanes.site_client import SiteClient
from pos_app.store.sites import Site


@dataclass(frozen=True, slots=True)
class _Door:
    """What a connection is made for; another site or another key needs another one."""

    site_id: str
    origin: str
    terminal_id: str
    kid: int
    generation: int


class SiteLine:
    """Holds the client of one lane. `cut` may be called from another thread."""

    def __init__(self, shop: OpenShop) -> None:
        self._shop = shop
        self._client: SiteClient | None = None

    def to(self, site: Site) -> tuple[SiteClient, bool]:
        """The client for `site`, and whether it was made just now."""
        client = self._client
        if client is not None and _door(client.site) == _door(site):
            return client, False
        if client is not None:
            client.close()
        self._client = SiteClient(site, self._shop.keys, self._shop.clock)
        return self._client, True

    def cut(self) -> None:
        if self._client is not None:
            self._client.cut()

    def close(self) -> None:
        if self._client is not None:
            self._client.close()


def _door(site: Site) -> _Door:
    return _Door(site.site_id, site.origin, site.terminal_id, site.kid, site.generation)
