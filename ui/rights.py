"""What this window may show and do: one switch for all its screens, like its language.

The main window sets it when somebody else stands at the screen, and makes the screens anew when
prices come or go.
"""

from __future__ import annotations

from pos_app.domain.staff import Rights

_now = Rights()


def take(rights: Rights) -> None:
    """These are the rights from now on."""
    global _now  # noqa: PLW0603 - one window set, one person in front of it
    _now = rights


def sees_money() -> bool:
    """Whether prices, totals and amounts may stand on this screen."""
    return _now.sees_money


def may_open(screen: str) -> bool:
    """Whether the screen of this name is open to whoever stands here."""
    return _now.may_open(screen)
