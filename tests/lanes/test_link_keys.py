"""The key that a till makes links with is followed by the next, whatever is cut off meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from pos_app import keys, paths
from pos_app.bootstrap import Shop, lanes_status, pair
from pos_app.clock import DAY_MS, VirtualClock
from pos_app.desk.pages import SLIP
from pos_app.domain.order import Order
from pos_app.errors import Refused, Unavailable
from pos_app.lanes.enrolment import LOOPBACK, use_local_site
from pos_app.lanes.lane import Down
from pos_app.lanes.link_keys import renew
from pos_app.lanes.push import PushWorker
from pos_app.lanes.state import PUSH, LaneStates
from pos_app.page_setup import is_cut_off
from pos_app.store import sites
from pos_app.store.sites import Site
from pos_app.tracking.enrolment import add_shop, enrol_local
from pos_app.tracking.link_keys import OLD_AFTER_MS
from pos_app.tracking.repository import backup
from pos_app.tracking.revoking import list_tills, revoke
from pos_app.wire import tokens
from pos_app.wire.pairing import new_code
from tests.lanes.cutting import Cut
from tests.lanes.turns import turn
from tests.support.ports import free_port
from tests.support.shops import EVENING, delivery, open_test_shop, pickup
from tests.support.waiting import until
from tests.tracking.live import LiveSite, live_site


@dataclass
class Linked:
    """A shop paired with a hosted site whose line a test can cut."""

    shop: Shop
    site: LiveSite
    clock: VirtualClock
    cut: Cut
    push: PushWorker

    def place(self) -> Order:
        """A delivery, told to the site."""
        order = self.shop.desk.place(delivery(self.shop)).order
        assert self.turn() == ""
        return order

    def turn(self) -> str:
        return turn(self.shop, self.push, PUSH)

    def url(self, order: Order, scope: str = "paper") -> str:
        url = self.shop.desk.tracking_url(order.id, scope)
        assert url is not None
        return url

    def kid(self, order: Order, scope: str = "paper") -> int:
        """The handle that the order's newest link carries."""
        return tokens.parse(urlsplit(self.url(order, scope)).path.rpartition("/")[2]).kid

    def in_use(self) -> Site:
        with self.shop.database.read() as connection:
            site = sites.active(connection)
        assert site is not None
        return site

    def handles(self) -> set[int]:
        with self.site.repository.read() as session:
            return session.kids()

    def code(self) -> str:
        return add_shop(
            self.site.settings.database, "Trattoria", self.site.settings.authority, self.clock
        )

    def cut_off(self, *, links: bool = False) -> None:
        terminal_id = self.in_use().terminal_id
        revoke(self.site.settings.database, terminal_id, "os:host", links=links, clock=self.clock)


def opens(url: str) -> int:
    return httpx.get(url, timeout=10).status_code


@contextmanager
def linked(data: Path) -> Iterator[Linked]:
    clock, cut = VirtualClock(EVENING), Cut()
    with (
        open_test_shop(data / "shop", clock=clock) as shop,
        live_site(
            data / "site" / "site.sqlite", clock, mode="hosted", around=cut.around
        ) as site,
    ):  # fmt: skip
        found = Linked(shop, site, clock, cut, PushWorker(shop, LaneStates(shop)))
        pair(shop, found.code())
        try:
            yield found
        finally:
            found.push.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Linked]:
    with linked(tmp_path) as found:
        yield found


def test_new_links_have_the_new_key_and_printed_ones_go_on_opening(shop: Linked) -> None:
    before = shop.place()
    assert renew(shop.shop) == 2
    after = shop.place()
    assert shop.kid(before) != shop.kid(after)
    assert shop.kid(after) == shop.kid(after, SLIP) == shop.in_use().kid
    assert shop.in_use().generation == 2
    urls = [shop.url(order, scope) for order in (before, after) for scope in ("paper", SLIP)]
    assert [opens(url) for url in urls] == [200] * 4


@pytest.mark.parametrize("at", ["request", "answer"])
def test_a_line_that_is_cut_leaves_links_that_open_and_is_simply_tried_again(
    shop: Linked, at: str
) -> None:
    shop.cut.at = at
    for _ in range(2):
        with pytest.raises(Unavailable, match="did not take"):
            renew(shop.shop)
    assert shop.cut.cuts == 2
    meanwhile = shop.place()
    assert opens(shop.url(meanwhile)) == 200
    assert shop.in_use().generation == 1
    known = shop.handles()
    assert len(known) == (2 if at == "answer" else 1)
    shop.cut.at = ""
    assert renew(shop.shop) == 2
    assert shop.in_use().kid in shop.handles() - {shop.kid(meanwhile)}
    if at == "answer":
        assert shop.handles() == known
    assert [opens(shop.url(order)) for order in (meanwhile, shop.place())] == [200, 200]


