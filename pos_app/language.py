"""Words in the shop's and the guest's languages: one gettext catalogue for everything.

English source strings are the message ids. A compiled catalogue is used when it is as new as
its source; otherwise the source is compiled in memory, so that a changed text is never missed.
"""

from __future__ import annotations

import gettext as _gettext
import io
from functools import cache
from pathlib import Path

from pos_app.paths import resources

LANGUAGES = ("en", "uk")
SOURCE_LANGUAGE = "en"


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    folder = resources() / "locale" / language / "LC_MESSAGES"
    source, compiled = folder / "orderbell.po", folder / "orderbell.mo"
    if compiled.exists() and (
        not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime
    ):
        with compiled.open("rb") as file:
            return _gettext.GNUTranslations(file)
    if source.exists():
        return _gettext.GNUTranslations(_compile(source))
    return _gettext.NullTranslations()


def _compile(source: Path) -> io.BytesIO:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return compiled


class Texts:
    """Texts of one language; an unknown language falls back to English."""

    __slots__ = ("_catalogue", "language")

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else SOURCE_LANGUAGE
        self._catalogue = _catalogue(self.language)

    def gettext(self, message: str) -> str:
        return self._catalogue.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self._catalogue.ngettext(singular, plural, count)

    def pgettext(self, context: str, message: str) -> str:
        return self._catalogue.pgettext(context, message)


def pick(names: dict[str, str], language: str) -> str:
    """The name in `language`, else in English, else any; empty when there is none."""
    return names.get(language) or names.get(SOURCE_LANGUAGE) or next(iter(names.values()), "")
