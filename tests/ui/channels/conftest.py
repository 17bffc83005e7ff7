"""A till at which ways out can be tried."""

from __future__ import annotations

import pytest

from pos_app.config import Owner
from tests.support.window import Till
from tests.ui.channels.hand import NUMBER


@pytest.fixture
def shop(till: Till) -> Till:
    """A till whose owner has said where he is reached."""
    till.shop.desk.owner.set_addresses(Owner("owner@example.com", NUMBER))
    till.settle()
    return till
