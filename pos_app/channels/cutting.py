"""HTTP connections that another thread can cut.

A long poll or a silent gateway must not hold up the end of the program: closing a `requests`
session leaves a running call alone, so the sockets are known here and shut down.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from typing import Any
from weakref import WeakSet

from requests.adapters import (  # type: ignore[attr-defined]  # the stubs leave one out
    HTTPAdapter,
    NewConnectionError,
)

# Its warnings and traces hold whole addresses, and some gateways want the password in them.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)


class CuttableAdapter(HTTPAdapter):
    """An adapter that knows its open connections. Retries are left off: they belong to lanes."""

    def __init__(self) -> None:
        self._open: WeakSet[Any] = WeakSet()
        self._guard = threading.Lock()
        self._ended = False
        super().__init__(pool_connections=4, pool_maxsize=2, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        pools = self.poolmanager.pool_classes_by_scheme
        self.poolmanager.pool_classes_by_scheme = {
            scheme: self._watched(pool) for scheme, pool in pools.items()
        }

    def _watched(self, pool: Any) -> Any:
        remember, has_ended = self._remember, self._has_ended

        class Watched(pool.ConnectionCls):  # type: ignore[misc]
            def connect(self) -> None:
                if has_ended():
                    raise NewConnectionError(self, "ended")
                super().connect()
                remember(self)

        return type(f"Watched{pool.__name__}", (pool,), {"ConnectionCls": Watched})

    def _remember(self, connection: Any) -> None:
        with self._guard:
            self._open.add(connection)
            is_late = self._ended
        if is_late:
            _shut(connection)

    def _has_ended(self) -> bool:
        return self._ended

    def cut(self) -> None:
        """Shut every open connection down; calls in progress fail at once.

        One that is about to begin is not stopped: it finds its old connection shut and makes a
        new one. For the end of a lane there is `end`.
        """
        with self._guard:
            connections = list(self._open)
        for connection in connections:
            _shut(connection)

    def end(self) -> None:
        """Cut for good: what was about to connect fails too, as something that was never sent."""
        with self._guard:
            self._ended = True
        self.cut()


def _shut(connection: Any) -> None:
    wire = connection.sock
    if wire is not None:
        with contextlib.suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)
