"""No request hides behind another on its way through the proxies to the site (ASVS 4.2.1).

Each case is one connection. A proxy may read what follows as a second request and answer it: then
it is no secret. One that it did not know of has no answer.
"""

from __future__ import annotations

import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from tests.hosting import frames
from tests.hosting.behind import Behind
from tests.hosting.proxies import HERE, NAME, Proxy

HIDDEN = "GET /hidden-{n} HTTP/1.1\r\nHost: orders.example.com\r\n\r\n"
CHUNKED = "0\r\n\r\n" + HIDDEN
_HIDDEN = len(HIDDEN)  # a number of three digits takes the room of its place
_PATIENCE_S, _AT_ONCE = 2.0, 48


def _post(headers: str, body: str, version: str = "1.1") -> str:
    return f"POST /seen-{{n}} HTTP/{version}\r\nHost: orders.example.com\r\n{headers}\r\n\r\n{body}"


def _both(transfer: str) -> str:
    """Length and chunks at once, the length covering the hidden request."""
    return _post(f"Content-Length: {len(CHUNKED)}\r\n{transfer}", CHUNKED)


def _short(transfer: str) -> str:
    """The length ends inside of the chunks, and the rest reads as a request."""
    size = f"{len(HIDDEN) + 4:x}"
    return _post(f"Content-Length: 4\r\n{transfer}", f"{size}\r\n{HIDDEN}\r\n0\r\n\r\n")


TRANSFERS = {
    "plain": "Transfer-Encoding: chunked",
    "upper case": "TRANSFER-ENCODING: CHUNKED",
    "x": "Transfer-Encoding: xchunked",
    "identity": "Transfer-Encoding: identity, chunked",
    "chunked twice": "Transfer-Encoding: chunked, chunked",
    "two headers": "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
    "two headers, turned": "Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
    "space before": "Transfer-Encoding : chunked",
    "tab before": "Transfer-Encoding\t: chunked",
    "tab": "Transfer-Encoding:\tchunked",
    "vertical tab": "Transfer-Encoding:\x0bchunked",
    "form feed": "Transfer-Encoding: \x0cchunked",
    "no-break space": "Transfer-Encoding: \xa0chunked",
    "quoted": 'Transfer-Encoding: "chunked"',
    "folded": "Transfer-Encoding:\r\n chunked",
    "folded later": "A: b\r\n Transfer-Encoding: chunked",
    "leading space": " Transfer-Encoding: chunked",
    "bare line feed": "A: b\nTransfer-Encoding: chunked",
    "bare return": "A: b\rTransfer-Encoding: chunked",
    "zero byte": "Transfer-Encoding: chunked\x00",
    "underscore": "Transfer_Encoding: chunked",
    "hop by hop": "Transfer-Encoding: chunked\r\nConnection: close, transfer-encoding",
}
LENGTHS = {
    "two that differ": f"Content-Length: 0\r\nContent-Length: {_HIDDEN}",
    "two that differ, turned": f"Content-Length: {_HIDDEN}\r\nContent-Length: 0",
    "a list": f"Content-Length: 0, {_HIDDEN}",
    "signed": "Content-Length: +0",
    "negative": "Content-Length: -1",
    "hexadecimal": "Content-Length: 0x0",
    "spaces inside": "Content-Length: 0 0",
    "huge": "Content-Length: 18446744073709551616",
    "folded": "Content-Length:\r\n 0",
    "underscore": f"Content_Length: {_HIDDEN}",
    "hop by hop": f"Content-Length: {_HIDDEN}\r\nConnection: close, content-length",
    "expected": "Expect: 100-continue\r\nContent-Length: 0",
    "expected, spoilt": f"Expect: y 100-continue\r\nContent-Length: {_HIDDEN}",
}
CHUNKS = {
    "size with a sign": "+0\r\n\r\n",
    "size in hexadecimal form": "0x0\r\n\r\n",
    "size too large": "fffffffffffffffffffff\r\n",
    "line feeds only": "0\n\n",
    "extension": "0;a=b\r\n\r\n",
    "extension with a line feed": "0;a\nb\r\n\r\n",
    "trailer": f"0\r\nContent-Length: {_HIDDEN}\r\n\r\n",
    "no end": "1\r\nZ0\r\n\r\n",
}
PLAIN = {
    **{f"length and chunks, {name}": _both(text) for name, text in TRANSFERS.items()},
    **{f"chunks and length, {name}": _short(text) for name, text in TRANSFERS.items()},
    **{f"length, {name}": _post(text, HIDDEN) for name, text in LENGTHS.items()},
    **{
        f"chunks, {name}": _post("Transfer-Encoding: chunked", text + HIDDEN)
        for name, text in CHUNKS.items()
    },
    "chunks in HTTP/1.0": _post("Transfer-Encoding: chunked", CHUNKED, "1.0"),
    "a body where none is expected": "GET /seen-{n} HTTP/1.1\r\nHost: orders.example.com\r\n"
    f"Content-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "HTTP/0.9": "GET /seen-{n}\r\n\r\n" + HIDDEN,
    "another host": "GET http://evil.example/seen-{n} HTTP/1.1\r\nHost: orders.example.com\r\n\r\n",
    "an upgrade": "GET /seen-{n} HTTP/1.1\r\nHost: orders.example.com\r\nConnection: Upgrade, "
    f"HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n{HIDDEN}",
}
OTHER_HEADERS: dict[str, list[tuple[bytes, bytes]]] = {
    "a length of nothing": [(b"content-length", b"0")],
    "a length too small": [(b"content-length", b"4")],
    "two lengths": [(b"content-length", b"0"), (b"content-length", b"60")],
    "chunks": [(b"transfer-encoding", b"chunked")],
    "chunks named in upper case": [(b"Transfer-Encoding", b"chunked")],
    "a line break in a value": [(b"a", b"b\r\ntransfer-encoding: chunked")],
    "a line feed in a value": [(b"a", b"b\ncontent-length: 0")],
    "a line break in a name": [(b"a: b\r\ntransfer-encoding", b"chunked")],
    "a colon in a name": [(b"transfer-encoding:", b"chunked")],
    "a connection header": [(b"connection", b"transfer-encoding")],
    "an upgrade": [(b"upgrade", b"h2c")],
    "two paths": [(b":path", b"/seen-two")],
}


