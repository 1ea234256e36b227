"""The HTTP surface beside the pages: rooms, cards, kinds, QR codes, limits, health, harvest."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server import kit
from server.kit import Refusal
from server.log import StorageError
from server.room import acts, evening, life, names
from server.room.limits import Bucket, Limits
from server.web.asking import answered, body_of, hosted_of, page_of
from server.web.guard import Addresses, address_key
from server.web.hub import Hub
from server.web.library import texts
from server.web.links import Links
from server.web.lives import Lives
from server.web.plans import Plans
from server.web.spoken import Spoken
from server.web.words import NAMES, choose

MAX_QR = 512
READY_S = 2.0
NO_ROOM = "0" * 10


class Api:
    """Handlers over one hub. Every refusal is `{code, say, args?}` with a fitting status."""

    def __init__(self, hub: Hub, cards: dict[str, Any], base_url: str, loopback_free: bool) -> None:
        self.hub, self.cards, self.base_url = hub, cards, base_url
        self.loopback_free = loopback_free
        self.lives = Lives(hub)
        self.plans = Plans(hub.place, cards)
        self.makers: dict[str, tuple[Bucket, Bucket]] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/api/rooms", answered(self.make), methods=["POST"]),
            Route("/api/rooms/{room}", answered(self.room), methods=["GET", "DELETE"]),
            *self.lives.routes(),
            *self.plans.routes(),
            *Links(self.hub, self.base_url).routes(),
            *Spoken(self.hub, self.base_url).routes(),
            Route("/api/cards", answered(self.library)),
            Route("/api/kinds", answered(self.kinds)),
            Route("/api/qr", answered(self.qr), methods=["POST"]),
            Route("/limits", answered(self.limits)),
            Route("/healthz", answered(self.health)),
            Route("/readyz", answered(self.ready)),
        ]

    async def make(self, request: Request) -> Response:
        """A new room: 201 {room, join_url, host_url}; the secrets are in the fragments."""
        wish = await body_of(request, "title", "lang", "plan", "wish", "starts", "minutes")
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
        steps, length = self.plans.wished(wish)
        starts, minutes = life.dates(
            wish.get("starts"), wish.get("minutes", length), self.hub.wall()
        )
        if not self._may_make(request):
            raise Refusal("many_rooms")
        made = await self.hub.create(clean, lang, steps, starts, minutes)
        return JSONResponse(
            {
                "room": made.room,
                "join_url": page_of(request, self.base_url, made.room, f"j.{made.join}"),
                "host_url": page_of(request, self.base_url, made.room, f"h.{made.host}"),
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
                Bucket(1, self.hub.place.limits.address_rooms * 120),
                Bucket(1, 20 * 4320),
            )
        burst, day = found
        return burst.take(now, 120) and day.take(now, 4320)

    async def facts(self, request: Request) -> Response:
        """What anybody may know of a room who knows its id."""
        hosted = await hosted_of(self.hub, request)
        meet = hosted.node.fold.state["meet"]
        here = sum(1 for p in meet["people"].values() if p["here"])
        facts = {
            "room": hosted.room,
            "lang": meet["lang"],
            "here": here,
            "ended": meet["ended"] is not None,
        }
        coming = life.upcoming(meet, self.hub.wall())
        if meet["ended"] is not None:
            coming = meet["ended"].get("next") or coming
        if coming:
            facts["next"] = coming
        return JSONResponse(facts)

    async def room(self, request: Request) -> Response:
        """One address, two meanings."""
        erase = request.method == "DELETE"
        return await (self.lives.erase(request) if erase else self.facts(request))

    async def library(self, request: Request) -> Response:
        """The ready cards with their words in one language, and the lists of prompts."""
        lang = request.query_params.get("lang", "en")
        told = texts(lang if lang in NAMES else "en")
        listed = [{**card, **told["cards"].get(card["id"], {})} for card in self.cards["card"]]
        more = {k: v for k, v in told.items() if k not in ("cards", "plans")}
        return JSONResponse({"cards": listed, "start": self.cards["start"], **more})

    async def kinds(self, request: Request) -> Response:
        """Every kind with options and actions as JSON Schema, so that a stranger can play."""
        return JSONResponse(_kinds(self.hub))

    async def qr(self, request: Request) -> Response:
        """A text as QR code. A POST, so that the secret in it is in no address."""
        import segno

        text = (await body_of(request, "text")).get("text")
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
        """503 while this server sends people elsewhere, or its store does not answer. A proxy asks
        every few seconds: one small look into the store, however many rooms are in it."""
        if self.hub.draining:
            return Response("draining\n", 503, media_type="text/plain")
        try:
            async with asyncio.timeout(READY_S):
                await self.hub.place.log.meta(NO_ROOM)
        except (StorageError, TimeoutError):
            return Response("the store does not answer\n", 503, media_type="text/plain")
        return Response("ready\n", media_type="text/plain")


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
            "rev": rules.revision,
        }
    return found


def _schema(kind: str, action: str) -> dict[str, Any] | None:
    if kind != "room":
        return None
    return {"open": evening.OPEN_SCHEMA, "plan": evening.PLAN_SCHEMA}.get(action)


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
