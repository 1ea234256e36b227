"""What is kept of a room and how it goes: the keepsake, the harvest, and erasing it now."""

from __future__ import annotations

from hashlib import blake2b
from secrets import token_bytes
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.kit import Refusal
from server.room import names
from server.web import harvest
from server.web.asking import answered, asker
from server.web.hub import Hub
from server.web.library import texts
from server.web.words import Words

KEPT_BYTES = 2 * 1024 * 1024
"""A keepsake goes into a phone's memory: what is largest stays out, by name."""
MOST_HAD = 2000
_encode = msgspec.json.Encoder().encode
_SHOWN = ("title", "lang", "past", "ended", "starts", "minutes", "links")


class Lives:
    """`GET .../kept`, `GET .../harvest.md` and `.zip`, `DELETE /api/rooms/{room}`."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        cards = hub.place.library.cards
        self.silent = frozenset(id for id, card in cards.items() if card.keeps == "nothing")
        """Cards whose doing is all there is to them."""
        self._key = token_bytes(16)

    def routes(self) -> list[Route]:
        return [
            Route("/api/rooms/{room}/kept", answered(self.kept)),
            Route("/api/rooms/{room}/harvest.md", answered(self.page)),
            Route("/api/rooms/{room}/harvest.zip", answered(self.zip)),
        ]

    async def kept(self, request: Request) -> Response:
        """What everybody saw in this room, for who has a seat: also after the end."""
        who = await asker(self.hub, request)
        state, meet = who.hosted.node.fold.state, who.meet
        nowhere = harvest.nowhere(meet, self.silent)
        rooms = {
            g: {"room": past.get("room") or {}}
            for g, past in state["past"].items()
            if int(g) not in nowhere
        }
        left = fitting(rooms, KEPT_BYTES)
        marks = {g: self._mark(room) for g, room in rooms.items()}
        # What the page has as it is does not travel again: on a thin line that is nearly all of it.
        had = set(request.query_params.get("have", "")[:MOST_HAD].split("."))
        rooms = {g: room for g, room in rooms.items() if f"{g}-{marks[g]}" not in had}
        parts = self._parts(state, Words.of(request.query_params.get("lang", "en")))
        told: dict[str, Any] = {
            "meet": {k: meet[k] for k in _SHOWN if k in meet} | {"me": who.person["name"]},
            "past": rooms,
            "marks": marks,
            "parts": [part.summary() for part in parts],
            "names": harvest.ticked(meet),
            "nowhere": nowhere,
        }
        if left:
            told["left_out"] = left
        return JSONResponse(told)

    def _mark(self, room: Any) -> str:
        """Equal for what is equal, and of no use to whoever reads it in an address."""
        return blake2b(_encode(room), key=self._key, digest_size=6).hexdigest()

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
        """For hosts at any time, for everybody with a seat after the end, or the end of a date."""
        who = await asker(self.hub, request)
        if not who.host and who.meet["ended"] is None and not who.meet.get("rest"):
            raise Refusal("not_now")
        words = Words.of(request.query_params.get("lang", "en"))
        found = self._parts(who.hosted.node.fold.state, words)
        day = request.query_params.get("day", "")[:40]
        return who.meet["title"], names.clean(day, 40), found, words

    def _parts(self, state: dict[str, Any], words: Words) -> list[harvest.Part]:
        titles = texts(words.lang)["cards"]
        return harvest.parts(state, self.hub.place.kinds, titles, words, self.silent)

    async def erase(self, request: Request) -> Response:
        """Gone now, for good and for everybody: 204. Also after the end."""
        who = (await asker(self.hub, request)).lasting()
        await self.hub.erase(who.hosted.room)
        return Response(status_code=204)


def fitting(rooms: dict[str, dict[str, Any]], most: int) -> list[int]:
    """Take the largest out until all fit into `most` bytes of JSON; which ones, in order."""
    sizes = {g: len(_encode(room)) + len(g) + 4 for g, room in rooms.items()}
    total = sum(sizes.values())
    left: list[int] = []
    for g in sorted(sizes, key=lambda g: (-sizes[g], int(g))):
        if total <= most:
            break
        total -= sizes[g]
        del rooms[g]
        left.append(int(g))
    return sorted(left)
