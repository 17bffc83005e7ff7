"""What Settings ask of the shop about its ways out, in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from pos_app.clock import Instant
from pos_app.config import PHONE, SMSGATE, Settings, TextLimits, WayOut
from pos_app.domain.cascade import Leg
from pos_app.domain.way_forms import Tried
from pos_app.errors import BadInput, OrderbellError
from ui.notices import Tone
from ui.settings.section import Doors
from ui.settings.way_facts import Seen
from ui.settings.way_words import WEBHOOK
from ui.words import _

Failed = Callable[[OrderbellError], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was set up; `shown_once` is a secret that nobody is shown again."""

    way: WayOut
    shown_once: str = ""


class WayActs(QObject):
    """Each act says by itself that it has been done. What was tried is known until the end."""

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self._doors = doors
        self._seen: Seen | None = None
        self._trials: dict[str, tuple[Tried, Instant]] = {}
        self._reading = False
        self._is_old = False

    def read(self, done: Callable[[Seen], None]) -> None:
        """How the ways fare now; once more where it is asked while that is being read."""
        if self._reading:
            self._is_old = True
            return
        self._reading, self._is_old = True, False
        shop, ways = self._doors.shop, self._doors.outside.ways
        forms = self._seen.forms if self._seen is not None else ()
        trials = tuple((name, *found) for name, found in self._trials.items())

        def look() -> Seen:
            channels = shop.desk.channels
            return Seen(
                forms or ways.forms(),
                ways.standings(),
                tuple(channels.spent()),
                channels.subscribers(),
                ways.is_page_secure(),
                trials,
                shop.clock.now(),
            )

        def show(seen: Seen) -> None:
            self._reading = False
            self._seen = seen
            done(seen)
            if self._is_old:
                self.read(done)

        self._doors.background.read("how the ways out fare", look, show, self._unread)

    def keep(
        self, make: Callable[[], WayOut], secret: str, done: Callable[[Kept], None], failed: Failed
    ) -> None:
        """Set up the way that `make` gives, or the program that rules call."""
        ways = self._doors.outside.ways

        def act() -> Kept:
            way = make()
            if way.kind != WEBHOOK:
                return Kept(ways.set_up(way, secret))
            url, answers = str(way.setup.get("url", "")), way.setup
            personal, lan = bool(answers.get("personal")), bool(answers.get("lan"))
            _receiver, shown = ways.add_receiver(url, personal=personal, lan=lan)
            return Kept(way, shown)

        def kept(found: Kept) -> None:
            # Set up anew, it has not been tried.
            self._trials.pop(found.way.name, None)
            self._say(_("Saved."))
            done(found)

        # Telegram may be asked for the bot's name: no order has to wait for that.
        self._doors.background.work_long("set up a way out", act, kept, failed)

    def try_out(self, name: str, to: str, done: Callable[[Tried], None], failed: Failed) -> None:
        """One text to `to`, or only the question whether somebody is there."""
        ways, clock = self._doors.outside.ways, self._doors.shop.clock

        def shown(tried: Tried) -> None:
            self._trials[name] = (tried, clock.now())
            done(tried)

        self._doors.background.work_long(
            "try a way out", lambda: ways.try_out(name, to), shown, failed
        )

    def remove(self, way: WayOut, done: Callable[[], None], failed: Failed) -> None:
        desk = self._doors.shop.desk
        said = _("It is removed: no text leaves by it any more.")
        self._act("remove a way out", lambda: desk.channels.remove(way.name), said, done, failed)

    def remove_receiver(self, receiver_id: str, done: Callable[[], None], failed: Failed) -> None:
        desk = self._doors.shop.desk
        said = _("It is removed: rules call it no more.")
        self._act("remove a webhook", lambda: desk.webhooks.remove(receiver_id), said, done, failed)

    def move(self, way: WayOut, by: int, settings: Settings, failed: Failed) -> None:
        """Change places with its neighbour of the same channel."""
        desk, beside = self._doors.shop.desk, settings.ways_of(way.channel)
        other = beside[beside.index(way) + by]
        swapped = {way.name: other.name, other.name: way.name}
        names = tuple(swapped.get(one.name, one.name) for one in settings.ways)
        self._doors.background.act(
            "change the order of ways", lambda: desk.channels.set_order(names), None, failed
        )

    def keep_legs(self, legs: list[tuple[str, str]], failed: Failed) -> None:
        """Store the legs, given as (channel, minutes as they were typed)."""
        desk = self._doors.shop.desk

        def act() -> None:
            desk.channels.set_legs(tuple(Leg(channel, _whole(text)) for channel, text in legs))

        self._act("set the legs of texts", act, _("Saved."), lambda: None, failed)

    def keep_limits(self, make: Callable[[], TextLimits], failed: Failed) -> None:
        """Store the limits that `make` gives."""
        desk = self._doors.shop.desk
        self._act(
            "set the limits of texts",
            lambda: desk.channels.set_limits(make()),
            _("Saved."),
            lambda: None,
            failed,
        )

    def _act(
        self,
        name: str,
        act: Callable[[], object],
        said: str,
        done: Callable[[], None],
        failed: Failed,
    ) -> None:
        def acted(_result: object) -> None:
            self._say(said)
            done()

        self._doors.background.act(name, act, acted, failed)

    def _say(self, said: str) -> None:
        self._doors.notices.say(said, tone=Tone.GOOD)

    def _unread(self, error: OrderbellError) -> None:
        self._reading = False
        self._doors.background.failed.emit(error)


def new_name(kind: str, settings: Settings) -> str:
    """A name for a further way of this kind that none has yet; the first phone has its own."""
    taken = {way.name for way in settings.ways}
    if kind == SMSGATE and PHONE not in taken:
        return PHONE
    stem = PHONE if kind == SMSGATE else kind
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _whole(text: str) -> int:
    stripped = text.strip()
    if not (stripped.isascii() and stripped.isdigit()):
        raise BadInput("legs", "Minutes are a whole number")
    return int(stripped)
