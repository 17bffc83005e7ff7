"""The rehearsal: a till is put back beside a running site and gateway, and an evening goes on.

The page is right after the next bump, no guest hears anything twice, and paper keeps its numbers.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from pos_app import paths
from pos_app.bootstrap import Shop, open_shop, restore_shop
from pos_app.clock import HOUR_MS, MINUTE_MS, VirtualClock
from pos_app.config import SmsSettings
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind, Source
from pos_app.errors import Refused, StoreDamaged, StoreError
from pos_app.lanes.enrolment import LOOPBACK, use_local_site
from pos_app.lanes.sync import SyncReport, sync_once
from pos_app.store import copies, messages
from pos_app.tracking.enrolment import enrol_local
from pos_app.tracking.repository import backup as site_backup
from tests.support.gateway import PASSWORD, USERNAME, Gateway, running
from tests.support.shops import EVENING, open_test_shop, pickup
from tests.support.waiting import until
from tests.tracking.live import LiveSite, live_site


@dataclass
class Rehearsal:
    """A shop between a site and a gateway that outlive it."""

    data: Path
    clock: VirtualClock
    site: LiveSite
    gateway: Gateway
    shop: Shop

    def place(self, phone: str = "+380671234567") -> Order:
        draft = pickup(self.shop, source=Source.PHONE, phone=phone)
        return self.shop.desk.place(draft).order

    def sync(self) -> SyncReport:
        """A minute passes, and every lane has its turn."""
        self.clock.advance(MINUTE_MS)
        return sync_once(self.shop)

    def page(self, url: str | None) -> str:
        """What the guest's page says in large letters."""
        assert url is not None
        text = httpx.get(f"{url}?lang=en", timeout=10).text
        found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
        return "" if found is None else found[1].strip()

    def arrive(self, order: Order) -> None:
        """The guest taps "I'm here" on the page."""
        url = self.shop.desk.tracking_url(order.id)
        assert httpx.post(f"{url}/arrived", timeout=10).status_code == 303

    def heard(self) -> Counter[tuple[str, str]]:
        """How often each phone got each text."""
        return Counter(
            (said["phoneNumbers"][0], said["textMessage"]["text"]) for said in self.gateway.taken
        )

    def restore(self, copy: Path) -> None:
        self.shop.close()
        restore_shop(self.data, copy, clock=self.clock)
        self.shop = open_shop(self.data, clock=self.clock)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Rehearsal]:
    clock, gateway, data = VirtualClock(EVENING), Gateway(), tmp_path / "shop"
    with ExitStack() as stack:
        url = stack.enter_context(running(gateway))
        with open_test_shop(data, clock=clock, practice=False) as made:
            made.desk.set_sms(SmsSettings("smsgate", url, USERNAME, lan=True), PASSWORD)
        site = stack.enter_context(live_site(paths.site_file(data), clock))
        shop = open_shop(data, clock=clock)
        use_local_site(shop, site.origin, LOOPBACK, enrol_local)
        found = Rehearsal(data, clock, site, gateway, shop)
        stack.push(lambda *_why: found.shop.close())
        yield found


def test_the_page_is_right_after_the_next_bump_and_nothing_is_said_twice(
    evening: Rehearsal,
) -> None:
    first, second = evening.place(), evening.place("+380501112233")
    evening.shop.desk.bump(first.id)
    evening.sync()
    copy = evening.shop.desk.backups.make().copy

    # After the copy: the first one is ready and its guest told; a third comes and goes.
    evening.shop.desk.bump(first.id)
    lost = evening.place("+380931112233")
    evening.sync()
    url = evening.shop.desk.tracking_url(first.id)
    assert evening.page(url).startswith("Ready")
    before = evening.heard()
    assert set(before.values()) == {1}

    evening.restore(copy.path)
    assert [c.order.number for c in evening.shop.desk.board()] == [first.number, second.number]
    evening.sync()
    assert evening.page(url) == "Being prepared", "the page says what the board says"
    assert evening.heard() == before, "no text leaves before a person has looked"

    # The kitchen's next tap: the page follows at once, the text waits.
    evening.shop.desk.bump(first.id)
    evening.sync()
    assert evening.page(url).startswith("Ready")
    assert evening.heard() == before

    # The person has looked: both are here, the texts may go. The gateway has this one already.
    evening.shop.desk.evening.settle([first.id, second.id], "here")
    evening.shop.desk.evening.finish_catch_up(send=True)
    evening.shop.desk.bump(second.id)
    evening.shop.desk.bump(second.id)
    for _ in range(3):
        evening.sync()
    after = evening.heard()
    assert set(after.values()) == {1}, "somebody heard something twice"
    assert sum(after.values()) == sum(before.values()) + 1, "the second guest is told, too"

    # Paper keeps its numbers: what was given after the copy is not given again.
    fresh = evening.place("+380661112233")
    assert fresh.number not in {first.number, second.number, lost.number}
    assert int(fresh.number.removeprefix("A")) > 100
    assert evening.shop.desk.check().problems == ()


