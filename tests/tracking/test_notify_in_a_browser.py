"""“Notify me on this phone”: what a guest sees and taps, in a browser that can, and in others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import msgspec
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect

from pos_app.clock import SystemClock
from pos_app.wire import box, browsers
from pos_app.wire.envelopes import ACTION, decode, open_envelope
from pos_app.wire.snapshots import Action, ActionsAnswer, OrderSnapshot, StageTimes
from tests.support.push_phone import answers, subscribes
from tests.support.push_service import Browser, base64url
from tests.tracking.conftest import PHONE
from tests.tracking.live import TRATTORIA, UID, LiveSite, Till, order

BOX = bytes(range(32))
ENDPOINT = "https://push.example/wpush/v2/guest"
PUSHING = msgspec.structs.replace(
    TRATTORIA, push_key=base64url(Browser().point), box_key=box.public_text(BOX)
)
OFF, ON = "Notify me on this phone", "You will be notified · turn off"
Open = Callable[..., Page]


@pytest.fixture
def clock() -> SystemClock:
    return SystemClock()


@pytest.fixture
def token(site: LiveSite, till: Till) -> str:
    return till.token(site.clock.now())


@pytest.fixture
def guest() -> Browser:
    return Browser()


@pytest.fixture
def phone(browser: Chromium, guest: Browser) -> Iterator[BrowserContext]:
    """A phone whose browser is subscribed by nobody yet."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    subscribes(context, guest, ENDPOINT)
    yield context
    context.close()


@pytest.fixture
def opened(phone: BrowserContext, site: LiveSite, till: Till, token: str) -> Iterator[Open]:
    """The order's page; nothing may be said in the console but what a test expects."""
    problems: list[str] = []

    def open_page(*, expects: str = "", language: str = "en") -> Page:
        till.push(site, waiting(site, token), profile=PUSHING)
        page = phone.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda said: None if expects and expects in said.text else problems.append(said.text),
        )
        page.goto(f"{site.origin}/{token}?lang={language}")
        expect(page.locator("#live")).to_have_class("on")
        return page

    yield open_page
    assert problems == []


def waiting(site: LiveSite, token: str, **changed: object) -> OrderSnapshot:
    return order(site.clock.now(), token, **changed)


def over(site: LiveSite, token: str) -> OrderSnapshot:
    now = site.clock.now()
    ended = StageTimes(now, now, now, None, now)
    return order(now, token, kind="picked_up", phase="done", stages=ended, revision=2)


def wishes(site: LiveSite, till: Till) -> list[tuple[str, str, str]]:
    """`(kind, endpoint, language)` of what the till can read."""
    answer = decode(till.actions(site).content, ActionsAnswer)
    found = [open_envelope(envelope, ACTION, Action) for envelope in answer.actions]
    asked = [browsers.wish(box.opened(act.sealed, BOX, UID)) for act in found]
    return [(one.kind, one.subscription.endpoint, one.language) for one in asked]


def test_one_tap_asks_for_it_and_another_stops_it(
    phone: BrowserContext, opened: Open, site: LiveSite, till: Till, token: str
) -> None:
    answers(phone, "granted")
    page = opened()
    expect(page.locator("#notify")).to_have_text(OFF)
    page.click("#notify")
    expect(page.locator("#notify")).to_have_text(ON)
    expect(page.locator("#notified")).to_have_text("You may close this page.")
    assert wishes(site, till) == [("push_on", ENDPOINT, "en")]
    till.push(site, waiting(site, token, number="A44", revision=2))
    expect(page.locator("#order")).to_have_text("Order A44")
    expect(page.locator("#notify")).to_have_text(ON)
    page.click("#notify")
    expect(page.locator("#notify")).to_have_text(OFF)
    assert [kind for kind, *_ in wishes(site, till)] == ["push_on", "push_off"]
    left = page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)")
    assert left == 0


def test_it_is_remembered_until_the_order_s_end_and_can_be_stopped_after_it(
    phone: BrowserContext, opened: Open, site: LiveSite, till: Till, token: str
) -> None:
    phone.grant_permissions(["notifications"], origin=site.origin)
    page = opened()
    page.click("#notify")
    expect(page.locator("#notify")).to_have_text(ON)
    page.reload()
    expect(page.locator("#notify")).to_have_text(ON)
    till.push(site, over(site, token))
    expect(page.locator("h1")).to_have_text("Picked up")
    expect(page.locator("#notify")).to_have_text(ON)
    page.click("#notify")
    expect(page.locator("#notify")).to_be_hidden()
    assert [kind for kind, *_ in wishes(site, till)] == ["push_on", "push_off"]


def test_who_refuses_is_told_how_to_change_his_mind(
    phone: BrowserContext, opened: Open, site: LiveSite, till: Till
) -> None:
    answers(phone, "denied")
    page = opened()
    page.click("#notify")
    expect(page.locator("#notified")).to_have_text(
        "Your browser blocks notifications. Allow them for this page in its settings."
    )
    expect(page.locator("#notify")).to_have_text(OFF)
    assert wishes(site, till) == []


