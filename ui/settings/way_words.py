"""What the ways out are called in Settings, and which of them fits which shop."""

from __future__ import annotations

from pos_app.automation import words
from pos_app.config import WayOut
from pos_app.domain.way_forms import WayForm
from ui.rule_words import begun, texts
from ui.words import _

WEBHOOK = "webhook"


def kind_name(kind: str) -> str:
    """As its tile and its cards say it."""
    return {
        "smsgate": _("Android phone"),
        "turbosms": _("TurboSMS"),
        "smsclub": _("SMS Club"),
        "twilio": _("Twilio"),
        "whatsapp": _("WhatsApp"),
        "telegram": _("Telegram bot"),
        "mail": _("E-mail"),
        "push": _("Push on the page"),
        "http": _("Another SMS service"),
        WEBHOOK: _("Webhook"),
    }.get(kind, kind)


def kind_line(kind: str) -> str:
    """For whom it is, in one line."""
    return {
        "smsgate": _("SMS from your own number, with your own tariff. No account needed."),
        "turbosms": _("SMS in Ukraine under the shop’s name, paid per part. You need an account."),
        "smsclub": _("SMS in Ukraine under the shop’s name, paid per part. You need an account."),
        "twilio": _("SMS or WhatsApp in nearly every country, paid per part."),
        "whatsapp": _("From your business number at Meta, with texts that Meta has approved."),
        "telegram": _("Guests follow their order in your own bot. Free, and needs no site."),
        "mail": _("From your own mailbox. Free; the slip can go along as a PDF."),
        "push": _("The guest’s phone rings from the tracking page. Free, no number needed."),
        "http": _("Any service that takes an SMS by a call over HTTP. For who has its manual."),
        WEBHOOK: _("Rules tell another program of orders: a CRM, a lamp, your own site."),
    }.get(kind, "")


def kind_steps(kind: str) -> str:
    """What to have at hand before the form is filled in."""
    return {
        "smsgate": _(
            "Install “SMS Gateway for Android” on a phone with a SIM, switch on its local server "
            "and keep it on the charger. It shows address, user name and password."
        ),
        "turbosms": _("In your account: a registered sender’s name, and a token under API."),
        "smsclub": _("In your account: a registered sender’s name, and a token under API."),
        "twilio": _("In the Twilio console: Account SID, Auth Token, and your number there."),
        "whatsapp": _(
            "In Meta’s app for your business: the id of the phone number, a lasting token, and the "
            "names of your approved templates."
        ),
        "telegram": _(
            "Write /newbot to @BotFather in Telegram, choose a name, and copy the token that it "
            "gives you. The bot’s name is found by itself."
        ),
        "mail": _("What your mail program asks for too: server, user name and password."),
        "push": _("Its keys are made here by themselves. The page must be a hosted one on https."),
        "http": _(
            "Fields stand in braces: {to}, {to_digits}, {text}, {uid} and {secret}. They are "
            "filled in for each text."
        ),
        WEBHOOK: _("Its secret is made here and shown once: your program proves calls with it."),
    }.get(kind, "")


def channel_name(channel: str) -> str:
    """`SMS`, `WhatsApp`, `E-mail`."""
    if channel == WEBHOOK:
        return _("Webhooks")
    return begun(words.channel(channel, texts()))


def secret_name(form: WayForm) -> str:
    """What the secret of this kind is called where it is copied from."""
    return {
        "smsgate": _("Password"),
        "mail": _("Password"),
        "http": _("Secret, for {secret}"),
    }.get(form.kind, _("Token"))


def about(way: WayOut) -> str:
    """What tells this way from others of its kind: a number, a sender, a server, a bot."""
    setup = way.setup
    key = {
        "smsgate": "url",
        "http": "url",
        "whatsapp": "phone_number_id",
        "push": "contact",
        "telegram": "bot",
    }.get(way.kind, "sender")
    said = str(setup.get(key, ""))
    if way.kind == "telegram":
        return f"@{said}"
    return said.removeprefix("mailto:")


def kind_of(way: WayOut) -> str:
    """The kind's name; of a Twilio account also which channel it serves."""
    name = kind_name(way.kind)
    if way.kind == "twilio" and way.channel == "whatsapp":
        return _("{kind}, WhatsApp").format(kind=name)
    return name