def test_a_text_that_waited_when_the_copy_was_made_is_not_sent_again(evening: Rehearsal) -> None:
    order = evening.place()
    copy = evening.shop.desk.backups.make().copy
    evening.sync()
    assert len(evening.gateway.taken) == 1
    evening.restore(copy.path)
    evening.sync()
    evening.shop.desk.evening.settle([order.id], "here")
    evening.shop.desk.evening.finish_catch_up(send=True)
    evening.sync()
    assert len(evening.gateway.taken) == 1
    with evening.shop.database.read() as connection:
        (said,) = messages.of_orders(connection, [order.id])[order.id]
    assert said.state == "sent", "the gateway knew it by its id"


def test_what_guests_did_since_the_copy_is_read_again(evening: Rehearsal) -> None:
    order = evening.place()
    evening.sync()
    copy = evening.shop.desk.backups.make().copy
    evening.arrive(order)
    evening.sync()
    card = evening.shop.desk.order(order.id)
    assert card is not None
    assert card.order.arrived_at is not None
    evening.restore(copy.path)
    assert evening.shop.desk.order(order.id).order.arrived_at is None  # type: ignore[union-attr]
    evening.sync()
    assert evening.shop.desk.order(order.id).order.arrived_at is not None  # type: ignore[union-attr]


def test_restoring_the_same_copy_twice_still_moves_forward(evening: Rehearsal) -> None:
    order = evening.place()
    evening.sync()
    copy = evening.shop.desk.backups.make().copy
    epochs = []
    for _ in range(2):
        evening.restore(copy.path)
        epochs.append(evening.shop.identity.epoch)
        evening.shop.desk.bump(order.id)
        report = evening.sync()
        assert report.problems == ()
    assert epochs[1] > epochs[0]
    assert evening.page(evening.shop.desk.tracking_url(order.id)) == "Being prepared"


def test_the_other_till_of_a_copy_is_told_by_the_site(evening: Rehearsal) -> None:
    """The old computer comes back after its backup was restored on a new one."""
    evening.place()
    evening.sync()
    copy = evening.shop.desk.backups.make().copy
    old_epoch = evening.shop.identity.epoch
    evening.restore(copy.path)
    assert evening.sync().problems == ()
    with evening.shop.database.write() as connection:
        connection.exec_driver_sql("UPDATE store SET epoch = ?", (old_epoch,))
        connection.exec_driver_sql("UPDATE store SET config_revision = config_revision + 1")
    evening.place()
    (problem,) = evening.sync().problems
    assert (problem.lane, problem.code) == ("push", "fork")


def test_a_restored_site_is_told_everything_again(evening: Rehearsal, tmp_path: Path) -> None:
    first = evening.place()
    evening.sync()
    kept = tmp_path / "site-copy.sqlite"
    database = evening.site.settings.database
    assert site_backup.copy(database, kept) > 0
    second = evening.place("+380501112233")
    evening.shop.desk.bump(first.id)
    evening.sync()
    site_backup.restore(kept, database, evening.clock.now())
    urls = [evening.shop.desk.tracking_url(order.id) for order in (first, second)]
    for _ in range(2):
        assert evening.sync().problems == ()
    assert evening.page(urls[0]) == "Being prepared"
    assert evening.page(urls[1]) == "Order received"


def test_a_site_whose_file_was_exchanged_by_hand_notices_it(
    evening: Rehearsal, tmp_path: Path
) -> None:
    """Somebody copies an older file over the newer one: no command, so no new epoch."""
    order = evening.place()
    evening.sync()
    database = evening.site.settings.database
    kept = tmp_path / "site-copy.sqlite"
    site_backup.copy(database, kept)
    url = evening.shop.desk.tracking_url(order.id)
    evening.arrive(order)
    evening.shop.desk.bump(order.id)
    evening.sync()
    assert evening.page(url) == "Being prepared"
    with closing(sqlite3.connect(kept)) as old, closing(sqlite3.connect(database)) as new:
        old.backup(new)
    evening.clock.advance(HOUR_MS)
    until(lambda: evening.page(url) == "Order received", "the older file")
    for _ in range(3):
        assert evening.sync().problems == ()
    assert evening.page(url) == "Being prepared"


