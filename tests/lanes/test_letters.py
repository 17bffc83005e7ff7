"""Letters on their way out: text, HTML, the shop's subject, and the receipt where it is wanted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest

from pos_app import receipts
from pos_app.automation.wording.choice import OwnText
from pos_app.bootstrap import add_channel
from pos_app.config import WayOut
from pos_app.domain.order import Order
from pos_app.domain.workflow import Source
from pos_app.store import contacts
from tests.lanes.ways import Crossroads, crossroads
from tests.support.leaks import LogWatch
from tests.support.mail_server import Mailbox, serving
from tests.support.shops import pickup


@contextmanager
def posting(data: Path, *, receipt: bool) -> Iterator[tuple[Crossroads, Mailbox]]:
    """A shop with a mail server, whose texts begin there."""
    mailbox = Mailbox()
    with ExitStack() as stack:
        port = stack.enter_context(serving(mailbox))
        found = stack.enter_context(crossroads(data))
        setup = {"host": "127.0.0.1", "sender": "orders@trattoria.example", "port": port,
                 "security": "plain", "lan": True, "receipt": receipt}  # fmt: skip
        add_channel(found.shop, WayOut("post", "", "mail", setup), "")
        found.legs(("mail", 5))
        found.open_lanes()
        yield found, mailbox


def placed(found: Crossroads) -> Order:
    """A phone order of somebody who can be written to; *accepted* has left."""
    order = found.shop.desk.place(pickup(found.shop, source=Source.PHONE)).order
    assert order.people_id is not None
    with found.shop.desk.act() as act:
        contacts.add(act.connection, order.people_id, "mail", "olena@example.com", act.now)
    found.pass_time(11)
    found.turn()
    return order


def attached(letter: EmailMessage) -> list[EmailMessage]:
    return list(letter.iter_attachments())


def test_a_letter_says_the_own_words_under_the_own_subject_in_text_and_html(
    tmp_path: Path,
) -> None:
    with posting(tmp_path / "shop", receipt=False) as (found, mailbox):
        words = OwnText(
            "accepted", "mail", "uk", "Прийнято!\n\n{{ name }}, <дякуємо>", "№ {{ number }}"
        )
        found.shop.desk.texts.save(words)
        order = placed(found)
    [letter] = mailbox.letters()
    assert letter["Subject"] == f"№ {order.number}"
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().split() == ["Прийнято!", "Iryna,", "<дякуємо>"]
    assert "Iryna, &lt;дякуємо&gt;</p>" in html.get_content()
    assert attached(letter) == [], "nobody has asked for a receipt"


def test_the_first_letter_about_an_order_has_its_receipt_and_no_other(tmp_path: Path) -> None:
    with posting(tmp_path / "shop", receipt=True) as (found, mailbox):
        order = placed(found)
        found.shop.desk.bump(order.id)
        found.shop.desk.bump(order.id)
        found.pass_time(31)
        found.turn()
    first, second = mailbox.letters()
    [receipt] = attached(first)
    assert receipt.get_content_type() == "application/pdf"
    assert receipt.get_filename() == f"Замовлення {order.number}.pdf"
    content = receipt.get_content()
    assert isinstance(content, bytes)
    with pypdfium2.PdfDocument(content) as pdf:
        page = pdf[0].get_textpage()
        text = page.get_text_range()
        page.close()
    assert order.number in text
    assert "не є фіскальним чеком" in " ".join(text.split())
    assert attached(second) == []


def test_where_nothing_can_paint_the_letter_goes_without_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_log: LogWatch
) -> None:
    expected_log.expect("no receipt could be painted for a letter")
    # As a program without Qt finds it.
    monkeypatch.delattr(receipts, "paint", raising=False)
    monkeypatch.setitem(sys.modules, "pos_app.receipts.paint", None)
    with posting(tmp_path / "shop", receipt=True) as (found, mailbox):
        order = placed(found)
        kinds = [entry.kind for entry in found.shop.desk.timeline(order.id)]
    [letter] = mailbox.letters()
    assert attached(letter) == []
    assert kinds[-2:] == ["receipt_left_out", "message_sent"]
