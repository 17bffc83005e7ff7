"""What the owner decides, as values. Stored by key in the store's settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pos_app.clock import Instant
from pos_app.domain.board import StageLimits
from pos_app.domain.cascade import Leg
from pos_app.domain.opening import OpeningHours
from pos_app.domain.quote import TellGuests
from pos_app.domain.release import Release, Updates
from pos_app.domain.workflow import Fulfilment
from pos_app.errors import BadInput
from pos_app.language import LANGUAGES


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """The shop itself. `country` ISO 3166 alpha-2, `zone` IANA, `currency` ISO 4217.

    `page` is who opens the tracking page: `nobody`, `wifi`, `hosted` or `loopback` (practice).
    """

    name: str = "Orderbell"
    country: str = "UA"
    zone: str = "Europe/Kyiv"
    currency: str = "UAH"
    language: str = "en"
    phone: str = ""
    cutover_hour: int = 4
    prefix: str = "A"
    page: str = "nobody"
    colour: str = "#FFB627"


@dataclass(frozen=True, slots=True)
class SmsSettings:
    """The gateway phone. `kind` is `none` or `smsgate`; the password lies sealed elsewhere.

    `lan` says that a manager ticked this address although it is not a public one.
    """

    kind: str = "none"
    url: str = ""
    username: str = ""
    lan: bool = False


CHANNEL_NAMES = ("sms", "whatsapp", "telegram", "mail", "push")
PHONE, SMSGATE = "phone", "smsgate"


@dataclass(frozen=True, slots=True)
class WayOut:
    """One way out under its own name: which adapter (`kind`) serves which `channel`.

    `setup` is what the adapter needs, without its secret. `price` is for one part, in hundredths
    of the minor unit.
    """

    name: str
    channel: str
    kind: str
    setup: dict[str, Any] = field(default_factory=dict)
    price: int = 0

    @property
    def secret(self) -> str:
        """Under which name its secret lies sealed."""
        return SMS_PASSWORD if self.name == PHONE else f"channel/{self.name}"


@dataclass(frozen=True, slots=True)
class TextLimits:
    """What keeps texts from costing more than they should. Money in hundredths of the minor unit.

    0 is no limit. `abroad`: numbers of other countries get texts too; `prefixes`: if any, only
    numbers that begin so (`+38067`). `month_budget` for all texts of a month, `day_cost` for any
    24 hours, `message_cost` for one text on all its legs.
    """

    abroad: bool = False
    prefixes: tuple[str, ...] = ()
    to_number_a_day: int = 12
    a_day: int = 2_000
    day_cost: int = 0
    message_cost: int = 0
    month_budget: int = 0


@dataclass(frozen=True, slots=True)
class Channels:
    """The ways out beside the gateway phone; of one channel the first that can takes a text.

    `phone_price`: what a part costs by the gateway phone. `legs`: channels on which a text is
    tried one after the other when its rule names none. `sms_in_latin`: SMS leave in Latin letters.
    `order` names the ways that come first, the gateway phone's name among them.
    """

    ways: tuple[WayOut, ...] = ()
    phone_price: int = 0
    limits: TextLimits = field(default_factory=TextLimits)
    legs: tuple[Leg, ...] = ()
    sms_in_latin: bool = False
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receiver:
    """A program that rules call by its `id`; its secret lies sealed under `secret`.

    `personal`: it gets the guest too; `lan`: a manager ticked an address in our own network.
    """

    id: str
    url: str
    personal: bool = False
    lan: bool = False

    @property
    def secret(self) -> str:
        """Under which name its secret lies sealed."""
        return f"webhook/{self.id}"


@dataclass(frozen=True, slots=True)
class Webhooks:
    """The programs that rules may call."""

    receivers: tuple[Receiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """What the shop does not take now: *Stop: deliveries / everything, until…*. Ends by itself.

    `kitchen_closes_minute` is minutes after local midnight (22:30 is 1350), None when it never
    closes before the day does; what is ready later than that cannot be cooked any more.
    """

    deliveries_until: Instant | None = None
    everything_until: Instant | None = None
    kitchen_closes_minute: int | None = None

    def ends(self, fulfilment: Fulfilment, now: Instant) -> Instant | None:
        """Until when orders of this kind are stopped at `now`; None when they are taken."""
        untils = [self.everything_until]
        if fulfilment is Fulfilment.DELIVERY:
            untils.append(self.deliveries_until)
        running = [until for until in untils if until is not None and until > now]
        return max(running) if running else None


@dataclass(frozen=True, slots=True)
class Backups:
    """Where copies of the store are kept (`folder` empty: beside it) and for how long.

    One is made each night at `hour`, the shop's time. Copies of days hold the guests; those of
    weeks and months do not.
    """

    folder: str = ""
    hour: int = 4
    days: int = 7
    weeks: int = 4
    months: int = 12


@dataclass(frozen=True, slots=True)
class Privacy:
    """After how many days without an order a guest's name, phone and address are forgotten.

    The orders stay, so that reports go on telling the same.
    """

    people_days: int = 90


@dataclass(frozen=True, slots=True)
class Owner:
    """Where the owner himself is told how a day was; empty: not there. `phone` in E.164."""

    mail: str = ""
    phone: str = ""
    telegram: str = ""

    def address(self, channel: str) -> str:
        """His address on a channel; empty for none."""
        return {"mail": self.mail, "sms": self.phone, "telegram": self.telegram}.get(channel, "")


GAP, RESTORED, COPIED = "gap", "restored", "copied"


@dataclass(frozen=True, slots=True)
class CatchUp:
    """The till was dead from `since` to `until` with orders open; None of it: both None.

    `why` it knows nothing of that time: `gap` (no power), `restored` from a backup of `since`,
    or `copied`: the file was opened in another place. But after a gap no text leaves until a
    person has let it, and a copy tells the page nothing either.
    """

    since: Instant | None = None
    until: Instant | None = None
    why: str = GAP

    @property
    def is_open(self) -> bool:
        return self.until is not None

    @property
    def pauses_texts(self) -> bool:
        """Whether a text that is born now waits for a person too."""
        return self.is_open and self.why != GAP

    @property
    def pauses_page(self) -> bool:
        """Whether the page is told nothing: it follows the till that this one was copied from."""
        return self.is_open and self.why == COPIED


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a shop as read in one go."""

    shop: ShopSettings = field(default_factory=ShopSettings)
    tell_guests: TellGuests = field(default_factory=TellGuests)
    limits: StageLimits = field(default_factory=StageLimits)
    sms: SmsSettings = field(default_factory=SmsSettings)
    stop: Stop = field(default_factory=Stop)
    catch_up: CatchUp = field(default_factory=CatchUp)
    backups: Backups = field(default_factory=Backups)
    privacy: Privacy = field(default_factory=Privacy)
    channels: Channels = field(default_factory=Channels)
    webhooks: Webhooks = field(default_factory=Webhooks)
    hours: OpeningHours = field(default_factory=OpeningHours)
    owner: Owner = field(default_factory=Owner)
    updates: Updates = field(default_factory=Updates)
    release: Release = field(default_factory=Release)

    @property
    def ways(self) -> tuple[WayOut, ...]:
        """All ways out in the owner's order; without one as set up, the gateway phone first."""
        order = self.channels.order
        last = len(order)
        found = self._set_up
        return tuple(sorted(found, key=lambda w: order.index(w.name) if w.name in order else last))

    @property
    def _set_up(self) -> tuple[WayOut, ...]:
        if self.sms.kind == "none":
            return self.channels.ways
        phone = {"url": self.sms.url, "username": self.sms.username, "lan": self.sms.lan}
        price = self.channels.phone_price
        return (WayOut(PHONE, "sms", self.sms.kind, phone, price), *self.channels.ways)

    def ways_of(self, channel: str) -> tuple[WayOut, ...]:
        """By which ways texts of this channel leave: each one where those before it cannot."""
        return tuple(way for way in self.ways if way.channel == channel)

    def way(self, channel: str, name: str = "") -> WayOut | None:
        """The way of this name, else the first of its channel; None when none is set up."""
        found = self.ways_of(channel)
        return next((way for way in found if way.name == name), next(iter(found), None))