def test_what_the_site_does_not_take_is_not_promised(
    phone: BrowserContext, opened: Open, site: LiveSite, till: Till
) -> None:
    answers(phone, "granted")
    page = opened(expects="Failed to load resource")
    page.route("**/push", lambda route: route.fulfill(status=503))
    page.click("#notify")
    expect(page.locator("#notified")).to_have_text("That did not work. Please try again.")
    expect(page.locator("#notify")).to_have_text(OFF)
    assert page.evaluate("localStorage.length") == 0, "the browser does not stay subscribed"
    page.unroute("**/push")
    page.click("#notify")
    expect(page.locator("#notify")).to_have_text(ON)


def test_a_subscription_under_a_key_that_is_gone_is_made_anew(
    phone: BrowserContext, opened: Open, site: LiveSite, till: Till, token: str
) -> None:
    phone.grant_permissions(["notifications"], origin=site.origin)
    page = opened()
    page.click("#notify")
    expect(page.locator("#notify")).to_have_text(ON)
    anew = {"version": 2, "push_key": base64url(Browser().point)}
    till.push(site, profile=msgspec.structs.replace(PUSHING, **anew))
    page.reload()
    expect(page.locator("#notify")).to_have_text(OFF)
    page.click("#notify")
    expect(page.locator("#notify")).to_have_text(ON)
    assert [kind for kind, *_ in wishes(site, till)] == ["push_on", "push_on"]


@pytest.mark.parametrize(
    "lacking",
    [
        "Object.defineProperty(window, 'isSecureContext', { value: false })",
        "delete window.PushManager",
        "delete window.Notification",
        "Object.defineProperty(Notification, 'permission', { value: 'denied' })",
    ],
)
def test_it_is_offered_only_where_it_can_work(
    phone: BrowserContext, opened: Open, lacking: str
) -> None:
    phone.add_init_script(lacking)
    page = opened()
    expect(page.locator("#notify")).to_be_hidden()


def test_without_scripts_there_is_no_such_button(
    browser: Chromium, site: LiveSite, till: Till, token: str
) -> None:
    till.push(site, waiting(site, token), profile=PUSHING)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.origin}/{token}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#notify")).to_be_hidden()
    context.close()


_ACTS = """
async given => {
  const event = new ExtendableEvent(given.name);
  const done = [], acted = [];
  // Only the browser's own events may be waited for, and only its own taps may move windows.
  event.waitUntil = work => done.push(work);
  event.notification = { close: () => acted.push("closed") };
  const kept = given.subscriptions.map(one => one && { toJSON: () => one, options: {} });
  [event.oldSubscription, event.newSubscription] = kept;
  WindowClient.prototype.focus = async function () { acted.push("focus " + this.url); };
  self.clients.openWindow = async url => { acted.push("open " + url); };
  self.dispatchEvent(event);
  await Promise.all(done);
  return acted;
}
"""


def test_the_worker_opens_its_page_and_passes_on_a_new_address(
    phone: BrowserContext,
    opened: Open,
    site: LiveSite,
    till: Till,
    token: str,
    guest: Browser,
) -> None:
    phone.grant_permissions(["notifications"], origin=site.origin)
    page = opened()
    page.click("#notify")
    expect(page.locator("#notify")).to_have_text(ON)
    [worker] = phone.service_workers
    home = f"{site.origin}/{token}"
    tapped = {"name": "notificationclick", "subscriptions": []}
    assert worker.evaluate(_ACTS, tapped) == ["closed", f"focus {home}?lang=en"]
    page.goto(f"{site.origin}/healthz")
    assert worker.evaluate(_ACTS, tapped) == ["closed", f"open {home}"]
    old = json.loads(guest.subscription(ENDPOINT))
    new = json.loads(Browser().subscription(f"{ENDPOINT}-2"))
    changed = {"name": "pushsubscriptionchange", "subscriptions": [old, new]}
    worker.evaluate(_ACTS, changed)
    assert wishes(site, till)[1:] == [
        ("push_on", f"{ENDPOINT}-2", ""),
        ("push_off", ENDPOINT, ""),
    ]


@pytest.mark.parametrize("answer", ["granted", "denied"])
def test_every_state_fits_and_every_target_a_finger(
    phone: BrowserContext, opened: Open, site: LiveSite, token: str, answer: str
) -> None:
    answers(phone, answer)
    page = opened()
    for language in ("en", "uk"):
        page.goto(f"{site.origin}/{token}?lang={language}")
        page.click("#notify")
        expect(page.locator("#notified")).not_to_be_empty()
        for width in (320, 360, 390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            box_of = page.locator("#notify").bounding_box()
            assert box_of is not None
            assert box_of["height"] >= 48
        if answer == "granted":
            page.click("#notify")
            expect(page.locator("#notify")).to_have_attribute("aria-pressed", "false")
