"""One modifier of a dish in its form, and all of them in their order."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pos_app.desk.menus import LONGEST_CHOICE
from pos_app.domain.menu import Modifier
from pos_app.domain.money import plain
from pos_app.language import pick
from ui.settings.menu.arrow import arrows
from ui.settings.menu.names import GAP_PX, KitchenFields, NameFields
from ui.settings.menu.typed import TypedModifier
from ui.style import role
from ui.widgets.field import Field
from ui.widgets.parts import button, column, label, row
from ui.words import _, language

SIDE_PX = 168


class ModifierCard(QFrame):
    """`no` counts from 1 and never changes: it names the fields, not the place."""

    def __init__(self, no: int, owner: ModifierList, modifier: Modifier | None) -> None:
        super().__init__()
        role(self, "card")
        self.setObjectName(f"modifier_card:{no}")
        self.uid = modifier.uid if modifier is not None else ""
        self._names = NameFields(f"modifier_name_{no}")
        self._kitchen = KitchenFields(f"modifier_kitchen_{no}")
        self._price, self._choice = QLineEdit(), QLineEdit()
        self._price.setPlaceholderText("0")
        self._choice.setMaxLength(LONGEST_CHOICE)
        price = Field(_("Price more or less"), self._price, f"modifier_price_{no}")
        choice = Field(_("One of"), self._choice, f"modifier_choice_{no}")
        self._fields = {"price": price, "choice": choice}
        lines = column(self, margins=(16, 8, 8, 14), gap=8)
        head = row()
        self._title = label("", "strong", wrap=True)
        head.addWidget(self._title, 1)
        for arrow in arrows(f"modifier_{no}", _("modifier"), lambda by: owner.shift(self, by)):
            head.addWidget(arrow)
        remove = button(
            _("Remove"), f"modifier_remove_{no}", lambda: owner.remove(self), role="danger"
        )
        head.addWidget(remove)
        lines.addLayout(head)
        for names, beside in ((self._names, price), (self._kitchen, choice)):
            line = row(gap=GAP_PX)
            line.addWidget(names, 1, Qt.AlignmentFlag.AlignTop)
            beside.setFixedWidth(SIDE_PX)
            line.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
            lines.addLayout(line)
        self._names.changed.connect(self._follow_names)
        if modifier is not None:
            self._names.show_names(modifier.names)
            self._kitchen.show_names(modifier.kitchen, modifier.names)
            self._price.setText(plain(modifier.price, owner.currency, language()))
            self._choice.setText(modifier.choice)
        self._follow_names()

    @property
    def typed(self) -> TypedModifier:
        return TypedModifier(
            self._names.names,
            self._kitchen.names,
            self._price.text(),
            self._choice.text(),
            self.uid,
        )

    def fields(self, path: str) -> dict[str, Field]:
        """As errors name them, below `path`."""
        own = {f"{path}.{key}": field for key, field in self._fields.items()}
        names = self._names.fields(f"{path}.names")
        return own | names | self._kitchen.fields(f"{path}.kitchen")

    def begin(self) -> None:
        self._names.begin()

    def _follow_names(self) -> None:
        names = self._names.names
        said = {spoken: name for spoken, name in names.items() if name.strip()}
        self._title.setText(pick(said, language()) or _("New modifier"))
        self._kitchen.propose(names)


class ModifierList(QWidget):
    """Cards in their order, and a button for one more."""

    def __init__(self) -> None:
        super().__init__()
        self.currency = ""
        self._cards: list[ModifierCard] = []
        self._made = 0
        lines = column(self, gap=10)
        lines.addWidget(label(_("Modifiers"), "heading"))
        about = _(
            "What a guest may want otherwise. Those with the same word under “One of”, "
            "such as size, exclude each other."
        )
        lines.addWidget(label(about, "small", wrap=True))
        self._lines = column(gap=10)
        lines.addLayout(self._lines)
        lines.addWidget(button(_("Add a modifier"), "modifier_new", self._add_new))

    @property
    def typed(self) -> tuple[TypedModifier, ...]:
        return tuple(card.typed for card in self._cards)

    def show_modifiers(self, modifiers: tuple[Modifier, ...], currency: str) -> None:
        self.currency = currency
        for card in list(self._cards):
            self.remove(card)
        self._made = 0
        for modifier in modifiers:
            self._add(modifier)

    def forget_ids(self) -> None:
        """They are another dish's modifiers from now on."""
        for card in self._cards:
            card.uid = ""

    def fields(self) -> dict[str, Field]:
        found: dict[str, Field] = {}
        for place, card in enumerate(self._cards):
            found |= card.fields(f"modifiers[{place}]")
        return found

    def shift(self, card: ModifierCard, by: int) -> None:
        at = self._cards.index(card)
        to = min(max(at + by, 0), len(self._cards) - 1)
        self._cards.insert(to, self._cards.pop(at))
        self._lines.removeWidget(card)
        self._lines.insertWidget(to, card)

    def remove(self, card: ModifierCard) -> None:
        self._cards.remove(card)
        self._lines.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _add_new(self) -> None:
        self._add(None).begin()

    def _add(self, modifier: Modifier | None) -> ModifierCard:
        self._made += 1
        card = ModifierCard(self._made, self, modifier)
        self._cards.append(card)
        self._lines.addWidget(card)
        return card
