"""The manager's part about texts: what the shop says in which words, looked at before saving."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app import config
from pos_app.automation.wording.choice import Choice, OwnText
from pos_app.automation.wording.fields import TextFields
from pos_app.automation.wording.preview import Preview, preview
from pos_app.automation.wording.rendering import render
from pos_app.automation.wording.standard import STANDARD_SUBJECT
from pos_app.changes import SettingsChanged
from pos_app.clock import HOUR_MS, MINUTE_MS, Instant, local
from pos_app.desk import owning, text_fields, text_writing, wording
from pos_app.desk.doors import Doors
from pos_app.desk.fact_finding import Looking
from pos_app.desk.setup import Setup
from pos_app.desk.text_writing import TEXTS, version_of
from pos_app.domain import money
from pos_app.errors import NotFound
from pos_app.language import Texts
from pos_app.store import orders, status_texts
from pos_app.store.status_texts import StatusText

_INVENTED_TOTAL = 58_500
_INVENTED_MINUTES = 20


@dataclass(frozen=True, slots=True)
class Placed:
    """The words of one place: `text` and `subject` are templates, as they would be used.

    `own` is the row of exactly this place; `otherwise` is what is said there without one: the
    words for all ways, or the standard ones.
    """

    text: str
    subject: str
    own: StatusText | None
    otherwise: Choice

    @property
    def version(self) -> str:
        """What a change of it has to say that it has seen."""
        return version_of(self.own)


@dataclass(frozen=True, slots=True)
class Looked:
    """A text as a guest would get it; `number` of the order it is about, empty: an invented one."""

    preview: Preview
    subject: str
    number: str


class TextsDesk:
    """Acts and readings about the shop's own texts."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def own(self) -> list[StatusText]:
        """Every text that somebody has written."""
        with self._doors.database.read() as connection:
            return status_texts.everything(connection)

    def at(self, about: str, channel: str, language: str) -> Placed:
        """What is said there now. Raises BadInput naming what is not known."""
        text_writing.place_checked(about, channel, language)
        with self._doors.database.read() as connection:
            own = status_texts.find(connection, about, channel, language)
        otherwise = _without(self._doors.setup(), about, channel, language)
        if own is not None:
            return Placed(own.body, own.subject or STANDARD_SUBJECT, own, otherwise)
        return Placed(otherwise.text, otherwise.subject, None, otherwise)

    def save(self, text: OwnText, *, expected: str | None = None) -> StatusText:
        """Write a text; what waits says it too. `expected`: `Placed.version` as it was seen.

        Raises BadInput naming field and line, ChangedMeanwhile.
        """
        with self._doors.act() as act:
            written = text_writing.save(act, text, expected)
        self._tell(TEXTS)
        return written

    def reset(
        self, about: str, channel: str, language: str, *, expected: str | None = None
    ) -> bool:
        """Back to the standard words; False where they stood. Raises ChangedMeanwhile."""
        with self._doors.act() as act:
            was_own = text_writing.reset(act, about, channel, language, expected)
        self._tell(TEXTS)
        return was_own

    def set_latin(self, on: bool) -> None:
        """Whether SMS leave in Latin letters."""
        with self._doors.act() as act:
            held = act.setup.settings.channels
            owning.write_setting(act, config.CHANNELS, replace(held, sms_in_latin=on))
        self._tell(config.CHANNELS)

    def look(
        self,
        text: OwnText,
        *,
        channel: str = "",
        order_id: int | None = None,
        in_latin: bool | None = None,
    ) -> Looked:
        """How `text` reads, by `channel` where it is for all of them, and what it costs.

        About the order, or about one that there could be. Raises BadInput, NotFound.
        """
        sound = text_writing.sound(text)
        by = sound.channel or channel or "sms"
        setup, now = self._doors.setup(), self._doors.clock.now()
        number, fields = "", _invented(setup, now, sound.language)
        if order_id is not None:
            number, fields = self._of_order(setup, now, order_id, sound)
        channels = setup.settings.channels
        found = preview(
            sound.text,
            fields,
            by,
            sound.language,
            _price(setup, by),
            in_latin=channels.sms_in_latin if in_latin is None else in_latin,
        )
        subject = render(sound.subject or STANDARD_SUBJECT, fields)
        return Looked(found, subject if by in text_writing.WITH_SUBJECT else "", number)

    def _of_order(
        self, setup: Setup, now: Instant, order_id: int, text: OwnText
    ) -> tuple[str, TextFields]:
        with self._doors.database.read() as connection:
            order = orders.load(connection, order_id)
            if order is None:
                raise NotFound("There is no such order")
            at = Looking(connection, setup, now, self._doors.staff_id)
            template = text.text + text.subject
            return order.number, text_fields.fields(at, order, text.about, text.language, template)

    def _tell(self, key: str) -> None:
        self._doors.feed.publish(SettingsChanged((key,)))


def _without(setup: Setup, about: str, channel: str, language: str) -> Choice:
    """What is said in a place that has no words of its own."""
    others = tuple(
        one
        for one in setup.texts
        if (one.about, one.channel, one.language) != (about, channel, language)
    )
    return wording.choice_of(replace(setup, texts=others), about, channel, language)


def _price(setup: Setup, channel: str) -> int:
    way = setup.settings.way(channel)
    return 0 if way is None else way.price


def _invented(setup: Setup, now: Instant, language: str) -> TextFields:
    """Fields of an order that there could be, all of them filled."""
    shop, words = setup.settings.shop, Texts(language)
    origin = setup.site.origin if setup.site is not None else "https://order.example"
    until = Instant(now - now % HOUR_MS + HOUR_MS + 15 * MINUTE_MS)
    return TextFields(
        shop=shop.name,
        number=f"{shop.prefix}43",
        time=f"{local(until, shop.zone):%H:%M}",
        link=f"{origin}/2E4EQ94YC77LNA2F8YW5KF17C8X8OH",
        phone=shop.phone or "067 123 45 67",
        name=words.gettext("Olena"),
        total=money.show(_INVENTED_TOTAL, shop.currency, language),
        courier=words.gettext("Ivan"),
        minutes=str(_INVENTED_MINUTES),
    )
