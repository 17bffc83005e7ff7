"""What one page says, as plain strings: from snapshot and profile to words in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pos_app.clock import Instant
from pos_app.language import LANGUAGES, SOURCE_LANGUAGE, Texts, pick
from pos_app.tracking import words
from pos_app.tracking.offers import ENDED, Offers
from pos_app.tracking.words import Stops
from pos_app.wire.snapshots import MOST_STARS, RATED, Item, Names, OrderSnapshot, ShopProfile

_SHORT_NAMES = {"en": "EN", "uk": "УКР"}
_LONG_NAMES = {"en": "English", "uk": "Українська"}
_NO_BREAK = "\N{NO-BREAK SPACE}"
_STAGE_KINDS = ("accepted", "preparing", "ready")
_DIGIT_WIDTH = 66


@dataclass(frozen=True, slots=True)
class ShopFace:
    """What the page shows of a shop, also before its first profile has arrived."""

    name: str
    phone: str
    zone: str
    colour: str
    languages: tuple[str, ...]
    default_language: str
    edition: str
    stops: Stops


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    code: str
    short: str
    name: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three; `time` may be empty."""

    label: str
    time: str
    state: Literal["done", "now", "next"]


@dataclass(frozen=True, slots=True)
class Line:
    quantity: int
    name: str
    modifiers: str


@dataclass(frozen=True, slots=True)
class Star:
    """One of the five answers; `label` is what a screen reader says."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class About:
    """The sentence under the heading, cut around its time so that the time can stand out."""

    before: str = ""
    time: str = ""
    after: str = ""
    more: str = ""

    def text(self) -> str:
        return f"{self.before}{self.time}{self.after} {self.more}".strip()


@dataclass(frozen=True, slots=True)
class OrderView:
    """The order's part of the page."""

    heading: str
    about: About
    order: str
    fulfilment: str
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    number: str
    offers: Offers
    stars: tuple[Star, ...]
    rated: str
    chat: str

    @property
    def is_called(self) -> bool:
        return self.offers.is_called

    @property
    def number_width(self) -> int:
        """How wide the number is on the full screen, where a line is 100 high."""
        return max(2, len(self.number)) * _DIGIT_WIDTH

    def may(self, kind: str) -> bool:
        """Whether this link may send an act of `kind` now."""
        return kind in self.offers.acts


def face(profile: ShopProfile | None, name: str, language: str) -> ShopFace:
    """The shop in `language`; `name` is what the site's host called it."""
    if profile is None:
        return ShopFace(
            name, "", "UTC", "#FFB627", LANGUAGES, SOURCE_LANGUAGE, "0.0", Stops(None, None)
        )
    languages = tuple(known for known in profile.languages if known in LANGUAGES)
    default = profile.default_language
    return ShopFace(
        name=pick_name(profile.names, language, default) or name,
        phone=profile.phone.strip(),
        zone=profile.zone,
        colour=profile.colour,
        languages=languages or (SOURCE_LANGUAGE,),
        default_language=default if default in languages else (*languages, SOURCE_LANGUAGE)[0],
        edition=f"{profile.epoch}.{profile.version}",
        stops=Stops(profile.deliveries_stopped_until, profile.everything_stopped_until),
    )


def language_choices(shop: ShopFace, current: str) -> tuple[LanguageChoice, ...]:
    """The switch; nothing when there is no choice."""
    if len(shop.languages) < 2:
        return ()
    return tuple(
        LanguageChoice(code, _SHORT_NAMES[code], _LONG_NAMES[code], code == current)
        for code in shop.languages
    )


def order_view(
    order: OrderSnapshot,
    offers: Offers,
    profile: ShopProfile | None,
    shop: ShopFace,
    language: str,
) -> OrderView:
    texts = Texts(language)
    default = shop.default_language
    own = pick_name(profile.labels.get(order.kind, {}), language, default) if profile else ""
    return OrderView(
        heading=own or words.heading(order, texts),
        about=_about(order, shop, texts),
        order=texts.gettext("Order {number}").format(number=order.number),
        fulfilment=words.fulfilment(order, texts),
        steps=_steps(order, profile, shop, texts),
        lines=tuple(_line(item, language, default) for item in order.items),
        number=order.number,
        offers=offers,
        stars=_stars(texts) if RATED in offers.acts else (),
        rated=words.rated(offers.stars, texts) if offers.stars else "",
        chat=order.chat if order.phase not in ENDED else "",
    )


