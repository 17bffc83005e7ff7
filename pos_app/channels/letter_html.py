"""A text as a letter looks: its lines as paragraphs, its link to be followed, nothing from outside.

No picture, no font and no style sheet is fetched: a letter that loads something tells somebody
that it was opened. Whatever a guest is called stands in it as text.
"""

from __future__ import annotations

from html import escape

_BODY = (
    "margin:0;padding:24px 16px;background:#f4f4f2;color:#1d1d1b;"
    "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"
)
_CARD = "max-width:520px;margin:0 auto;padding:24px;background:#fff;border-radius:12px"
_LINK = "color:#1a56a8;word-break:break-all"


def letter_html(text: str, link: str = "", language: str = "") -> str:
    """An HTML page that says `text`; where `link` stands in it, it can be followed.

    Only an https (or, on the shop's own network, http) address becomes a link.
    """
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    said = "".join(f'<p style="margin:0 0 16px">{_lines(part, link)}</p>' for part in paragraphs)
    lang = f' lang="{escape(language)}"' if language else ""
    return (
        f'<!DOCTYPE html><html{lang}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"></head>'
        f'<body style="{_BODY}"><div style="{_CARD}">{said}</div></body></html>'
    )


def _lines(part: str, link: str) -> str:
    said = escape(part.strip()).replace("\n", "<br>")
    if not link.startswith(("https://", "http://")):
        return said
    address = escape(link)
    return said.replace(address, f'<a href="{address}" style="{_LINK}">{address}</a>')
