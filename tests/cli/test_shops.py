"""Making a shop, its sample menu, and the menu as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.till import Till, call


def shop_in(folder: Path, *words: str) -> Till:
    said = call("init", "--data", str(folder), *words)
    assert said.code == 0, said
    return Till(folder)


def menu_of(till: Till) -> dict[str, Any]:
    menu: dict[str, Any] = till.done("menu", "export", "-").json
    return menu


def test_a_folder_takes_one_shop(till: Till) -> None:
    said = till("init", "--practice")
    assert said.code == 1
    assert "There is a shop" in said.error


def test_the_country_gives_zone_and_currency(tmp_path: Path) -> None:
    said = call("init", "--country", "pl", "--data", str(tmp_path / "shop"))
    assert "PLN, Europe/Warsaw" in said.text
    placed = Till(tmp_path / "shop").place()
    assert placed["total"] == {"amount": 2_850 + 0, "currency": "PLN"}


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--country", "Ukraine"), "country"),
        (("--zone", "Kyiv"), "zone"),
        (("--currency", "HRN"), "currency"),
        (("--language", "klingon"), "language"),
        (("--name", " "), "name"),
        (("--name", "bell\a"), "name"),
        (("--phone", "12"), "phone"),
    ],
)
def test_a_wrong_setting_is_named_and_makes_no_shop(
    tmp_path: Path, words: tuple[str, ...], field: str
) -> None:
    said = call("init", "--data", str(tmp_path / "shop"), *words)
    assert said.code == 2
    assert said.error.startswith(f"{field}: ")
    assert not (tmp_path / "shop" / "store.sqlite").exists()


def test_data_may_stand_before_the_command(till: Till) -> None:
    assert call("--data", str(till.data), "orders").text == "No open orders.\n"
    assert call("order", "--data", str(till.data), "show", "A1").code == 1


def test_the_sample_menu_is_a_few_dozen_dishes_in_both_languages(till: Till) -> None:
    menu = menu_of(till)
    names = [dish["names"] for dish in menu["dishes"]]
    assert 30 <= len(names) <= 48
    assert all({"en", "uk"} <= name.keys() for name in names)
    assert sum("Margherita" in name.values() for name in names) == 1
    assert len({name["en"] for name in names}) == len(names)
    assert len({name["uk"] for name in names}) == len(names)
    stations = [station["names"]["en"] for station in menu["stations"]]
    assert stations == ["Pizza", "Grill", "Cold", "Bar"]
    pizza = next(c["id"] for c in menu["categories"] if c["names"]["en"] == "Pizza")
    assert sum(dish["category"] == pizza for dish in menu["dishes"]) == 12


def test_kitchen_names_fit_the_board(till: Till) -> None:
    for dish in menu_of(till)["dishes"]:
        for entry in (dish, *dish["modifiers"]):
            assert all(1 <= len(name) <= 16 for name in entry["kitchen"].values()), entry


def test_a_large_margherita_costs_what_its_tile_says(till: Till) -> None:
    line = {"dish": "Margherita", "quantity": 2, "modifiers": ["large", "extra basil"]}
    placed = till.place(lines=[line, {"dish": "Tiramisu"}])
    assert placed["total"]["amount"] == 58_500


def test_an_exported_menu_comes_back_unchanged(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "menu.json"
    till.done("menu", "export", str(file))
    before = json.loads(file.read_text("utf-8"))
    assert "0 dishes added, 43 changed, 0 taken off" in till.done("menu", "import", str(file)).text
    assert menu_of(till) == before


def test_an_imported_menu_changes_prices_and_adds_dishes(till: Till) -> None:
    menu = menu_of(till)
    till.place()
    menu["dishes"][0]["price"] = "230"
    pie = {**menu["dishes"][1], "id": "", "names": {"en": "Pie"}, "kitchen": {}, "modifiers": []}
    menu["dishes"] = [menu["dishes"][0], pie]
    said = till.done("menu", "import", "-", stdin=json.dumps(menu))
    assert "1 dishes added, 1 changed, 0 taken off" in said.text
    assert till.place()["total"]["amount"] == 23_000
    assert till.place(lines=[{"dish": "pie"}])["total"]["amount"] == 28_900
    assert till.done("order", "show", "A1").json["total"]["amount"] == 22_000
    till.done("menu", "import", "-", "--replace", stdin=json.dumps(menu))
    assert len(menu_of(till)["dishes"]) == 2
    till.done("check")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"currency": "EUR"}, "currency"),
        ({"dishes": [{"names": {"en": "Pie"}}]}, "dishes[0]"),
        ({"dishes": 5}, "dishes"),
        ({"colour": "red"}, "menu"),
    ],
)
def test_a_wrong_menu_is_refused_whole(till: Till, change: dict[str, Any], field: str) -> None:
    before = menu_of(till)
    said = till("menu", "import", "-", stdin=json.dumps({**before, **change}))
    assert said.code == 2
    assert said.error.startswith(f"{field}: "), said.error
    assert menu_of(till) == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"price": "-1"}, "dishes[1].price"),
        ({"price": "free"}, "dishes[1].price"),
        ({"prep_minutes": -1}, "dishes[1].prep_minutes"),
        ({"names": {}}, "dishes[1].names"),
        ({"station": "moon"}, "dishes[1].station"),
        ({"category": "moon"}, "dishes[1].category"),
        ({"id": "x" * 37}, "dishes[1].id"),
        ({"modifiers": [{"names": {"en": ""}}]}, "dishes[1].modifiers[0].names"),
        ({"modifiers": [{"names": {"en": "x"}, "price": "x"}]}, "dishes[1].modifiers[0].price"),
    ],
)
def test_a_wrong_dish_is_named_and_nothing_changes(
    till: Till, change: dict[str, Any], field: str
) -> None:
    before = menu_of(till)
    dishes = [before["dishes"][0], {**before["dishes"][1], **change}]
    dishes[0] = {**dishes[0], "price": "999"}
    said = till("menu", "import", "-", stdin=json.dumps({**before, "dishes": dishes}))
    assert said.code == 2
    assert said.error.startswith(f"{field}: "), said.error
    assert menu_of(till) == before


def test_a_price_list_of_a_spreadsheet_is_previewed_and_brought_in(
    till: Till, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("Назва;Ціна\nВареники;120,50 ₴\nCola;50\n".encode())
    before = menu_of(till)
    said = till.done("menu", "import", str(file), "--preview").text
    assert said.startswith("+ Вареники\n~ Cola\n")
    assert menu_of(till) == before
    assert "1 dishes added, 1 changed" in till.done("menu", "import", str(file)).text
    assert till.place(lines=[{"dish": "вареники"}])["total"]["amount"] == 12_050
    assert menu_of(till)["dishes"][-1]["names"] == {"en": "Вареники"}


def test_each_bad_line_of_a_table_is_named_and_nothing_changes(till: Till) -> None:
    before = menu_of(till)
    said = till("menu", "import", "-", stdin="name;price\nPie;free\nCola;50\nTart;\n")
    assert said.code == 2
    assert [line.split(" ", 3)[:3] for line in said.error.splitlines()] == [
        ["line", "2:", "price:"],
        ["line", "4:", "price:"],
    ]
    assert menu_of(till) == before


def test_the_menu_goes_into_a_table_and_comes_back(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "menu.csv"
    till.done("menu", "export", str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbfDish name,Price,Category,Station")
    said = till.done("menu", "import", str(file), "--preview", "--replace").text
    assert said.startswith("0 new, 0 changed, 43 as they are, 0 off, 0 that cannot be read.")


def test_a_shop_can_begin_with_an_empty_menu(tmp_path: Path) -> None:
    assert menu_of(shop_in(tmp_path / "shop", "--empty-menu"))["dishes"] == []


def test_the_sample_menu_is_gone_by_one_command(till: Till) -> None:
    till.done("menu", "empty")
    assert menu_of(till)["dishes"] == []
    assert till("menu", "empty").code == 1
