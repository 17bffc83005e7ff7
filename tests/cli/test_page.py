"""`orderbell page`: a new key for links, from the command line."""

from __future__ import annotations

from pathlib import Path

from pos_app import paths
from pos_app.bootstrap import enrol_for_port, open_shop
from tests.cli.till import Till
from tests.support.ports import free_port
from tests.tracking.live import live_site


def test_new_links_have_the_next_key(till: Till) -> None:
    port = free_port()
    shop = open_shop(till.data)
    origin = enrol_for_port(shop, port)
    shop.close()
    with live_site(paths.site_file(till.data), origin=origin, port=port):
        said = till.done("page", "rotate")
    assert said.text == "New links have key 2. Links that are printed go on opening.\n"


def test_without_a_page_it_is_refused(till: Till) -> None:
    said = till("page", "rotate")
    assert said.code == 1
    assert "no page whose links could get a new key" in said.error


def test_once_a_manager_has_a_pin_he_has_to_agree(till: Till, tmp_path: Path) -> None:
    till.done("staff", "add", "Olha", "--role", "manager")
    till.done("staff", "pin", "Olha", stdin="2468\n")
    said = till("page", "rotate")
    assert said.code == 1
    assert "manager" in said.error
