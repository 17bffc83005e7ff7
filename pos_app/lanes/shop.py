"""What lanes need of an open shop; `bootstrap.Shop` is one."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pos_app.changes import ChangeFeed
from pos_app.clock import Clock
from pos_app.desk.desk import Desk
from pos_app.keys import KeyStore
from pos_app.store.database import Database
from pos_app.store.schema import Identity


class OpenShop(Protocol):
    """One open data folder."""

    @property
    def data(self) -> Path: ...

    @property
    def database(self) -> Database: ...

    @property
    def desk(self) -> Desk: ...

    @property
    def feed(self) -> ChangeFeed: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def keys(self) -> KeyStore: ...

    @property
    def identity(self) -> Identity: ...

    @property
    def terminal_id(self) -> str: ...
