"""Spoken codes and people at the door: eight letters said aloud lead to a knock, and a host opens.

Codes and knocks live in the memory of one server and go with it; with many servers they will have
to be kept where all of them can see them. The log knows only who waits (`desk/knocks/`).
"""

from __future__ import annotations

import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.kit import Refusal
from server.room import keys, names
from server.room.links import KNOCK_MS, KNOCKS
from server.room.moment import Asked
from server.web.asking import answered, asker, body_of, page_of
from server.web.guard import address_key
from server.web.hosting import Hosted, NoRoom
from server.web.hub import Hub

LENGTH = 8
CODE_MS = 15 * 60 * 1000
TRIES = 100
"""Wrong tries on this server after which a code is burnt: 40 bits are short."""
MAX_TYPED = 64
_HEARD = str.maketrans({"o": "0", "i": "1", "l": "1", " ": "", ".": "", "-": "", "·": ""})


class Code:
    """One living code. `wrong` is what the server had counted when it was made."""

    __slots__ = ("room", "until", "wrong")

    def __init__(self, room: str, until: int, wrong: int) -> None:
        self.room, self.until, self.wrong = room, until, wrong


class Knock:
    """Somebody at the door. `way` is the secret of their way in, once a host has opened."""

    __slots__ = ("at", "id", "room", "state", "way")

    def __init__(self, room: str, knock: str, at: int) -> None:
        self.room, self.id, self.at = room, knock, at
        self.state, self.way = "waiting", ""


def heard(typed: Any) -> str:
    """A code as people write it down: in capitals, with gaps, o for 0, i and l for 1."""
    if not isinstance(typed, str) or len(typed) > MAX_TYPED:
        return ""
    return typed.lower().translate(_HEARD)


