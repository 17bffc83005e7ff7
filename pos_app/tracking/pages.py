"""Turning views into bytes, once per version and language."""

from __future__ import annotations

import secrets

import msgspec

from pos_app.clock import Instant
from pos_app.language import Texts
from pos_app.paths import resources
from pos_app.tracking import view as views
from pos_app.tracking import words as status_words
from pos_app.tracking.assets import WORKER, read_assets
from pos_app.tracking.labels import labels, missing_labels
from pos_app.tracking.notify import Notify
from pos_app.tracking.offers import Offers
from pos_app.tracking.rendered import HEARD_MS, HEARD_WORDS, STOPPED, Rendered, Stopped
from pos_app.tracking.templates import environment
from pos_app.tracking.view import ShopFace
from pos_app.wire.snapshots import OrderSnapshot, ShopProfile


class Pages:
    """The templates and assets of the program, read once."""

    def __init__(self) -> None:
        folder = resources() / "web"
        self._environment = environment(folder / "templates")
        self.assets, self._names = read_assets(folder)
        self.worker = self.assets.pop(WORKER)
        self._cut = secrets.token_hex(8)
        english, ukrainian = missing_labels(Texts("en")), missing_labels(Texts("uk"))
        missing = self._fill("missing.html", assets=self._names, en=english, uk=ukrainian)
        self.missing = missing.encode()

    def order(
        self,
        token: str,
        order: OrderSnapshot,
        stored_at: Instant,
        offers: Offers,
        notify: Notify,
        profile: ShopProfile | None,
        shop: ShopFace,
        language: str,
        now: Instant,
    ) -> Rendered:
        """The live page of `order`."""
        texts = Texts(language)
        view = views.order_view(order, offers, profile, shop, language)
        body = self._fill(
            "main.html",
            view=view, here=f"/{token}", call=views.phone_link(shop.phone), language=language,
            words=labels(texts), notes=_notes(view, labels(texts)), notify=notify,
        )  # fmt: skip
        told = texts.gettext("Updated {time}")
        updated = told.format(
            time=status_words.clock_text(stored_at, shop.zone, language, stored_at)
        )
        version = f"{order.epoch}.{order.revision}.{shop.edition}.{offers.edition}"
        title = f"{view.heading} · {view.order}"
        say = f"{view.heading}. {view.about.text()}"
        big = self._fill("big.html", view=view, words=labels(texts)) if view.is_called else ""
        return self._live(
            title, body, version, shop, language, now,
            say=say, stored_at=stored_at, updated=updated, big=big, is_told=bool(notify.key),
        )  # fmt: skip

    def unreported(self, shop: ShopFace, language: str, now: Instant) -> Rendered:
        """The page of a genuine link whose order the shop has not told yet."""
        words = labels(Texts(language))
        body = self._fill("unreported.html", words=words, call=views.phone_link(shop.phone))
        return self._live(words["unreported"], body, f"0.{shop.edition}", shop, language, now)

    def gone(self, shop: ShopFace, language: str) -> bytes:
        """The page of a link that has ended: the shop's contact and nothing of the order."""
        words = labels(Texts(language))
        body = self._fill(
            "gone.html", words=words, call=views.phone_link(shop.phone), phone=shop.phone
        )
        return self._page(words["gone"], body, shop, language, is_live=False).encode()

    def _live(
        self,
        title: str,
        body: str,
        version: str,
        shop: ShopFace,
        language: str,
        now: Instant,
        *,
        say: str = "",
        stored_at: Instant | None = None,
        updated: str = "",
        big: str = "",
        is_told: bool = False,
    ) -> Rendered:
        stopped = self._stopped(shop, language, now)
        event = {
            "version": version,
            "build": self._names.build,
            "title": title,
            "say": say,
            "updated": stored_at or 0,
            "html": body,
            "big": big,
            "stopped": b"".join(stop.line for stop in stopped).decode(),
        }
        page = self._page(
            title, body, shop, language, is_live=True, version=version, big=big,
            updated=updated, updated_ms=stored_at or 0,
            heard=self._place(HEARD_WORDS), heard_ms=self._place(HEARD_MS),
            stopped=self._place(STOPPED), is_told=is_told,
        )  # fmt: skip
        parts = tuple(page.encode().split(self._cut.encode()))
        told = b"event: page\nid: %s\ndata: %s\n\n" % (version.encode(), msgspec.json.encode(event))
        return Rendered(parts, told, stopped, language, version, shop.zone)

    def _stopped(self, shop: ShopFace, language: str, now: Instant) -> tuple[Stopped, ...]:
        texts = Texts(language)
        return tuple(
            Stopped(until, self._fill("stopped.html", until=until, text=text).encode())
            for until, text in status_words.stopped(shop.stops, shop.zone, now, texts)
        )

    def _place(self, kind: bytes) -> str:
        return f"{self._cut}{kind.decode()}"

    def _page(self, title: str, body: str, shop: ShopFace, language: str, **more: object) -> str:
        return self._fill(
            "page.html",
            title=f"{title} · {shop.name}",
            body=body,
            shop=shop,
            choices=views.language_choices(shop, language),
            language=language,
            words=labels(Texts(language)),
            assets=self._names,
            **more,
        )

    def _fill(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(**values)


def _notes(view: views.OrderView, words: dict[str, str]) -> list[str]:
    """What came of the guest's acts, in sentences."""
    offers = view.offers
    told = [words["arrived"]] if offers.has_arrived else []
    if offers.cancel:
        told.append(words[f"cancel_{offers.cancel}"])
    if view.rated:
        told.append(view.rated)
    if offers.texts_stopped:
        told.append(words["stopped"])
    return told
