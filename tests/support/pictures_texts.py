"""Scenes of the shop's own texts: a text, a letter, one that is refused, one that two change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit

from pos_app.automation.wording.choice import OwnText
from pos_app.bootstrap import add_channel
from pos_app.clock import VirtualClock
from pos_app.config import WayOut
from tests.support.pictures_automations import choose
from tests.support.pictures_stage import Scenes, of_till, till_of
from tests.support.shops import EVENING, pickup
from tests.support.window import Till

WRITTEN = {
    "en": "{{ name }}, your order № {{ number }} is waiting at the counter! {{ link }}",
    "uk": "{{ name }}, ваше замовлення {{ number }} вже чекає на видачі! Смачного! {{ link }}",
}
LETTER = {"en": "Your {{ number }} is ready", "uk": "Ваше {{ number }} готове"}


def texts(work: Path, language: str) -> Scenes:
    """A text with its warnings, a letter with its subject, a fault, and a conflict."""
    clock = VirtualClock(EVENING)
    with till_of(work / "shop", language, clock=clock) as till:
        till.shop.desk.place(pickup(till.shop, "Margherita", "Tiramisu"))
        gateway = {"sender": "Trattoria"}
        add_channel(till.shop, WayOut("turbosms", "", "turbosms", gateway, 6_500), "T" * 40)
        till.settle()
        till.tap("rail:automations")
        till.tap("part:texts")
        till.wait(lambda: till.sees("text_said"), "the text as a guest gets it")
        yield of_till("texts", till, also=_known(till, language))
        write(till, WRITTEN[language])
        till.wait(lambda: till.sees("text_warning:1"), "what is dear about it")
        yield of_till("texts-written", till, also=_known(till, language))
        choose(till, "text_channel", "mail")
        till.settle()
        write(till, WRITTEN[language])
        till.enter_into("text_subject", LETTER[language])
        _looked(till, LETTER[language][:4])
        yield of_till("texts-letter", till, also=_known(till, language))
        write(till, "{{ table }}")
        till.wait(lambda: till.sees("text_body_error"), "what is wrong")
        yield of_till("texts-wrong", till, also=_known(till, language))
        write(till, WRITTEN[language])
        till.shop.desk.texts.save(OwnText("ready", "mail", language, "{{ number }}!"))
        till.wait(lambda: till.sees("text_conflict"), "what somebody else has written")
        _looked(till, LETTER[language][:4])
        yield of_till("texts-two", till, also=_known(till, language))


def write(till: Till, words: str) -> None:
    """Write over what stands there, as with a keyboard."""
    _body(till).setPlainText(words)


def _body(till: Till) -> QPlainTextEdit:
    field = till.find("text_body")
    assert isinstance(field, QPlainTextEdit)
    return field


def _looked(till: Till, subject: str) -> None:
    """Until the letter is seen under a subject that begins like this."""
    till.wait(lambda: till.text("text_said_subject").startswith(subject), "the letter")
    till.settle()


def _known(till: Till, language: str) -> frozenset[str]:
    """What stands there is the manager's, and the guest's."""
    names = ("text_said", "text_said_subject")
    said = {till.text(name) for name in names if till.sees(name)}
    written = {*_body(till).toPlainText().split("\n"), LETTER[language], "WhatsApp", "Telegram"}
    return frozenset(said | written)
