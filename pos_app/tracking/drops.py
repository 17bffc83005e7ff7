"""/D/TOKEN: a courier's slip as raw ASGI: its page, its state, and what is tapped on it.

A token proves itself before anything is read, as on the guest's page; one of those is unknown
here. GET changes nothing; the phone gets its cookie with the page, so that an answer that is lost
on the street never locks it out of what it has just claimed.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import msgspec

from pos_app.clock import Clock, Instant
from pos_app.tracking.asgi import (
    HTML,
    Receive,
    Scope,
    Send,
    answer,
    header,
)
from pos_app.tracking.directory import KeyDirectory
from pos_app.tracking.drop_acts import STATUSES, Taken, take
from pos_app.tracking.drop_device import cookie_of, device_of, new_cookie, set_cookie
from pos_app.tracking.drop_pages import DropPages
from pos_app.tracking.drop_standing import standing
from pos_app.tracking.drop_view import DropView, view_of
from pos_app.tracking.front import too_many, wished
from pos_app.tracking.hub import Hub
from pos_app.tracking.limits import Rate
from pos_app.tracking.own_page import JSON, PLAIN, posted
from pos_app.tracking.repository import Repository, Session
from pos_app.tracking.view import ShopFace, face
from pos_app.wire import tokens
from pos_app.wire.drops import PATH, DropAct
from pos_app.wire.envelopes import decode
from pos_app.wire.snapshots import ShopProfile

_READS = ("GET", "HEAD")
_RESTS = ("", "/state", "/acts")
_LONGEST_ACT = 1024
_NO_KEY = bytes(tokens.KEY_BYTES)


class ActAnswer(msgspec.Struct, frozen=True):
    """What became of a tap, and how the slip stands now."""

    outcome: str
    state: DropView


@dataclass(frozen=True, slots=True)
class _Slip:
    """A proven token: whose it is, and what the site knows it by."""

    shop_id: str
    hash: str
    is_old: bool


class Drops:
    """The application for everything below /D/."""

    def __init__(
        self,
        repository: Repository,
        directory: KeyDirectory,
        missing: bytes,
        hub: Hub,
        rate: Rate,
        clock: Clock,
        origin: str,
    ) -> None:
        self._repository = repository
        self._directory = directory
        self._missing = missing
        self._hub = hub
        self._rate = rate
        self._clock = clock
        self._origin = origin.encode("ascii")
        self._pages = DropPages()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"][len(PATH) :]
        text, rest = path[: tokens.LENGTH].upper(), path[tokens.LENGTH :]
        slip = await self._proven(text) if rest in _RESTS else None
        if slip is None:
            await answer(send, 404, HTML, self._missing)
            return
        wait_s = self._rate.take(text, self._clock.now())
        if wait_s:
            await too_many(send, wait_s)
        elif rest == "/acts":
            await self._act(slip, scope, receive, send)
        elif scope["method"] not in _READS:
            await answer(send, 405, PLAIN, b"", (b"allow", b"GET, HEAD"))
        elif rest == "/state":
            view = await asyncio.to_thread(self._view, slip, cookie_of(scope))
            await answer(send, 200, JSON, msgspec.json.encode(view))
        else:
            await self._page(slip, scope, send)

    async def _proven(self, text: str) -> _Slip | None:
        try:
            token = tokens.parse(text)
        except tokens.BadToken:
            return None
        link = await self._directory.link(token.kid)
        if not tokens.is_genuine(token, link.key if link else _NO_KEY, tokens.DROP) or not link:
            return None
        is_old = link.is_withdrawn or tokens.is_past_horizon(token, self._clock.now())
        return _Slip(link.shop_id, tokens.token_hash(text), is_old)

    async def _page(self, slip: _Slip, scope: Scope, send: Send) -> None:
        cookie = cookie_of(scope) or new_cookie()
        view = await asyncio.to_thread(self._view, slip, cookie)
        shop, language = await asyncio.to_thread(self._shop, slip, scope)
        body = self._pages.page(view, shop, language)
        # One that is over needs no cookie, but a phone that has one may still send its taps.
        more = () if view.phase == "ended" else (set_cookie(cookie),)
        await answer(send, 410 if view.phase == "ended" else 200, HTML, body, *more)

    async def _act(self, slip: _Slip, scope: Scope, receive: Receive, send: Send) -> None:
        act = await posted(
            scope,
            receive,
            send,
            origin=self._origin,
            most=_LONGEST_ACT,
            read=lambda body: decode(body, DropAct),
        )
        if act is None:
            return
        cookie = cookie_of(scope)
        if not cookie:
            await answer(send, 403, PLAIN, b"Open the page of the slip first.\n")
            return
        taken = await asyncio.to_thread(self._take, slip, cookie, act)
        if taken.is_new:
            self._hub.call_till(slip.shop_id)
        view = await asyncio.to_thread(self._view, slip, cookie)
        told = msgspec.json.encode(ActAnswer(taken.outcome, view))
        await answer(send, STATUSES[taken.outcome], JSON, told)

    def _take(self, slip: _Slip, cookie: str, act: DropAct) -> Taken:
        if slip.is_old:
            return Taken("ended")
        device = device_of(slip.shop_id, cookie)
        with self._repository.write() as session:
            return take(session, slip.shop_id, slip.hash, device, act, self._clock.now())

    def _view(self, slip: _Slip, cookie: str) -> DropView:
        now, device = self._clock.now(), device_of(slip.shop_id, cookie)
        if slip.is_old:
            return DropView("ended", now)
        with self._repository.read() as session:
            return _read(session, slip, device, now)

    def _shop(self, slip: _Slip, scope: Scope) -> tuple[ShopFace, str]:
        """The shop in the language that the phone wishes, and that language."""
        with self._repository.read() as session:
            row, body = session.shop(slip.shop_id), session.profile(slip.shop_id)
        name, profile = row.name if row else "", decode(body, ShopProfile) if body else None
        known = face(profile, name, "")
        accepted = header(scope, b"accept-language")
        language = wished(scope["query_string"], accepted, known.languages, known.default_language)
        return face(profile, name, language), language


def _read(session: Session, slip: _Slip, device: str, now: Instant) -> DropView:
    drop = session.drop(slip.shop_id, slip.hash)
    if drop is None:
        was_known = session.is_stub(slip.shop_id, slip.hash)
        return view_of(None, None, device, now, was_known=was_known)
    claims = session.claims(slip.shop_id, slip.hash)
    stands = standing(drop, claims, session.drop_acts(slip.shop_id, slip.hash))
    return view_of(drop, stands, device, now, was_known=True)
