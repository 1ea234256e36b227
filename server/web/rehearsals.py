"""Rehearsals over HTTP: a host asks for a copy of their room with players in it.

The copy has links of its own, and only its host's link is told: nobody who was invited to the room
can walk into its rehearsal.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.kit import Refusal
from server.rehearse.troupe import MOST, Troupe, copy_of
from server.room import names
from server.web.asking import answered, asker, body_of, page_of
from server.web.hub import Hub
from server.web.words import Words

AT_ONCE = 4
"""Rehearsals that one server plays at a time."""
LONGEST_S, ALONE_S = 45 * 60, 10 * 60
"""How long one is played, and how long without a host."""
USUAL = 12


class Rehearsals:
    """`POST /api/rooms/{room}/rehearse` {many?} by a host -> 201 {room, host_url}."""

    def __init__(self, hub: Hub, base_url: str, host: str, port: int) -> None:
        self.hub, self.base_url = hub, base_url
        here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
        self.address = f"ws://{f'[{here}]' if ':' in here and '[' not in here else here}:{port}/ws/"
        self.playing: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        return [Route("/api/rooms/{room}/rehearse", answered(self.begin), methods=["POST"])]

    async def begin(self, request: Request) -> Response:
        """A copy of the room, and players on their way into it."""
        who = (await asker(self.hub, request)).hosting().going_on()
        many = (await body_of(request, "many")).get("many", USUAL)
        if type(many) is not int or not 1 <= many <= MOST:
            raise Refusal("not_a_number", field="many", min=1, max=MOST)
        if len(self.playing) >= AT_ONCE or self.hub.draining:
            raise Refusal("many_rooms")
        meet, place = who.meet, self.hub.place
        title = Words.of(meet["lang"]).t("rehearse.title", title=meet["title"]).strip()
        wish = copy_of(meet, names.clean(title, place.limits.title_chars))
        steps = place.library.steps(wish["plan"], place.openings.kinds(), place.limits)
        made = await self.hub.create(wish["title"], meet["lang"], steps, [], meet["minutes"])
        troupe = Troupe(f"{self.address}{made.room}", made.join, many, secrets.token_bytes())
        task = asyncio.create_task(self._play(troupe))
        self.playing.add(task)
        task.add_done_callback(self.playing.discard)
        url = page_of(request, self.base_url, made.room, f"h.{made.host}")
        return JSONResponse({"room": made.room, "host_url": url}, 201)

    async def close(self) -> None:
        """Everybody goes home."""
        for task in self.playing:
            task.cancel()
        await asyncio.gather(*self.playing, return_exceptions=True)

    async def _play(self, troupe: Troupe) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_S):
                await troupe.run(ALONE_S)
