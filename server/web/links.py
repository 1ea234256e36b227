"""Ways into a room that are made while it lives: links anew, and a pass to one's own seat."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.kit import Refusal
from server.room.limits import Bucket
from server.room.moment import Asked
from server.web.asking import Asker, answered, asker, body_of, page_of
from server.web.hub import Hub

SORTS = {"join": "j", "host": "h"}
BURST, EVERY_S = 10, 6
"""New keys that one seat may make: ten at once, then one in six seconds."""
REMEMBERED = 10_000


class Links:
    """`POST /api/rooms/{room}/links` and `/pass`."""

    def __init__(self, hub: Hub, base_url: str) -> None:
        self.hub, self.base_url = hub, base_url
        self._buckets: dict[str, Bucket] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/api/rooms/{room}/links", answered(self.anew), methods=["POST"]),
            Route("/api/rooms/{room}/pass", answered(self.passed), methods=["POST"]),
        ]

    async def anew(self, request: Request) -> Response:
        """A new link for everybody or for hosts; those before are closed at once."""
        who = (await asker(self.hub, request)).hosting().going_on()
        what = (await body_of(request, "what")).get("what")
        if not isinstance(what, str) or what not in SORTS:
            raise Refusal("not_a_choice", field="what")
        if what == "host":
            who.keyed()  # whoever stands in must not keep the room for good
        self.calm(who)
        hosted = who.hosted
        secret = hosted.node.seats.keyring.anew(what)
        told = Asked("sys.links", d={"what": what, "by": who.member})
        hosted.node.facts.once(f"links:{what}", told)
        await hosted.keybox.written()
        url = page_of(request, self.base_url, hosted.room, f"{SORTS[what]}.{secret}")
        return JSONResponse({"url": url}, 201)

    async def passed(self, request: Request) -> Response:
        """A one-use link to the same seat, for another device of the same person."""
        who = await asker(self.hub, request)
        await body_of(request)
        self.calm(who)
        secret, until = who.hosted.node.seats.keyring.passed(who.member)
        await who.hosted.keybox.written()
        url = page_of(request, self.base_url, who.hosted.room, f"p.{secret}")
        return JSONResponse({"url": url, "until": until}, 201)

    def calm(self, who: Asker) -> None:
        """Raises Refusal where one seat makes too many keys."""
        now = self.hub.place.log.now()
        name = f"{who.hosted.room}/{who.member}"
        found = self._buckets.get(name)
        if found is None:
            if len(self._buckets) >= REMEMBERED:
                self._buckets.clear()
            found = self._buckets[name] = Bucket(1, BURST * EVERY_S, now)
        if not found.take(now, EVERY_S):
            raise Refusal("too_fast", retry_ms=found.wait_ms(now, EVERY_S))
