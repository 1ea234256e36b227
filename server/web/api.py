"""The HTTP surface beside the pages: rooms, cards, kinds, QR codes, limits, health, harvest."""

from __future__ import annotations

import io
import json
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server import kit
from server.kit import Refusal
from server.log import StorageError
from server.room import acts, codes, keys, names
from server.room.limits import Limits
from server.web import harvest
from server.web.guard import Addresses, TokenBucket, address_key
from server.web.hosting import Hosted, NoRoom
from server.web.hub import Hub
from server.web.library import ACTIVITIES
from server.web.words import NAMES, Words, choose

MAX_BODY = 16 * 1024
MAX_QR = 512


class Api:
    """Handlers over one hub. Every refusal is `{code, say, args?}` with a fitting status."""

    def __init__(self, hub: Hub, cards: dict[str, Any], base_url: str, loopback_free: bool) -> None:
        self.hub, self.cards, self.base_url = hub, cards, base_url
        self.loopback_free = loopback_free
        self.makers: dict[str, tuple[TokenBucket, TokenBucket]] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/api/rooms", _answered(self.make), methods=["POST"]),
            Route("/api/rooms/{room}", _answered(self.facts)),
            Route("/api/rooms/{room}/harvest.md", _answered(self.page)),
            Route("/api/rooms/{room}/harvest.zip", _answered(self.zip)),
            Route("/api/cards", _answered(self.library)),
            Route("/api/kinds", _answered(self.kinds)),
            Route("/api/qr", _answered(self.qr), methods=["POST"]),
            Route("/limits", _answered(self.limits)),
            Route("/healthz", _answered(self.health)),
            Route("/readyz", _answered(self.ready)),
        ]

    async def make(self, request: Request) -> Response:
        """A new room: 201 {room, join_url, host_url}; the secrets are in the fragments."""
        wish = await _body(request)
        if set(wish) - {"title", "lang", "plan", "starts", "minutes"}:
            raise Refusal("unknown")
        title, lang = wish.get("title", ""), wish.get("lang", "en")
        if not isinstance(title, str) or not isinstance(lang, str):
            raise Refusal("not_text")
        limits = self.hub.place.limits
        # four times: room for what cleaning takes away, and a bound for how much is cleaned
        if len(title) > limits.title_chars * 4 or len(kit.clean_text(title)) > limits.title_chars:
            raise Refusal("too_long", field="title", max=limits.title_chars)
        clean = names.clean(title, limits.title_chars)
        if lang not in NAMES:
            raise Refusal("not_a_choice", field="lang")
        plan = wish.get("plan", self.cards["start"])
        if not isinstance(plan, list):
            raise Refusal("not_a_list", max=limits.plan_steps)
        plan = [{"card": step} if isinstance(step, str) else step for step in plan]
        steps = self.hub.place.library.steps(plan, limits)
        if not self._may_make(request):
            raise Refusal("many_rooms")
        made = await self.hub.create(clean, lang, steps)
        base = self.base_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
        page = f"{base}/r/{made.room}"
        return JSONResponse(
            {
                "room": made.room,
                "join_url": f"{page}#j.{made.join}",
                "host_url": f"{page}#h.{made.host}",
            },
            201,
        )

    def _may_make(self, request: Request) -> bool:
        """Five rooms at once and twenty a day for one address; loopback is not counted."""
        key = address_key(request.client.host if request.client else None)
        if self.loopback_free and (key == "::1" or key.startswith("127.")):
            return True
        now = self.hub.place.log.now()
        found = self.makers.get(key)
        if found is None:
            if len(self.makers) >= 10_000:
                self.makers.clear()
            # a token a second: a room takes two minutes' worth, and a twentieth of a day's
            found = self.makers[key] = (
                TokenBucket(1, self.hub.place.limits.address_rooms * 120),
                TokenBucket(1, 20 * 4320),
            )
        burst, day = found
        return burst.take(120, now) and day.take(4320, now)

    async def facts(self, request: Request) -> Response:
        """What anybody may know of a room who knows its id."""
        hosted = await self._hosted(request)
        meet = hosted.node.fold.state["meet"]
        here = sum(1 for p in meet["people"].values() if p["here"])
        facts = {
            "room": request.path_params["room"],
            "lang": meet["lang"],
            "here": here,
            "ended": meet["ended"] is not None,
        }
        return JSONResponse(facts)

    async def _hosted(self, request: Request) -> Hosted:
        room = request.path_params["room"]
        if len(room) != 10 or not room.isalnum():
            raise NoRoom
        return await self.hub.host(room)

    async def page(self, request: Request) -> Response:
        title, day, found, words = await self._harvest(request)
        body = harvest.markdown(title, day, found, words)
        return Response(body, media_type="text/markdown; charset=utf-8")

    async def zip(self, request: Request) -> Response:
        title, day, found, words = await self._harvest(request)
        body = harvest.zipped(title, day, found, words)
        headers = {"Content-Disposition": 'attachment; filename="jam.zip"'}
        return Response(body, media_type="application/zip", headers=headers)

    async def _harvest(self, request: Request) -> tuple[str, str, list[harvest.Part], Words]:
        """Only for who has a seat in the room; the token comes in a header, never in an address."""
        hosted = await self._hosted(request)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        key = hosted.node.seats.opens.get(keys.key_id(token)) if scheme == "Bearer" else None
        if key is None or not key.member:
            raise Refusal("bad_link")
        words = Words.of(request.query_params.get("lang", "en"))
        state = hosted.node.fold.state
        kinds = self.hub.place.kinds
        found = harvest.parts(state, kinds, _texts(words.lang)["cards"], words)
        day = request.query_params.get("day", "")[:40]
        return state["meet"]["title"], names.clean(day, 40), found, words

    async def library(self, request: Request) -> Response:
        """The ready cards with their words in one language, and the lists of prompts."""
        lang = request.query_params.get("lang", "en")
        texts = _texts(lang if lang in NAMES else "en")
        listed = [{**card, **texts["cards"].get(card["id"], {})} for card in self.cards["card"]]
        more = {k: v for k, v in texts.items() if k != "cards"}
        return JSONResponse({"cards": listed, "start": self.cards["start"], **more})

    async def kinds(self, request: Request) -> Response:
        """Every kind with options and actions as JSON Schema, so that a stranger can play."""
        return JSONResponse(_kinds(self.hub))

    async def qr(self, request: Request) -> Response:
        """A text as QR code. A POST, so that the secret in it is in no address."""
        import segno

        text = (await _body(request)).get("text")
        if not isinstance(text, str) or not text:
            raise Refusal("missing", field="text")
        if len(text.encode()) > MAX_QR:
            raise Refusal("too_long", field="text", max=MAX_QR)
        out = io.BytesIO()
        segno.make(text, micro=False, error="m").save(
            out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, lineclass=None
        )
        return Response(out.getvalue(), media_type="image/svg+xml")

    async def limits(self, request: Request) -> Response:
        return JSONResponse(msgspec.to_builtins(self.hub.place.limits))

    async def health(self, request: Request) -> Response:
        return Response("ok\n", media_type="text/plain")

    async def ready(self, request: Request) -> Response:
        """503 while this server sends people elsewhere, or cannot write."""
        if self.hub.draining:
            return Response("draining\n", 503, media_type="text/plain")
        await self.hub.place.log.rooms(0)
        return Response("ready\n", media_type="text/plain")


