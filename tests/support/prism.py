"""Prism between an adapter and its stand-in: a wrong request is 422, a wrong answer 500.

It judges by the provider's own OpenAPI, which lies beside the project and is not part of it.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.support.ports import free_port
from tests.support.waiting import until

_ROOT = Path(__file__).resolve().parents[2]
SPECS = _ROOT.parent / "shared" / "specs"
PRISM = _ROOT / "tests" / "support" / "node" / "node_modules" / ".bin" / "prism"


@contextmanager
def judged(
    url: str, folder: Path, name: str = "smsgate", paths: Collection[str] = ()
) -> Iterator[str]:
    """Prism in front of the gateway at `url`, with the description `name`; yields its address.

    Of a large description only `paths` are read.
    """
    description = json.loads((SPECS / f"{name}.json").read_text())
    if paths:
        description["paths"] = {path: description["paths"][path] for path in paths}
    spec = folder / f"{name}.json"
    spec.write_text(json.dumps(satisfiable(description)))
    port = free_port()
    command = [str(PRISM), "proxy", "--errors", "--port", str(port), str(spec), url]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as prism:
        try:
            until(lambda: _listens(port), "prism to listen", 60)
            yield f"http://127.0.0.1:{port}"
        finally:
            prism.terminate()


def satisfiable(node: Any) -> Any:
    """The description without its contradictions.

    SMS Gateway: `state` and `priority` are declared as `type: object` and, by `allOf`, as a text
    or a number: no answer can be both. The gateway itself says a text. Twilio: addresses of pages
    are declared as whole URIs, and its own examples begin with the path.
    """
    if isinstance(node, list):
        return [satisfiable(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: satisfiable(value)
        for key, value in node.items()
        if not (key == "type" and value == "object" and "allOf" in node)
        and (key, value) != ("format", "uri")
    }


def _listens(port: int) -> bool:
    try:
        httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
    except httpx.HTTPError:
        return False
    return True
