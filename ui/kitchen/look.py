"""How the widgets around the kitchen's grid look: the board's sheet, larger for wet hands."""

from __future__ import annotations

from ui.board import look
from ui.theme import Measure, Tokens

_MORE = """
KitchenScreen {{ background: {ground}; }}
QLabel[kind="chip"] {{ background: {surface}; color: {second}; }}
QLabel[kind="practice"] {{ background: {brand}; color: {on_brand}; }}
Drawer QPushButton[kind="raised"] {{ font-size: 20px; min-height: {button_inner_px}px; }}
Drawer QLabel[kind="heading"] {{ font-size: 24px; font-weight: 800; }}
Drawer QLabel[kind="quiet"] {{ font-size: 17px; }}
Drawer QLabel[kind="strong"] {{ font-size: 20px; }}
"""


def style_sheet(tokens: Tokens, sizes: Measure) -> str:
    """Borders count beside the minimum height, so that a target stays a whole one."""
    colours = {name: getattr(tokens, name) for name in tokens.__slots__}
    more = _MORE.format(**colours, button_inner_px=sizes.board_button_px - 4)
    return look.style_sheet(tokens, sizes) + more
