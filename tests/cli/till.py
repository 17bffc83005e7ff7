"""The command line as a test calls it: in this process, with its own standard streams."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app.cli import main


@dataclass(frozen=True, slots=True)
class Said:
    """What one call ended with and wrote."""

    code: int
    raw: bytes
    error: str

    @property
    def text(self) -> str:
        return self.raw.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@dataclass(frozen=True, slots=True)
class Till:
    """`orderbell` on one data folder."""

    data: Path

    def __call__(self, *words: str, stdin: str | bytes = b"") -> Said:
        return call(*words, "--data", str(self.data), stdin=stdin)

    def done(self, *words: str, stdin: str | bytes = b"") -> Said:
        """A call that must succeed, quietly."""
        said = self(*words, stdin=stdin)
        assert (said.code, said.error) == (0, ""), said
        return said

    def place(self, **order: Any) -> Any:
        """Place an order (a pickup of one Margherita unless said otherwise); the answer."""
        whole = {"fulfilment": "pickup", "lines": [{"dish": "Margherita"}], **order}
        return self.done("order", "place", "-", stdin=json.dumps(whole)).json


def call(*words: str, stdin: str | bytes = b"") -> Said:
    """`orderbell` with these words."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    with _streams(given) as (out, error):
        code = main(list(words))
    return Said(code, out.getvalue(), error.getvalue().decode())


@contextmanager
def _streams(given: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    kept = sys.stdin, sys.stdout, sys.stderr
    out, error = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(error, encoding="utf-8", write_through=True)
    try:
        yield out, error
    finally:
        made = sys.stdout, sys.stderr
        sys.stdin, sys.stdout, sys.stderr = kept
        for stream in made:
            stream.flush()
            stream.detach()
