"""The menu as its owner keeps it: entered, changed, moved, taken off; orders keep what they had."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import VirtualClock
from pos_app.desk.printers import Prints
from pos_app.domain.menu import Dish, Modifier, find_dish, kitchen_name
from pos_app.domain.order import LineDraft
from pos_app.domain.screens import Profile, Screen
from pos_app.errors import BadInput, ChangedMeanwhile, NotFound, Refused
from tests.support.shops import line, pickup


def dish(shop: Shop, name: str) -> Dish:
    return find_dish(shop.desk.setup().menu, name)[0]


def new_dish(shop: Shop, **said: object) -> Dish:
    menu = shop.desk.setup().menu
    made = Dish(
        0, "", menu.categories[0].id, {"en": "Pie"}, {}, 12_050, menu.stations[0].id, 8, False, 0
    )
    return replace(made, **said)  # type: ignore[arg-type]


def tiles(shop: Shop, category: str) -> list[str]:
    menu = shop.desk.setup().menu
    found = next(c for c in menu.categories if c.names["en"] == category)
    return [one.names.get("en", "") for one in menu.of_category(found.id)]


def modifier(name: str, price: int = 0, choice: str = "") -> Modifier:
    return Modifier(0, "", 0, {"en": name}, {}, price, choice, 0)


def test_a_dish_that_was_entered_is_the_last_tile_and_sells_at_its_price(shop: Shop) -> None:
    shop.desk.menu.add_dish(new_dish(shop, names={"en": " Pie ", "uk": "Пиріг"}))
    assert tiles(shop, "Pizza")[-1] == "Pie"
    assert dish(shop, "пиріг").kitchen == {"en": "Pie", "uk": "Пиріг"}
    assert shop.desk.place(pickup(shop, "Pie")).order.total == 12_050


def test_modifiers_keep_their_order_and_their_ids_when_a_dish_changes(shop: Shop) -> None:
    pie = new_dish(shop, modifiers=(modifier("small", -5_00, "size"), modifier("large", 0, "size")))
    shop.desk.menu.add_dish(pie)
    seen = dish(shop, "Pie")
    small, large = seen.modifiers
    assert all(one.uid for one in seen.modifiers)
    wanted = replace(seen, modifiers=(modifier("cream", 10_00), large, small))
    shop.desk.menu.change_dish(seen, wanted)
    after = dish(shop, "Pie").modifiers
    assert [one.names["en"] for one in after] == ["cream", "large", "small"]
    assert [one.uid for one in after[1:]] == [large.uid, small.uid]
    placed = shop.desk.place(
        replace(pickup(shop, "Pie"), lines=(line(shop, "Pie", 1, "cream", "small"),))
    )
    assert placed.order.total == 12_050 + 10_00 - 5_00


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"names": {"en": " ", "uk": ""}}, "names"),
        ({"names": {"en": "x" * 201}}, "names.en"),
        ({"names": {"uk": "margherita"}}, "names.uk"),
        ({"kitchen": {"en": "x" * 17}}, "kitchen.en"),
        ({"price": -1}, "price"),
        ({"prep_minutes": 601}, "prep_minutes"),
        ({"category_id": 0}, "category"),
        ({"station_id": 99}, "station"),
        ({"barcode": "x" * 65}, "barcode"),
        ({"modifiers": (modifier(""),)}, "modifiers[0].names"),
        ({"modifiers": (modifier("a"), modifier("A"))}, "modifiers[1].names.en"),
        ({"modifiers": (modifier("a", -12_051),)}, "modifiers[0].price"),
        ({"modifiers": (modifier("a", choice="x" * 33),)}, "modifiers[0].choice"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    shop: Shop, said: dict[str, object], field: str
) -> None:
    before = shop.desk.setup().menu
    with pytest.raises(BadInput) as refused:
        shop.desk.menu.add_dish(new_dish(shop, **said))
    assert refused.value.field == field
    assert shop.desk.setup().menu == before


def test_a_barcode_belongs_to_one_dish(shop: Shop) -> None:
    shop.desk.menu.add_dish(new_dish(shop, barcode="4820000000017"))
    with pytest.raises(BadInput, match="barcode"):
        shop.desk.menu.add_dish(new_dish(shop, names={"en": "Cake"}, barcode="4820000000017"))


def test_a_dish_that_another_window_changed_is_not_overwritten(shop: Shop) -> None:
    seen = dish(shop, "Cola")
    other = open_shop(shop.data, clock=VirtualClock(shop.clock.now()))
    other.desk.menu.change_dish(seen, replace(seen, price=99_00))
    shop.desk.mark_sold_out(seen.id, True)
    with pytest.raises(ChangedMeanwhile):
        shop.desk.menu.change_dish(seen, replace(seen, prep_minutes=3))
    now = dish(shop, "Cola")
    shop.desk.menu.change_dish(now, replace(now, prep_minutes=3))
    other.close()
    assert (now.price, dish(shop, "Cola").prep_minutes) == (99_00, 3)
    assert dish(shop, "Cola").sold_out, "the stop list is not the form's business"


def test_a_dish_taken_off_is_not_sold_keeps_its_orders_and_comes_back(shop: Shop) -> None:
    placed = shop.desk.place(pickup(shop, "Margherita")).order
    known = dish(shop, "Margherita")
    shop.desk.menu.take_off(known.id)
    with pytest.raises(BadInput):
        shop.desk.add_line(placed.id, LineDraft(known.id, 1))
    (off,) = shop.desk.menu.off()
    assert off.names == known.names
    kept = shop.desk.order(placed.id)
    assert kept is not None
    assert kept.order.lines == placed.lines
    with pytest.raises(NotFound):
        shop.desk.menu.take_off(known.id)
    shop.desk.menu.put_back(known.id)
    assert tiles(shop, "Pizza")[0] == "Margherita"


def test_a_dish_comes_back_with_the_category_and_station_that_were_removed(shop: Shop) -> None:
    menu = shop.desk.menu
    category, station = menu.add_category({"en": "Pies"}), menu.add_station({"en": "Oven"})
    dish_id = menu.add_dish(new_dish(shop, category_id=category, station_id=station))
    menu.take_off(dish_id)
    menu.remove_category(category)
    menu.remove_station(station)
    menu.put_back(dish_id)
    assert tiles(shop, "Pies") == ["Pie"]
    assert "Oven" in [s.names["en"] for s in shop.desk.setup().menu.stations]


def test_a_dish_whose_name_is_taken_meanwhile_stays_off(shop: Shop) -> None:
    old = dish(shop, "Cola")
    shop.desk.menu.take_off(old.id)
    shop.desk.menu.add_dish(new_dish(shop, names={"en": "COLA"}))
    with pytest.raises(Refused):
        shop.desk.menu.put_back(old.id)


def test_a_price_that_changes_reaches_no_order_that_was_placed(shop: Shop) -> None:
    placed = shop.desk.place(pickup(shop, "Margherita")).order
    known = dish(shop, "Margherita")
    shop.desk.menu.change_dish(known, replace(known, price=100_00, names={"en": "Marge"}))
    kept = shop.desk.order(placed.id)
    assert kept is not None
    assert (kept.order.total, kept.order.lines) == (placed.total, placed.lines)
    assert shop.desk.search("margherita"), "it is still found by the name it had"


def test_tiles_and_categories_move_one_place_and_stop_at_the_ends(shop: Shop) -> None:
    desk = shop.desk.menu
    first, second, third, *rest = tiles(shop, "Pizza")
    desk.move_dish(dish(shop, second).id, -1)
    assert tiles(shop, "Pizza") == [second, first, third, *rest]
    desk.move_dish(dish(shop, second).id, -1)
    desk.move_dish(dish(shop, second).id, 2)
    assert tiles(shop, "Pizza") == [first, third, second, *rest]
    categories = shop.desk.setup().menu.categories
    desk.move_category(categories[1].id, -1)
    desk.move_category(categories[1].id, -1)
    after = [one.id for one in shop.desk.setup().menu.categories]
    assert after == [categories[1].id, categories[0].id, *(c.id for c in categories[2:])]


def test_a_dish_that_changes_its_category_stands_last_there(shop: Shop) -> None:
    cola = dish(shop, "Cola")
    pizza = dish(shop, "Margherita").category_id
    shop.desk.menu.change_dish(cola, replace(cola, category_id=pizza))
    assert tiles(shop, "Pizza")[-1] == "Cola"


def test_a_category_is_renamed_and_removed_once_it_is_empty(shop: Shop) -> None:
    desk = shop.desk.menu
    pies = desk.add_category({"en": "Pies", "uk": ""})
    with pytest.raises(BadInput, match=r"names\.en"):
        desk.add_category({"en": "pies"})
    desk.rename_category(pies, {"en": "Pies", "uk": "Пироги"})
    dish_id = desk.add_dish(new_dish(shop, category_id=pies))
    with pytest.raises(Refused, match="Pie"):
        desk.remove_category(pies)
    desk.take_off(dish_id)
    desk.remove_category(pies)
    assert pies not in [one.id for one in shop.desk.setup().menu.categories]


def test_a_station_stays_while_something_needs_it_and_says_what(shop: Shop) -> None:
    desk = shop.desk.menu
    oven = desk.add_station({"en": "Oven", "uk": "Піч"})
    uid = next(s.uid for s in shop.desk.setup().menu.stations if s.id == oven)
    dish_id = desk.add_dish(new_dish(shop, station_id=oven))
    with pytest.raises(Refused, match="Pie"):
        desk.remove_station(oven)
    order = shop.desk.place(pickup(shop, "Pie")).order
    desk.take_off(dish_id)
    with pytest.raises(Refused, match=order.number):
        desk.remove_station(oven)
    shop.desk.cancel(order.id, "test")
    printer = shop.desk.add_printer(
        name="Hot", kind="network", address="127.0.0.1:9", prints=Prints(station_ids=(oven,))
    )
    with pytest.raises(Refused, match="Hot"):
        desk.remove_station(oven)
    shop.desk.remove_printer(printer)
    shop.desk.screens.keep("By the oven", Screen(Profile.KITCHEN, station=uid))
    with pytest.raises(Refused, match="By the oven"):
        desk.remove_station(oven)
    shop.desk.screens.forget("By the oven")
    desk.rename_station(oven, {"en": "Big oven"})
    desk.move_station(oven, -9)
    assert shop.desk.setup().menu.stations[0].names == {"en": "Big oven"}
    desk.remove_station(oven)
    assert oven not in [one.id for one in shop.desk.setup().menu.stations]


def test_the_sample_menu_goes_as_a_whole_and_comes_back(shop: Shop) -> None:
    placed = shop.desk.place(pickup(shop, "Margherita")).order
    shop.desk.bump(placed.id)
    assert shop.desk.menu.is_sample()
    shop.desk.menu.remove_sample()
    menu = shop.desk.setup().menu
    assert (menu.dishes, menu.categories) == ((), ())
    assert [s.names["en"] for s in menu.stations] == ["Pizza"], "an open order stands there"
    assert [d.names["en"] for d in shop.desk.menu.off()] == ["Margherita"], "it was ordered"
    shop.desk.menu.add_sample()
    assert len(shop.desk.setup().menu.dishes) == 43
    assert [s.names["en"] for s in shop.desk.setup().menu.stations].count("Pizza") == 1
    own = dish(shop, "Cola")
    shop.desk.menu.change_dish(own, replace(own, names={"en": "Kvas"}))
    with pytest.raises(Refused):
        shop.desk.menu.remove_sample()


def test_the_first_dish_of_an_empty_shop_gets_a_station(shop: Shop) -> None:
    shop.desk.menu.remove_sample()
    pies = shop.desk.menu.add_category({"en": "Pies"})
    assert shop.desk.setup().menu.stations == ()
    made = Dish(0, "", pies, {"en": "Pie"}, {}, 5_00, 0, 8, False, 0)
    shop.desk.menu.add_dish(made)
    assert [s.names["en"] for s in shop.desk.setup().menu.stations] == ["Kitchen"]
    assert shop.desk.place(pickup(shop, "Pie")).order.total == 5_00


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Cola", "Cola"),
        ("Borshch with garlic buns", "Borshch with"),
        ("Philadelphiarolls deluxe", "Philadel. deluxe"),
        ("Supercalifragilisticexpialidocious", "Supercalifragili"),
        ("Вареники з вишнею", "Вареники вишнею"),
        ("Вареники з картоплею", "Варен. картоплею"),
        ("Вареники з капустою та грибами", "Вареники грибами"),
        ("Pizza quattroformaggissima", "Piz. quattroform"),
        ("Салат «Грецький» великий", "Салат «Грецький»"),
    ],
)
def test_a_kitchen_name_is_proposed_that_tells_dishes_apart(name: str, short: str) -> None:
    assert kitchen_name(name) == short
