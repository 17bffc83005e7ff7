"""What people have begun and not given away yet: it outlives the screens on which it stands.

Screens are made anew with another language, and when prices come or go with who stands here.
Kept in memory only: words to a guest lie nowhere else before they are sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_app.automation.model import Rule
    from ui.counter.basket import Basket


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that are not saved; `seen` is the version of those that they are to replace."""

    text: str
    subject: str
    seen: str


@dataclass(slots=True)
class Unfinished:
    """`basket` is the order being entered. `texts` are the shop's own by occasion, channel and
    language, `to_guests` words to a guest by the order's id. `rule` is the one open in the editor,
    as far as it is written.
    """

    basket: Basket | None = None
    texts: dict[tuple[str, str, str], Draft] = field(default_factory=dict)
    to_guests: dict[int, str] = field(default_factory=dict)
    rule: Rule | None = None
