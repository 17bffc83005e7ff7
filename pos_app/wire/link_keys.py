"""The next key for a till's links: the till derives it, the site gives it a handle of its own.

Asked again for a generation that it has, the site answers with the same handle, so that an answer
that got lost is simply asked for again. Links of earlier generations go on opening.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from pos_app.wire.pairing import Generation, KeyText
from pos_app.wire.snapshots import Time
from pos_app.wire.tokens import KID_BITS

PATH = "/v1/link-keys"

Kid = Annotated[int, Meta(ge=0, lt=1 << KID_BITS)]


class LinkKeyRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """POST /v1/link-keys, signed: `link_key` (32 bytes in base64url) of generation `gen`.

    `kid` is the handle that a till knows already, for a site that was put back to a time before.
    """

    gen: Generation
    link_key: KeyText
    kid: Kid | None = None


class LinkKeyAnswer(msgspec.Struct, frozen=True):
    """The handle of that generation; it goes into every token made with its key."""

    gen: Generation
    kid: Kid
    now: Time