SHOP, TELL_GUESTS, LIMITS, SMS = "shop", "tell_guests", "stage_limits", "sms"
STOP, CATCH_UP = "stop", "catch_up"
BACKUPS, PRIVACY = "backups", "privacy"
CHANNELS = "channels"
WEBHOOKS = "webhooks"
HOURS, OWNER = "opening_hours", "owner"
UPDATES, RELEASE = "updates", "release"
SMS_PASSWORD = "sms_password"  # noqa: S105 - the name of a secret, not a secret


def checked(shop: ShopSettings) -> ShopSettings:
    """`shop` if every field can be used. Raises BadInput naming the first that cannot."""
    if not shop.name.strip():
        raise BadInput("name", "The shop needs a name")
    if shop.zone not in available_timezones():
        raise BadInput(
            "zone", "“{zone}” is not a time zone", hint="Such as Europe/Kyiv.", zone=shop.zone
        )
    ZoneInfo(shop.zone)
    if shop.language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BadInput(
            "language",
            "“{language}” is not a language here",
            hint="{known}",
            language=shop.language,
            known=known,
        )
    if len(shop.country) != 2 or not shop.country.isalpha() or not shop.country.isascii():
        raise BadInput(
            "country", "“{country}” is not a country code", hint="Such as UA.", country=shop.country
        )
    if not _is_currency(shop.currency):
        raise BadInput(
            "currency",
            "“{currency}” is not a currency",
            hint="Such as UAH.",
            currency=shop.currency,
        )
    if not 0 <= shop.cutover_hour <= 23:
        raise BadInput("cutover_hour", "The cut-over hour is from 0 to 23")
    return shop


def _is_currency(code: str) -> bool:
    from babel.numbers import is_currency

    return bool(is_currency(code))
