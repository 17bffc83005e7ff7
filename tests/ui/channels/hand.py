"""A hand at Settings, Channels: forms are opened, filled in, saved, and ways are tried."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPlainTextEdit

from pos_app.config import WayOut
from tests.support.pictures_automations import reach
from tests.support.window import Till

NUMBER = "067 123 45 67"
Answers = dict[str, str]


def touch(till: Till, name: str) -> None:
    """Tap what may have to be scrolled to first."""
    till.wait(lambda: till.find(name).isEnabled(), name)
    till.settle()
    reach(till, name)
    till.tap(name)


def begin(till: Till, kind: str) -> None:
    """From anywhere to the empty form of a kind."""
    till.tap("rail:settings")
    till.tap("section:channels")
    till.wait(lambda: till.sees("way_new") or till.sees(f"way_kind:{kind}"), "the channels")
    if till.sees("way_new"):
        touch(till, "way_new")
    touch(till, f"way_kind:{kind}")


def fill(till: Till, answers: Answers) -> None:
    """Enter each answer into its field; `on` ticks a box, `/` takes an option."""
    for name, said in answers.items():
        if not till.sees(f"way_{name}") and till.sees("way_more"):
            touch(till, "way_more")
        if said == "on":
            touch(till, f"way_{name}")
        elif said.startswith("/"):
            touch(till, f"way_{name}:{said[1:]}")
        else:
            field = till.find(f"way_{name}")
            if isinstance(field, QPlainTextEdit):
                field.setPlainText(said)
            else:
                till.enter_into(f"way_{name}", said)


def save(till: Till) -> None:
    touch(till, "way_save")


def try_it(till: Till, to: str) -> str:
    """Send one text by the way whose trial is open; what is said of it."""
    till.enter_into("way_to", to)
    touch(till, "way_send")
    return answered(till)


def answered(till: Till) -> str:
    till.settle()
    till.wait(lambda: not till.text("way_answer").endswith("…"), "what came of it")
    return till.text("way_answer")


def notes(till: Till, name: str) -> str:
    """Everything that a card says."""
    said = till.find(f"way:{name}").findChildren(QLabel)
    return " ".join(one.text() for one in said)


def refused(till: Till, field: str, words: str) -> None:
    """Save, and wait until `words` stand at the field."""
    save(till)
    till.wait(lambda: words in till.text(f"way_{field}_error"), f"{field}: {words}")


def ways(till: Till) -> list[str]:
    return [way.name for way in till.shop.desk.setup().settings.ways]


def stored(till: Till, name: str) -> WayOut:
    return till.shop.desk.channels.way(name)