def test_a_damaged_copy_is_refused_and_the_shop_stays_as_it_is(
    evening: Rehearsal, tmp_path: Path
) -> None:
    order = evening.place()
    damaged = tmp_path / "damaged.sqlite"
    made = evening.shop.desk.backups.make().copy
    raw = bytearray(made.path.read_bytes())
    raw[20_000:24_000] = b"\xff" * 4_000
    damaged.write_bytes(raw)
    evening.shop.close()
    with pytest.raises(StoreDamaged):
        restore_shop(evening.data, damaged, clock=evening.clock)
    evening.shop = open_shop(evening.data, clock=evening.clock)
    assert [card.order.id for card in evening.shop.desk.board()] == [order.id]
    assert not evening.shop.desk.setup().settings.catch_up.is_open
    assert not list(evening.data.glob(".*restoring*"))


def test_nobody_restores_under_an_open_window(evening: Rehearsal) -> None:
    copy = evening.shop.desk.backups.make().copy
    with pytest.raises(StoreError, match="open elsewhere"):
        restore_shop(evening.data, copy.path, clock=evening.clock)
    assert evening.shop.desk.check().problems == ()


def test_the_backup_of_another_shop_is_refused(evening: Rehearsal, tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "other", clock=evening.clock, practice=False) as other:
        copy = other.desk.backups.make().copy
    evening.shop.close()
    with pytest.raises(Refused, match="another shop"):
        restore_shop(evening.data, copy.path, clock=evening.clock)
    evening.shop = open_shop(evening.data, clock=evening.clock)


@pytest.mark.parametrize("damage", ["lost", "garbage", "page"])
def test_a_store_that_cannot_be_read_is_replaced_and_its_bytes_are_kept(
    evening: Rehearsal, damage: str
) -> None:
    order = evening.place()
    evening.sync()
    copy = evening.shop.desk.backups.make().copy
    evening.shop.close()
    file = paths.store_file(evening.data)
    if damage == "lost":
        file.unlink()
    elif damage == "garbage":
        file.write_bytes(b"nothing of a database " * 1_000)
    else:
        raw = bytearray(file.read_bytes())
        raw[4096 : 4096 * 5] = b"\xff" * 4096 * 4
        file.write_bytes(raw)
    done = restore_shop(evening.data, copy.path, clock=evening.clock)
    evening.shop = open_shop(evening.data, clock=evening.clock)
    assert evening.shop.desk.order(order.id) is not None
    assert evening.shop.desk.check().problems == ()
    kept = [c.kind for c in copies.found_in(copies.folder_of(file))]
    assert (copies.REPLACED in kept) == (damage != "lost")
    assert (done.replaced is None) == (damage == "lost")


def test_on_a_new_computer_the_page_needs_a_new_pairing(evening: Rehearsal, tmp_path: Path) -> None:
    evening.place()
    copy = evening.shop.desk.backups.make().copy
    restore_shop(tmp_path / "new computer", copy.path, clock=evening.clock)
    fresh = open_shop(tmp_path / "new computer", clock=evening.clock)
    try:
        assert fresh.desk.setup().site is None
        assert [card.order.kind for card in fresh.desk.board()] == [Kind.ACCEPTED]
        assert fresh.desk.check().problems == ()
    finally:
        fresh.close()


def test_who_was_erased_since_the_backup_is_erased_again(evening: Rehearsal) -> None:
    gone, stays = evening.place("+380671110022"), evening.place("+380501112233")
    copy = evening.shop.desk.backups.make().copy
    for order in (gone, stays):
        evening.shop.desk.cancel(order.id, "guest left")
    evening.shop.desk.privacy.erase("+380671110022")
    evening.restore(copy.path)
    card = evening.shop.desk.order(gone.id)
    assert card is not None
    assert (card.order.customer.name, card.order.customer.phone) == ("", "")
    assert evening.shop.desk.order(stays.id).order.customer.phone == "+380501112233"  # type: ignore[union-attr]
    assert evening.shop.desk.check().problems == ()
    evening.shop.close()
    file = paths.store_file(evening.data)
    assert b"380671110022" not in file.read_bytes()
    assert b"380501112233" in file.read_bytes(), "the control must be found"
    assert b"380671110022" in copy.path.read_bytes(), "for seven days more, the backup knows"
    evening.shop = open_shop(evening.data, clock=evening.clock)
