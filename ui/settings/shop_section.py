"""The shop itself: name, phone, country, zone, language, currency is never changed later."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from pos_app import phones
from pos_app.config import ShopSettings
from pos_app.desk.setup import Setup
from ui.settings.places import countries, zones
from ui.settings.section import Doors, Section, choose, combo
from ui.widgets.field import Field
from ui.widgets.parts import button
from ui.words import _, language

LANGUAGE_NAMES = [("en", "English"), ("uk", "Українська")]


class ShopSection(Section):
    """A new language is spoken by the whole window at once."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors, _("Shop"))
        self._shop = ShopSettings()
        self.name = QLineEdit()
        self.phone = QLineEdit()
        self.language = combo(LANGUAGE_NAMES)
        self.country = combo(countries(language()))
        self.zone = combo(zones())
        self.add_field("name", Field(_("Name of the shop"), self.name, "shop_name_field"))
        self.add_field(
            "phone", Field(_("Phone"), self.phone, "shop_phone", _("Stands on every slip."))
        )
        self.add_field("language", Field(_("Language"), self.language, "shop_language"))
        self.add_field("country", Field(_("Country"), self.country, "shop_country"))
        self.add_field("zone", Field(_("Time zone"), self.zone, "shop_zone"))
        self.rows.addWidget(button(_("Save"), "shop_save", self._save, role="act"))
        self.rows.addStretch(1)

    def show_setup(self, setup: Setup) -> None:
        shop = setup.settings.shop
        if shop == self._shop:
            return
        self._shop = shop
        self.name.setText(shop.name)
        self.phone.setText(phones.show(shop.phone, shop.country))
        choose(self.language, shop.language)
        choose(self.country, shop.country)
        choose(self.zone, shop.zone)

    def _save(self) -> None:
        typed = self.phone.text()
        wanted = replace(
            self._shop,
            name=self.name.text().strip(),
            country=self.country.currentData(),
            zone=self.zone.currentData(),
            language=self.language.currentData(),
        )
        desk = self.doors.shop.desk

        def act() -> None:
            phone = phones.parse(typed, wanted.country, "phone")
            desk.change_shop(replace(wanted, phone=phone))

        self.save("change the shop", act, _("The shop is saved."))
