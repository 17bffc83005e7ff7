"""Unicode's data for the languages that Orderbell speaks, in place of those for all languages.

Qt for Linux brings the whole of it, a quarter of a bundle: names of countries and currencies,
calendars, letters of code pages. Orderbell's window never reads a byte of it: dates, numbers and
money are Babel's, letters are Unicode. Qt itself asks for it when it sorts the names of files as
a language does; what that takes stays.

The library holds nothing but one table of named items, so a smaller one is made of it by the
assembler and the linker that `strip` comes with. The form of the table is ICU's "CmnD", version 1:
a header whose size are its first two bytes, a count, then for each item where its name and its
content begin, counted from the count, in the order of the names.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterable
from pathlib import Path

from steps import Stopped, call

_LIBRARY = re.compile(r"libicudata\.so\.(?P<release>\d+)\Z")
_FORM, _FORM_AT = b"CmnD\x01", 12
_ALIGNED_BYTES = 16
_SOURCE = """\
    .section .rodata
    .balign 16
    .globl {symbol}
    .type {symbol}, @object
    .size {symbol}, {size}
{symbol}:
    .incbin "{data}"
    .section .note.GNU-stack, "", @progbits
"""

Item = tuple[bytes, bytes]
"""An item's whole name, such as `icudt73l/coll/uk.res`, and what it holds."""


def trim(folder: Path, languages: Collection[str], work: Path) -> None:
    """Make the library below `folder` a small one; intermediate files lie in `work`.

    `languages` are named as Babel names them. Raises Stopped where there is none, or where it has
    another form: the smaller bundle is counted on.
    """
    found = [file for file in folder.rglob("libicudata.so.*") if not file.is_symlink()]
    if len(found) != 1 or (named := _LIBRARY.match(found[0].name)) is None:
        raise Stopped(f"{len(found)} libraries of Unicode data below {folder.name}, not one")
    library, symbol = found[0], f"icudt{named['release']}_dat"
    work.mkdir(parents=True, exist_ok=True)
    data, source, made = work / "all.dat", work / "icu.s", work / "icu.o"
    call("reading Unicode's data", ["objcopy", "-O", "binary", "-j", ".rodata", library, data])
    header, items = unpacked(data.read_bytes())
    kept = work / "kept.dat"
    kept.write_bytes(packed(header, [item for item in items if is_kept(item[0], languages)]))
    words = {"symbol": symbol, "size": kept.stat().st_size, "data": kept.name}
    source.write_text(_SOURCE.format(**words), encoding="ascii")
    call("making Unicode's data", ["as", source.name, "-o", made.name], folder=work)
    linked = ["ld", "-shared", "-z", "noexecstack", "-soname", library.name, "--build-id=none"]
    call("linking Unicode's data", [*linked, "-o", library, made])


def is_kept(name: bytes, languages: Collection[str]) -> bool:
    """Whether sorting in one of `languages` can ask for it."""
    _, _, item = name.decode("ascii").partition("/")
    kind, _, file = item.rpartition("/")
    stem = file.partition(".")[0]
    if file.endswith(".res"):
        return kind in ("", "coll") and stem in {"root", "pool", "res_index", *languages}
    return item == "coll/ucadata.icu"


def unpacked(data: bytes) -> tuple[bytes, list[Item]]:
    """The header and the items of a table. Raises Stopped when it is none that is known."""
    if data[_FORM_AT : _FORM_AT + len(_FORM)] != _FORM:
        raise Stopped("the library of Unicode data has a form that is not known")
    (begin,) = struct.unpack_from("<H", data)
    (count,) = struct.unpack_from("<I", data, begin)
    places = [struct.unpack_from("<II", data, begin + 4 + 8 * place) for place in range(count)]
    ends = [content for _, content in places[1:]] + [len(data) - begin]
    items = [
        (_text_at(data, begin + name), data[begin + content : begin + end])
        for (name, content), end in zip(places, ends, strict=True)
    ]
    return data[:begin], items


def packed(header: bytes, items: Iterable[Item]) -> bytes:
    """A table of `items`, which stand in the order of their names."""
    listed = list(items)
    name_at = 4 + 8 * len(listed)
    names = b"".join(name + b"\0" for name, _ in listed)
    content_at = _aligned(name_at + len(names))
    places, contents = b"", b""
    for name, content in listed:
        places += struct.pack("<II", name_at, content_at + len(contents))
        name_at += len(name) + 1
        contents += content.ljust(_aligned(len(content)), b"\0")
    table = struct.pack("<I", len(listed)) + places + names
    return header + table.ljust(content_at, b"\0") + contents


def _text_at(data: bytes, place: int) -> bytes:
    return data[place : data.index(b"\0", place)]


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED_BYTES) * _ALIGNED_BYTES
