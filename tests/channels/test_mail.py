"""E-mail: what reaches the guest's mail program, and what a mail server's answers mean."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.channels import smtp_wire
from pos_app.channels.letters import Attachment, one_line, written
from pos_app.channels.mail import Mail
from pos_app.channels.protocol import (
    Accepted,
    Declares,
    GiveUp,
    Outcome,
    OutgoingText,
    RetryLater,
    Unknown,
)
from pos_app.channels.setups_direct import PLAIN, STARTTLS, TLS, MailSetup
from pos_app.clock import Instant, VirtualClock
from pos_app.domain.mail_address import address
from pos_app.errors import StoreStuck
from tests.support.certificates import authority
from tests.support.mail_server import PASSWORD, USERNAME, Mailbox, serving
from tests.support.waiting import until

UID = "018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192"
NOW = Instant(1_795_455_120_000)
LINK = "https://t.example.ua/2E4EQ94YC77LNA2F8YW5KF17C8X8OH/" + "x" * 60
TEXT = OutgoingText(
    UID,
    "olena@example.com",
    "Замовлення A43 готове.\n.крапка на початку рядка",
    Instant(NOW + 3_600_000),
    language="uk",
    subject="Ваше замовлення готове — заходьте",
    html="<p>Замовлення <b>A43</b> готове.</p>",
    link=LINK,
)
PLAINLY = dataclasses.replace(TEXT, html="", link="", subject="")


def mail_to(port: int, security: str = PLAIN, password: str = "", **more: object) -> Mail:
    setup = MailSetup("127.0.0.1", "orders@trattoria.example", port, security, lan=True)
    return Mail(dataclasses.replace(setup, **more), password, VirtualClock(NOW))  # type: ignore[arg-type]


def test_a_letter_has_text_html_our_id_and_a_way_to_stop() -> None:
    mailbox = Mailbox()
    with serving(mailbox) as port:
        mail = mail_to(port, sender_name="Траторія «Ліс»", reply_to="hello@trattoria.example")
        assert mail.declares is Declares.BLIND
        assert mail.send(TEXT) == Accepted(f"<{UID}@trattoria.example>")
    (letter,) = mailbox.letters()
    assert (mailbox.senders, mailbox.recipients) == (
        ["orders@trattoria.example"],
        ["olena@example.com"],
    )
    assert letter["Message-ID"] == f"<{UID}@trattoria.example>"
    assert letter["Subject"] == TEXT.subject
    assert letter["From"].addresses[0].display_name == "Траторія «Ліс»"
    assert letter["Reply-To"] == "hello@trattoria.example"
    assert letter["List-Unsubscribe"] == f"<{LINK}>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "uk"
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == TEXT.text.splitlines()
    assert html.get_content().splitlines() == [TEXT.html]
    assert mailbox.raw[0].isascii()


def test_the_receipt_goes_along() -> None:
    mailbox = Mailbox()
    receipt = Attachment("Чек A43.pdf", b"%PDF-1.7 \x00\xff")
    with serving(mailbox) as port:
        setup = MailSetup("127.0.0.1", "orders@trattoria.example", port, PLAIN, lan=True)
        mail = Mail(setup, "", VirtualClock(NOW), attach=lambda message: receipt)
        assert isinstance(mail.send(TEXT), Accepted)
    (file,) = mailbox.letters()[0].iter_attachments()
    assert file.get_content_type() == "application/pdf"
    assert (file.get_filename(), file.get_content()) == (receipt.name, receipt.content)


def test_a_receipt_that_cannot_be_made_lets_the_letter_wait() -> None:
    def attach(message: OutgoingText) -> Attachment:
        raise StoreStuck("The store does not answer")

    setup = MailSetup("127.0.0.1", "orders@trattoria.example", 9, PLAIN, lan=True)
    mail = Mail(setup, "", VirtualClock(NOW), attach=attach)
    assert mail.send(TEXT) == RetryLater("no_attachment")


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_line_break_in_a_name_makes_one_letter_and_no_further_header(break_: str) -> None:
    mailbox = Mailbox()
    evil = f"Ready{break_}Bcc: thief@example.com{break_}{break_}body"
    with serving(mailbox) as port:
        mail = mail_to(port, sender_name=evil)
        message = dataclasses.replace(
            TEXT, subject=evil, language=f"uk{break_}X-Evil: 1", link=f"https://a.b/{break_}X: 1"
        )
        assert isinstance(mail.send(message), Accepted)
        assert mail.send(dataclasses.replace(TEXT, to=f"a@b.example{break_}Bcc: c@d.example")) == (
            GiveUp("bad_address")
        )
    (letter,) = mailbox.letters()
    assert mailbox.recipients == ["olena@example.com"]
    assert letter["Bcc"] is None
    assert letter["X-Evil"] is None
    assert letter["List-Unsubscribe"] is None
    assert letter["Subject"].startswith("Ready Bcc: thief@example.com")


@pytest.mark.parametrize(
    "to", ["", "olena", "@example.com", "olena@", "a b@c.d", "a@b, c@d.example", "a@b\x00.example"]
)
def test_what_is_no_address_is_given_up_at_once(to: str) -> None:
    assert mail_to(9).send(dataclasses.replace(TEXT, to=to)) == GiveUp("bad_address")


@pytest.mark.parametrize(
    ("step", "words", "outcome"),
    [
        ("MAIL", "451 4.3.0 later", RetryLater("busy", down=True)),
        ("MAIL", "530 5.7.0 log in first", RetryLater("credentials", down=True)),
        ("MAIL", "550 5.7.1 not your address", RetryLater("sender_refused", down=True)),
        ("MAIL", "552 5.3.4 too big", GiveUp("too_long")),
        ("RCPT", "450 4.2.0 greylisted", RetryLater("not_now")),
        ("RCPT", "421 4.7.0 too many connections", RetryLater("busy", down=True)),
        ("RCPT", "550 5.1.1 olena@example.com unknown", GiveUp("recipient_refused")),
        ("DATA", "452 4.2.2 mailbox full", RetryLater("not_now")),
        ("DATA", "554 5.7.1 looks like spam", GiveUp("rejected")),
        ("DATA", "552 5.3.4 too big", GiveUp("too_long")),
    ],
)
def test_what_an_answer_means(step: str, words: str, outcome: Outcome) -> None:
    mailbox = Mailbox(refuse={step: words})
    with serving(mailbox) as port:
        mail = mail_to(port)
        assert mail.send(TEXT) == outcome
        mailbox.refuse.clear()
        assert isinstance(mail.send(TEXT), Accepted), "and then it is well again"


def test_broken_before_the_text_it_may_be_repeated_and_after_it_nobody_knows() -> None:
    mailbox = Mailbox(drop="RCPT")
    with serving(mailbox) as port:
        assert mail_to(port).send(TEXT) == RetryLater("reset", down=True)
        assert mailbox.raw == []
        mailbox.drop = "DATA"
        assert mail_to(port).send(TEXT) == Unknown("reset", down=True)
        assert len(mailbox.raw) == 1


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The till trusts the tests' authority, as it would a public one."""
    roots = tmp_path / "roots.pem"
    roots.write_text(authority().pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    return tmp_path


@pytest.mark.parametrize("security", [TLS, STARTTLS])
def test_a_letter_goes_encrypted_with_a_login(trusted: Path, security: str) -> None:
    mailbox = Mailbox()
    context = authority().context(trusted, "127.0.0.1")
    tls, starttls = (context, None) if security == TLS else (None, context)
    with serving(mailbox, login=True, tls=tls, starttls=starttls) as port:
        mail = mail_to(port, security, PASSWORD, username=USERNAME)
        assert isinstance(mail.send(TEXT), Accepted)
        wrong = mail_to(port, security, "wrong", username=USERNAME)
        assert wrong.send(TEXT) == RetryLater("credentials", down=True)
        foreign = mail_to(port, security, "пароль", username=USERNAME)
        assert foreign.send(TEXT) == RetryLater("credentials", down=True)
    assert len(mailbox.raw) == 1


@pytest.mark.parametrize("security", [TLS, STARTTLS])
@pytest.mark.parametrize(("name", "days"), [("127.0.0.1", -1), ("other.example", 2)])
def test_a_certificate_that_ran_out_or_names_another_is_refused(
    trusted: Path, security: str, name: str, days: int
) -> None:
    mailbox = Mailbox()
    context = authority().context(trusted, name, days=days)
    tls, starttls = (context, None) if security == TLS else (None, context)
    with serving(mailbox, tls=tls, starttls=starttls) as port:
        assert mail_to(port, security).send(TEXT) == RetryLater("tls", down=True)
    assert mailbox.raw == []


def test_a_certificate_of_an_unknown_authority_is_refused(tmp_path: Path) -> None:
    mailbox = Mailbox()
    with serving(mailbox, tls=authority().context(tmp_path, "127.0.0.1")) as port:
        assert mail_to(port, TLS).send(TEXT) == RetryLater("tls", down=True)
    assert mailbox.raw == []


def test_a_server_without_encryption_never_hears_the_password() -> None:
    mailbox = Mailbox()
    with serving(mailbox) as port:
        mail = mail_to(port, STARTTLS, PASSWORD, username=USERNAME)
        assert mail.send(TEXT) == RetryLater("no_tls", down=True)
        with_login = mail_to(port, PLAIN, PASSWORD, username=USERNAME)
        assert with_login.send(TEXT) == RetryLater("no_login", down=True)


def test_plain_mail_stays_in_a_network_that_was_ticked() -> None:
    assert mail_to(25, lan=False).send(TEXT) == RetryLater("address_not_allowed", down=True)
    assert mail_to(25, host="8.8.8.8").send(TEXT) == RetryLater("not_encrypted", down=True)


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert mail_to(port).send(TEXT) == RetryLater("unreachable", down=True)
    mail_to(port).close()
    assert mail_to(port).poll("<id@x>") is None


@contextmanager
def saying(*lines: bytes, holds: bool = False) -> Iterator[int]:
    """A server that says each of `lines` after a line of the client, then hangs up (or holds)."""
    released = threading.Event()

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client, client.makefile("rb") as heard, suppress(OSError):
                client.settimeout(10)
                for line in lines:
                    client.sendall(line)
                    if b"354" in line:
                        while heard.readline() not in (b".\r\n", b""):
                            pass
                    else:
                        heard.readline()
                if holds:
                    released.wait(20)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            released.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join()


POLITE = (b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n")


def test_a_silent_server_does_not_hold_up_the_end() -> None:
    for said, code, outcome in (
        (POLITE[:1], 220, RetryLater("reset", down=True)),
        ((*POLITE, b"354 go\r\n"), 354, Unknown("reset", down=True)),
    ):
        outcomes: list[Outcome] = []
        with saying(*said, holds=True) as port:
            mail = mail_to(port)
            sender = threading.Thread(target=lambda m=mail, o=outcomes: o.append(m.send(TEXT)))
            sender.start()
            until(lambda m=mail, c=code: m._wire and m._wire.last_code == c, "an answer")  # type: ignore[misc]
            mail.cut()
            sender.join(5)
        assert outcomes == [outcome]


def test_a_conversation_that_takes_too_long_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp_wire, "WHOLE_S", 0.3)
    with saying(b"220 hi\r\n", holds=True) as port:
        assert mail_to(port).send(TEXT) == RetryLater("reset", down=True)


def test_a_server_that_talks_without_end_is_left() -> None:
    with saying(b"220-hello\r\n" * 20_000, holds=True) as port:
        assert mail_to(port).send(TEXT) == RetryLater("reset", down=True)


LINES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [b"220 hi", b"250 ok", b"250-AUTH PLAIN LOGIN\r\n250 ok", b"354 go", b"235 in", b"334 !!",
         b"451 later", b"550 no", b"999 what", b"2", b"-1 x", b"250-SIZE x\r\n250 ok", b""]
    ),
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.lists(LINES, max_size=7), st.booleans())
def test_whatever_a_server_says_there_is_an_outcome(said: list[bytes], with_login: bool) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        saying(*(line + b"\r\n" for line in said)) as port,
    ):
        patch.setattr(smtp_wire, "TIMEOUT_S", 0.2)
        mail = mail_to(port, PLAIN, PASSWORD, username=USERNAME if with_login else "")
        outcome = mail.send(PLAINLY)
    assert isinstance(outcome, Accepted | RetryLater | GiveUp | Unknown)
    assert PASSWORD not in repr(outcome)


HEADERS = [
    b"Auto-Submitted", b"Content-Language", b"Content-Type", b"Date", b"From",
    b"List-Unsubscribe", b"MIME-Version", b"Message-ID", b"Subject", b"To",
]  # fmt: skip


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_words_make_a_letter_with_the_same_headers(
    to: str, subject: str, name: str, text: str
) -> None:
    message = dataclasses.replace(TEXT, subject=subject, text=text)
    with suppress(UnicodeError):
        letter = written(message, "orders@trattoria.example", name, "", None, NOW)
        head = letter.content.partition(b"\r\n\r\n")[0]
        names = [line.partition(b":")[0] for line in head.splitlines() if not line[:1].isspace()]
        assert sorted(names) == HEADERS
    with suppress(ValueError):
        assert "\n" not in address(to).addr_spec
    assert one_line(name) == one_line(one_line(name))
