"""Every group of scenes, by its name: what is not here, nobody has looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.support.pictures_automations import automations, duties
from tests.support.pictures_board import board
from tests.support.pictures_counter import counter, first_start, who
from tests.support.pictures_evening import catch_up, close_day, dispatch, orders, reports
from tests.support.pictures_kitchen import bar, guest, kitchen
from tests.support.pictures_menu import menu
from tests.support.pictures_messages import messages
from tests.support.pictures_settings import settings
from tests.support.pictures_stage import Scenes
from tests.support.pictures_store import put_back
from tests.support.pictures_texts import texts
from tests.support.pictures_trouble import trouble

GROUPS: dict[str, Callable[[Path, str], Scenes]] = {
    group.__name__: group
    for group in (
        first_start,
        counter,
        who,
        orders,
        dispatch,
        catch_up,
        close_day,
        put_back,
        reports,
        automations,
        texts,
        duties,
        messages,
        settings,
        menu,
        board,
        kitchen,
        bar,
        guest,
        trouble,
    )
}