def pick_name(names: Names, language: str, default: str) -> str:
    """The name in `language`, else in the shop's own, else any."""
    return names.get(language) or names.get(default) or pick(names, language)


def phone_link(phone: str) -> str:
    """`tel:` and digits, or nothing when there is no number to call."""
    digits = re.sub(r"[^0-9]", "", phone)
    if not digits:
        return ""
    return f"tel:+{digits}" if phone.strip().startswith("+") else f"tel:{digits}"


def _stars(texts: Texts) -> tuple[Star, ...]:
    counts = range(1, MOST_STARS + 1)
    said = [texts.ngettext("{count} star", "{count} stars", count) for count in counts]
    return tuple(
        Star(count, text.format(count=count)) for count, text in zip(counts, said, strict=True)
    )


def _about(order: OrderSnapshot, shop: ShopFace, texts: Texts) -> About:
    more = words.explanation(order, texts)
    sentence = words.promise(order, texts)
    if not sentence or order.promised_at is None:
        return About(more=more)
    promised, placed = Instant(order.promised_at), Instant(order.placed_at)
    before, _, after = sentence.partition("{time}")
    if before.endswith(" "):
        before = before[:-1] + _NO_BREAK
    return About(before, words.clock_text(promised, shop.zone, texts.language, placed), after, more)


def _steps(
    order: OrderSnapshot, profile: ShopProfile | None, shop: ShopFace, texts: Texts
) -> tuple[Step, ...]:
    reached = _reached(order)
    stages = order.stages
    times = (stages.received_at or order.placed_at, stages.preparing_at, _last_time(order))
    labels = _step_labels(order, profile, shop, texts)
    steps = []
    for place, (label, at) in enumerate(zip(labels, times, strict=True)):
        state: Literal["done", "now", "next"] = "next"
        if place <= reached:
            state = "now" if place == reached and order.phase not in ENDED else "done"
        shown = ""
        if at is not None and state != "next":
            placed = Instant(order.placed_at)
            shown = words.clock_text(Instant(at), shop.zone, texts.language, placed)
        steps.append(Step(label, shown, state))
    # A cancelled order has no next step; what was reached stays.
    return tuple(step for step in steps if order.phase != "cancelled" or step.state != "next")


def _reached(order: OrderSnapshot) -> int:
    if order.phase == "cancelled":
        stages = order.stages
        return 2 if stages.ready_at else 1 if stages.preparing_at else 0
    is_delivery = order.fulfilment == "delivery"
    by_phase = {"new": 0, "in_kitchen": 1, "ready": 1 if is_delivery else 2}
    return by_phase.get(order.phase, 2)


def _last_time(order: OrderSnapshot) -> int | None:
    return order.stages.out_at if order.fulfilment == "delivery" else order.stages.ready_at


def _step_labels(
    order: OrderSnapshot, profile: ShopProfile | None, shop: ShopFace, texts: Texts
) -> tuple[str, str, str]:
    is_delivery = order.fulfilment == "delivery"
    middle = texts.gettext("Being prepared")
    if is_delivery and order.phase == "ready":
        middle = words.ready(order, texts)
    last = texts.gettext("On the way") if is_delivery else words.ready(order, texts)
    labels = (texts.gettext("Received"), middle, last)
    if profile is None:
        return labels
    kinds = (*_STAGE_KINDS[:2], "out_for_delivery") if is_delivery else _STAGE_KINDS
    own = [
        pick_name(profile.labels.get(kind, {}), texts.language, shop.default_language)
        for kind in kinds
    ]
    return (own[0] or labels[0], own[1] or labels[1], own[2] or labels[2])


def _line(item: Item, language: str, default: str) -> Line:
    modifiers = ", ".join(pick_name(names, language, default) for names in item.modifiers)
    return Line(item.quantity, pick_name(item.names, language, default), modifiers)
