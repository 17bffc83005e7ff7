"""Nothing on a screen is cut off or was forgotten by the translator, in any language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from pos_app.config import ShopSettings
from tests.support.clipping import clipped, texts
from tests.support.pictures_counter import NAMES, SIZES, scenes
from tests.support.pseudo import MARK, LongerWords, longer, untranslated
from tests.support.window import Till

OpenTill = Callable[..., Till]


def _till(open_till: OpenTill, language: str, size: QSize) -> Till:
    shop = ShopSettings(name=NAMES[language][0], language=language, phone="+380443334455")
    till = open_till(shop=shop, practice=True, port=18_123)
    till.window.resize(size)
    return till


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
@pytest.mark.parametrize("language", ["en", "uk"])
def test_no_word_is_cut_off(open_till: OpenTill, language: str, size: QSize) -> None:
    till = _till(open_till, language, size)
    found = []
    for scene in scenes(till, NAMES[language][1]):
        till.settle()
        found += [f"{scene}: {line}" for line in clipped(till.window)]
    assert not found, "\n" + "\n".join(dict.fromkeys(found))


def test_a_language_40_percent_longer_fits_and_misses_no_word(
    open_till: OpenTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_app.language._catalogue", lambda _language: LongerWords())
    till = _till(open_till, "uk", SIZES[0])
    data = _data(till)
    cut, missed = [], []
    for scene in scenes(till, NAMES["uk"][1]):
        till.settle()
        cut += [f"{scene}: {line}" for line in clipped(till.window)]
        missed += [f"{scene}: {said}" for said in untranslated(texts(till.window), data)]
    assert not missed, "\n" + "\n".join(dict.fromkeys(missed))
    assert not cut, "\n" + "\n".join(dict.fromkeys(cut))


def _data(till: Till) -> frozenset[str]:
    """What is shown as it was entered: menu, names, addresses, languages, brands."""
    menu = till.shop.desk.setup().menu
    names = [category.names for category in menu.categories]
    names += [dish.names for dish in menu.dishes]
    names += [modifier.names for dish in menu.dishes for modifier in dish.modifiers]
    names += [station.names for station in menu.stations]
    known = {name for named in names for name in named.values()}
    entered = {"Україна", "Europe/Kyiv", "http://192.168.1.20:8080", "English", "Українська"}
    return frozenset(known | set(NAMES["uk"]) | entered | {"Orderbell", "VIP"})


def test_a_text_that_is_cut_off_is_found(qapp: QApplication) -> None:
    window = QWidget()
    label = QLabel("a rather long sentence", window)
    label.setGeometry(0, 0, 40, 20)
    window.show()
    assert len(clipped(window)) == 1
    label.setGeometry(0, 0, 400, 40)
    window.resize(420, 60)
    assert clipped(window) == []
    window.resize(100, 60)
    assert len(clipped(window)) == 1
    window.resize(420, 60)
    button = QPushButton("Another rather long sentence", window)
    button.setGeometry(0, 0, 60, 48)
    button.show()
    assert len(clipped(window)) == 1
    window.close()
    window.deleteLater()


def test_a_text_that_no_translator_saw_is_found() -> None:
    assert longer("Save {count} orders") == f"Saves{MARK} {{count}} ordersor{MARK}"
    assert untranslated([longer("Save"), "Save", "A12 Borshch"], frozenset({"Borshch"})) == ["Save"]
