"""How the board's own widgets look: one style sheet, made from the tokens."""

from __future__ import annotations

from pos_app.fonts import FAMILY
from ui.theme import Measure, Tokens

_SHEET = """
BoardScreen, QWidget#boardBody {{ background: {ground}; }}
* {{ font-family: "{family}"; }}
QLabel {{ color: {text}; background: transparent; font-size: 16px; }}
QLabel[kind="title"] {{ font-size: 24px; font-weight: 800; }}
QLabel#columnTitle {{ font-size: 18px; font-weight: 700; }}
QLabel#columnTitle[tight="true"] {{ font-size: 15px; }}
QLabel[kind="count"] {{
    background: {raised}; border-radius: 8px; padding: 3px 9px; font-size: 16px; font-weight: 700;
}}
QLabel[kind="quiet"] {{ color: {second}; font-size: 15px; }}
QLabel[kind="clock"] {{ font-size: 26px; font-weight: 700; }}
QLabel[kind="heading"] {{ font-size: 17px; font-weight: 700; }}
QLabel[kind="strong"] {{ font-size: 17px; font-weight: 600; }}
QLabel[kind="number"] {{ font-size: 36px; font-weight: 800; }}
QLabel[kind="modifier"] {{ color: {modifier}; font-weight: 600; }}
QLabel[kind="made"] {{ color: {faint}; text-decoration: line-through; }}
QLabel[kind="allergy"] {{
    background: {allergy_ground}; color: {allergy_text}; border-radius: 8px; padding: 8px 10px;
    font-size: 18px; font-weight: 700;
}}
QLabel[kind="question"] {{
    background: {raised}; border-radius: 8px; padding: 8px 10px; font-size: 17px; font-weight: 700;
}}
QLabel[kind="wrong"] {{
    background: {surface}; border-left: 6px solid {failure_ground}; padding: 10px 14px;
    font-weight: 600;
}}
QFrame[kind="panel"] {{
    background: {surface}; border: 1px solid {line}; border-radius: {radius_px}px;
}}
QFrame[kind="question"] {{
    background: {surface}; border: 2px solid {soon}; border-radius: {radius_px}px;
}}
QFrame[kind="drawer"] {{
    background: {surface}; border: 1px solid {faint}; border-radius: {radius_px}px;
}}
QFrame[kind="rule"] {{ background: {line}; max-height: 1px; min-height: 1px; border: none; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QListView {{ background: {ground}; border: none; }}
QPushButton {{
    color: {text}; background: {surface}; border: 2px solid transparent; border-radius: 12px;
    padding: 0 14px; font-size: 16px; font-weight: 500; min-height: {target_inner_px}px;
}}
QPushButton:pressed {{ background: {raised}; }}
QPushButton:focus {{ border-color: {text}; }}
QPushButton:disabled {{ color: {faint}; }}
QPushButton:checked {{ background: {raised}; border-color: {faint}; font-weight: 600; }}
QPushButton:checked:focus {{ border-color: {text}; }}
QPushButton[kind="flat"] {{ background: transparent; padding: 0 10px; }}
QPushButton[kind="flat"]:pressed {{ background: {raised}; }}
QPushButton[kind="step"] {{ background: transparent; color: {second}; padding: 0 4px; }}
QPushButton[kind="step"]:pressed {{ background: {raised}; }}
QPushButton[kind="minutes"] {{ background: transparent; font-size: 20px; font-weight: 700; }}
QPushButton[kind="minutes"]:pressed {{ background: {raised}; }}
QPushButton[kind="row"] {{
    background: transparent; text-align: left; padding: 0 6px; border-radius: 8px; font-size: 17px;
}}
QPushButton[kind="row"]:pressed {{ background: {raised}; }}
QPushButton[kind="raised"] {{ background: {raised}; font-weight: 600; }}
QPushButton[kind="raised"]:pressed {{ background: {line}; }}
QPushButton[kind="give"] {{ background: {done}; color: {on_done}; font-weight: 700; }}
QPushButton[kind="give"]:pressed {{ background: {raised}; color: {text}; }}
QPushButton[kind="give"]:disabled {{ background: {raised}; color: {faint}; }}
QPushButton[kind="stopped"] {{
    background: {to_pay_ground}; color: {to_pay_text}; font-weight: 700;
}}
QPushButton[kind="stopped"]:pressed {{ background: {raised}; }}
QPushButton[kind="raised"]:checked {{ border-color: {text}; }}
QPushButton[kind="danger"] {{
    background: {failure_ground}; color: {failure_text}; font-weight: 700;
}}
QPushButton[kind="danger"]:pressed {{ background: {allergy_ground}; }}
QPushButton[kind="danger"]:disabled {{ background: {raised}; color: {faint}; }}
QLineEdit {{
    color: {text}; background: {ground}; border: 2px solid {line}; border-radius: 10px;
    padding: 0 12px; font-size: 17px; min-height: {target_inner_px}px;
}}
QLineEdit:focus {{ border-color: {text}; }}
QPushButton[large="true"] {{ min-height: {board_inner_px}px; }}
QFrame[kind="question"] QPushButton {{ padding: 0 6px; }}
QPushButton[kind="row"][lies="true"] {{ background: {raised}; padding: 0 14px; }}
QFrame#tellGuests {{ background: {surface}; border-radius: 12px; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; }}
QScrollBar::handle:vertical {{ background: {raised}; border-radius: 5px; min-height: 40px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
"""


def style_sheet(tokens: Tokens, sizes: Measure) -> str:
    """Borders count beside the minimum height, so that a target stays a whole one."""
    colours = {name: getattr(tokens, name) for name in tokens.__slots__}
    return _SHEET.format(
        **colours,
        family=FAMILY,
        radius_px=sizes.radius_px,
        target_inner_px=sizes.target_px - 4,
        board_inner_px=sizes.board_button_px - 4,
    )
