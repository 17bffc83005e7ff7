"""/v1: what tills say to the site. Every answer is JSON; every refusal is a `Fault`."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from typing import TypeVar, cast
from urllib.parse import parse_qs

from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from pos_app.clock import Clock, Instant
from pos_app.errors import BadInput
from pos_app.tracking.asgi import Scope
from pos_app.tracking.directory import KeyDirectory
from pos_app.tracking.hub import Hub
from pos_app.tracking.ingest import Fork, Stored, store_push
from pos_app.tracking.joining import RevokedKey, join
from pos_app.tracking.keys import Seal
from pos_app.tracking.link_keys import give
from pos_app.tracking.repository import Repository, Session
from pos_app.tracking.rows import ActionRow, Terminal
from pos_app.tracking.settings import SiteSettings
from pos_app.tracking.shelf import Shelf
from pos_app.tracking.signed import (
    Admitted,
    Doorkeeper,
    Rejected,
    bad_request,
    cut_off,
    unauthorized,
)
from pos_app.wire.drops import serves_slips
from pos_app.wire.envelopes import ACTION, decode, encode, seal
from pos_app.wire.link_keys import PATH as LINK_KEYS
from pos_app.wire.link_keys import LinkKeyAnswer, LinkKeyRequest
from pos_app.wire.pairing import PairRequest, key_bytes
from pos_app.wire.snapshots import Action, ActionsAnswer, Fault, PushRequest

LONGEST_WAIT_S = 25
ACTIONS_AT_ONCE = 200
_JSON = "application/json"
_MOST = 2**63 - 1

_Effect = TypeVar("_Effect")
_AnyRequest = Request[object, object, object]  # type: ignore[type-var]


class TillApi:
    """The four signed routes."""

    def __init__(
        self,
        repository: Repository,
        directory: KeyDirectory,
        link_seal: Seal,
        shelf: Shelf,
        hub: Hub,
        door: Doorkeeper,
        clock: Clock,
        settings: SiteSettings,
    ) -> None:
        self._repository = repository
        self._directory = directory
        self._seal = link_seal
        self._shelf = shelf
        self._hub = hub
        self._door = door
        self._clock = clock
        self._origin = settings.origin
        self._is_local = settings.is_local
        self._serves_slips = serves_slips(settings.mode, settings.origin)

    async def pair(self, scope: Scope, body: bytes) -> bytes:
        """POST /v1/pair."""
        self._door.hold_back_strangers(scope)
        try:
            request = decode(body, PairRequest)
        except BadInput:
            raise self._door.failed_stranger(scope) from None
        self._door.admit_unpaired(scope, body, key_bytes(request.sig_pub))
        now = self._clock.now()

        def effect() -> bytes | None:
            with self._repository.write() as session:
                return join(session, self._seal, request, self._origin, now)

        try:
            answer = await asyncio.to_thread(effect)
        except RevokedKey:
            raise cut_off() from None
        if answer is None:
            raise self._door.failed_stranger(scope)
        await asyncio.to_thread(self._directory.load)
        return answer

    async def push(self, scope: Scope, body: bytes) -> bytes:
        """POST /v1/snapshots."""
        admitted = await self._door.admit(scope, body)
        try:
            request = decode(body, PushRequest)
        except BadInput as error:
            raise bad_request(error) from error
        if request.store_id != admitted.terminal.store_id:
            raise Rejected(403, Fault("other_store"))
        now, terminal = self._clock.now(), admitted.terminal
        digest = hashlib.sha256(body).digest()

        def effect(session: Session) -> Stored:
            return store_push(
                session, terminal, request, digest, now, serves_slips=self._serves_slips
            )

        try:
            stored = await self._spend(admitted, effect)
        except Fork:
            raise Rejected(409, Fault("fork")) from None
        self._tell(terminal.shop_id, stored)
        return stored.answer

    async def link_key(self, scope: Scope, body: bytes) -> bytes:
        """POST /v1/link-keys: the handle of a generation of the till's own key."""
        admitted = await self._door.admit(scope, body)
        try:
            request = decode(body, LinkKeyRequest)
        except BadInput as error:
            raise bad_request(error) from error
        now, terminal = self._clock.now(), admitted.terminal

        def effect(session: Session) -> LinkKeyAnswer:
            return give(
                session, self._seal, terminal, request, self._origin, now, is_local=self._is_local
            )

        answer = await self._spend(admitted, effect)
        if not self._directory.knows_link(answer.kid):
            await asyncio.to_thread(self._directory.load)
        return encode(answer)

    async def actions(self, scope: Scope) -> bytes:
        """GET /v1/actions?after=SEQ&wait=SECONDS: at once when there are any, else it waits."""
        admitted = await self._door.admit(scope, b"")
        after, wait_s = _read_query(scope)
        terminal = admitted.terminal
        shop_id = terminal.shop_id
        event = self._hub.till_waits(shop_id, terminal.terminal_id)
        try:
            now = self._clock.now()
            await self._spend(admitted, lambda session: _heard(session, terminal, after, now))
            self._shelf.heard(shop_id, now)
            rows = await asyncio.to_thread(self._after, terminal, after)
            if not rows and wait_s:
                await _wait(event, wait_s)
                rows = await asyncio.to_thread(self._after, terminal, after)
        finally:
            self._hub.till_left(shop_id, event)
        return self._actions_answer(rows, after)

    async def _spend(self, admitted: Admitted, effect: Callable[[Session], _Effect]) -> _Effect:
        """Spend the nonce and do `effect` in one transaction, in which the till is still let in."""

        def work() -> _Effect:
            with self._repository.write() as session:
                if not session.spend_nonce(
                    admitted.terminal.terminal_id, admitted.nonce, admitted.nonce_expires_at
                ):
                    raise unauthorized()
                if session.is_revoked(admitted.terminal.terminal_id):
                    raise cut_off()
                return effect(session)

        return await asyncio.to_thread(work)

    def _tell(self, shop_id: str, stored: Stored) -> None:
        self._shelf.heard(shop_id, self._clock.now())
        if stored.is_profile_new:
            self._shelf.forget_shop(shop_id)
            self._hub.publish_shop(shop_id)
        self._shelf.forget(shop_id, stored.token_hashes)
        self._hub.publish(shop_id, stored.token_hashes)

    def _after(self, terminal: Terminal, after: int) -> list[ActionRow]:
        with self._repository.read() as session:
            if session.is_revoked(terminal.terminal_id):
                raise cut_off()
            rows = session.actions_after(terminal.shop_id, after, ACTIONS_AT_ONCE)
            is_beyond = not rows and after > session.newest_action()
        if is_beyond:
            self._admit_loss(after)
        return rows

    def _admit_loss(self, after: int) -> None:
        """A till has read acts that this database never knew: an older file is here."""
        with self._repository.write() as session:
            if after > session.newest_action():
                session.raise_epoch(self._clock.now())

    def _actions_answer(self, rows: list[ActionRow], after: int) -> bytes:
        with self._repository.read() as session:
            site = session.site()
            told = session.courier_acts([row.seq for row in rows])
        sealed = [
            seal(
                row.action_id,
                ACTION,
                Action(
                    row.action_id,
                    row.seq,
                    row.kind,
                    row.order_uid,
                    row.received_at,
                    row.value,
                    told.get(row.seq),
                    row.sealed,
                ),
            )
            for row in rows
        ]
        cursor = rows[-1].seq if rows else after
        return encode(ActionsAnswer(self._clock.now(), site.site_id, site.epoch, cursor, sealed))


