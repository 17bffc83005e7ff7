"""One QSS from the tokens of a theme. Widgets name their `role`; nothing else sets colours.

Borders are as wide when focused as when not, so that nothing moves when the focus does.
"""

from __future__ import annotations

from functools import cache
from string import Template

from PySide6.QtWidgets import QWidget

from ui.theme import Tokens, tokens

_QSS = Template(
    """
QWidget { color: $text; font-size: 15px; }
QWidget[role="ground"], QScrollArea[role="ground"] { background: $ground; }
QWidget[role="surface"] { background: $surface; }
QWidget[role="card"] { background: $surface; border-radius: 14px; border: 1px solid $line; }
QWidget[role="soft"] { background: $soft; border-radius: 14px; }
QWidget[role="rule"] { background: $line; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollArea > QWidget > QWidget[role="ground"] { background: $ground; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $faint; border-radius: 3px; min-height: 40px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; height: 0; width: 0; }

QLabel[role="title"] { font-size: 22px; font-weight: 700; }
QLabel[role="heading"] { font-size: 17px; font-weight: 600; }
QLabel[role="second"] { color: $second; }
QLabel[role="label"] { color: $second; font-weight: 500; font-size: 14px; }
QLabel[role="small"] { color: $second; font-size: 13px; }
QLabel[role="sentence"] { font-size: 17px; font-weight: 500; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="error"] { color: $late_text; font-weight: 500; font-size: 14px; }
QLabel[role="good"] { color: $paid_text; font-weight: 500; font-size: 14px; }
QLabel[role="modifier"] { color: $modifier; font-weight: 500; font-size: 14px; }
QLabel[role="quantity"] { background: $soft; border-radius: 8px; font-weight: 700; }
QLabel[role="total"] { font-size: 24px; font-weight: 700; }
QLabel[role="number"] { font-size: 76px; font-weight: 800; }
QLabel[role="allergy"] { background: $allergy_ground; color: $allergy_text; font-weight: 700;
    border-radius: 8px; padding: 6px 10px; }
QLabel[role="to_pay"] { background: $to_pay_ground; color: $to_pay_text; font-weight: 700;
    border-radius: 8px; padding: 4px 8px; font-size: 13px; }
QLabel[role="paid"] { background: $paid_ground; color: $paid_text; font-weight: 700;
    border-radius: 8px; padding: 4px 8px; font-size: 13px; }
QLabel[role="tag"] { background: $tag_ground; color: $tag_text; font-weight: 700;
    border-radius: 8px; padding: 4px 8px; font-size: 13px; }

QPushButton { background: $surface; border: 2px solid $line; border-radius: 12px;
    min-height: 44px; padding: 0 14px; font-weight: 600; font-size: 15px; }
QPushButton:pressed { background: $raised; }
QPushButton:disabled { color: $faint; }
QPushButton:focus { border-color: $next_act; }
QPushButton:checked { background: $text; color: $surface; border-color: $text; }
QPushButton:checked:focus { border-color: $next_act; }
QPushButton[role="chip"] { background: $soft; border-color: $soft; }
QPushButton[role="chip"]:pressed { background: $line; }
QPushButton[role="chip"]:checked { background: $text; color: $surface; border-color: $text; }
QPushButton[role="chip"]:focus { border-color: $next_act; }
QPushButton[role="small_chip"] { background: $soft; border-color: $soft; font-size: 14px;
    padding: 0 6px; }
QPushButton[role="small_chip"]:pressed { background: $line; }
QPushButton[role="small_chip"]:checked { background: $text; color: $surface;
    border-color: $text; }
QPushButton[role="small_chip"]:focus { border-color: $next_act; }
QPushButton[role="category"] { background: $raised; border-color: $raised; font-size: 16px;
    padding: 0 18px; min-height: 46px; }
QPushButton[role="category"]:pressed { background: $line; }
QPushButton[role="category"]:checked { background: $text; color: $surface; border-color: $text; }
QPushButton[role="category"]:focus { border-color: $next_act; }
QPushButton[role="segment"] { background: transparent; border-color: transparent;
    color: $second; padding: 0 4px; }
QPushButton[role="segment"]:pressed { background: $line; }
QPushButton[role="segment"]:checked { background: $surface; color: $text;
    border-color: $line; }
QPushButton[role="segment"]:focus { border-color: $next_act; }
QPushButton[role="act"] { background: $brand; color: $on_brand; border-color: $brand;
    font-weight: 700; font-size: 16px; }
QPushButton[role="act"]:pressed { background: $soon_stripe; color: $tag_text; }
QPushButton[role="act"]:disabled { background: $raised; color: $second; border-color: $raised; }
QPushButton[role="act"]:focus { border-color: $text; }
QPushButton[role="place"] { background: $brand; color: $on_brand; border-color: $brand;
    font-weight: 700; font-size: 19px; min-height: 60px; border-radius: 14px; padding: 0 6px; }
QPushButton[role="place"]:pressed { background: $soon_stripe; color: $tag_text; }
QPushButton[role="place"]:disabled { background: $raised; color: $second;
    border-color: $raised; font-size: 17px; }
QPushButton[role="place"]:focus { border-color: $text; }
QPushButton[role="key"] { background: $soft; border-color: $soft; font-size: 20px;
    min-height: 52px; padding: 0; }
QPushButton[role="key"]:pressed { background: $line; }
QPushButton[role="key"]:focus { border-color: $next_act; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent;
    color: $second; padding: 0 10px; }
QPushButton[role="quiet"]:pressed { background: $raised; }
QPushButton[role="quiet"]:focus { border-color: $next_act; }
QPushButton[role="switch"] { background: $raised; border-color: $raised; border-radius: 24px;
    color: $second; }
QPushButton[role="switch"]:checked { background: $done; color: $on_done; border-color: $done; }
QPushButton[role="switch"]:pressed { background: $line; color: $text; }
QPushButton[role="switch"]:focus { border-color: $next_act; }
QPushButton[role="tile"] { text-align: left; padding: 0; }
QPushButton[role="danger"] { color: $late_text; border-color: $line; }
QPushButton[role="danger"]:focus { border-color: $next_act; }
QPushButton[role="row"] { background: transparent; border: 2px solid transparent;
    border-radius: 10px; text-align: left; font-weight: 500; padding: 0 10px; }
QPushButton[role="row"]:pressed { background: $raised; }
QPushButton[role="row"]:checked { background: $raised; color: $text; font-weight: 700; }
QPushButton[role="row"]:focus { border-color: $next_act; }

QLineEdit, QComboBox, QPlainTextEdit, QSpinBox { background: $surface; border: 2px solid $line;
    border-radius: 12px; padding: 0 12px; min-height: 44px; font-size: 16px;
    selection-background-color: $next_act; selection-color: $on_next_act; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QSpinBox:focus {
    border-color: $next_act; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $failure_ground; }
QLineEdit[role="search"] { font-size: 17px; min-height: 48px; border-radius: 14px; }
QPlainTextEdit { padding: 8px 10px; }
QComboBox::drop-down { border: 0; width: 36px; }
QComboBox::down-arrow { image: url($down); width: 18px; height: 18px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; outline: 0;
    selection-background-color: $raised; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 44px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QCheckBox, QRadioButton { spacing: 12px; min-height: 46px; font-size: 15px;
    border: 2px solid transparent; border-radius: 10px; }
QCheckBox[role="small"] { color: $second; font-size: 14px; }
QCheckBox:focus, QRadioButton:focus { border-color: $next_act; }
QCheckBox::indicator { width: 24px; height: 24px; border: 2px solid $second;
    border-radius: 7px; background: $surface; }
QCheckBox::indicator:checked { background: $done; border-color: $done; image: url($tick); }
QListView { background: transparent; border: 0; outline: 0; }
QToolTip { background: $raised; color: $text; border: 0; padding: 4px; }
"""
)


@cache
def sheet(theme: str) -> str:
    """The style sheet of the `dark` or the `light` theme."""
    found = tokens(theme)
    return _QSS.substitute(_values(found))


def _values(theme: Tokens) -> dict[str, str]:
    from pos_app.paths import resources

    values = {name: getattr(theme, name) for name in Tokens.__slots__}
    tick = (resources() / "icons" / "tick-on.svg").as_posix()
    down = (resources() / "icons" / "down.svg").as_posix()
    soft = _between(theme.surface, theme.raised)
    return values | {"soft": soft, "tick": f'"{tick}"', "down": f'"{down}"'}


def _between(one: str, other: str) -> str:
    """The colour half-way: soft grounds inside a surface."""
    parts = ((int(one[i : i + 2], 16) + int(other[i : i + 2], 16)) // 2 for i in (1, 3, 5))
    return "#" + "".join(f"{part:02X}" for part in parts)


def role(widget: QWidget, name: str) -> None:
    """Give `widget` its look by name."""
    widget.setProperty("role", name)
    repolish(widget)


def mark(widget: QWidget, name: str, value: bool) -> None:
    """Set a property that the style sheet asks for, and show it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
