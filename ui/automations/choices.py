"""What the shop offers to choose from: its dishes, categories, staff, languages."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos_app.automation.model import Field
from pos_app.automation.sentences import Named
from pos_app.desk.setup import Setup
from pos_app.domain.workflow import Fulfilment, Source
from pos_app.language import pick
from ui.automations import vocabulary
from ui.automations.vocabulary import Options
from ui.rule_words import names
from ui.words import language

_LANGUAGES = [("en", "English"), ("uk", "Українська")]


@dataclass(frozen=True, slots=True)
class Choices:
    """`of` by field; a field without options is a number, a time or free words.

    `targets` are other programs that can be told. `currency` and `zone` are the shop's,
    `names` what sentences call things.
    """

    of: dict[Field, Options]
    currency: str = "UAH"
    zone: str = "Europe/Kyiv"
    targets: Options = field(default_factory=list)
    names: Named = field(default_factory=Named)


def choices(setup: Setup) -> Choices:
    """Everything that this shop has to choose from."""
    shop, menu = setup.settings.shop, setup.menu
    dishes = [(str(dish.id), pick(dish.names, language())) for dish in menu.dishes]
    categories = [(str(one.id), pick(one.names, language())) for one in menu.categories]
    staff = [(one.id, one.name) for one in setup.staff if not one.hidden]
    of = {
        field: vocabulary.values(field, known)
        for field, known in (
            (Field.FULFILMENT, Fulfilment),
            (Field.SOURCE, Source),
            (Field.PAYMENT_TYPE, ("cash", "card", "online")),
            (Field.PAYMENT_STATE, ("paid", "part", "unpaid", "refunded")),
            (Field.HAS_PHONE, ("yes", "no")),
            (Field.ORDER_TEXTS, ("yes", "no")),
            (Field.WANTS_NEWS, ("yes", "no")),
            (Field.OFFERS, ("yes", "no")),
            (Field.WEEKDAY, "1234567"),
        )
    }
    own = {
        Field.STATUS: vocabulary.kinds(),
        Field.PHASE: vocabulary.stages(),
        Field.DISH: dishes,
        Field.CATEGORY: categories,
        Field.LANGUAGE: _LANGUAGES,
        Field.STAFF: staff,
    }
    targets = [(one.id, one.url) for one in setup.settings.webhooks.receivers]
    return Choices(of | own, shop.currency, shop.zone, targets, names(setup))