def test_no_request_hides_behind_another(behind: Behind) -> None:
    sent = [_numbered(text, number).encode("latin-1") for number, text in enumerate(PLAIN.values())]
    answered = _answers(behind.proxy, "http/1.1", sent)
    seen = Counter(behind.witness.paths())
    over = {
        name: answered[number]
        for number, name in enumerate(PLAIN)
        if seen[f"/seen-{number:03}"] > 1
        or seen[f"/hidden-{number:03}"] > max(answered[number].count(b"HTTP/1.") - 1, 0)
    }
    assert over == {}
    # Most of it is refused before it gets here; what is sound gets here.
    assert 0 < len(behind.witness.requests) < len(PLAIN)
    hosts = {seen.all("host")[0] for seen in behind.witness.requests}
    assert hosts <= {behind.proxy.authority, NAME}


def test_no_request_hides_in_http_2(behind: Behind) -> None:
    sent = []
    for number, headers in enumerate(OTHER_HEADERS.values()):
        named = [(b":path", f"/seen-{number}".encode()), (b":authority", NAME.encode())]
        everything = [(b":method", b"POST"), (b":scheme", b"https"), *named, *headers]
        sent.append(frames.request(everything, _numbered(CHUNKED, number).encode()))
    answered = _answers(behind.proxy, "h2", sent)
    assert not [path for path in behind.witness.paths() if "hidden" in path]
    for number, name in enumerate(OTHER_HEADERS):
        assert behind.witness.paths().count(f"/seen-{number}") <= 1, name
        # It spoke HTTP/2, whatever it thought of the request.
        assert frames.SETTINGS in frames.kinds(answered[number]), name


def test_a_hidden_request_would_be_seen(behind: Behind) -> None:
    """Sabotage: the same bytes past the proxy."""
    with socket.create_connection((HERE, behind.proxy.site_port), timeout=10) as bare:
        text = _post("Content-Length: 0", HIDDEN).replace("{n}", "007")
        bare.sendall(text.encode())
        while b"404" not in bare.recv(65_536):
            pass
        bare.sendall(b"GET /last HTTP/1.1\r\nHost: orders.example.com\r\nConnection: close\r\n\r\n")
        while bare.recv(65_536):
            pass
    assert behind.witness.paths() == ["/seen-007", "/hidden-007", "/last"]


@pytest.mark.parametrize("value", [b"", b"x" * 126, b"y" * 127, b"z" * 300])
def test_a_header_of_any_length_is_written_as_http_2_wants(behind: Behind, value: bytes) -> None:
    with behind.proxy.connect("h2") as connection:
        named = [(b":path", b"/sound"), (b":authority", NAME.encode()), (b"a", value)]
        sound = [(b":method", b"POST"), (b":scheme", b"https"), *named]
        connection.sendall(frames.request(sound, b""))
        answered = b""
        while frames.HEADERS not in frames.kinds(answered):
            answered += connection.recv(65_536)
    (seen,) = behind.witness.requests
    assert (seen.path, seen.all("a")) == ("/sound", [value.decode()])


def _numbered(text: str, number: int) -> str:
    return text.replace("{n}", f"{number:03}")


def _answers(proxy: Proxy, protocol: str, sent: list[bytes]) -> list[bytes]:
    """What came back on a connection of its own for each, until it was closed or nothing came."""

    def answer(text: bytes) -> bytes:
        answered = b""
        with proxy.connect(protocol) as connection, suppress(OSError):
            connection.settimeout(_PATIENCE_S)
            connection.sendall(text)
            while part := connection.recv(65_536):
                answered += part
        return answered

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(answer, sent))
