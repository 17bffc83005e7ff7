"""Statements are compiled once for all stores of this process, not once for each.

SQLAlchemy keeps what it has compiled with the engine. A till opens one store in its life and a
run of tests opens thousands, each of which would compile the same fifty statements again: a third
of what opening a shop costs.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine

from pos_app.store import database

_KEPT = 4_000


class CompiledOnce:
    """Takes the place of `create_engine`; what it makes shares the first engine's dialect."""

    def __init__(self) -> None:
        self._first: Any = None

    def __call__(self, url: str, **more: Any) -> Engine:
        engine: Any = create_engine(url, query_cache_size=_KEPT, **more)
        if self._first is None:
            self._first = engine
        engine.dialect = engine.pool._dialect = self._first.dialect
        engine._compiled_cache = self._first._compiled_cache
        made: Engine = engine
        return made


def compile_once() -> None:
    """For the whole of this process."""
    vars(database)["create_engine"] = CompiledOnce()
