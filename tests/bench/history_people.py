"""Guests by number: the same name, phone and address for the same number in every store.

One guest in five is called Ірина, so that a common first name is really common; surnames are
varied, Ukrainian and English.
"""

from __future__ import annotations

from dataclasses import dataclass

COMMON = "Ірина"
_FIRST = (
    "Олена", "Тарас", "Наталія", "Андрій", "Оксана", "Сергій", "Марія", "Ґеорґій", "Юлія",
    "Дмитро", "Софія", "Богдан", "Emma", "James", "Olivia", "William", "Chloë", "Zoë", "Siobhán",
    "Noah", "В’ячеслав", "Мар’яна", "Павло", "Grace", "Henry", "Amélie", "Lucas", "Ганна", "Степан",
)  # fmt: skip
_ROOTS = (
    "Ковал", "Шевч", "Бонд", "Ткач", "Кравч", "Олій", "Лис", "Мельн", "Поліщ", "Марч", "Гаврил",
    "Smi", "John", "Brow", "Tayl", "Wil", "Dav", "Eva", "Rob", "Wrigh", "O’Con", "Mac", "Fitz",
)  # fmt: skip
_MIDDLES = ("а", "е", "и", "о", "у", "ен", "ар", "ил", "ов", "еч", "ін", "ат", "ош", "ум", "ер")
_ENDINGS = (
    "енко", "ук", "ик", "ський", "чук", "ко", "яр", "ів", "ець", "ак", "ин", "ба", "юк", "ло",
)  # fmt: skip
_ENGLISH = ("ton", "son", "man", "ley", "ford", "well", "by", "wood", "field", "worth")
_OPERATORS = ("67", "50", "63", "93", "97", "95", "68", "66")
_STREETS = ("Франка", "Шевченка", "Лесі Українки", "Садова", "Main", "Station", "Mill")


@dataclass(frozen=True, slots=True)
class Guest:
    """`phone` in E.164, unique up to ten million guests."""

    name: str
    phone: str
    street: str
    language: str


def guest(number: int) -> Guest:
    """The guest with this number, from 0."""
    mixed = (number * 2_654_435_761) % 4_294_967_296
    first = COMMON if number % 5 == 0 else _FIRST[mixed % len(_FIRST)]
    return Guest(
        name=f"{first} {_surname(mixed // 31)}",
        phone=f"+380{_OPERATORS[mixed % len(_OPERATORS)]}{number * 7_919_333 % 10**7:07d}",
        street=f"{_STREETS[mixed % len(_STREETS)]} {mixed % 200 + 1}",
        language="en" if first.isascii() else "uk",
    )


def _surname(mixed: int) -> str:
    root = _ROOTS[mixed % len(_ROOTS)]
    mixed //= len(_ROOTS)
    if root.isascii() or root.startswith("O’"):
        return root + _ENGLISH[mixed % len(_ENGLISH)]
    middle = _MIDDLES[mixed % len(_MIDDLES)]
    return root + middle + _ENDINGS[mixed // len(_MIDDLES) % len(_ENDINGS)]
