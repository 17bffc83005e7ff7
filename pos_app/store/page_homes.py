"""Which pages of a damaged file hold the rows of which table.

First by the trees, as far as they can be walked; then by the roots that a new store has, where
the list of tables is damaged; what is left over goes to the one table into which it fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pos_app.store.damaged_pages import DamagedFile
from pos_app.store.row_shapes import Shape

_SCHEMA_COLUMNS = 5


@dataclass(slots=True)
class Homes:
    """Leaves by table. `strays` had lost their place; `damaged` pages could not be read."""

    leaves: dict[str, list[int]]
    strays: int = 0
    damaged: set[int] = field(default_factory=set)


def find_homes(
    file: DamagedFile, shapes: Mapping[str, Shape], usual_roots: Mapping[str, int]
) -> Homes:
    """`usual_roots` is where a new store has the roots of its tables."""
    homes = Homes({name: [] for name in shapes})
    taken: set[int] = set()
    known = dict(_roots(file, homes.damaged))
    for roots in (known, {n: r for n, r in usual_roots.items() if n not in known}):
        for name, root in roots.items():
            if name in shapes:
                _take_tree(file, root, shapes[name], homes, taken)
    for number in range(2, file.count + 1):
        if number not in taken and file.is_leaf(number):
            fitting = [name for name, shape in shapes.items() if _fits(file, number, shape)]
            if len(fitting) == 1:
                homes.leaves[fitting[0]].append(number)
                homes.damaged.discard(number)
                homes.strays += 1
    return homes


def _roots(file: DamagedFile, damaged: set[int]) -> Iterator[tuple[str, int]]:
    for number in file.leaves(1, damaged):
        for row in file.rows(number):
            if row is None or len(row.values) != _SCHEMA_COLUMNS:
                continue
            kind, name, _, root, _ = row.values
            if kind == "table" and isinstance(name, str) and isinstance(root, int):
                yield name, root


def _take_tree(file: DamagedFile, root: int, shape: Shape, homes: Homes, taken: set[int]) -> None:
    for number in file.leaves(root, homes.damaged):
        # A damaged pointer may lead into another table's tree: its pages are left to it.
        if number not in taken and _fits(file, number, shape, at_all=True):
            homes.leaves[shape.table].append(number)
            taken.add(number)


def _fits(file: DamagedFile, number: int, shape: Shape, *, at_all: bool = False) -> bool:
    """Whether the readable rows of a page are this table's: all of them, or (`at_all`) one."""
    fitting = [shape.read(row) is not None for row in file.rows(number) if row is not None]
    return any(fitting) if at_all else bool(fitting) and all(fitting)
