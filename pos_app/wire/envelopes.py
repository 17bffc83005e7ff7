"""Envelopes: what lets an old site and a new till (or the reverse) keep talking.

Each item of a batch is decoded alone, so that one unknown type or one damaged item never fails
its neighbours: unknown types are answered ``unsupported`` and the cursor moves on.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from pos_app.errors import BadInput

ORDER = "order"
PROFILE = "profile"
ACTION = "action"

VERSION = 1
"""The major version written now; a reader keeps the one before as well."""
READABLE = (1,)

_Body = TypeVar("_Body", bound=msgspec.Struct)


class Envelope(msgspec.Struct, frozen=True):
    """One item: `id` names it in the answer, `type` and `v` say how to read `raw`."""

    id: str
    type: str
    v: int
    raw: msgspec.Raw


class Unsupported(BadInput):
    """A type or major version that this side does not know."""

    code = "unsupported"


def seal(item_id: str, kind: str, body: msgspec.Struct) -> Envelope:
    """`body` as an envelope of the version written now."""
    return Envelope(item_id, kind, VERSION, msgspec.Raw(msgspec.json.encode(body)))


def open_envelope(envelope: Envelope, kind: str, shape: type[_Body]) -> _Body:
    """The body of `envelope`; fields that `shape` does not have are dropped.

    Raises Unsupported for another type or version, BadInput for a body that does not fit.
    """
    if envelope.type != kind or envelope.v not in READABLE:
        raise Unsupported("type", f"{envelope.type} v{envelope.v} is not known here.")
    return decode(envelope.raw, shape)


def decode(raw: bytes | msgspec.Raw, shape: type[_Body]) -> _Body:
    """JSON as `shape`. Raises BadInput naming the field, and nothing else."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        field, reason = _field_of(str(error))
        raise BadInput(field, reason) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput("", "This is not JSON.") from error


def encode(body: msgspec.Struct) -> bytes:
    return msgspec.json.encode(body)


def _field_of(text: str) -> tuple[str, str]:
    reason, _, path = text.partition(" - at `$")
    return path.rstrip("`").lstrip("."), reason