class Spoken:
    """`POST` and `DELETE /api/rooms/{room}/code`, `POST /api/code`, `POST /api/knock`."""

    def __init__(self, hub: Hub, base_url: str) -> None:
        self.hub, self.base_url = hub, base_url
        self.codes: dict[str, Code] = {}  # by the hash of the code: a look-up tells no timing
        self.knocks: dict[str, Knock] = {}  # by the hash of what the knocker was given
        self.wrong = 0
        hub.on_host = self._hosted
        hub.on_sweep = self.sweep

    def routes(self) -> list[Route]:
        return [
            Route("/api/rooms/{room}/code", answered(self.code), methods=["POST", "DELETE"]),
            Route("/api/code", answered(self.knock), methods=["POST"]),
            Route("/api/knock", answered(self.ask), methods=["POST"]),
        ]

    # -- hosts

    async def code(self, request: Request) -> Response:
        """A code for this room, in place of the one before; or none any more."""
        who = (await asker(self.hub, request)).hosting().going_on()
        await body_of(request)
        room = who.hosted.room
        for found in [f for f, code in self.codes.items() if code.room == room]:
            del self.codes[found]
        if request.method == "DELETE":
            return Response(status_code=204)
        code = "".join(secrets.choice(keys.LETTERS) for _ in range(LENGTH))
        until = self.hub.wall() + CODE_MS
        self.codes[keys.key_id(code)] = Code(room, until, self.wrong)
        return JSONResponse({"code": code, "until": until}, 201)

    # -- whoever stands outside

    async def knock(self, request: Request) -> Response:
        """The right code leads to the door: 202 {room, knock}. A host sees the name there."""
        self._may_try(request)
        wish = await body_of(request, "code", "name")
        name = wish.get("name", "")
        if not isinstance(name, str):
            raise Refusal("not_text", field="name")
        limit = self.hub.place.limits.name_chars
        clean = names.clean(name[: limit * 4], limit)
        code = self._code(wish.get("code"))
        if code is None:
            raise self._missed(request)
        try:
            hosted = await self.hub.host(code.room)
        except NoRoom:
            raise self._missed(request) from None
        if hosted.node.fold.state["meet"]["ended"] is not None:
            raise self._missed(request)
        await self.sweep()
        waiting = [k for k in self.knocks.values() if (k.room, k.state) == (code.room, "waiting")]
        if len(waiting) >= KNOCKS:
            raise Refusal("full")
        secret = secrets.token_urlsafe(keys.JOIN_BYTES)
        found = keys.key_id(secret)
        knock = self.knocks[found] = Knock(code.room, found[:10], self.hub.wall())
        told = Asked("sys.knock", d={"id": knock.id, "name": clean})
        if not await hosted.noted(f"knock:{knock.id}", told):
            del self.knocks[found]
            raise Refusal("full")
        return JSONResponse({"room": code.room, "knock": secret}, 202)

    async def ask(self, request: Request) -> Response:
        """What became of a knock: {state: "waiting" | "no" | "in", url?}."""
        self._may_try(request)
        wish = await body_of(request, "room", "knock")
        secret = wish.get("knock")
        shown = isinstance(secret, str) and 1 <= len(secret) <= keys.MAX_SECRET
        knock = self.knocks.get(keys.key_id(str(secret))) if shown else None
        if knock is None or knock.room != wish.get("room") or self._late(knock):
            raise self._missed(request)
        told = {"state": knock.state}
        if knock.way:
            told["url"] = page_of(request, self.base_url, knock.room, f"o.{knock.way}")
        return JSONResponse(told)

    def _may_try(self, request: Request) -> None:
        if not self.hub.addresses.may_try(_sender(request), self.hub.place.log.now()):
            raise Refusal("too_fast")

    def _missed(self, request: Request) -> Refusal:
        """A wrong try: it counts for the address, and for every code that lives now."""
        self.hub.addresses.wrong(_sender(request), self.hub.place.log.now())
        self.wrong += 1
        return Refusal("wrong_code")

    def _code(self, typed: Any) -> Code | None:
        said = heard(typed)
        code = self.codes.get(keys.key_id(said)) if len(said) == LENGTH else None
        if code is None or code.until <= self.hub.wall() or self.wrong - code.wrong >= TRIES:
            return None
        return code

    def _late(self, knock: Knock) -> bool:
        return self.hub.wall() - knock.at >= KNOCK_MS

    # -- the room's side

    def _hosted(self, hosted: Hosted) -> None:
        hosted.on_let = lambda knock, let_in: self._let(hosted, knock, let_in)

    def _let(self, hosted: Hosted, asked: str, let_in: bool) -> None:
        """A host has answered: the way in waits here for who knocked, and nowhere else."""
        for knock in self.knocks.values():
            if (knock.room, knock.id, knock.state) == (hosted.room, asked, "waiting"):
                if let_in:
                    knock.way, _ = hosted.node.seats.keyring.way_in()
                    knock.at = self.hub.wall()  # from now on the way in has its own time
                knock.state = "in" if let_in else "no"

    async def sweep(self) -> None:
        """Codes and knocks whose time is over go; so does who waits in a room's desk only, after
        a restart of the server."""
        now = self.hub.wall()
        for found, code in list(self.codes.items()):
            if code.until <= now or self.wrong - code.wrong >= TRIES:
                del self.codes[found]
        for found, knock in list(self.knocks.items()):
            if self._late(knock):
                del self.knocks[found]
        alive = {(k.room, k.id) for k in self.knocks.values() if k.state == "waiting"}
        for room, hosted in list(self.hub.rooms.items()):
            state = hosted.node.fold.state
            if state["meet"]["ended"] is not None:
                continue
            for knock in list((state.get("desk") or {}).get("knocks") or {}):
                if (room, knock) not in alive:
                    fact = Asked("sys.unknock", d={"id": knock})
                    hosted.node.facts.write(f"unknock:{knock}", fact)


def _sender(request: Request) -> str:
    return address_key(request.client.host if request.client else None)
