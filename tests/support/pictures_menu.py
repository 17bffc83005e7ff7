"""Scenes of the menu in the settings: nothing yet, the list, the forms, a file before it is in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pos_app.bootstrap import init_shop
from pos_app.clock import VirtualClock
from pos_app.config import ShopSettings
from pos_app.domain.menu import find_dish
from tests.support.pictures_automations import reach
from tests.support.pictures_stage import NAMES, Scenes, of_till, till_of
from tests.support.shops import EVENING
from tests.support.window import Till

PRICE_LIST = {
    "en": (
        "Name;Price;Category;Station;Minutes;Kitchen name;Photo\n"
        "Cherry dumplings;120.50;Dumplings;Stove;12;DUMPLINGS CHERRY;1.jpg\n"
        "Kvas;free;Drinks;Bar;0;;\n"
        "Margherita;235;;;;;\n"
        "Cola;1,250;;;;;\n"
    ),
    "uk": (
        "Назва;Ціна;Категорія;Станція;Хвилини;Назва для кухні;Фото\n"
        "Вареники з вишнею;120,50;Вареники;Плита;12;ВАРЕНИКИ ВИШНЯ;1.jpg\n"
        "Квас;дарма;Напої;Бар;0;;\n"
        "Маргарита;235;;;;;\n"
        "Кола;1,250;;;;;\n"
    ),
}
READ = frozenset(
    {"Cherry dumplings", "Dumplings", "Stove", "Photo", "free", "1,250"}
    | {"Вареники з вишнею", "Вареники", "Плита", "Фото", "дарма"}
    | {"size", "Margherita", "Маргарита", "orderbell-menu.csv"}
)


def menu(work: Path, language: str) -> Scenes:
    """Settings, Menu as an owner comes through it on the first evening."""
    yield from _empty(work / "new", language)
    with till_of(work / "shop", language, clock=VirtualClock(EVENING)) as till:
        till.tap("rail:settings")
        till.tap("section:menu")
        yield of_till("menu-list", till)
        till.tap("dish:Margherita")
        yield of_till("menu-dish", till)
        reach(till, "modifier_new")
        yield of_till("menu-dish-modifiers", till, also=READ)
        till.enter_into("dish_price", "1,250")
        reach(till, "dish_save")
        till.tap("dish_save")
        till.wait(lambda: till.sees("dish_price_error"), "the error")
        yield of_till("menu-dish-refused", till, also=READ)
        margherita = find_dish(till.shop.desk.setup().menu, "Margherita")[0]
        till.shop.desk.menu.change_dish(margherita, replace(margherita, price=24_000))
        till.wait(lambda: till.sees("dish_meanwhile"), "what somebody else did")
        yield of_till("menu-dish-meanwhile", till, also=READ)
        reach(till, "dish_cancel")
        till.tap("dish_cancel")
        till.shop.desk.menu.take_off(margherita.id)
        till.wait(lambda: till.sees("menu_category:off"), "what is off")
        till.tap("menu_category:off")
        yield of_till("menu-off", till, also=READ)
        till.tap("menu_page:stations")
        yield of_till("menu-stations", till)
        till.tap("station_rename:Grill")
        yield of_till("menu-station-form", till)
        till.tap("station_cancel")
        yield from _file(till, work, language)


def _empty(data: Path, language: str) -> Scenes:
    name = ShopSettings(name=NAMES[language][0], language=language)
    init_shop(data, name, sample_menu=False, clock=VirtualClock(EVENING))
    with till_of(data, language) as till:
        yield of_till("counter-no-menu", till)
        till.tap("menu_enter")
        yield of_till("menu-empty", till)
        till.tap("menu_first")
        yield of_till("menu-category-form", till)
        till.tap("category_cancel")
        till.tap("menu_sample")
        till.wait(lambda: till.sees("menu_is_sample"), "the sample")
        yield of_till("menu-sample", till)


def _file(till: Till, work: Path, language: str) -> Scenes:
    file = work / "menu.csv"
    file.write_text(PRICE_LIST[language], "utf-8")
    till.tap("menu_page:file")
    # Where documents are kept differs from one computer to the next.
    till.enter_into("menu_export", "orderbell-menu.csv")
    yield of_till("menu-file", till, also=READ)
    till.enter_into("menu_file", str(file))
    till.tap("menu_file_read")
    till.wait(lambda: till.sees("menu_plan:faults"), "what it would do")
    yield of_till("menu-file-preview", till, also=READ | frozenset({str(file)}))
