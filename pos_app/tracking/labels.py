"""The page's fixed texts in one language: buttons, questions, answers."""

from __future__ import annotations

from pos_app.language import Texts


def labels(texts: Texts) -> dict[str, str]:
    """By the name that the templates use."""
    return {**_everywhere(texts), **_acts(texts), **_ring(texts), **_notify(texts)}


def missing_labels(texts: Texts) -> dict[str, str]:
    return {
        "title": texts.gettext("Not found"),
        "heading": texts.gettext("There is no such page"),
        "advice": texts.gettext("Scan the code on your receipt again, or ask the shop."),
    }


def _everywhere(texts: Texts) -> dict[str, str]:
    return {
        "ordered": texts.gettext("What was ordered"),
        "call": texts.gettext("Call the shop"),
        "language": texts.gettext("Language"),
        "description": texts.gettext("Where the order is, live."),
        "by_itself": texts.gettext("This page updates by itself. No app, no account."),
        "live": texts.gettext("Live · updated {ago}"),
        "last_heard": texts.gettext("Last heard from the shop {time}"),
        "lost": texts.gettext("No connection. Trying again…"),
        "unreported": texts.gettext("The shop has not reported this order yet"),
        "unreported_more": texts.gettext("The code is genuine. This page fills in by itself."),
        "gone": texts.gettext("This page has ended"),
        "gone_more": texts.gettext("For questions about the order, please call the shop."),
    }


def _acts(texts: Texts) -> dict[str, str]:
    return {
        "arrive": texts.gettext("I'm here"),
        "arrived": texts.gettext("The shop knows that you are here."),
        "cancel": texts.gettext("Ask to cancel"),
        "cancel_more": texts.gettext("The shop decides: it may have begun to cook."),
        "cancel_send": texts.gettext("Ask the shop to cancel"),
        "cancel_asked": texts.gettext("You asked to cancel. The shop decides."),
        "cancel_declined": texts.gettext("It stays: the shop is already cooking it."),
        "rate": texts.gettext("How was it?"),
        "rate_send": texts.gettext("Send rating"),
        "stop": texts.gettext("Not your order? Stop texts"),
        "stop_more": texts.gettext("No more texts about this order will come to your phone."),
        "stop_send": texts.gettext("Stop texts"),
        "stop_elsewhere": texts.gettext("Open the link in the text you got, or call the shop."),
        "stopped": texts.gettext("Texts about this order are stopped."),
        "follow": texts.gettext("Follow in Telegram"),
    }


def _ring(texts: Texts) -> dict[str, str]:
    return {
        "ring": texts.gettext("Ring when ready"),
        "ring_on": texts.gettext("It will ring · turn off"),
        "ring_keep": texts.gettext("Keep this page open and the sound on."),
        "ring_asleep": texts.gettext("This browser cannot keep the screen awake: do it yourself."),
        "ring_mute": texts.gettext("This browser can play no sound: watch the page."),
        "show": texts.gettext("Show the number"),
        "close": texts.gettext("Close"),
    }


def _notify(texts: Texts) -> dict[str, str]:
    return {
        "notify": texts.gettext("Notify me on this phone"),
        "notify_on": texts.gettext("You will be notified · turn off"),
        "notify_kept": texts.gettext("You may close this page."),
        "notify_refused": texts.gettext(
            "Your browser blocks notifications. Allow them for this page in its settings."
        ),
        "notify_failed": texts.gettext("That did not work. Please try again."),
    }
