"""A site whose line is cut at a moment that a test chooses: before a request, or its answer."""

from __future__ import annotations

from pos_app.tracking.asgi import Application, Receive, Scope, Send
from pos_app.wire.link_keys import PATH


class Cut:
    """Around a site: `at` is `request` or `answer` of the next call for a key, or nowhere."""

    def __init__(self) -> None:
        self.at = ""
        self.cuts = 0

    def around(self, site: Application) -> Application:
        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["path"] != PATH or not self.at:
                await site(scope, receive, send)
                return
            self.cuts += 1
            if self.at == "answer":
                await site(scope, receive, _into_the_void)
            # An application that says nothing has its connection closed.

        return application


async def _into_the_void(_message: object) -> None:
    """What the site answers reaches nobody."""
