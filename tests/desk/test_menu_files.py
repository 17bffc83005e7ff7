"""A menu from a file: what it would do is told first, each bad line by its number and column."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from pos_app.bootstrap import Shop
from pos_app.desk.menu_dishes import is_same
from pos_app.desk.menu_plan import Plan
from pos_app.domain.menu import Dish, Menu, find_dish
from pos_app.errors import BadInput, ChangedMeanwhile

LIST = """Назва;Ціна;Категорія;Цех;Хвилини;Назва для кухні
Вареники з вишнею;120,50;Вареники;Гаряче;12;ВАРЕНИКИ ВИШНЯ
Компот;45 ₴;Напої;Бар;0;
"""


def on(shop: Shop) -> Menu:
    return shop.desk.setup().menu


def named(dishes: tuple[Dish, ...]) -> list[str]:
    return [dish.names.get("en") or dish.names["uk"] for dish in dishes]


def faults(plan: Plan) -> list[tuple[int, str]]:
    return [(fault.line, fault.error.field) for fault in plan.faults]


def ukrainian(shop: Shop) -> None:
    shop.desk.change_shop(replace(shop.desk.setup().settings.shop, language="uk"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_price_list_is_read_in_whatever_encoding(shop: Shop, encoding: str) -> None:
    ukrainian(shop)
    text = LIST.replace("₴", "грн") if encoding == "cp1251" else LIST
    before = on(shop)
    plan = shop.desk.menu.plan(text.encode(encoding))
    assert on(shop) == before, "nothing is written before somebody says so"
    assert (named(plan.added), plan.faults) == (["Вареники з вишнею", "Компот"], ())
    assert plan.new_categories == ({"uk": "Вареники"},), "Напої is known"
    shop.desk.menu.bring_in(plan)
    pies, drink = (find_dish(on(shop), name)[0] for name in ("Вареники з вишнею", "компот"))
    assert (pies.price, pies.prep_minutes, pies.kitchen["uk"]) == (12_050, 12, "ВАРЕНИКИ ВИШНЯ")
    assert (drink.price, drink.prep_minutes, drink.kitchen["uk"]) == (4_500, 0, "Компот")
    stations = {one.id: one.names for one in on(shop).stations}
    assert stations[pies.station_id] == {"uk": "Гаряче"}
    assert stations[drink.station_id]["en"] == "Bar"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_cells_may_stand_between_semicolons_commas_or_tabs(shop: Shop, separator: str) -> None:
    rows = [["Price", "Photo", "Dish"], ["220.50", "x.png", "Pie, warm"]]
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows(rows)
    plan = shop.desk.menu.plan(target.getvalue().encode())
    assert (named(plan.added), plan.added[0].price) == (["Pie, warm"], 22_050)
    assert plan.unread == ("Photo",)


def test_each_bad_line_is_named_with_its_number_and_its_column(shop: Shop) -> None:
    table = (
        "Name;Price;Minutes;Kitchen name\n"
        "Pie;free;;\n"
        '"Two\nlines";10;;\n'
        "Cake;10;soon;\n"
        "Tart;10;5;a name that is too long\n"
        ";10;;\n"
        "Roll;;;\n"
        "Bun;1,250;;\n"
        "Bun;10;;;;x\n"
        "Scone;10;;\n"
        "scone;11;;\n"
        "\n"
        "Cola;-5;;\n"
    )
    plan = shop.desk.menu.plan(table.encode())
    assert faults(plan) == [
        (2, "price"),
        (5, "minutes"),
        (6, "kitchen"),
        (7, "name"),
        (8, "price"),
        (9, "price"),
        (10, "line"),
        (12, "name"),
        (14, "price"),
    ]
    assert named(plan.added) == ["Two lines", "Scone"]
    shop.desk.menu.bring_in(plan)
    assert find_dish(on(shop), "Scone")[0].price == 10_00


def test_a_known_dish_keeps_what_the_table_does_not_say(shop: Shop) -> None:
    before = find_dish(on(shop), "Margherita")[0]
    plan = shop.desk.menu.plan(b"name,price\nmargherita,230\nCola,\n")
    assert [change.old.names["en"] for change in plan.changed] == ["Margherita"]
    shop.desk.menu.bring_in(plan)
    after = find_dish(on(shop), "Margherita")[0]
    assert is_same(after, replace(before, price=23_000, names={**before.names, "en": "margherita"}))


def test_a_table_that_replaces_the_menu_takes_the_others_off(shop: Shop) -> None:
    plan = shop.desk.menu.plan(b"name;price\nCola;50\n", replace_all=True)
    assert len(plan.off) == 42
    shop.desk.menu.bring_in(plan)
    assert named(on(shop).dishes) == ["Cola"]
    back = shop.desk.menu.plan(b"name;price\nMargherita;220\n")
    assert (back.added, [change.old.hidden for change in back.changed]) == ((), [True])
    shop.desk.menu.bring_in(back)
    assert named(on(shop).dishes) == ["Margherita", "Cola"]


def test_nothing_is_taken_off_while_a_line_cannot_be_read(shop: Shop) -> None:
    plan = shop.desk.menu.plan(b"name;price\nCola;free\nTea;20\n", replace_all=True)
    assert (plan.off, "Cola" in named(plan.held)) == ((), True)
    shop.desk.menu.bring_in(plan)
    assert find_dish(on(shop), "Cola")


def test_what_is_no_menu_is_refused_with_what_it_should_be(shop: Shop) -> None:
    for raw in (
        b"",
        b"\x89PNG\r\n\x1a\n\x00",
        b"one;two\nthree;four",
        b"price\n10",
        b'name;price\n"Pie',
    ):
        with pytest.raises(BadInput) as refused:
            shop.desk.menu.plan(raw)
        assert refused.value.field == "file"


def test_a_plan_that_is_out_of_date_is_not_done(shop: Shop) -> None:
    plan = shop.desk.menu.plan(b"name;price\nCola;50\n")
    cola = find_dish(on(shop), "Cola")[0]
    shop.desk.mark_sold_out(cola.id, True)
    shop.desk.menu.change_dish(cola, replace(cola, prep_minutes=2))
    with pytest.raises(ChangedMeanwhile):
        shop.desk.menu.bring_in(plan)
    shop.desk.menu.bring_in(shop.desk.menu.plan(b"name;price\nCola;50\n"))
    assert find_dish(on(shop), "Cola")[0].price == 5_000


def test_a_dish_taken_off_that_a_document_names_comes_back(shop: Shop) -> None:
    document = shop.desk.menu.document()
    cola = find_dish(on(shop), "Cola")[0]
    shop.desk.menu.take_off(cola.id)
    plan = shop.desk.menu.plan(document.encode())
    assert [change.new.id for change in plan.changed] == [cola.id]
    shop.desk.menu.bring_in(plan)
    assert is_same(find_dish(on(shop), "Cola")[0], cola)
    assert shop.desk.menu.plan(document.encode()).changes_nothing


def test_each_wrong_dish_of_a_document_is_named_and_the_rest_can_come(shop: Shop) -> None:
    document = json.loads(shop.desk.menu.document())
    document["dishes"][0]["price"] = "x"
    document["dishes"][1]["modifiers"] = document["dishes"][2]["modifiers"]
    document["dishes"][3] |= {"id": document["dishes"][4]["id"], "modifiers": []}
    plan = shop.desk.menu.plan(json.dumps(document).encode())
    assert [fault.error.field for fault in plan.faults] == [
        "dishes[0].price",
        "dishes[1].modifiers[0].id",
        "dishes[4]",
    ]


def test_cells_that_a_spreadsheet_would_run_are_quoted(shop: Shop) -> None:
    names = ["=1+1", "+cola", "-10% soup", "@home", "'=quoted", "'tis"]
    first = on(shop).dishes[0]
    for name in names:
        made = replace(first, names={"en": name}, kitchen={}, modifiers=(), barcode="")
        shop.desk.menu.add_dish(made)
    table = shop.desk.menu.table()
    for row in csv.reader(io.StringIO(table.lstrip("\ufeff"))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row), row
    assert shop.desk.menu.plan(table.encode()).changes_nothing


def test_the_table_follows_the_shop_s_language(shop: Shop) -> None:
    ukrainian(shop)
    first = shop.desk.menu.table().splitlines()[0]
    assert first.startswith("\ufeffНазва страви;Ціна;Категорія;Станція;Хвилини;Назва для кухні")
    assert shop.desk.menu.plan(shop.desk.menu.table().encode()).changes_nothing


@pytest.mark.parametrize("language", ["en", "uk"])
def test_what_the_table_is_headed_with_is_read_again(shop: Shop, language: str) -> None:
    shop.desk.change_shop(replace(shop.desk.setup().settings.shop, language=language))
    assert shop.desk.menu.plan(shop.desk.menu.table().encode()).unread == ()
