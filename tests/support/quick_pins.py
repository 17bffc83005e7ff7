"""PINs as tests keep them: argon2id, without the slowness that is meant for thieves.

Each costs a fifth of a second of a core otherwise, and hardly a test is about that. The one that
is asks for `TRUE` back. Programs that tests start know nothing of this.
"""

from __future__ import annotations

from argon2 import PasswordHasher

from pos_app.desk import pins

TRUE = pins._HASHER


def quicken() -> None:
    """From now on, in this process."""
    pins._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
