"""What holds for every form on paper, whatever somebody typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pos_app.domain.order import Address, ChangeKind, Customer, TicketChange
from pos_app.domain.workflow import Fulfilment
from pos_app.receipts import (
    Layout,
    changes_layout,
    delivery_layout,
    kitchen_layouts,
    slip_layout,
    stand_in,
    stub_layout,
    to_escpos,
)
from pos_app.receipts.elements import Inverse, printable_dots
from tests.receipts.jobs import read_job
from tests.receipts.orders import HOSTED_URL, STATIONS, line, modifier, order, shop
from tests.receipts.test_painting import NAUGHTY, reaching


def forms(text: str, width_mm: int, language: str = "en") -> Iterator[Layout]:
    """Each form of an order in which everything that can be typed is `text`."""
    names = {language: text}
    dish = line(1, names, 10**7, quantity=999, note=text, modifiers=(modifier(names),))
    taken = order(
        replace(dish, kitchen=names, remake_reason=text),
        fulfilment=Fulfilment.DELIVERY,
        customer=Customer(text, text, language),
        address=Address(text, text, text, text, text),
        allergy=text,
        note=text,
        table=text,
        partner=text,
        number=text[:16] or "1",
    )
    changes = [TicketChange(kind, 999, names) for kind in ChangeKind]
    paper = shop(language, width_mm)
    for copy in (False, True):
        yield slip_layout(taken, paper, HOSTED_URL, copy)
        yield from (layout for _, layout in kitchen_layouts(taken, STATIONS, paper, copy))
        yield changes_layout(taken, 2, changes, STATIONS, paper, copy)
        yield stub_layout(taken, paper, copy)
        yield delivery_layout(taken, paper, HOSTED_URL, copy)
    yield stand_in(stub_layout(taken, paper), paper, text)


@pytest.mark.parametrize("text", NAUGHTY)
@pytest.mark.parametrize("width_mm", [58, 80])
def test_nothing_reaches_beyond_the_paper_or_becomes_a_command(text: str, width_mm: int) -> None:
    for layout in forms(text[:300], width_mm):
        first, last = reaching(layout)
        assert first >= -2
        assert last <= printable_dots(width_mm) + 2
        job = read_job(to_escpos(layout))
        assert set(job.commands) == {"initialise", "picture", "feed", "cut"}


@pytest.mark.parametrize("language", ["en", "uk"])
def test_an_allergy_is_inverse_on_every_form(language: str) -> None:
    for layout in forms("nuts", 58, language):
        alarms = [e.text for e in layout.elements if isinstance(e, Inverse)]
        assert any("nuts" in alarm for alarm in alarms), layout.texts


@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_copy_says_so_first_on_every_form(language: str) -> None:
    mark = {"en": "COPY", "uk": "КОПІЯ"}[language]
    found = list(forms("x", 80, language))
    half = (len(found) - 1) // 2
    assert all(layout.texts[0] != mark for layout in found[:half])
    assert all(layout.texts[0] == mark for layout in found[half:-1])
