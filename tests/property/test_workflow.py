"""Any sequence of acts over one real store keeps board, journal, totals, numbers and texts true."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from pos_app.bootstrap import open_shop
from pos_app.clock import VirtualClock
from pos_app.config import ShopSettings
from pos_app.desk import bumping
from pos_app.domain.workflow import Kind
from pos_app.errors import OrderbellError
from tests.property.evening import Evening
from tests.property.kitchen_evening import KitchenEvening
from tests.support.casts import cast_shop
from tests.support.shops import EVENING, copied_shop

# Some seconds of computing for each random evening: long where others compute, too.
pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("template") / "shop"
    cast_shop(data, ShopSettings(name="Trattoria"), practice=True, clock=VirtualClock(EVENING))
    return data


def test_no_sequence_of_acts_breaks_the_evening(template: Path) -> None:
    machine = type("EveningHere", (KitchenEvening,), {"template": template})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=settings().max_examples * 3 // 8,  # 15 unless asked for many
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_an_order_s_act_never_fails_with_a_bug(template: Path, tmp_path: Path) -> None:
    """Errors that acts may raise are those of the tree; nothing else reaches a screen."""
    copied_shop(template, tmp_path / "shop")
    shop = open_shop(tmp_path / "shop", clock=VirtualClock(EVENING))
    try:
        for act in (shop.desk.undo, shop.desk.recall, shop.desk.bump):
            with pytest.raises(OrderbellError):
                act(999)
    finally:
        shop.close()


def test_the_evening_notices_a_partial_bump_that_completes_the_order(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hasty(tickets: list[Kind]) -> Kind:
        return Kind.READY if Kind.READY in tickets else Kind.PREPARING

    monkeypatch.setattr(bumping, "kitchen_kind", hasty)
    machine = type("HastyEvening", (Evening,), {"template": template})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=40,
                stateful_step_count=30,
                deadline=None,
                database=None,
                derandomize=True,
                phases=[Phase.generate],
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
