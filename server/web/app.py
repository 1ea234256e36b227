"""The ASGI application: pages, files, the HTTP surface and the rooms' sockets."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from server.address import own
from server.log import Log, StorageError, open_log
from server.room.limits import Limits
from server.settings import SettingError, Settings
from server.web import library
from server.web.api import Api, guards, language
from server.web.assets import Assets, page
from server.web.guard import Meter
from server.web.headers import SafeHeaders
from server.web.hosting import NoRoom
from server.web.hub import Hub
from server.web.origin import Origins
from server.web.pages import Pages
from server.web.place import Place
from server.web.reach import Reach
from server.web.rehearsals import Rehearsals
from server.web.screen import screen
from server.web.socket import run_socket
from server.web.voices import voices
from server.web.words import NAMES, Words


class Site:
    """One server's whole web side. `app` is the ASGI application."""

    def __init__(self, settings: Settings, log: Log, port: int) -> None:
        self.settings, self.log = settings, log
        kinds = library.kinds()
        cards, listed = library.cards(kinds)
        limits = limits_of(settings.limits)
        Meter.allow(limits.frames_rate, limits.frames_burst, limits.bytes_rate, limits.bytes_burst)
        place = Place(log, kinds, cards, limits, suggest)
        free = not settings.trusted_proxies
        self.hub = Hub(place, guards(limits, free))
        self.voices = place.voices = voices(settings, self.hub.rooms)
        self.origins = Origins(settings.base_url, port, own)
        self.assets = Assets.load(library.ROOT)
        self.pages = Pages(self.assets)
        api = Api(self.hub, listed, settings.base_url, free)
        self.rehearsals = Rehearsals(self.hub, settings.base_url, settings.host, port)
        routes = [
            Route("/", self._start),
            Route("/guide", self._guide),
            Route("/r/{room}", self._room),
            Route("/r/{room}/screen", self._screen),
            Route("/sw.js", self._file),
            Route("/manifest.webmanifest", self._file),
            Route("/favicon.ico", self._file),
            Route("/v/{rest:path}", self._file),
            *api.routes(),
            *self.rehearsals.routes(),
            *Reach(settings.host, port, settings.base_url).routes(),
            WebSocketRoute("/ws/{room}", RoomSockets(self)),
        ]
        self.starlette = Starlette(
            routes=routes,
            lifespan=self._life,
            exception_handlers={404: self._missing, 500: _failed},
        )
        self.app = SafeHeaders(self.starlette, settings.base_url)

    @asynccontextmanager
    async def _life(self, app: Starlette) -> AsyncIterator[None]:
        keeper = asyncio.create_task(self.hub.run(self.settings.cleanup))
        self.assets.warm()
        if self.voices is not None:
            self.voices.open()
        try:
            yield
        finally:
            self.assets.close()
            if self.voices is not None:
                await self.voices.close()
            await self.rehearsals.close()
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper
            if not self.hub.draining:
                await self.hub.drain()
            await self.log.close()

    async def _start(self, request: Request) -> Response:
        return page(request, self.pages.start(language(request), self._base(request)))

    async def _guide(self, request: Request) -> Response:
        return page(request, self.pages.guide(language(request)))

    async def _room(self, request: Request) -> Response:
        lang = language(request)
        room = request.path_params["room"]
        try:
            if len(room) != 10 or not room.isalnum():
                raise NoRoom
            hosted = await self.hub.host(room)
        except NoRoom:
            return page(request, self.pages.wrong(lang), 404)
        except StorageError:
            return page(request, self.pages.wrong(lang), 503)
        meet = hosted.node.fold.state["meet"]
        taken = {p["name"] for p in meet["people"].values()}
        ended = meet["ended"]
        made = self.pages.room(
            lang,
            room,
            suggest(lang, taken, ""),
            ended is not None,
            base=self._base(request),
            following=(ended or {}).get("next") or 0,
        )
        return page(request, made)

    async def _screen(self, request: Request) -> Response:
        """The big screen speaks the room's language, unless the address asks for another."""
        room, asked = request.path_params["room"], request.query_params.get("lang", "")
        try:
            if len(room) != 10 or not room.isalnum():
                raise NoRoom
            hosted = await self.hub.host(room)
        except NoRoom:
            return page(request, self.pages.wrong(language(request)), 404)
        except StorageError:
            return page(request, self.pages.wrong(language(request)), 503)
        lang = asked if asked in NAMES else hosted.node.fold.state["meet"]["lang"]
        return page(request, screen(self.assets, lang))

    def _base(self, request: Request) -> str:
        """Where people open this server's pages: as set, or as they have just done."""
        host = request.headers.get("host", "")
        plain = host.isascii() and all(c.isalnum() or c in ".-:[]" for c in host)
        asked = f"{request.url.scheme}://{host}" if plain and host else ""
        return self.settings.base_url.rstrip("/") or asked

    async def _file(self, request: Request) -> Response:
        return self.assets.response(request) or self._nothing(request)

    async def _missing(self, request: Request, _error: Exception) -> Response:
        return self._nothing(request)

    def _nothing(self, request: Request) -> Response:
        return page(request, self.pages.missing(language(request)), 404)


class RoomSockets:
    """The ASGI endpoint of `/ws/{room}`: origin, then the bare socket for the hub."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"origin"), None)
        if not self._site.origins.allows(origin):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        room = scope["path_params"]["room"]
        await run_socket(scope, receive, send, lambda socket: self._site.hub.attach(room, socket))


def suggest(lang: str, taken: set[str], wished: str) -> str:
    """A name to give: the wished one, unless it is one of our suggestions and already worn."""
    offered = Words.of(lang).names()
    if wished and (wished not in offered or wished not in taken):
        return wished
    free = [name for name in offered if name not in taken]
    return secrets.choice(free or offered or ("Jam",))


def limits_of(given: dict[str, int]) -> Limits:
    """The limits with what the environment set. Raises SettingError for an unknown name."""
    known = {field.name for field in msgspec.structs.fields(Limits)}
    for name in given:
        if name not in known:
            raise SettingError(
                f"JAM_LIMIT_{name.upper()} is no limit; see /limits for all of them."
            )
    return Limits(**given)


async def _failed(request: Request, _error: Exception) -> Response:
    return Response("Something went wrong here, not with you. Try again.\n", 500)


def make(settings: Settings, port: int) -> Site:
    """The site with its log not yet opened."""
    return Site(settings, open_log(settings.data, settings.redis_url), port)
