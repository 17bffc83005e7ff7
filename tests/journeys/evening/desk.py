"""The desk of another computer, where orders come by telephone: no window, one act a line.

    python -m tests.journeys.evening.desk DATA

reads JSON lines `{"place": ORDER}` or `{"show": NUMBER}` and answers each with the order as the
command line would. It places orders as fast as ten telephones would.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pos_app import bootstrap, intake
from pos_app.bootstrap import Shop
from pos_app.commands.answers import order_of
from tests.support.processes import Process

ANSWER_S = 60.0


class OtherDesk:
    """The process, from outside."""

    def __init__(self, data: Path) -> None:
        command = [sys.executable, "-m", "tests.journeys.evening.desk", str(data)]
        self.process = Process(command, name="other desk")
        self.process.line("desk ready", ANSWER_S)

    def place(self, order: dict[str, Any]) -> dict[str, Any]:
        return self._ask({"place": order})

    def show(self, number: str) -> dict[str, Any]:
        return self._ask({"show": number})

    def _ask(self, act: dict[str, Any]) -> dict[str, Any]:
        self.process.tell(json.dumps(act))
        line = self.process.line("order ", ANSWER_S)
        answer: dict[str, Any] = json.loads(line.removeprefix("order "))
        return answer


def _do(shop: Shop, act: dict[str, Any]) -> dict[str, Any]:
    if "place" in act:
        setup = shop.desk.setup()
        country = setup.settings.shop.country
        known = intake.Shop(setup.menu, country, shop.clock.now())
        order_id = shop.desk.place(intake.draft(act["place"], known)).order.id
    else:
        order_id = shop.desk.find(act["show"])
    return order_of(shop, order_id)


def main() -> None:
    shop = bootstrap.open_shop(Path(sys.argv[1]))
    try:
        print("desk ready", flush=True)
        for line in sys.stdin:
            print("order", json.dumps(_do(shop, json.loads(line))), flush=True)
    finally:
        shop.close()


if __name__ == "__main__":
    main()
