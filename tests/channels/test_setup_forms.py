"""What a kind asks a person for is what its setup has, and can be used as it was answered."""

from __future__ import annotations

import dataclasses

import pytest

from pos_app.channels import setup_forms, setups_direct, ways
from pos_app.channels.setup_forms import WEBHOOK, form_of, forms
from pos_app.domain.way_forms import Ask, Secret

# Nobody fills these in, for the reasons that the module says.
UNASKED = {("telegram", "bot"), ("push", "lan"), (WEBHOOK, "events")}


def test_every_kind_has_a_form() -> None:
    assert {form.kind for form in forms()} == {*ways.KINDS, WEBHOOK}
    assert next(form.kind for form in forms()) == "smsgate", "what costs least comes first"


@pytest.mark.parametrize("kind", setup_forms.ORDER)
def test_every_field_of_a_setup_is_asked_for_once(kind: str) -> None:
    setup = {**ways.KINDS, WEBHOOK: setups_direct.WebhookSetup}[kind]
    names = {field.name for field in dataclasses.fields(setup)}
    asked = [field.name for field in form_of(kind).fields]
    assert len(asked) == len(set(asked))
    assert set(asked) == names - {field for of, field in UNASKED if of == kind}


@pytest.mark.parametrize("kind", setup_forms.ORDER)
def test_only_what_can_be_left_as_it_is_stands_aside(kind: str) -> None:
    for field in form_of(kind).fields:
        assert not (field.is_needed and field.is_further), field.name


def test_how_a_field_is_asked_for_follows_from_what_it_holds() -> None:
    asks = {field.name: field.ask for field in form_of("http").fields}
    assert asks["body"] is Ask.LINES
    assert asks["headers"] is Ask.PAIRS
    assert asks["success_statuses"] is Ask.CODES
    assert asks["lan"] is Ask.TICK
    assert {f.name: f.ask for f in form_of("mail").fields}["port"] is Ask.NUMBER
    assert {f.name: f.ask for f in form_of("whatsapp").fields}["approved"] is Ask.APPROVED


def test_a_choice_offers_what_its_setup_takes() -> None:
    security = next(field for field in form_of("mail").fields if field.name == "security")
    assert (security.ask, security.default) == (Ask.CHOICE, "tls")
    for option in security.options:
        setup = ways.made(
            "mail",
            {"host": "mail.example.com", "sender": "me@example.com", "security": option}
            | ({"lan": True} if option == "plain" else {}),
        )
        assert setups_direct.checked(setup).security == option


def test_a_kind_whose_secret_is_our_own_asks_for_none() -> None:
    assert form_of("push").secret is Secret.NONE
    assert form_of("telegram").secret is Secret.NEEDED
    assert form_of("mail").secret is Secret.OPTIONAL
