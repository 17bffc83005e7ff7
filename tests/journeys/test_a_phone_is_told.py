"""From the code on a receipt to a notification on a locked phone, with nothing pretended but the
vendor's push service between the till and the browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.lanes.pushing import pushing
from tests.support.push_phone import Worker, subscribes
from tests.support.waiting import until


def test_a_guest_who_tapped_is_told_when_his_page_is_closed(tmp_path: Path) -> None:
    with pushing(tmp_path / "trattoria") as here, sync_playwright() as playwright:
        [guest] = here.guests
        order = here.place()
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        phone = chromium.new_context(viewport={"width": 390, "height": 844}, locale="uk-UA")
        phone.grant_permissions(["notifications"], origin=here.site.origin)
        subscribes(phone, guest.browser, guest.endpoint)
        page = phone.new_page()
        page.goto(here.url(order))
        worker = Worker(phone, page)

        # He taps; the site passes on what it cannot read; the till knows where he is.
        page.click("#notify")
        expect(page.locator("#notify")).to_have_text("Сповістимо вас · вимкнути")
        here.sync()
        assert here.endpoints(order) == [guest.endpoint]

        # The kitchen is done: the push service gets what only his browser opens.
        here.ready(order)
        assert here.states(order) == [("push", "sent", "")]
        [said] = guest.service.shown
        [request] = guest.service.requests
        assert order.number.encode() not in request.body

        # The worker shows it; what the shop says next takes its place.
        until(lambda: worker.knows(here.url(order)), "the browser to have the worker")
        worker.deliver(here.site.origin, here.url(order), said)
        until(lambda: worker.shown(page), "the notification")
        [shown] = worker.shown(page)
        assert (shown["title"], shown["lang"]) == (f"Trattoria · {order.number}", "uk")
        assert f"замовлення {order.number} готове" in shown["body"]
        assert shown["icon"] == f"{here.site.origin}/assets/push-icon.png"
        later = {**said, "body": "Замовлення видано."}
        worker.deliver(here.site.origin, here.url(order), later)
        until(lambda: worker.shown(page)[0]["body"] == later["body"], "the newer one")
        assert len(worker.shown(page)) == 1

        # What cannot be read still shows whose page it is, and no error.
        worker.deliver(here.site.origin, here.url(order), "{")
        until(lambda: worker.shown(page)[0]["title"] in here.site.origin, "the shop's address")
        chromium.close()
