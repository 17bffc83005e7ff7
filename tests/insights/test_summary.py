"""The day in a letter: the figures of the page, in the shop's language, and no guest."""

from __future__ import annotations

from dataclasses import replace

from pos_app.desk.setup import Setup
from pos_app.insights import Yesterday
from pos_app.insights.summary import of_day, worded
from tests.support.played_day import DAY, STORIES, Play


def speaking(setup: Setup, language: str) -> Setup:
    shop = replace(setup.settings.shop, language=language)
    return replace(setup, settings=replace(setup.settings, shop=shop))


def test_the_letter_has_the_figures_of_the_page(play: Play, told: Yesterday) -> None:
    letter = of_day(play.shop.database, speaking(play.shop.desk.setup(), "en"), DAY)
    promises = told.promises
    assert f"{len(told.takings.sales)} orders" in letter.subject
    assert f"({promises.kept} of {promises.judged})" in letter.text
    assert f"Late: {len(promises.late)} (" in letter.text
    assert f"Cancelled: {len(told.cancelled)} (" in letter.text
    assert f"sent {told.texts.sent}" in letter.text
    assert f"late {len(promises.late)}" in letter.line
    assert "\n" not in letter.subject + letter.line


def test_no_guest_stands_in_it(play: Play) -> None:
    for language in ("en", "uk"):
        letter = of_day(play.shop.database, speaking(play.shop.desk.setup(), language), DAY)
        said = letter.subject + letter.text + letter.line
        cards = play.shop.desk.search("", limit=len(STORIES))
        # One of them is called Late, which letters say of orders.
        guests = {card.order.customer.name for card in cards} - {"", "Late"}
        phones = {card.order.customer.phone[-7:] for card in cards} - {""}
        assert guests
        assert not [word for word in guests | phones if word in said]


def test_it_is_said_in_the_shops_language(play: Play, told: Yesterday) -> None:
    letter = worded(told, speaking(play.shop.desk.setup(), "uk"))
    assert "Отримано:" in letter.text
    assert "Received" not in letter.text


def test_what_texts_have_cost_stands_beside_them(play: Play, told: Yesterday) -> None:
    dear = replace(told, texts=replace(told.texts, cost=123_400))
    letter = worded(dear, speaking(play.shop.desk.setup(), "en"))
    assert "12.34 ₴" in letter.text
