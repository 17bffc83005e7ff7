"""Card numbers never enter the store: what looks like one in a free text is masked at the door.

Somebody will dictate a card number into an order's note. Digits that come to 13 to 19, in one
piece or in groups parted by a space or a hyphen, and pass the Luhn check keep their last four;
other long numbers (phones, references) stay as they are.
"""

from __future__ import annotations

import re

SHORTEST, LONGEST, KEPT = 13, 19, 4
_RUN = re.compile(r"[0-9]+(?:[ -][0-9]+)*", re.ASCII)
_GROUP = re.compile(r"[0-9]+", re.ASCII)


def may_hold_card(text: str) -> bool:
    """Whether a look for a card number is worth while: most texts are shorter than one."""
    return len(text) >= SHORTEST and _RUN.search(text) is not None


def masked(text: str) -> str:
    """`text` with every card number's digits, but for the last four, replaced by `*`."""
    return _RUN.sub(lambda run: _masked_run(run.group()), text)


def _masked_run(run: str) -> str:
    groups = [match.span() for match in _GROUP.finditer(run)]
    first = 0
    while first < len(groups):
        last = _card_end(run, groups, first)
        if last is None:
            first += 1
            continue
        start, end = groups[first][0], groups[last][1]
        run = run[:start] + _hidden(run[start:end]) + run[end:]
        first = last + 1
    return run


def _card_end(run: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """Index of the last group of the longest card number that begins at group `first`."""
    digits = ""
    found = None
    for last in range(first, len(groups)):
        digits += run[slice(*groups[last])]
        if len(digits) > LONGEST:
            break
        if len(digits) >= SHORTEST and passes_luhn(digits):
            found = last
    return found


def _hidden(card: str) -> str:
    left = sum(sign.isdigit() for sign in card) - KEPT
    hidden = []
    for sign in card:
        hide = sign.isdigit() and left > 0
        left -= hide
        hidden.append("*" if hide else sign)
    return "".join(hidden)


def passes_luhn(digits: str) -> bool:
    """Whether the last of `digits` is the check digit of the others."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
