"""The words of each field of each kind of way out: what it is called, an example, a hint.

A field that is called the same everywhere stands once; `kind.field` says it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.words import _

EXAMPLES = {
    "smsgate.url": "http://192.168.1.20:8080",
    "smsgate.username": "sms",
    "twilio.account_sid": "AC…",
    "twilio.sender": "+380441234567",
    "twilio.key_sid": "SK…",
    "whatsapp.phone_number_id": "106540352242922",
    "turbosms.sender": "Trattoria",
    "smsclub.sender": "Trattoria",
    "mail.host": "mail.example.com",
    "mail.sender": "orders@example.com",
    "mail.reply_to": "info@example.com",
    "push.contact": "owner@example.com",
    "http.url": "https://gateway.example.com/send",
    "http.headers": "Authorization: Bearer {secret}",
    "http.body": '{"phone": "{to}", "text": "{text}"}',
    "http.success_statuses": "200, 202",
    "http.success_path": "status",
    "http.success_value": "ok",
    "http.id_path": "data.messages[0].id",
    "webhook.url": "https://example.com/orders",
}
"""Shown in an empty field; the same in every language."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    title: str
    hint: str = ""
    example: str = ""


def field_words(kind: str, field: str) -> FieldWords:
    """Of one field of a kind; a field that nobody has put into words is called by its own name."""
    own = f"{kind}.{field}"
    titles, hints = _titles(), _hints()
    return FieldWords(
        titles.get(own) or titles.get(field, field),
        hints.get(own) or hints.get(field, ""),
        EXAMPLES.get(own, ""),
    )


def is_known(kind: str, field: str) -> bool:
    """Whether somebody has put the field into words."""
    titles = _titles()
    return field in titles or f"{kind}.{field}" in titles


def option_word(field: str, option: str) -> str:
    """One of the options of a field."""
    return {
        ("security", "tls"): _("TLS"),
        ("security", "starttls"): _("STARTTLS"),
        ("security", "plain"): _("None"),
        ("kind_of_body", "json"): _("JSON"),
        ("kind_of_body", "form"): _("Form"),
        ("kind_of_body", "none"): _("No body"),
    }.get((field, option), option)


def _titles() -> dict[str, str]:
    return {
        "url": _("Address"),
        "username": _("User name"),
        "lan": _("The address is in our own network"),
        "account_sid": _("Account SID"),
        "sender": _("Sender’s name"),
        "twilio.sender": _("Sender"),
        "key_sid": _("SID of the API key"),
        "whatsapp": _("Texts leave by WhatsApp, not as SMS"),
        "approved": _("Approved texts"),
        "phone_number_id": _("Id of the phone number"),
        "version": _("Version of the API"),
        "method": _("Method"),
        "headers": _("Headers"),
        "kind_of_body": _("What is sent"),
        "body": _("Body"),
        "success_statuses": _("Statuses that mean success"),
        "success_path": _("Where the answer says it"),
        "success_value": _("What it says there"),
        "id_path": _("Where the answer has the text’s id"),
        "host": _("Mail server"),
        "mail.sender": _("Letters come from"),
        "port": _("Port"),
        "security": _("Encryption"),
        "sender_name": _("Name of the sender"),
        "reply_to": _("Answers go to"),
        "receipt": _("The first letter about an order has its slip as a PDF"),
        "contact": _("E-mail for push services"),
        "personal": _("It is told the guest’s name and number too"),
    }


def _hints() -> dict[str, str]:
    return {
        "turbosms.sender": _("As it is registered there, with capitals."),
        "smsclub.sender": _("As it is registered there, with capitals."),
        "twilio.sender": _("A number, a messaging service (MG…), or for SMS a Latin name."),
        "key_sid": _("Only where the token is an API key’s."),
        "approved": _("Outside of a talk WhatsApp takes only texts that it has approved."),
        "headers": _("One on each line, a colon between name and value."),
        "url": _("As the app or the service shows it."),
        "http.url": _("The text may stand behind the ?, never before it."),
        "webhook.url": "",
        "body": _("JSON or a form, as the service wants it."),
        "success_statuses": _("Empty: any from 200 to 299."),
        "success_path": _("Empty: the status is enough."),
        "success_value": _("Empty: anything there means success."),
        "host": _("The server for outgoing mail (SMTP)."),
        "port": _("465 with TLS, 587 with STARTTLS."),
        "contact": _("Google and Apple write there if something is wrong. Guests never see it."),
    }