def test_a_till_that_dies_before_it_has_noted_its_new_key_goes_on(
    shop: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(sites, "take_key", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            renew(shop.shop)
    assert shop.in_use().generation == 1
    assert opens(shop.url(shop.place())) == 200
    assert renew(shop.shop) == 2
    assert opens(shop.url(shop.place())) == 200


def test_two_windows_that_renew_at_once_have_one_key(shop: Linked) -> None:
    with open_test_shop(shop.shop.data, clock=shop.clock) as window:
        stale = shop.in_use()
        assert renew(window) == 2
        shop.shop.desk.use_link_key(stale, 5, 1)
        shop.shop.desk.use_link_key(stale, shop.in_use().kid, 2)
        assert shop.in_use().generation == 2
        order = window.desk.place(pickup(window)).order
    assert shop.kid(order) == shop.in_use().kid


def test_a_key_of_ninety_days_is_followed_by_itself(shop: Linked) -> None:
    first = shop.place()
    shop.clock.advance(OLD_AFTER_MS)
    shop.cut.at = "request"
    shop.place()
    assert shop.in_use().generation == 1
    shop.cut.at = ""
    shop.place()
    assert (shop.in_use().generation, shop.cut.cuts) == (1, 1), "it waits an hour"
    shop.clock.advance(DAY_MS // 24)
    shop.place()
    assert shop.in_use().generation == 2
    later = shop.place()
    assert shop.in_use().generation == 2
    assert [opens(shop.url(order)) for order in (first, later)] == [200, 200]


def test_a_site_that_was_put_back_learns_the_key_again(shop: Linked, tmp_path: Path) -> None:
    shop.place()
    kept = tmp_path / "kept.sqlite"
    backup.copy(shop.site.settings.database, kept)
    renew(shop.shop)
    printed = shop.url(shop.place())
    handle = shop.in_use().kid
    backup.restore(kept, shop.site.settings.database, shop.clock.now())
    until(lambda: opens(printed) == 404, "the site to read the copy")
    shop.place()
    assert shop.in_use().kid == handle
    assert opens(printed) == 200


def test_a_site_that_takes_the_lost_key_no_more_is_trouble(shop: Linked, tmp_path: Path) -> None:
    kept = tmp_path / "kept.sqlite"
    backup.copy(shop.site.settings.database, kept)
    renew(shop.shop)
    shop.place()
    backup.restore(kept, shop.site.settings.database, shop.clock.now())
    shop.cut.at = "request"
    shop.shop.desk.place(pickup(shop.shop))
    assert shop.turn() != ""


def test_a_third_key_on_the_day_of_pairing_is_the_last(shop: Linked) -> None:
    assert [renew(shop.shop) for _ in range(2)] == [2, 3]
    with pytest.raises(Refused, match="today already"):
        renew(shop.shop)
    assert opens(shop.url(shop.place())) == 200


def test_an_older_site_is_named(shop: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos_app.lanes.site_client.LINK_KEYS", "/v1/link-keys-of-later")
    with pytest.raises(Unavailable, match="too old"):
        renew(shop.shop)


def test_without_a_page_there_is_no_key(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as alone, pytest.raises(Refused, match="no page"):
        renew(alone)


def test_the_page_of_this_computer_keeps_its_key_over_a_restart(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    with (
        open_test_shop(tmp_path, clock=clock) as shop,
        live_site(paths.site_file(tmp_path), clock) as site,
    ):
        use_local_site(shop, site.origin, LOOPBACK, enrol_local)
        first = shop.desk.place(pickup(shop)).order
        assert renew(shop) == 2
        after = use_local_site(shop, site.origin, LOOPBACK, enrol_local)
        assert (after.generation, after.kid) == (2, 1)
        second = shop.desk.place(pickup(shop)).order
        # Another site was used in between: this one still knows which key is the newest.
        shop.desk.stop_site()
        assert use_local_site(shop, site.origin, LOOPBACK, enrol_local).kid == 1
        urls = [shop.desk.tracking_url(order.id) for order in (first, second)]
        assert [opens(url) for url in urls if url] == [200, 200]


def test_a_page_of_this_computer_whose_keys_are_gone_makes_links_that_open(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    with live_site(paths.site_file(tmp_path), clock) as site:
        with open_test_shop(tmp_path, clock=clock) as shop:
            use_local_site(shop, site.origin, LOOPBACK, enrol_local)
            order = shop.desk.place(pickup(shop)).order
        shutil.rmtree(paths.keys_folder(tmp_path))
        with open_test_shop(tmp_path, clock=clock) as shop:
            use_local_site(shop, site.origin, LOOPBACK, enrol_local)
            urls = [
                shop.desk.tracking_url(one.id)
                for one in (order, shop.desk.place(pickup(shop)).order)
            ]
            until(lambda: [opens(url) for url in urls if url] == [200, 200], "the site to know")


def test_a_till_that_was_cut_off_says_so_and_what_to_do(shop: Linked) -> None:
    assert not is_cut_off(shop.shop)
    shop.cut_off()
    shop.shop.desk.place(pickup(shop.shop))
    assert shop.turn() == "revoked"
    assert lanes_status(shop.shop, "en").sentence == (
        "The site has cut this till off. Ask for a pairing code and pair it again."
    )
    assert is_cut_off(shop.shop)
    with pytest.raises(Refused, match="no longer lets this till in"):
        renew(shop.shop)


def test_paired_anew_it_has_new_keys_and_open_orders_keep_their_pages(shop: Linked) -> None:
    order = shop.place()
    printed, slip = shop.url(order), shop.url(order, SLIP)
    known = {name: shop.shop.keys.get(name) for name in (keys.SIGNING, keys.ROOT)}
    shop.cut_off()
    pair(shop.shop, shop.code())
    assert all(shop.shop.keys.get(name) != secret for name, secret in known.items())
    shop.shop.desk.bump(order.id)
    assert shop.turn() == ""
    assert not is_cut_off(shop.shop)
    reprinted = shop.url(order)
    assert reprinted != printed
    for url in (printed, reprinted):
        assert "Being prepared" in httpx.get(f"{url}?lang=en", timeout=10).text
    assert shop.url(order, SLIP) != slip
    tills = list_tills(shop.site.settings.database)[0].tills
    assert [till.revoked_at is None for till in tills] == [False, True]


def test_with_its_links_ended_open_orders_have_links_that_open_again(shop: Linked) -> None:
    order = shop.place()
    printed = shop.url(order)
    shop.cut_off(links=True)
    until(lambda: opens(printed) == 410, "the printed link to end")
    pair(shop.shop, shop.code())
    assert shop.turn() == ""
    assert opens(shop.url(order)) == 200
    assert opens(printed) == 410


def test_a_code_that_was_used_by_other_keys_changes_nothing(shop: Linked) -> None:
    code = shop.code()
    pair(shop.shop, code)
    shop.shop.keys.put(keys.SIGNING, b"x" * 32)
    with pytest.raises(Refused, match="does not take this code"):
        pair(shop.shop, code)
    assert shop.in_use().mode == "hosted"


def test_a_store_on_another_computer_prints_no_false_links_before_it_is_paired(
    shop: Linked, tmp_path: Path
) -> None:
    """A till was stolen: its backup is opened on a new computer, where its keys never were."""
    order = shop.place()
    printed, slip = shop.url(order), shop.url(order, SLIP)
    shop.push.close()
    shop.cut_off()
    shop.shop.close()
    shutil.rmtree(paths.keys_folder(shop.shop.data))
    with open_test_shop(shop.shop.data, clock=shop.clock) as replacement:
        unpaired = replacement.desk.place(delivery(replacement)).order
        assert replacement.desk.tracking_url(unpaired.id) is None
        replacement.desk.bump(order.id)
        push = PushWorker(replacement, LaneStates(replacement))
        try:
            with pytest.raises(Down, match="unauthorized"):
                push.work()
            with pytest.raises(Unavailable):
                pair(replacement, new_code(f"127.0.0.1:{free_port()}").text())
            still = replacement.desk.place(pickup(replacement)).order
            assert replacement.desk.tracking_url(still.id) is None
            pair(replacement, shop.code())
            push.work()
        finally:
            push.close()
        urls = [replacement.desk.tracking_url(one.id) for one in (unpaired, order)]
        assert [opens(url) for url in (*urls, printed, slip) if url] == [200] * 4
