"""Words with which a guest says that he wants no more texts, or wants them again. Pure."""

from __future__ import annotations

import unicodedata

_STOP = frozenset({
    "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "opt out", "stop all",
    "стоп", "відписатися", "відписатись", "відпишіть", "відписка", "не писати", "не пишіть",
    "отписаться", "отпишите", "отписка", "не пишите",
})  # fmt: skip
_START = frozenset({"start", "unstop", "subscribe", "yes", "старт", "підписатися", "так"})
_LONGEST = 40
# Letters that look alike: a phone on the wrong keyboard writes СТОР or STОP.
_LOOKALIKE = str.maketrans("асеорхіукмтвн", "aceopxiykmtbh")


def says_stop(said: str) -> bool:
    """Whether the whole message is a word for stopping; a sentence that holds one is none."""
    return _is_one_of(said, _STOP)


def says_start(said: str) -> bool:
    """Whether the whole message takes a stop back."""
    return _is_one_of(said, _START)


def _is_one_of(said: str, words: frozenset[str]) -> bool:
    if len(said) > 4 * _LONGEST:
        return False
    plain = _plain(said)
    return plain in words or plain.translate(_LOOKALIKE) in {
        word.translate(_LOOKALIKE) for word in words
    }


def _plain(said: str) -> str:
    folded = unicodedata.normalize("NFKC", said).casefold()
    letters = "".join(ch if ch.isalpha() else " " for ch in folded if ch not in "’'-‐")
    return " ".join(letters.split())
