"""Reading sales: whatever is in the file, a bad line costs that line and nothing else."""

from __future__ import annotations

import gzip
import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.errors import BadInput
from pos_app.replay.sales import Pizza, read_sales
from tests.replay.files import EVENING, HEADER, REAL, sales_file


@pytest.mark.parametrize("packed", [True, False])
def test_lines_of_one_id_are_one_order(tmp_path: Path, packed: bool) -> None:
    read = read_sales(sales_file(tmp_path, packed=packed))
    assert read.bad == ()
    assert [len(sale.pizzas) for sale in read.sales] == [3, 1, 1, 1]
    assert read.sales[0].at == datetime(2015, 2, 6, 18, 47, 10)  # noqa: DTZ001 - a wall time
    assert read.sales[1].pizzas == (Pizza("hawaiian", "S", "classic", "10.5"),)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nonsense", "1 columns instead of 7"),
        ("", None),
        ("2015-9,2015-02-30,12:00:00,hawaiian,S,classic,10.5", "date: “2015-02-30”"),
        ("2015-9,0001-01-01,12:00:00,hawaiian,S,classic,10.5", "no time of a shop"),
        ("2015-9,2015-02-06,25:00:00,hawaiian,S,classic,10.5", "time: “25:00:00”"),
        ("2015-9,2015-02-06,12:00:00+02:00,hawaiian,S,classic,1", "no time of a shop"),
        ("2015-9,2015-02-06,12:00:00,hawaiian,S,classic,cheap", "price: “cheap”"),
        ("2015-9,2015-02-06,12:00:00,hawaiian,S,classic,-1", "price: “-1”"),
        ("2015-9,2015-02-06,12:00:00,hawaiian,S,classic,NaN", "price: “NaN”"),
        ("2015-9,2015-02-06,12:00:00,hawaiian,S,classic,1e9", "price: “1e9”"),
        ("2015-9,2015-02-06,12:00:00,,S,classic,10.5", "name: “”"),
        ("2015-9,2015-02-06,12:00:00,<b>,S,classic,10.5", "name: “<b>”"),
        ("2015-9,2015-02-06,12:00:00,hawaiian,very large,classic,10.5", "size: "),
        (",2015-02-06,12:00:00,hawaiian,S,classic,10.5", "id: “”"),
        ('2015-9,2015-02-06,12:00:00,"hawaiian,S,classic,10.5', "unexpected end"),
        ("2015-9,2015-02-06,12:00:00," + "x" * 2_000 + ",S,classic,10.5", "too long"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(
    tmp_path: Path, line: str, reason: str | None
) -> None:
    read = read_sales(sales_file(tmp_path, *EVENING[:3], line, *EVENING[3:]))
    assert len(read.sales) == 4
    if reason is None:
        assert read.bad == ()
    else:
        (bad,) = read.bad
        assert bad.number == 5
        assert reason in bad.reason


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"id,date\n1,2\n",
        gzip.compress((HEADER + "\n").encode())[:-9],
        b"\x1f\x8b but not gzip",
        b"x" * 5_000,
    ],
    ids=["empty", "other columns", "cut off", "no gzip", "one long line"],
)
def test_what_is_no_sales_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "sales.csv.gz"
    file.write_bytes(raw)
    with pytest.raises(BadInput) as refused:
        read_sales(file)
    assert refused.value.field == "file"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        read_sales(tmp_path / "none.csv.gz")


@given(st.binary(max_size=400))
def test_any_bytes_below_the_header_are_sales_or_bad_lines(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sales.csv"
        file.write_bytes(f"{HEADER}\n{EVENING[0]}\n".encode() + raw)
        read = read_sales(file)
    assert read.sales[0].id == "2015-1"


def test_the_real_file_is_read_whole() -> None:
    read = read_sales(REAL)
    assert read.bad == ()
    assert len(read.sales) == 10_795
    assert sum(len(sale.pizzas) for sale in read.sales) == 25_040
