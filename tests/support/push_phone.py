"""A browser whose vendor's push service is a test's own.

Chromium asks its vendor for an address when a page subscribes. Only that is replaced: keys and
address are those of `push_service.Browser`, and what arrives there is handed to the real worker.
"""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page

from tests.support.push_service import Browser

_SUBSCRIBES = """
(given => {
  if (!window.PushManager) return;
  const kept = "kept-by-the-browser";
  const bytes = text => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0)).buffer;
  const made = key => ({
    endpoint: given.endpoint,
    options: { userVisibleOnly: true, applicationServerKey: bytes(key) },
    toJSON: () => given,
    unsubscribe: async () => { localStorage.removeItem(kept); return true; }
  });
  PushManager.prototype.subscribe = async function (options) {
    const now = localStorage.getItem(kept);
    if (now && now !== options.applicationServerKey) throw new Error("another key");
    localStorage.setItem(kept, options.applicationServerKey);
    return made(options.applicationServerKey);
  };
  PushManager.prototype.getSubscription = async function () {
    const key = localStorage.getItem(kept);
    return key ? made(key) : null;
  };
})(%s);
"""
_ASKS = """
Object.defineProperty(Notification, "permission", { get: () => window.answered || "default" });
Notification.requestPermission = async () => (window.answered = "%s");
"""


def subscribes(context: BrowserContext, browser: Browser, endpoint: str) -> None:
    """Pages of this context get this address when they subscribe."""
    context.add_init_script(_SUBSCRIBES % browser.subscription(endpoint))


def answers(context: BrowserContext, answer: str) -> None:
    """The person in front of it answers the browser's question so: `granted` or `denied`."""
    context.add_init_script(_ASKS % answer)


class Worker:
    """The worker of one page, as the browser runs it."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self._session: CDPSession = context.new_cdp_session(page)
        self._found: dict[str, Any] = {}
        self._session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self._session.send("ServiceWorker.enable")

    def _note(self, event: dict[str, Any]) -> None:
        for one in event["registrations"]:
            self._found[one["scopeURL"]] = one["registrationId"]

    def deliver(self, origin: str, scope: str, content: object) -> None:
        """What the vendor's service would hand to the worker."""
        message = {
            "origin": origin,
            "registrationId": self._found[scope],
            "data": json.dumps(content),
        }
        self._session.send("ServiceWorker.deliverPushMessage", message)

    def knows(self, scope: str) -> bool:
        """Whether the browser keeps a worker for this page."""
        # Any call lets what the browser has said meanwhile come in.
        self._session.send("ServiceWorker.enable")
        return scope in self._found

    def shown(self, page: Page) -> list[dict[str, str]]:
        """The notifications of this page's worker that stand on the screen."""
        found: list[dict[str, str]] = page.evaluate(
            """async () => {
                const worker = await navigator.serviceWorker.getRegistration(location.pathname);
                return (await worker.getNotifications()).map(({ title, body, tag, icon, lang }) =>
                    ({ title, body, tag, icon, lang }));
            }"""
        )
        return found