def _heard(session: Session, terminal: Terminal, after: int, now: Instant) -> None:
    """The till has spoken, and what it has read by now is dropped where it was sealed for it."""
    session.heard(terminal, now)
    # A number from before a restore says nothing about the acts of today.
    if after <= session.newest_action():
        session.drop_sealed(terminal.shop_id, after)


def handlers(api: TillApi) -> list[HTTPRouteHandler]:
    """The routes for Litestar."""

    @post("/v1/pair", status_code=200)
    async def pair(request: _AnyRequest) -> Response[bytes]:
        return _json(await api.pair(_scope(request), await request.body()))

    @post("/v1/snapshots", status_code=200)
    async def snapshots(request: _AnyRequest) -> Response[bytes]:
        return _json(await api.push(_scope(request), await request.body()))

    @post(LINK_KEYS, status_code=200)
    async def link_key(request: _AnyRequest) -> Response[bytes]:
        return _json(await api.link_key(_scope(request), await request.body()))

    @get("/v1/actions")
    async def actions(request: _AnyRequest) -> Response[bytes]:
        return _json(await api.actions(_scope(request)))

    return [pair, snapshots, link_key, actions]


def rejection(_: _AnyRequest, rejected: Rejected) -> Response[bytes]:
    """How Litestar answers what was refused."""
    headers = {"retry-after": str(rejected.wait_s)} if rejected.wait_s else {}
    body = encode(rejected.fault)
    return Response(body, status_code=rejected.status, media_type=_JSON, headers=headers)


def _scope(request: _AnyRequest) -> Scope:
    return cast("Scope", request.scope)


def _json(body: bytes) -> Response[bytes]:
    return Response(body, media_type=_JSON)


def _read_query(scope: Scope) -> tuple[int, int]:
    asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=10)
    values = []
    for name, most in (("after", _MOST), ("wait", LONGEST_WAIT_S)):
        text = asked.get(name, ["0"])[0]
        if not (text.isascii() and text.isdigit() and len(text) <= 19):
            raise bad_request(BadInput(name, "This is no whole number."))
        values.append(min(int(text), most))
    return values[0], values[1]


async def _wait(event: asyncio.Event, seconds: int) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
