"""Everything a person should see of a text before saving it, as one value for every door."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.automation.wording import sms, transliteration
from pos_app.automation.wording.fields import ALWAYS, TextFields
from pos_app.automation.wording.rendering import LONGEST, checked, render, used, whole
from pos_app.errors import Phrase

SMS = "sms"
UNICODE = "unicode"
PUSH = "push"
MANY_PARTS = 3
MOST_PARTS = 10
"""What most gateways still take as one text."""
MOST_PUSH_BYTES = 3_500
"""A note to a browser holds 3,993 bytes with its subject and its address."""
MOST_SIGNS = 10


@dataclass(frozen=True, slots=True)
class Warned:
    """A sentence of the catalogue with its values; `code` is for machines."""

    code: str
    words: Phrase
    values: tuple[tuple[str, object], ...] = ()

    def told(self, translate: Callable[[str], str]) -> str:
        return translate(self.words).format_map(dict(self.values))


@dataclass(frozen=True, slots=True)
class Without:
    """How the text reads for a guest whose order has no `field`."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """`cost` is in hundredths of minor units, as a price per part is.

    A way out that is no SMS has one part, encoding `unicode` and nothing offending.
    """

    text: str
    parts: int
    encoding: str
    offending: tuple[sms.Offending, ...]
    cost: int
    warnings: tuple[Warned, ...]
    left: int
    without: tuple[Without, ...]


def preview(
    template: str,
    fields: TextFields,
    channel: str,
    language: str,
    price: int,
    *,
    in_latin: bool = False,
) -> Preview:
    """How `template` reads and what it costs. Raises BadInput naming the line of a fault.

    `price` of one part, in hundredths of a minor unit. `in_latin`: send it in Latin letters.
    """
    text = checked(template)
    said = worded(text, fields, channel, in_latin=in_latin)
    without = tuple(
        Without(name, worded(text, replace(fields, **{name: ""}), channel, in_latin=in_latin))
        for name in sorted(used(text) - ALWAYS)
    )
    cut = len(whole(text, fields)) > LONGEST
    if channel != SMS:
        warnings = (*_common(said, cut=cut), *_too_long(said, channel))
        return Preview(said, 1, UNICODE, (), price, warnings, LONGEST - len(said), without)
    facts = sms.facts(said)
    warnings = (*_common(said, cut=cut), *_dear(said, facts, language))
    cost = facts.parts * price
    return Preview(
        said, facts.parts, facts.encoding, facts.offending, cost, warnings, facts.left, without
    )


def worded(template: str, fields: TextFields, channel: str, *, in_latin: bool = False) -> str:
    """What is sent: `render`, in Latin letters where the shop wants its SMS so."""
    return as_sent(render(template, fields), channel, in_latin=in_latin)


def as_sent(said: str, channel: str, *, in_latin: bool = False) -> str:
    """Words as they leave: in Latin letters where the shop wants its SMS so."""
    if in_latin and channel == SMS:
        return sms.plain(transliteration.latin(said))[:LONGEST]
    return said


def _common(said: str, *, cut: bool) -> tuple[Warned, ...]:
    warned = []
    if not said:
        warned.append(Warned("nothing", Phrase("Nothing would be said: no text would be sent.")))
    if cut:
        values = (("most", LONGEST),)
        warned.append(Warned("cut", Phrase("It would be cut at {most} characters."), values))
    return tuple(warned)


def _too_long(said: str, channel: str) -> tuple[Warned, ...]:
    if channel != PUSH or len(said.encode()) <= MOST_PUSH_BYTES:
        return ()
    return (Warned("too_long", Phrase("It is too long for a note on the guest’s screen.")),)


def _dear(said: str, facts: sms.SmsFacts, language: str) -> tuple[Warned, ...]:
    warned = []
    if facts.encoding == sms.UCS2:
        warned.extend(_alphabet(said, facts, language))
    if facts.parts > MOST_PARTS:
        most = (("parts", facts.parts), ("most", MOST_PARTS))
        words = Phrase("{parts} SMS are too long: most gateways take no more than {most}.")
        warned.append(Warned("too_long", words, most))
    elif facts.parts > MANY_PARTS:
        parts = (("parts", facts.parts),)
        warned.append(Warned("parts", Phrase("It is long: {parts} SMS for each guest."), parts))
    if facts.has_link:
        words = Phrase("It holds a link: some networks hold such SMS back.")
        warned.append(Warned("link", words))
    return tuple(warned)


def _alphabet(said: str, facts: sms.SmsFacts, language: str) -> list[Warned]:
    """Why the text has room for 70 characters only, and what it would cost written otherwise."""
    in_latin = sms.plain(transliteration.latin(said))
    fewer = sms.sms_parts(in_latin)
    saved: tuple[tuple[str, object], ...] = (("parts", facts.parts), ("fewer", fewer))
    if language == "uk" and transliteration.latin(said) != said:
        words = Phrase("In Latin letters it would take {fewer} SMS instead of {parts}.")
        return [Warned("latin", words, saved)] if fewer < facts.parts else []
    signs = " ".join(_visible(one.sign) for one in facts.offending[:MOST_SIGNS])
    words = Phrase("{signs} halves the room in an SMS: 70 characters instead of 160.")
    warned = [Warned("alphabet", words, (("signs", signs),))]
    if fewer < facts.parts:
        words = Phrase("In plain characters it would take {fewer} SMS instead of {parts}.")
        warned.append(Warned("plain", words, saved))
    return warned


def _visible(sign: str) -> str:
    """The sign, or its name where there is nothing to see (`no-break space`)."""
    return sign if sign.isprintable() else unicodedata.name(sign, f"U+{ord(sign):04X}").lower()
