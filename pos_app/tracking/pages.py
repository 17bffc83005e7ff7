"""Turning views into bytes, once per version and language.

The only thing on a page that moves without a new version is when the shop was last heard; its
place is cut out of the rendered bytes, so that filling it in costs no rendering.
"""

from __future__ import annotations

import hashlib
import html
import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pos_app.clock import DAY_MS, Instant, local
from pos_app.language import Texts
from pos_app.paths import resources
from pos_app.tracking import view as views
from pos_app.tracking.view import ShopFace
from pos_app.tracking.words import clock_text
from pos_app.wire.snapshots import OrderSnapshot, ShopProfile

FAVICON = "/favicon.ico"
_ASSET_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    content_type: bytes


@dataclass(frozen=True, slots=True)
class AssetNames:
    """Addresses with a hash of the content in them; `build` is one hash of everything."""

    style: str
    script: str
    build: str


@dataclass(frozen=True, slots=True)
class Heard:
    """When the shop was last heard, as words and as milliseconds (0: never)."""

    text: str
    ms: int


class Rendered:
    """One page in one language: bytes around the place where `Heard` goes, and the event."""

    __slots__ = ("_parts", "event", "language", "version", "zone")

    def __init__(
        self, parts: tuple[bytes, ...], event: bytes, language: str, version: str, zone: str
    ) -> None:
        self._parts = parts
        self.event = event
        self.language = language
        self.version = version
        self.zone = zone

    def body(self, heard_at: Instant | None, now: Instant) -> bytes:
        """The whole page. `now` decides whether a time needs its date."""
        heard = heard_words(heard_at, self.zone, self.language, now)
        return self._parts[0] + b"".join(
            (str(heard.ms) if part[:1] == _MS else html.escape(heard.text)).encode() + part[1:]
            for part in self._parts[1:]
        )


_MS = b"m"
_WORDS = b"w"


def heard_words(heard_at: Instant | None, zone: str, language: str, now: Instant) -> Heard:
    texts = Texts(language)
    if heard_at is None:
        return Heard(texts.gettext("Nothing heard from the shop yet"), 0)
    time = clock_text(heard_at, zone, language, now)
    return Heard(texts.gettext("Last heard from the shop {time}").format(time=time), heard_at)


def next_midnight(now: Instant, zone: str) -> Instant:
    """When a time of today needs its date (an hour early at a change of clocks is harmless)."""
    moment = local(now, zone)
    passed = (moment.hour * 3600 + moment.minute * 60 + moment.second) * 1000
    return Instant(now + DAY_MS - passed)