Handler = Callable[[Request], Awaitable[Response]]


def _answered(handler: Handler) -> Handler:
    """Refusals and a store that is away become answers a person can read."""

    async def run(request: Request) -> Response:
        try:
            return await handler(request)
        except Refusal as no:
            status = {"bad_link": 401, "many_rooms": 429, "too_large": 413}.get(no.code, 400)
            return refused(no.code, status, no.facts)
        except NoRoom:
            return refused("no_room", 404)
        except StorageError:
            return refused("stalled", 503)

    return run


def refused(code: str, status: int, facts: dict[str, Any] | None = None) -> Response:
    body: dict[str, Any] = {"code": code, "say": codes.sentence(code)}
    if facts:
        body["args"] = facts
    return JSONResponse(body, status)


async def _body(request: Request) -> dict[str, Any]:
    """A small JSON object. Raises Refusal."""
    if int(request.headers.get("content-length") or 0) > MAX_BODY:
        raise Refusal("too_large")
    read = b""
    async for chunk in request.stream():
        read += chunk
        if len(read) > MAX_BODY:
            raise Refusal("too_large")
    try:
        body: dict[str, Any] = msgspec.json.decode(read or b"{}", type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as bad:
        raise Refusal("bad_frame") from bad
    return body


@cache
def _texts(lang: str) -> dict[str, Any]:
    path = ACTIVITIES / "library" / "text" / f"{lang}.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _kinds(hub: Hub) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, rules in [("room", acts.room), *hub.place.kinds.items()]:
        found[name] = {
            "options": {k: f.schema() for k, f in rules.options.items()},
            "actions": {
                a.name: {
                    "by": a.by.value,
                    "phase": list(a.phase),
                    "doc": a.doc,
                    "fields": _schema(name, a.name) or a.schema(),
                }
                for a in rules.actions.values()
                if a.by != "clock"
            },
            "live": {k: {"to": v.to, "fields": v.schema()} for k, v in rules.lives.items()},
            "refusals": rules.refusals,
            "sealed": rules.sealed,
            "rev": rules.rev,
        }
    return found


def _schema(kind: str, action: str) -> dict[str, Any] | None:
    if kind != "room":
        return None
    return {"open": acts.OPEN_SCHEMA, "plan": acts.PLAN_SCHEMA}.get(action)


def guards(limits: Limits, loopback_free: bool) -> Addresses:
    """Counts per address, with the settings of this server."""
    return Addresses(
        sockets=limits.address_sockets,
        fresh_rate=limits.address_rate,
        fresh_burst=limits.address_burst,
        strangers=limits.address_strangers,
        wrong_per_minute=limits.wrong_per_minute,
        exempt_loopback=loopback_free,
    )


def language(request: Request) -> str:
    """The language of a page: asked for, else what the browser prefers."""
    wished = request.query_params.get("lang", "")
    return wished if wished in NAMES else choose(request.headers.get("accept-language", ""))
