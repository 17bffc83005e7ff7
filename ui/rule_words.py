"""Rules in words, the same on every screen: what is called how, what was found, what was done."""

from __future__ import annotations

from pos_app.automation import sentences
from pos_app.automation.conditions import Answer
from pos_app.automation.defaults import ACCEPTED, ON_THE_WAY, READY
from pos_app.automation.model import Rule
from pos_app.automation.sentences import Named
from pos_app.desk.setup import Setup
from pos_app.domain.money import show
from pos_app.language import Texts, pick
from ui.rights import sees_money
from ui.words import _, language


def texts() -> Texts:
    """The catalogue of the screens, for words that the core has."""
    return Texts(language())


def names(setup: Setup) -> Named:
    """How this shop calls what rules name."""
    currency = setup.settings.shop.currency

    def money(amount: int) -> str:
        return show(amount, currency, language()) if sees_money() else "…"

    return Named(
        {str(dish.id): pick(dish.names, language()) for dish in setup.menu.dishes},
        {str(one.id): pick(one.names, language()) for one in setup.menu.categories},
        {one.id: one.name for one in setup.staff},
        money=money,
    )


def rule_name(rule: Rule) -> str:
    """What a rule is called; the three that every shop begins with in the screens' language."""
    ours = {
        ACCEPTED.name: _("Accepted, with the link"),
        READY.name: _("Ready for pickup"),
        ON_THE_WAY.name: _("On the way"),
    }
    return ours.get(rule.name, rule.name) if rule.pack else rule.name


def begun(said: str) -> str:
    """With a capital letter, as a line begins."""
    return said[:1].upper() + said[1:]


def answer_words(answer: Answer, named: Named) -> str:
    """`✓ kind of order is pickup · found: pickup`."""
    mark = "✓" if answer.holds else "✗"
    asked = sentences.condition(answer.condition, texts(), named)
    found = found_words(answer, named)
    return _("{mark} {condition} · found: {found}").format(mark=mark, condition=asked, found=found)


def found_words(answer: Answer, named: Named) -> str:
    """What a condition has found, as people call it."""
    asked = answer.condition.field
    said = [sentences.value(asked, one, texts(), named) for one in answer.found]
    return ", ".join(one or _("not said") for one in said) or _("nothing")
