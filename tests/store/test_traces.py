"""What is left of many erased guests in the bytes of the file, and that a rewrite takes it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import Instant
from pos_app.domain.order import Address, Customer
from pos_app.store import compacting, erasing, people, traces
from tests.support.shops import open_test_shop

GUESTS = 1_500


def _fill(shop: Shop, chance: random.Random) -> dict[int, str]:
    """Guests whose rows grew and moved, as in years of a shop; a marker of each by his id."""
    marks = {}
    for times in range(2):
        for start in range(0, GUESTS, 100):
            with shop.database.write() as connection:
                for number in chance.sample(range(start, start + 100), 100):
                    mark = f"Zq{number:06d}x"
                    guest = Customer(mark + "n" * chance.randint(0, 60), f"+38067{number:07d}")
                    where = Address(f"{mark}{times}" + "s" * chance.randint(0, 300))
                    found, _ = people.keep(connection, guest, where, Instant(1))
                    assert found is not None
                    marks[found] = mark
    return marks


def _erase_half(shop: Shop, chance: random.Random, pragma: str) -> list[str]:
    marks = _fill(shop, chance)
    gone = chance.sample(sorted(marks), GUESTS // 2)
    with shop.database.write() as connection:
        connection.exec_driver_sql(f"PRAGMA secure_delete={pragma}")
        erasing.forget(connection, gone, [], Instant(2))
    assert compacting.cut_log(shop.database)
    return [marks[number] for number in gone]


def test_after_a_rewrite_nobody_is_left(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "data") as shop:
        words = _erase_half(shop, random.Random(7), "ON")
        left = traces.in_store(shop.database.file, words)
        assert len(left) < len(words) / 10
        compacting.rewrite(shop.database)
        assert compacting.cut_log(shop.database)
        assert traces.in_store(shop.database.file, words) == set()
        with shop.database.read() as connection:
            assert traces.held(connection, words[:20]) == set()


def test_sabotage_rows_deleted_without_overwriting_are_found(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "data") as shop:
        words = _erase_half(shop, random.Random(7), "OFF")
        assert len(traces.in_store(shop.database.file, words)) > len(words) / 2


def test_a_reader_keeps_the_log_and_the_lane_comes_again(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "data") as shop:
        with shop.database.read() as connection:
            erasing.of_phone(connection, "+380671234567")
            with shop.database.write() as writing:
                people.keep(writing, Customer("Zinovija-Name"), None, Instant(1))
            assert not compacting.cut_log(shop.database)
        assert compacting.cut_log(shop.database)


@pytest.mark.parametrize(
    "text", ['[{"street":"Zolota-Street 7"}]', "Zolota-Street 7", "[Zolota-Street 7"]
)
def test_a_text_is_looked_for_in_pieces_and_a_document_by_its_words(text: str) -> None:
    assert any("Zolota-Street 7" in piece for piece in traces.pieces(text))


def test_a_word_across_two_readings_is_found(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"." * ((1 << 20) - 3) + "Зіновія".encode() + b"." * 100)
    assert traces.in_file(file, ["Зіновія", "Марта"]) == {"Зіновія"}
