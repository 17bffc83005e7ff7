"""Texts to guests in words: what became of one, why, and when."""

from __future__ import annotations

from pos_app.automation import words
from pos_app.desk.messages_desk import ListedMessage
from pos_app.desk.reading import Card
from pos_app.domain.workflow import has_ended
from ui.rule_words import begun, texts
from ui.words import _

TO_LOOK_AT = ("failed", "uncertain", "expired", "dropped")
UNDER_WAY = ("waiting", "sending")
HELD = ("held",)
ARRIVED = ("sent", "delivered")
_SAID_BY_STATE = (("expired", "too_late"), ("uncertain", "unknown_outcome"))
_HIS_OWN_WISH = ("opted_out", "stopped", "no_consent", "unsubscribed", "told", "by_hand")


def title(message: ListedMessage) -> str:
    """`Ready · SMS`."""
    about = begun(words.about(message.about, texts()))
    return f"{about} · {words.channel(message.channel, texts())}"


def state_word(state: str) -> str:
    """In a list, where there is little room."""
    return {
        "waiting": _("waits"),
        "sending": _("leaving"),
        "sent": _("accepted"),
        "delivered": _("delivered"),
        "failed": _("failed"),
        "expired": _("too late"),
        "uncertain": _("uncertain"),
        "held": _("held"),
        "dropped": _("not sent"),
        "cancelled": _("taken back"),
        "superseded": _("replaced"),
    }.get(state, state)


def state_sentence(state: str) -> str:
    """What has become of the text, as a part of a sentence."""
    return {
        "waiting": _("the text waits"),
        "sending": _("the text is leaving"),
        "sent": _("the text was accepted"),
        "delivered": _("the text was delivered"),
        "failed": _("the text failed"),
        "expired": _("the text came too late and was not sent"),
        "uncertain": _("nobody knows whether the text arrived"),
        "held": _("the text is held"),
        "dropped": _("the text was not sent"),
        "cancelled": _("the text was taken back"),
        "superseded": _("a newer text took its place"),
    }.get(state, state)


def of_card(card: Card) -> str:
    """What has become of the newest text to the guest, and whether somebody should call him."""
    note, customer = card.note, card.order.customer
    if note is None:
        if not (customer.order_texts and customer.phone):
            return _("No text was asked for.")
        return "" if has_ended(card.order.kind) else _("The text leaves at the next step.")
    if note.practice and note.state in ARRIVED:
        return _("Practice: the text would be sent.")
    said = begun(state_sentence(note.state))
    because = _because(note.state, note.reason)
    said = f"{said} ({because})" if because else said
    if note.state in TO_LOOK_AT and note.reason not in _HIS_OWN_WISH:
        return _("{outcome}: call the guest.").format(outcome=said)
    return f"{said}."


def begun_now(state: str) -> str:
    """What becomes of a text that a person has just asked for."""
    if state == "waiting":
        return _("The text leaves now.")
    return _("The text does not leave: {outcome}.").format(outcome=state_sentence(state))


def reason(message: ListedMessage) -> str:
    """Why it came so; empty where its state says all."""
    return _because(message.state, message.reason)


def _because(state: str, code: str) -> str:
    return "" if not code or (state, code) in _SAID_BY_STATE else why(code)


def why(code: str) -> str:
    """Why, for people; a code that nobody has put into words as it is."""
    known = {
        "no_channel": _("no way out is set up"),
        "no_phone": _("no phone is known"),
        "no_address": _("no address is known"),
        "opted_out": _("the guest stopped the texts"),
        "stopped": _("the guest stopped the texts"),
        "by_hand": _("texts by hand only"),
        "by_person": _("somebody here took it back"),
        "unsubscribed": _("the guest stopped the texts"),
        "no_consent": _("the guest did not agree to offers"),
        "too_many": _("too many texts in a day"),
        "foreign": _("a number of another country"),
        "premium": _("a premium number"),
        "bad_address": _("the address is wrong"),
        "number_refused": _("the gateway refuses the number"),
        "country_refused": _("the gateway refuses the country"),
        "rejected": _("the gateway refused it"),
        "too_long": _("the text is too long"),
        "bad_text": _("the gateway refuses the words"),
        "no_words": _("there are no words for it"),
        "unknown_outcome": _("the gateway did not answer"),
        "gone": _("nobody is there any more"),
        "budget": _("the text budget is used"),
        "spared": _("the rest of the budget is kept for orders in hand"),
        "no_room": _("the phone could not send so many"),
        "superseded": _("a newer text took its place"),
        "undone": _("it was undone"),
        "recalled": _("the order was brought back"),
        "cancelled": _("the order was cancelled"),
        "refunded": _("the money was given back"),
        "moved_on": _("the order had moved on"),
        "too_late": _("it was too late"),
        "not_met": _("the conditions did not hold any more"),
        "rule_off": _("the rule was switched off"),
        "restarted": _("it began again"),
        "late": _("it was too late"),
        "held": _("somebody has to let it go"),
        "hours": _("outside the hours of the rule"),
        "closed": _("the shop is closed"),
        "quiet": _("quiet hours"),
        "never_open": _("the hours of the rule and of the shop never meet"),
        "question": _("a question about the order is open"),
        "catch_up": _("the board waits for somebody to catch up"),
        "told": _("the guest was told another way"),
        "next_leg": _("it went on another way"),
        "practice": _("practice: nothing is sent"),
    }
    if code.startswith("newer:"):
        return _("a newer text took its place")
    return known.get(code, code.replace("_", " "))
