"""What errors say is written where they are raised, as templates that can be translated."""

from __future__ import annotations

import ast

import pytest

from tests.support import catalogues, error_texts
from tests.support.sources import name_of, python_files

# The site answers programs and its operator, in English.
SITE = ("pos_app/wire/", "pos_app/tracking/")


def test_every_error_of_the_till_is_a_template_with_its_values() -> None:
    faults = [
        f"{name_of(path)}: {fault}"
        for path in python_files("pos_app", "ui")
        if not name_of(path).startswith(SITE)
        for fault in error_texts.faults(ast.parse(path.read_text("utf-8")))
    ]
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize(
    "source",
    [
        "Refused(f'Order {number} has ended')",
        "Refused(said)",
        "BadInput('name', 'A name is needed', hint=known)",
        "NotFound('There is no order {number}')",
        "NotFound('There is no order {number}', order=number)",
        "errors.Unavailable('It is gone', 'Try' if soon else later)",
    ],
)
def test_a_text_that_cannot_be_translated_is_found(source: str) -> None:
    assert list(error_texts.faults(ast.parse(source)))


def test_the_catalogue_s_texts_include_titles_messages_hints_and_phrases() -> None:
    assert {
        "Order {number} has ended",
        "Bring it back to change it.",
        "Nothing was saved.",
        "A cancelled order is placed again.",
        "It took too long.",
        "The page could not be started",
    } <= catalogues.spoken()
    assert "{reason}" not in catalogues.spoken()
    assert set(error_texts.kinds()) >= {"BadInput", "PartlyPrinted", "BadCode"}
