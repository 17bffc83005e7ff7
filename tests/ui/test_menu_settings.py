"""Settings, Menu: what an owner enters on the first evening stands at the counter at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog

from pos_app.bootstrap import init_shop
from pos_app.domain.menu import Dish, find_dish
from tests.support.pictures_automations import reach
from tests.support.window import SHOP, Till
from ui.settings.menu.dish_list import MOST_SHOWN
from ui.settings.menu.dish_row import DishRow


def open_section(till: Till, page: str = "dishes") -> None:
    till.window.show_screen("settings")
    till.tap("section:menu")
    till.settle()
    till.tap(f"menu_page:{page}")


def dish(till: Till, name: str) -> Dish:
    return find_dish(till.shop.desk.setup().menu, name)[0]


def save(till: Till) -> None:
    reach(till, "dish_save")
    till.tap("dish_save")
    till.settle()


def choose(till: Till, name: str, text: str) -> None:
    box = till.find(name)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText(text))


def test_the_first_evening_begins_at_the_counter_and_ends_with_a_sale(
    open_till: Callable[..., Till], tmp_path: Path
) -> None:
    init_shop(tmp_path / "shop", SHOP, sample_menu=False)
    till = open_till()
    till.tap("menu_enter")
    till.tap("menu_first")
    till.enter_into("category_name:en", "Soups")
    till.tap("category_save")
    till.wait(lambda: till.sees("dish_new"), "the new category")
    till.tap("dish_new")
    till.enter_into("dish_name:en", "Borshch with garlic buns")
    till.enter_into("dish_price", "120,50")
    till.enter_into("dish_minutes", "15")
    reach(till, "modifier_new")
    for no, (name, price) in enumerate((("small", "-20"), ("large", "10.50")), start=1):
        till.tap("modifier_new")
        reach(till, f"modifier_choice_{no}")
        till.enter_into(f"modifier_name_{no}:en", name)
        till.enter_into(f"modifier_price_{no}", price)
        till.enter_into(f"modifier_choice_{no}", "size")
        reach(till, "modifier_new")
    save(till)
    till.wait(lambda: till.sees("dish:Borshch with garlic buns"), "the dish in the list")
    made = dish(till, "Borshch with garlic buns")
    assert made.kitchen == {"en": "Borshch with"}
    assert [(m.price, m.choice) for m in made.modifiers] == [(-2_000, "size"), (1_050, "size")]
    till.tap("rail:counter")
    till.tap("tile:Borshch with garlic buns")
    till.tap("pay:cash")
    till.tap("place")
    till.settle()
    (card,) = till.shop.desk.board()
    assert (card.order.total, card.order.lines[0].prep_minutes) == (12_050, 15)


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(till: Till) -> None:
    open_section(till)
    till.tap("dish_new")
    till.enter_into("dish_name:en", "Pie")
    till.enter_into("dish_price", "dear")
    save(till)
    assert "dear" in till.text("dish_price_error")
    till.tap("rail:counter")
    till.tap("rail:settings")
    till.tap("menu_page:stations")
    till.tap("menu_page:dishes")
    assert (till.text("dish_name:en"), till.text("dish_price")) == ("Pie", "dear")
    till.enter_into("dish_price", "95")
    till.enter_into("dish_name:en", "margherita")
    save(till)
    assert till.sees("dish_name:en_error"), "the name is taken"
    assert not till.sees("dish_price_error")
    till.enter_into("dish_name:en", "Pie")
    till.enter_into("dish_kitchen:en", "PIE OF THE DAY")
    save(till)
    assert (dish(till, "pie").price, dish(till, "pie").kitchen["en"]) == (9_500, "PIE OF THE DAY")


def test_the_kitchen_s_letters_are_counted_and_its_name_is_proposed(till: Till) -> None:
    open_section(till)
    till.tap("dish_new")
    till.enter_into("dish_name:en", "Borshch with garlic buns")
    field = till.find("dish_kitchen:en")
    assert field.accessibleName() == "In the kitchen · 12 of 16"
    till.enter_into("dish_kitchen:en", "BORSHCH AND GARLIC BUNS")
    assert till.text("dish_kitchen:en") == "BORSHCH AND GARL"
    assert field.accessibleName() == "In the kitchen · 16 of 16"


def test_a_scanner_types_into_its_field_and_ends_with_enter(till: Till) -> None:
    open_section(till)
    till.tap("dish:Margherita")
    reach(till, "dish_barcode")
    till.type("4820000000017", "dish_barcode")
    till.press(Qt.Key.Key_Return)
    assert till.sees("dish_save"), "the form stays"
    save(till)
    assert dish(till, "Margherita").barcode == "4820000000017"
    till.tap("rail:counter")
    till.type("4820000000017", "search")
    till.press(Qt.Key.Key_Return)
    assert till.sees("line:1")


def test_another_window_s_change_is_told_and_what_was_typed_stays(till: Till) -> None:
    open_section(till)
    till.tap("dish:Margherita")
    till.enter_into("dish_price", "230")
    seen = dish(till, "Margherita")
    till.shop.desk.menu.change_dish(seen, replace(seen, prep_minutes=20))
    till.wait(lambda: till.sees("dish_meanwhile"), "what somebody else did")
    assert "20 min" in till.text("dish_meanwhile_what")
    save(till)
    assert (till.text("dish_price"), dish(till, "Margherita").price) == ("230", 22_000)
    reach(till, "dish_mine")
    till.tap("dish_mine")
    save(till)
    assert (dish(till, "Margherita").price, dish(till, "Margherita").prep_minutes) == (23_000, 12)


def test_a_dish_taken_off_elsewhere_can_be_put_back_with_what_was_typed(till: Till) -> None:
    open_section(till)
    till.tap("dish:Margherita")
    till.enter_into("dish_price", "230")
    till.shop.desk.menu.take_off(dish(till, "Margherita").id)
    till.wait(lambda: till.sees("dish_back"), "it is gone")
    reach(till, "dish_back")
    till.tap("dish_back")
    till.wait(lambda: not till.sees("dish_meanwhile"), "it is back")
    save(till)
    assert dish(till, "Margherita").price == 23_000


def test_a_dish_leaves_the_counter_and_comes_back(till: Till) -> None:
    open_section(till)
    till.tap("dish:Margherita")
    reach(till, "dish_take_off")
    till.tap("dish_take_off")
    till.wait(lambda: till.sees("menu_category:off"), "what is off the menu")
    till.tap("rail:counter")
    assert not till.sees("tile:Margherita")
    till.tap("rail:settings")
    till.tap("menu_category:off")
    till.settle()
    till.tap("dish_put_back:Margherita")
    till.settle()
    till.tap("rail:counter")
    assert till.sees("tile:Margherita")


def test_another_like_this_is_a_dish_of_its_own(till: Till) -> None:
    open_section(till)
    till.tap("dish:Margherita")
    till.enter_into("dish_price", "260")
    reach(till, "dish_copy")
    till.tap("dish_copy")
    till.settle()
    save(till)
    assert till.sees("dish_name:en_error"), "it needs a name of its own"
    till.enter_into("dish_name:en", "Margherita with rocket")
    till.enter_into("dish_name:uk", "Маргарита з руколою")
    save(till)
    copy, known = dish(till, "Margherita with rocket"), dish(till, "Margherita")
    assert (copy.price, known.price) == (26_000, 22_000), "what was typed is the copy's"
    assert [m.names for m in copy.modifiers] == [m.names for m in known.modifiers]
    assert not {m.uid for m in copy.modifiers} & {m.uid for m in known.modifiers}


def test_arrows_move_tiles_categories_and_modifiers(till: Till) -> None:
    open_section(till)
    menu = till.shop.desk.setup().menu
    first, second = menu.of_category(menu.categories[0].id)[:2]
    till.tap(f"dish_{second.id}_up")
    till.settle()
    till.tap("category_down")
    till.settle()
    after = till.shop.desk.setup().menu
    assert [c.id for c in after.categories[:2]] == [menu.categories[1].id, menu.categories[0].id]
    assert [d.id for d in after.of_category(menu.categories[0].id)[:2]] == [second.id, first.id]
    till.tap(f"dish:{first.names['en']}")
    before = [m.names["en"] for m in dish(till, first.names["en"]).modifiers]
    reach(till, "modifier_1_down")
    till.tap("modifier_1_down")
    save(till)
    moved = [m.names["en"] for m in dish(till, first.names["en"]).modifiers]
    assert moved == [before[1], before[0], *before[2:]]


def test_a_station_that_is_needed_says_by_whom(till: Till) -> None:
    open_section(till, "stations")
    till.tap("station_remove:Grill")
    till.wait(lambda: any("Dishes are made" in n.title for n in till.said), "why not")
    till.tap("station_new")
    till.enter_into("station_name:uk", "Піч")
    till.tap("station_save")
    till.wait(lambda: till.sees("station:Піч"), "the station")
    till.tap("station_rename:Піч")
    till.enter_into("station_name:en", "Oven")
    till.tap("station_save")
    till.wait(lambda: till.sees("station:Oven"), "its new name")
    reach(till, "station_remove:Oven")
    till.tap("station_remove:Oven")
    till.wait(lambda: not till.sees("station:Oven"), "gone")


def test_a_file_is_shown_before_it_is_brought_in(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name;Price\nPie;95\nCake;free\nCola;50\n", "utf-8")
    open_section(till, "file")
    till.enter_into("menu_file", str(tmp_path / "none.csv"))
    till.tap("menu_file_read")
    till.wait(lambda: till.sees("menu_file_error"), "there is no such file")
    till.enter_into("menu_file", str(file))
    till.tap("menu_file_read")
    till.wait(lambda: till.sees("menu_plan_lines:faults"), "what it would do")
    assert till.text("menu_plan_lines:faults").startswith("Line 3, Price: “free”")
    assert till.text("menu_plan_lines:added") == "Pie · 95 ₴"
    assert "→ 50 ₴" in till.text("menu_plan_lines:changed")
    assert not find_dish(till.shop.desk.setup().menu, "Pie"), "nothing is written yet"
    till.shop.desk.menu.take_off(dish(till, "Cola").id)
    till.wait(lambda: "comes back" in till.text("menu_plan_lines:changed"), "it follows the menu")
    reach(till, "menu_file_act")
    till.tap("menu_file_act")
    till.settle()
    assert (dish(till, "Pie").price, dish(till, "Cola").price) == (9_500, 5_000)


def test_the_menu_goes_into_a_new_file_only(till: Till, tmp_path: Path) -> None:
    open_section(till, "file")
    for name in ("menu.json", "menu.csv"):
        reach(till, "menu_export_act")
        till.enter_into("menu_export", str(tmp_path / name))
        till.tap("menu_export_act")
        till.settle()
        assert till.shop.desk.menu.plan((tmp_path / name).read_bytes()).changes_nothing
    till.tap("menu_export_act")
    till.wait(lambda: till.sees("menu_export_error"), "it is there already")


def test_a_real_shop_is_rid_of_the_sample_by_one_tap(till: Till) -> None:
    open_section(till)
    till.wait(lambda: till.sees("menu_begin_empty"), "it is the sample")
    till.tap("menu_begin_empty")
    till.wait(lambda: till.sees("menu_first"), "it is empty")
    till.wait(lambda: not till.sees("menu_is_sample"), "nothing is said of a sample")
    assert till.shop.desk.setup().menu.dishes == ()


def test_a_practice_shop_keeps_its_sample(open_till: Callable[..., Till]) -> None:
    till = open_till(practice=True)
    open_section(till)
    till.settle()
    assert not till.sees("menu_is_sample")


def test_a_category_of_hundreds_shows_the_first_ones_and_says_how_many_more(till: Till) -> None:
    table = "Name;Price;Category\n" + "".join(f"Roll {no};10;Rolls\n" for no in range(300))
    desk = till.shop.desk.menu
    desk.bring_in(desk.plan(table.encode()))
    open_section(till)
    till.wait(lambda: till.sees("menu_category:Rolls"), "the new category")
    till.tap("menu_category:Rolls")
    till.settle()
    assert len(till.window.findChildren(DishRow)) == MOST_SHOWN
    assert till.text("menu_show_all") == "Show 240 more"
    till.enter_into("menu_search", "roll 299")
    assert till.sees("dish:Roll 299")


def test_search_finds_by_any_name_also_what_is_off(till: Till) -> None:
    till.shop.desk.menu.take_off(dish(till, "Truffle").id)
    open_section(till)
    till.enter_into("menu_search", "маргарита")
    assert till.sees("dish:Margherita")
    till.enter_into("menu_search", "truf")
    till.wait(lambda: till.sees("dish_put_back:Truffle"), "what is off the menu")
    till.enter_into("menu_search", "sushi")
    assert "sushi" in till.text("menu_none")


def test_the_system_s_list_of_files_waits_beside_the_screen(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Name;Price\nPie;95\n", "utf-8")
    open_section(till, "file")
    till.tap("menu_file_choose")
    dialog = till.window.findChild(QFileDialog, "menu_file_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    till.wait(lambda: till.sees("menu_plan:added"), "what it would do")
    reach(till, "menu_export_choose")
    till.tap("menu_export_choose")
    dialog = till.window.findChildren(QFileDialog, "menu_file_dialog")[-1]
    dialog.fileSelected.emit(str(tmp_path / "mine.json"))
    dialog.reject()
    assert till.text("menu_export") == str(tmp_path / "mine.json")
