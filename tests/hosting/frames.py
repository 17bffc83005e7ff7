"""HTTP/2 by hand: frames that no library would send."""

from __future__ import annotations

import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, GOAWAY = 0, 1, 3, 4, 7
_END_STREAM, _END_HEADERS, _ACK = 1, 4, 1


def request(headers: list[tuple[bytes, bytes]], body: bytes) -> bytes:
    """A connection's beginning with one request, each header literal and as it is."""
    block = b"".join(b"\x00" + _text(name) + _text(value) for name, value in headers)
    return b"".join(
        (
            PREFACE,
            _frame(SETTINGS, 0, 0, b""),
            _frame(HEADERS, _END_HEADERS, 1, block),
            _frame(DATA, _END_STREAM, 1, body),
        )
    )


def kinds(answered: bytes) -> list[int]:
    """The kinds of the frames that have come whole."""
    found = []
    while len(answered) >= 9:
        length = int.from_bytes(answered[:3])
        if len(answered) < 9 + length:
            break
        found.append(answered[3])
        answered = answered[9 + length :]
    return found


def _frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return len(payload).to_bytes(3) + struct.pack(">BBI", kind, flags, stream) + payload


def _text(value: bytes) -> bytes:
    """Not Huffman coded; up to 126 bytes are told by one, more by a continued number."""
    if len(value) < 127:
        return bytes([len(value)]) + value
    rest, more = len(value) - 127, b""
    while rest >= 128:
        more, rest = more + bytes([rest % 128 + 128]), rest // 128
    return b"\x7f" + more + bytes([rest]) + value
