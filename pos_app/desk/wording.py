"""A text of an order before it is words: whose template, in which language, with what it names.

Read with the set-up in hand, so that own texts cost no query; made into words with no transaction
open. What leaves is always said as it stands when it leaves: who changes a text while messages
wait changes them too.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from pos_app.automation.wording.choice import Choice, chosen
from pos_app.automation.wording.fields import TextFields
from pos_app.automation.wording.preview import as_sent, worded
from pos_app.automation.wording.standard import STANDARD_SUBJECT
from pos_app.desk import text_fields
from pos_app.desk.browsers import PUSH
from pos_app.desk.fact_finding import Moment
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from pos_app.errors import BadInput
from pos_app.store.messages import WRITTEN

_log = logging.getLogger(__name__)
_NOTHING = Choice("", "", False)


@dataclass(frozen=True, slots=True)
class Saying:
    """What will be said about an order. Two that are equal read the same.

    `written`: a person's own words, which are no template.
    """

    about: str
    channel: str
    choice: Choice
    fields: TextFields
    in_latin: bool
    written: str = ""

    @property
    def text(self) -> str:
        """The words; empty where there are none, or none are left of them.

        An own text that this program cannot read gives way to the standard one: a newer program
        wrote it, and the guest is to hear something.
        """
        if self.written:
            return as_sent(self.written, self.channel, in_latin=self.in_latin)
        try:
            return self._worded(self.choice.text) if self.choice.text else ""
        except BadInput:
            _log.warning("the text about %s cannot be read by this program", self.about)
            return self._worded(standard(self.about, self.choice.language).text)

    @property
    def subject(self) -> str:
        """What stands above the words, in one line."""
        try:
            said = self._worded(self.choice.subject)
        except BadInput:
            said = self._worded(STANDARD_SUBJECT)
        return " ".join(said.split())

    def _worded(self, template: str) -> str:
        return worded(template, self.fields, self.channel, in_latin=self.in_latin)


def saying(at: Moment, order: Order, about: str, channel: str, language: str) -> Saying:
    """What `order`'s guest would be told at this moment, in `language` if anybody wrote it."""
    setup = at.setup
    choice = choice_of(setup, about, channel, language)
    fields = text_fields.fields(at, order, about, choice.language, choice.text + choice.subject)
    if channel == PUSH:
        # A browser opens the page that asked by itself, and no link of it travels.
        fields = replace(fields, link="")
    return Saying(about, channel, choice, fields, setup.settings.channels.sms_in_latin)


def by_hand(at: Moment, order: Order, channel: str, words: str) -> Saying:
    """What a person has written to `order`'s guest; above a letter stands what stands above all."""
    language = order.customer.language or at.setup.settings.shop.language
    choice = Choice("", language, False, STANDARD_SUBJECT)
    fields = text_fields.fields(at, order, WRITTEN, language, STANDARD_SUBJECT)
    if channel == PUSH:
        fields = replace(fields, link="")
    in_latin = at.setup.settings.channels.sms_in_latin
    return Saying(WRITTEN, channel, choice, fields, in_latin, words)


def choice_of(setup: Setup, about: str, channel: str, language: str) -> Choice:
    """Whose words; a choice without any where nobody has some about it."""
    try:
        return chosen(setup.texts, about, channel, language, setup.settings.shop.language)
    except ValueError:
        return _NOTHING


def standard(about: str, language: str) -> Choice:
    """The standard words, as if nobody had written others."""
    try:
        return chosen((), about, "", language, language)
    except ValueError:
        return _NOTHING
