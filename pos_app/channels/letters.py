"""A text as an e-mail: plain and HTML, under headers that no guest's name can break out of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from pos_app.channels.guard import CallFailed, check_url
from pos_app.channels.protocol import OutgoingText
from pos_app.clock import Instant, local
from pos_app.domain.mail_address import address

LONGEST_SUBJECT = 150
LONGEST_LINK = 900
# Only ASCII on the wire: not every server takes more, and there is no asking twice.
_POLICY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along, such as the receipt; `name` is what the guest sees."""

    name: str
    content: bytes
    kind: str = "application/pdf"


Attach = Callable[[OutgoingText], Attachment | None]


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes over the wire; `id` is its `Message-ID`."""

    id: str
    sender: str
    recipient: str
    content: bytes


def written(
    message: OutgoingText,
    sender: str,
    sender_name: str,
    reply_to: str,
    attachment: Attachment | None,
    now: Instant,
) -> Letter:
    """The letter of `message`. Raises ValueError when an address cannot be used."""
    from_whom, to_whom = address(sender), address(message.to)
    letter = EmailMessage(policy=_POLICY)
    uid = f"<{one_line(message.uid)}@{from_whom.domain}>"
    letter["Message-ID"] = uid
    letter["Date"] = format_datetime(local(now, "UTC"))
    letter["To"] = to_whom
    if reply_to:
        letter["Reply-To"] = address(reply_to)
    # Says to answering machines that nobody reads what they answer.
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text)
    if message.html:
        letter.add_alternative(message.html, subtype="html")
    if attachment is not None:
        _attach(letter, attachment)
    if message.language:
        # Last, because headers of the content follow the text into its part.
        letter["Content-Language"] = one_line(message.language)
    content = (
        _header("Subject", subject(message))
        + _header("From", one_line(sender_name), f"<{from_whom.addr_spec}>")
        + _leaving(message.link)
        + letter.as_bytes()
    )
    return Letter(uid, from_whom.addr_spec, to_whom.addr_spec, content)


def subject(message: OutgoingText) -> str:
    """The message's own, else the beginning of what it says; always one line."""
    return one_line(message.subject or message.text)[:LONGEST_SUBJECT]


def one_line(text: str) -> str:
    """`text` without line breaks and control characters: it can begin no header."""
    return " ".join("".join(s if s.isprintable() else " " for s in text).split())


def _attach(letter: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.kind.partition("/")
    letter.add_attachment(
        attachment.content, maintype=main, subtype=sub, filename=one_line(attachment.name)
    )


def _header(name: str, words: str, behind: str = "") -> bytes:
    """A header of any words. The newer interface loses spaces where it breaks long ones."""
    said = Header(words, "utf-8", header_name=name).encode(linesep="\r\n") if words else ""
    return f"{name}: {' '.join(part for part in (said, behind) if part)}\r\n".encode("ascii")


def _leaving(link: str) -> bytes:
    """The header by which mail programs offer to stop; nothing without a sound link.

    Written by hand: the library would break or encode a long address.
    """
    try:
        check_url(link)
    except CallFailed:
        return b""
    if len(link) > LONGEST_LINK or "<" in link or ">" in link:
        return b""
    return f"List-Unsubscribe: <{link}>\r\n".encode("ascii")
