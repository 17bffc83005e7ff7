"""The shop as it is set up, read once and kept until somebody changes it.

`store.config_revision` rises with every change of settings, menu, rules or site, in whatever
process; one cheap look in each transaction tells whether what we hold is still true.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import msgspec

from pos_app.automation.book import RuleBook
from pos_app.automation.model import RuleVersion
from pos_app.automation.reading import rule_of
from pos_app.automation.wording.choice import OwnText
from pos_app.config import (
    BACKUPS,
    CATCH_UP,
    CHANNEL_NAMES,
    CHANNELS,
    HOURS,
    LIMITS,
    OWNER,
    PRIVACY,
    RELEASE,
    SHOP,
    SMS,
    STOP,
    TELL_GUESTS,
    UPDATES,
    WEBHOOKS,
    Backups,
    CatchUp,
    Channels,
    Owner,
    Privacy,
    Settings,
    ShopSettings,
    SmsSettings,
    Stop,
    Webhooks,
)
from pos_app.domain import start_words
from pos_app.domain.board import StageLimits
from pos_app.domain.menu import Menu
from pos_app.domain.opening import OpeningHours
from pos_app.domain.quote import TellGuests
from pos_app.domain.release import Release, Updates
from pos_app.domain.screens import KnownScreen
from pos_app.domain.staff import StaffMember
from pos_app.keys import ROOT, STORE, KeyStore
from pos_app.store import (
    menu,
    opt_outs,
    printers,
    rules,
    screens,
    settings,
    sites,
    staff,
    status_texts,
    statuses,
)
from pos_app.store import revision as stored_revision
from pos_app.store.database import Connection
from pos_app.store.schema import Identity, identity

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything about the shop that is not an order.

    `link_key` and `root_key` are None without a site, and on a computer that its keys never came
    to: a link made there would be false until it is paired. `address_key`, with which addresses of
    guests who want no texts are hashed, until somebody does not; `word_key`, from which the
    words follow that open the bot, without a bot. `book` holds `rules` ready to be asked, `texts`
    are the shop's own.
    """

    identity: Identity
    settings: Settings
    menu: Menu
    statuses: tuple[statuses.Status, ...]
    rules: tuple[RuleVersion, ...]
    printers: tuple[printers.StoredPrinter, ...]
    staff: tuple[StaffMember, ...]
    screens: tuple[KnownScreen, ...]
    site: sites.Site | None
    link_key: bytes | None
    revision: int
    root_key: bytes | None = field(default=None, repr=False)
    address_key: bytes | None = field(default=None, repr=False)
    word_key: bytes | None = field(default=None, repr=False)
    book: RuleBook = field(default_factory=RuleBook, repr=False)
    texts: tuple[OwnText, ...] = ()

    @property
    def texts_on(self) -> bool:
        """Whether a text could leave: a gateway is set up, or practice records it."""
        return bool(self.open_channels)

    @property
    def open_channels(self) -> frozenset[str]:
        """The channels by which texts can leave; in practice all of them."""
        if self.identity.practice:
            return frozenset(CHANNEL_NAMES)
        return frozenset(way.channel for way in self.settings.ways)

    @property
    def bot(self) -> str:
        """The name of the shop's bot in Telegram; empty without one, and in practice."""
        return _bot(self.identity, self.settings)


class SetupReader:
    """Gives the current `Setup`, reading the store only when it has changed."""

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys
        self._held: Setup | None = None
        self._lock = threading.Lock()

    @property
    def held(self) -> Setup | None:
        """The set-up that was read last, whether it is still true or not; asks nobody."""
        return self._held

    def read(self, connection: Connection) -> Setup:
        """The set-up as this reading sees it."""
        return self.of_revision(connection, stored_revision.read(connection))

    def of_revision(self, connection: Connection, revision: int) -> Setup:
        """The set-up of `revision`, which this transaction has found."""
        held = self._held
        if held is not None and held.revision == revision:
            return held
        with self._lock:
            self._held = _read(connection, self._keys, revision)
            return self._held


def touch(connection: Connection) -> None:
    """Tell every process that the set-up changed, in the transaction that changes it."""
    stored_revision.rise(connection)


def _read(connection: Connection, keys: KeyStore, revision: int) -> Setup:
    site = sites.active(connection)
    root = keys.get(ROOT) if site is not None else None
    on = tuple(_readable(connection))
    who, chosen = identity(connection), read_settings(connection)
    return Setup(
        identity=who,
        settings=chosen,
        menu=menu.read(connection),
        statuses=tuple(statuses.read(connection)),
        rules=on,
        printers=tuple(printers.all_printers(connection)),
        staff=tuple(staff.everyone(connection)),
        screens=tuple(screens.everything(connection)),
        site=site,
        link_key=_link_key(root, site),
        revision=revision,
        root_key=root,
        address_key=_address_key(connection, keys),
        word_key=_word_key(keys) if _bot(who, chosen) else None,
        book=RuleBook(on),
        texts=tuple(
            OwnText(one.about, one.channel, one.language, one.body, one.subject)
            for one in status_texts.everything(connection)
        ),
    )


def _readable(connection: Connection) -> Iterator[RuleVersion]:
    """The rules that are on. One that a newer program wrote is left out: the shop goes on."""
    for rule_id, version, document in rules.enabled(connection):
        try:
            yield RuleVersion(rule_of(document), version)
        except msgspec.MsgspecError:
            _log.warning("rule %s version %d cannot be read by this program", rule_id, version)


def read_settings(connection: Connection) -> Settings:
    written = settings.read_all(connection)
    return Settings(
        shop=settings.chosen(written, SHOP, ShopSettings()),
        tell_guests=settings.chosen(written, TELL_GUESTS, TellGuests()),
        limits=settings.chosen(written, LIMITS, StageLimits()),
        sms=settings.chosen(written, SMS, SmsSettings()),
        stop=settings.chosen(written, STOP, Stop()),
        catch_up=settings.chosen(written, CATCH_UP, CatchUp()),
        backups=settings.chosen(written, BACKUPS, Backups()),
        privacy=settings.chosen(written, PRIVACY, Privacy()),
        channels=settings.chosen(written, CHANNELS, Channels()),
        webhooks=settings.chosen(written, WEBHOOKS, Webhooks()),
        hours=settings.chosen(written, HOURS, OpeningHours()),
        owner=settings.chosen(written, OWNER, Owner()),
        updates=settings.chosen(written, UPDATES, Updates()),
        release=settings.chosen(written, RELEASE, Release()),
    )


def _address_key(connection: Connection, keys: KeyStore) -> bytes | None:
    # Most shops have nobody who has stopped texts: their keyring is not asked.
    store_key = keys.get(STORE) if opt_outs.any_stands(connection) else None
    return None if store_key is None else opt_outs.address_key(store_key)


def _bot(who: Identity, chosen: Settings) -> str:
    way = None if who.practice else chosen.way("telegram")
    return str(way.setup.get("bot", "")) if way is not None and way.kind == "telegram" else ""


def _word_key(keys: KeyStore) -> bytes | None:
    store_key = keys.get(STORE)
    return None if store_key is None else start_words.key_of(store_key)


def _link_key(root: bytes | None, site: sites.Site | None) -> bytes | None:
    if root is None or site is None:
        return None
    from pos_app.wire.tokens import link_key

    return link_key(root, site.origin, site.generation)


def with_site(held: Setup, site: sites.Site, key: bytes) -> Setup:
    """`held` as it is once `site` is in use, for the rest of the transaction that decides it."""
    return replace(held, site=site, link_key=key)
