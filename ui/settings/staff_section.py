"""Who works here: names, roles, PINs. Roles hold once a manager has a PIN."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app import phones
from pos_app.desk import pins
from pos_app.desk.setup import Setup
from pos_app.domain.staff import MOST_DIGITS, Role, StaffMember, proven_managers
from ui.settings.section import Doors, Section
from ui.staff_words import role_word
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, empty, frame, label, row
from ui.widgets.segmented import Segmented
from ui.words import _

LONGEST_NAME = 40


class StaffSection(Section):
    """The names, or in their place the form for a new one or for the one that is changed."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors, _("Staff"))
        self._shown: tuple[StaffMember, ...] | None = None
        self._country = ""
        self._role = Role.CASHIER
        self._changed: StaffMember | None = None
        self._in_force = False
        self._rule = label("", "strong", "staff_rule", wrap=True)
        self.rows.addWidget(self._rule)
        self._names = QWidget()
        below = column(self._names, gap=14)
        self._list = column()
        below.addLayout(self._list)
        new = partial(self._begin, None)
        below.addWidget(button(_("Add a name"), "staff_new", new, role="act"))
        self.rows.addWidget(self._names)
        self._form = QWidget()
        self._lines = column(self._form, gap=14)
        self._add_fields()
        self.rows.addWidget(self._form)
        self.rows.addStretch(1)
        self._end()

    def _add_fields(self) -> None:
        self.name, self.phone, self.pin = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        digits = QRegularExpression(f"[0-9]{{0,{MOST_DIGITS}}}")
        self.pin.setValidator(QRegularExpressionValidator(digits, self.pin))
        self._title = label("", "heading", "staff_form", wrap=True)
        self._roles = Segmented("staff_role", [(role.value, role_word(role)) for role in Role])
        self._roles.chosen.connect(self._choose_role)
        self._about = label("", "small", "staff_role_about", wrap=True)
        self._pin_hint = label("", "small", wrap=True)
        self.fields = {
            "name": Field(_("Name"), self.name, "staff_name"),
            "phone": Field(_("Phone"), self.phone, "staff_phone"),
            "pin": Field(_("PIN, 4 to 8 digits"), self.pin, "staff_pin"),
        }
        name, phone, pin = self.fields.values()
        for part in (self._title, name, self._roles, self._about, phone, pin, self._pin_hint):
            self._lines.addWidget(part)
        line = row()
        line.addWidget(button(_("Save"), "staff_save", self._store, role="act"), 1)
        line.addWidget(button(_("Cancel"), "staff_cancel", self._end))
        self._lines.addLayout(line)
        self._more = QWidget()
        flow = FlowLayout(self._more)
        self._pin_off = button(_("Take the PIN off"), "staff_pin_off", self._take_pin)
        flow.addWidget(self._pin_off)
        flow.addWidget(
            button(_("Works here no longer"), "staff_remove", self._remove, role="danger")
        )
        self._lines.addWidget(self._more)

    def show_setup(self, setup: Setup) -> None:
        self._country = setup.settings.shop.country
        if setup.staff == self._shown:
            return
        self._shown = setup.staff
        self._in_force = bool(proven_managers(setup.staff))
        self._rule.setText(_rule_words(setup))
        empty(self._list)
        for one in setup.staff:
            if not one.hidden:
                self._list.addWidget(self._card(one))

    def _card(self, one: StaffMember) -> QWidget:
        made = frame("card", f"staff:{one.name}")
        line = row(made, margins=(16, 8, 8, 8))
        words = column(gap=2)
        words.addWidget(label(one.name, "strong", wrap=True))
        pin = _("with PIN") if one.has_pin else _("no PIN")
        parts = (role_word(one.role), pin, phones.show(one.phone, self._country))
        words.addWidget(label(" · ".join(part for part in parts if part), "small", wrap=True))
        line.addLayout(words, 1)
        line.addWidget(button(_("Change…"), f"staff_change:{one.name}", partial(self._begin, one)))
        return made

    def _begin(self, one: StaffMember | None) -> None:
        """The form instead of the names: empty, or filled with who is to be changed."""
        self._changed = one
        for field in self.fields.values():
            field.refuse("")
        self.name.setText(one.name if one else "")
        self.phone.setText(phones.show(one.phone, self._country) if one else "")
        self.pin.clear()
        self._choose_role((one.role if one else Role.CASHIER).value)
        keeps = one is not None and one.has_pin
        self._pin_hint.setText(
            _("Leave it empty to keep the PIN.")
            if keeps
            else _("Leave it empty and a tap on the name is enough.")
        )
        self._title.setText(_("Change {name}").format(name=one.name) if one else _("Add a name"))
        self._more.setVisible(one is not None)
        self._pin_off.setVisible(keeps)
        self._names.hide()
        self._form.show()
        self.name.setFocus()

    def _end(self) -> None:
        """The names again."""
        self._form.hide()
        self._names.show()

    def _choose_role(self, role: str) -> None:
        self._role = Role(role)
        self._roles.choose(role)
        self._about.setText(_may(self._role))

    def _store(self) -> None:
        one, desk = self._changed, self.doors.shop.desk.staff
        name, phone = self.name.text(), self.phone.text()
        role, pin = self._role, self.pin.text()
        # The first manager's PIN closes this very screen to everybody but him, who typed it here.
        stand = role is Role.MANAGER and bool(pin) and not self._in_force

        def act() -> None:
            if one is None:
                desk.add(name, role, pin, phone, stand=stand)
                return
            if pin:
                # Before anything is stored: a PIN that cannot be one changes nothing.
                pins.checked(pin)
            desk.change(one.id, name=name, role=role, phone=phone)
            if pin:
                desk.set_pin(one.id, pin, stand=stand)

        self.save("store a name", act, _("Saved."), self._end)

    def _take_pin(self) -> None:
        one, desk = self._changed, self.doors.shop.desk.staff
        if one is not None:
            said = _("{name} has no PIN now.").format(name=one.name)
            self.save("take a PIN off", lambda: desk.set_pin(one.id, ""), said, self._end)

    def _remove(self) -> None:
        one, desk = self._changed, self.doors.shop.desk.staff
        if one is not None:
            said = _("{name} works here no longer.").format(name=one.name)
            self.save("remove a name", lambda: desk.remove(one.id), said, self._end)


def _rule_words(setup: Setup) -> str:
    if not any(not one.hidden for one in setup.staff):
        return _("Nobody has a name here yet: nobody is asked, and everybody may do everything.")
    managers = proven_managers(setup.staff)
    if not managers:
        return _("No manager has a PIN yet: everybody may do everything.")
    if len(managers) == 1:
        return _(
            "Roles hold, because a manager has a PIN. Give a second manager one too: "
            "a forgotten PIN can only be changed by another manager."
        )
    return _("Roles hold, because a manager has a PIN.")


def _may(role: Role) -> str:
    return {
        Role.MANAGER: _("May do everything; the settings open with his PIN."),
        Role.CASHIER: _("May do everything but change settings."),
        Role.KITCHEN: _("Sees the board and the orders, without prices."),
        Role.COURIER: _("Carries orders; sees nothing but Dispatch here."),
    }[role]
