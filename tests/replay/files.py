"""Sales files as a test writes them."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.support.sources import ROOT

HEADER = "id,date,time,name,size,type,price"
MARCH = "2015-03"
"""The month of the real sales in which summer time begins in New York."""
REAL = ROOT.parent / "shared" / "data" / "pizza-orders-2015-h1.csv.gz"

# Three orders on a Friday evening, then one in the night to Saturday.
EVENING = (
    "2015-1,2015-02-06,18:47:10,bbq_ckn,L,chicken,20.75",
    "2015-1,2015-02-06,18:47:10,bbq_ckn,L,chicken,20.75",
    "2015-1,2015-02-06,18:47:10,the_greek,XXL,classic,35.95",
    "2015-2,2015-02-06,19:20:00,hawaiian,S,classic,10.5",
    "2015-3,2015-02-06,19:29:30,big_meat,S,classic,12",
    "2015-4,2015-02-07,00:10:00,five_cheese,L,veggie,18.5",
)


def sales_file(folder: Path, *lines: str, packed: bool = True) -> Path:
    """A file of `lines` under the usual header."""
    text = "\n".join((HEADER, *(lines or EVENING))) + "\n"
    file = folder / ("sales.csv.gz" if packed else "sales.csv")
    file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return file


def real_sales(folder: Path, month: str = "") -> Path:
    """The real sales of one month as a file of their own; without one the whole half-year."""
    if not month:
        return REAL
    with gzip.open(REAL, "rt", encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file if line.split(",")[1].startswith(month)]
    return sales_file(folder, *lines)