class Pages:
    """The templates and assets of the program, read once."""

    def __init__(self) -> None:
        folder = resources() / "web"
        self._environment = Environment(
            loader=FileSystemLoader(folder / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.assets, self._names = _read_assets(folder)
        self._marker = secrets.token_hex(8)
        missing = self._environment.get_template("missing.html")
        english, ukrainian = _missing_words(Texts("en")), _missing_words(Texts("uk"))
        self.missing = missing.render(assets=self._names, en=english, uk=ukrainian).encode()

    def order(
        self,
        token: str,
        order: OrderSnapshot,
        stored_at: Instant,
        arrived_at: Instant | None,
        profile: ShopProfile | None,
        shop: ShopFace,
        language: str,
    ) -> Rendered:
        """The live page of `order`."""
        texts = Texts(language)
        view = views.order_view(order, arrived_at, profile, shop, language)
        body = self._environment.get_template("main.html").render(
            view=view, here=f"/{token}", call=views.phone_link(shop.phone), language=language,
            words=_words(texts),
        )  # fmt: skip
        told = texts.gettext("Updated {time}")
        updated = told.format(time=clock_text(stored_at, shop.zone, language, stored_at))
        version = f"{order.epoch}.{order.revision}.{shop.edition}.{int(arrived_at is not None)}"
        title = f"{view.heading} · {view.order}"
        say = f"{view.heading}. {view.about.text()}"
        return self._live(title, body, version, say, stored_at, updated, shop, language)

    def unreported(self, shop: ShopFace, language: str) -> Rendered:
        """The page of a genuine link whose order the shop has not told yet."""
        texts = Texts(language)
        words = _words(texts)
        body = self._environment.get_template("unreported.html").render(
            words=words, call=views.phone_link(shop.phone)
        )
        version = f"0.{shop.edition}"
        return self._live(words["unreported"], body, version, "", None, "", shop, language)

    def gone(self, shop: ShopFace, language: str) -> bytes:
        """The page of a link that has ended: the shop's contact and nothing of the order."""
        words = _words(Texts(language))
        body = self._environment.get_template("gone.html").render(
            words=words, call=views.phone_link(shop.phone), shop=shop
        )
        return self._page(words["gone"], body, shop, language, is_live=False).encode()

    def _live(
        self,
        title: str,
        body: str,
        version: str,
        say: str,
        stored_at: Instant | None,
        updated: str,
        shop: ShopFace,
        language: str,
    ) -> Rendered:
        event = {
            "version": version,
            "build": self._names.build,
            "title": title,
            "say": say,
            "updated": stored_at or 0,
            "html": body,
        }
        page = self._page(
            title, body, shop, language, is_live=True, version=version,
            updated=updated, updated_ms=stored_at or 0,
            heard=f"{self._marker}w", heard_ms=f"{self._marker}m",
        )  # fmt: skip
        parts = tuple(page.encode().split(self._marker.encode()))
        told = b"event: page\nid: %s\ndata: %s\n\n" % (version.encode(), msgspec.json.encode(event))
        return Rendered(parts, told, language, version, shop.zone)

    def _page(self, title: str, body: str, shop: ShopFace, language: str, **more: object) -> str:
        return self._environment.get_template("page.html").render(
            title=f"{title} · {shop.name}",
            body=body,
            shop=shop,
            choices=views.language_choices(shop, language),
            language=language,
            words=_words(Texts(language)),
            assets=self._names,
            **more,
        )


def _read_assets(folder: Path) -> tuple[dict[str, Asset], AssetNames]:
    assets: dict[str, Asset] = {}
    names: dict[str, str] = {}
    build = hashlib.sha256()
    for file in sorted((folder / "templates").iterdir()):
        build.update(file.read_bytes())
    for file in sorted((folder / "assets").iterdir()):
        body = file.read_bytes()
        build.update(body)
        digest = hashlib.sha256(body).hexdigest()[:10]
        address = f"/assets/{file.stem}-{digest}{file.suffix}"
        names[file.name] = address
        assets[address] = Asset(body, _ASSET_TYPES[file.suffix])
    # Browsers ask for it by themselves; a link to it would be one more request of every page.
    assets[FAVICON] = assets.pop(names["icon.svg"])
    return assets, AssetNames(names["page.css"], names["page.js"], build.hexdigest()[:10])


def _missing_words(texts: Texts) -> dict[str, str]:
    return {
        "title": texts.gettext("Not found"),
        "heading": texts.gettext("There is no such page"),
        "advice": texts.gettext("Scan the code on your receipt again, or ask the shop."),
    }


def _words(texts: Texts) -> dict[str, str]:
    return {
        "ordered": texts.gettext("What was ordered"),
        "arrive": texts.gettext("I'm here"),
        "arrived": texts.gettext("The shop knows that you are here."),
        "call": texts.gettext("Call the shop"),
        "language": texts.gettext("Language"),
        "description": texts.gettext("Where the order is, live."),
        "by_itself": texts.gettext("This page updates by itself. No app, no account."),
        "live": texts.gettext("Live · updated {ago}"),
        "last_heard": texts.gettext("Last heard from the shop {time}"),
        "lost": texts.gettext("No connection. Trying again…"),
        "unreported": texts.gettext("The shop has not reported this order yet"),
        "unreported_more": texts.gettext("The code is genuine. This page fills in by itself."),
        "gone": texts.gettext("This page has ended"),
        "gone_more": texts.gettext("For questions about the order, please call the shop."),
    }
