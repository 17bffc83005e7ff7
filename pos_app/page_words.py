"""The tracking page's words for those who must not know the page: the bot answers in them.

Till and site share only these, and whoever composes the till hands them on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_app.channels.telegram_answers import PageWords


def page_words() -> PageWords:
    """Imported when the bot first answers."""
    from pos_app.tracking import words

    return words
