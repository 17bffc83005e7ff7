"""What a shop has that rules may name."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.automation.wording.standard import abouts
from pos_app.language import LANGUAGES

CHANNELS = ("sms", "whatsapp", "telegram", "mail", "push")
OWNER_CHANNELS = ("mail", "sms", "telegram")
"""Ways on which the shop's owner can be told how a day was."""


@dataclass(frozen=True, slots=True)
class Known:
    """Ids as conditions and steps say them. None: nobody can tell, so everything passes.

    `targets` are those of webhooks, `staff` the ids of who works here.
    """

    dishes: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    staff: frozenset[str] | None = None
    targets: frozenset[str] | None = None
    abouts: frozenset[str] | None = frozenset(abouts())
    channels: frozenset[str] = frozenset(CHANNELS)
    languages: frozenset[str] = frozenset(LANGUAGES)
