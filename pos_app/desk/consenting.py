"""Two consents that are asked apart: texts about this order, and offers.

Both sentences stand here and nowhere else, so that what is stored is what was asked.
"""

from __future__ import annotations

from pos_app.desk.transaction import Transaction
from pos_app.domain.consent import Consent, ConsentKind
from pos_app.domain.order import Customer
from pos_app.domain.workflow import Source
from pos_app.language import Texts
from pos_app.store import consents


def wording(kind: ConsentKind, language: str) -> str:
    """The sentence that a guest is asked, in `language`."""
    texts = Texts(language)
    if kind is ConsentKind.OFFERS:
        return texts.gettext("May we text you our offers?")
    return texts.gettext("Text you when ready?")


def keep(
    act: Transaction, people_id: int | None, order_id: int, customer: Customer, source: Source
) -> None:
    """Write down what the guest of an order answered, where it is not what holds already.

    A consent is about a number: without one nothing is asked and nothing is read.
    """
    if people_id is None or not customer.phone:
        return
    held = consents.held(act.connection, people_id)
    answers = (
        (ConsentKind.ORDER_TEXTS, customer.order_texts),
        (ConsentKind.OFFERS, customer.offers),
    )
    for kind, given in answers:
        # Until he agrees he has not: a first no changes nothing.
        if given is None or held.get(kind, False) == given:
            continue
        # A web shop asks in words of its own, which we do not know.
        asked = "" if source is Source.WEB else wording(kind, act.setup.settings.shop.language)
        answer = Consent(kind, given, asked, act.now, source.value, act.staff_id, order_id)
        consents.add(act.connection, people_id, answer)
