"""The page of a courier's slip: words and state from here, address and money from the phone."""

from __future__ import annotations

import msgspec

from pos_app.language import Texts
from pos_app.paths import resources
from pos_app.tracking.assets import read_assets
from pos_app.tracking.drop_view import DropView
from pos_app.tracking.templates import environment
from pos_app.tracking.view import ShopFace, language_choices, phone_link


class DropPages:
    """The slip's template, read once."""

    def __init__(self) -> None:
        folder = resources() / "web"
        self._template = environment(folder / "templates").get_template("drop.html")
        _, self._names = read_assets(folder)

    def page(self, view: DropView, shop: ShopFace, language: str) -> bytes:
        """The page as `view`'s phone sees it first; its script goes on from there."""
        texts = Texts(language)
        return self._template.render(
            view=view,
            state=msgspec.json.encode(view).decode(),
            shop=shop,
            call=phone_link(shop.phone),
            choices=language_choices(shop, language),
            language=language,
            assets=self._names,
            words=_words(texts),
            said=_said(texts),
            reasons=_reasons(texts),
        ).encode()


def _words(texts: Texts) -> dict[str, str]:
    """What stands on the page from the start."""
    return {
        "title": texts.gettext("Delivery {number}"),
        "language": texts.gettext("Language"),
        "take": texts.gettext("I deliver this"),
        "first": texts.gettext("The first phone that taps has it."),
        "ask_shop": texts.gettext("Ask the shop."),
        "call_shop": texts.gettext("Call the shop"),
        "unreported": texts.gettext("The shop has not reported this delivery yet"),
        "unreported_more": texts.gettext(
            "The address is on the slip. This page fills in by itself."
        ),
        "ended": texts.gettext("This slip has ended"),
        "no_key": texts.gettext("Scan the code on the slip again"),
        "no_key_more": texts.gettext("The address was opened without its key."),
        "unreadable": texts.gettext("This slip cannot be opened"),
        "unreadable_more": texts.gettext("Ask the shop to print it again."),
        "cancelled": texts.gettext("The shop has cancelled this order. Call the shop."),
        "entrance": texts.gettext("Entrance"),
        "floor": texts.gettext("Floor"),
        "door_code": texts.gettext("Door code"),
        "map": texts.gettext("Map"),
        "call": texts.gettext("Call"),
        "delivered": texts.gettext("Delivered"),
        "at_shop": texts.gettext("I am at the restaurant"),
        "picked_up": texts.gettext("Picked it up"),
        "at_door": texts.gettext("I am at the door"),
        "could_not": texts.gettext("Could not deliver"),
        "no_money": texts.gettext("No money taken"),
        "why": texts.gettext("Why?"),
        "back": texts.gettext("Back"),
        "take_back": texts.gettext("Take it back"),
        "after_all": texts.gettext("Delivered after all"),
        "no_script": texts.gettext("This page needs JavaScript."),
    }


def _said(texts: Texts) -> dict[str, str]:
    """What the script says, with places for numbers and times."""
    return {
        "taken": texts.gettext("Taken at {time}"),
        "for": texts.gettext("for {time}"),
        "pay": texts.gettext("TO PAY {amount}"),
        "change": texts.gettext("change from {amount}"),
        "by-card": texts.gettext("by card"),
        "paid": texts.gettext("PAID"),
        "took": texts.gettext("Yes, took {amount}"),
        "took-ask": texts.gettext("Took {amount}?"),
        "hand-in": texts.gettext("Hand in {amount} at the shop."),
        "call": texts.gettext("Call {name}"),
        "delivered": texts.gettext("Delivered {time}"),
        "at-shop": texts.gettext("At the restaurant {time}"),
        "picked-up": texts.gettext("Picked it up {time}"),
        "at-door": texts.gettext("At the door {time}"),
        "failed": texts.gettext("Not delivered {time}"),
        "until": texts.gettext("until {time}"),
        "kept": texts.gettext("No connection. What you tapped is kept and sent by itself."),
        "offline": texts.gettext("No connection. Trying again…"),
        "again": texts.gettext("No connection. Tap again."),
        "late": texts.gettext("This came late. The shop decides what is true."),
        "too-late": texts.gettext("Too late to take it back. Call the shop."),
    }


def _reasons(texts: Texts) -> dict[str, str]:
    """Why it was not delivered, by the word that travels."""
    return {
        "nobody_home": texts.gettext("Nobody at home"),
        "wrong_address": texts.gettext("Wrong address"),
        "refused": texts.gettext("Guest refused it"),
        "other": texts.gettext("Other"),
    }
