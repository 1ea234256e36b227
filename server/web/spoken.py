"""Spoken codes and people at the door: eight letters said aloud lead to a knock, and a host opens.

Codes are on a board that all servers of the site read. A knock belongs to the server that heard it;
the board tells the others what became of it. The log knows only who waits (`desk/knocks/`).
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.kit import Refusal
from server.room import keys, names
from server.room.links import KNOCK_MS, KNOCKS
from server.room.moment import Asked
from server.web.asking import answered, asker, body_of, page_of
from server.web.board import board
from server.web.guard import address_key
from server.web.hosting import Hosted, NoRoom
from server.web.hub import Hub

LENGTH = 8
CODE_MS = 15 * 60 * 1000
TRIES = 100
"""Wrong tries, at whatever server, after which a code is burnt: 40 bits are short."""
MAX_TYPED = 64
WRONG = "wrong"
"""Counts the wrong tries."""
_encode = msgspec.json.Encoder().encode
_HEARD = str.maketrans({"o": "0", "i": "1", "l": "1", " ": "", ".": "", "-": "", "·": ""})


class Code(msgspec.Struct, frozen=True):
    """One living code. `wrong` is how many tries had been wrong when it was made."""

    room: str
    wrong: int


class Knock(msgspec.Struct):
    """Somebody at the door. `way` is the secret of their way in, once a host has opened, under a
    cover that only whoever knocked can take off: the board must not hold what opens a room."""

    room: str
    id: str
    at: int
    state: str = "waiting"
    way: str = ""


def covered(way: str, knock: str) -> str:
    """`way` under the cover of a knock's secret, or without it again."""
    pad = hashlib.sha256(b"way|" + knock.encode()).digest()
    return bytes(a ^ b for a, b in zip(way.encode("latin-1"), pad, strict=False)).decode("latin-1")


def heard(typed: Any) -> str:
    """A code as people write it down: in capitals, with gaps, o for 0, i and l for 1."""
    if not isinstance(typed, str) or len(typed) > MAX_TYPED:
        return ""
    return typed.lower().translate(_HEARD)


class Spoken:
    """`POST` and `DELETE /api/rooms/{room}/code`, `POST /api/code`, `POST /api/knock`."""

    def __init__(self, hub: Hub, base_url: str) -> None:
        self.hub, self.base_url = hub, base_url
        self.board = board(hub.place.shared, hub.wall)  # notes by hash: a look-up tells no timing
        self.knocks: dict[str, Knock] = {}  # heard here, by the hash of what the knocker was given
        self._secrets: dict[str, str] = {}  # what each was given, to cover their way in
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
        before = await self.board.get(f"of:{room}")
        if before is not None:
            await self.board.drop(before.decode())
        if request.method == "DELETE":
            return Response(status_code=204)
        code = "".join(secrets.choice(keys.LETTERS) for _ in range(LENGTH))
        until, name = self.hub.wall() + CODE_MS, f"code:{keys.key_id(code)}"
        made = Code(room, await self.board.count(WRONG))
        await self.board.put(f"of:{room}", name.encode(), until)
        await self.board.put(name, _encode(made), until)
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
        code = await self._code(wish.get("code"))
        if code is None:
            raise await self._missed(request)
        try:
            hosted = await self.hub.host(code.room)
        except NoRoom:
            raise await self._missed(request) from None
        if hosted.node.fold.state["meet"]["ended"] is not None:
            raise await self._missed(request)
        await self.sweep()
        waiting = [k for k in self.knocks.values() if (k.room, k.state) == (code.room, "waiting")]
        if len(waiting) >= KNOCKS:
            raise Refusal("full")
        secret = secrets.token_urlsafe(keys.JOIN_BYTES)
        found = keys.key_id(secret)
        knock = self.knocks[found] = Knock(code.room, found[:10], self.hub.wall())
        told = Asked("sys.knock", d={"id": knock.id, "name": clean})
        self._secrets[found] = secret
        if not await hosted.noted(f"knock:{knock.id}", told):
            self._forget(found)
            raise Refusal("full")
        await self._post(found, knock)
        return JSONResponse({"room": code.room, "knock": secret}, 202)

    async def ask(self, request: Request) -> Response:
        """What became of a knock: {state: "waiting" | "no" | "in", url?}."""
        self._may_try(request)
        wish = await body_of(request, "room", "knock")
        secret = wish.get("knock")
        shown = isinstance(secret, str) and 1 <= len(secret) <= keys.MAX_SECRET
        knock = await self._knock(str(secret)) if shown else None
        if knock is None or knock.room != wish.get("room") or self._late(knock):
            raise await self._missed(request)
        told = {"state": knock.state}
        if knock.way:
            way = covered(knock.way, str(secret))
            told["url"] = page_of(request, self.base_url, knock.room, f"o.{way}")
        return JSONResponse(told)

    async def _knock(self, secret: str) -> Knock | None:
        """As this server knows it, or as another one told of it."""
        found = keys.key_id(secret)
        if found in self.knocks:
            return self.knocks[found]
        note = await self.board.get(f"knock:{found}")
        return None if note is None else msgspec.json.decode(note, type=Knock)

    async def _post(self, found: str, knock: Knock) -> None:
        if self.hub.place.shared is not None:
            await self.board.put(f"knock:{found}", _encode(knock), knock.at + KNOCK_MS)

    def _forget(self, found: str) -> None:
        self.knocks.pop(found, None)
        self._secrets.pop(found, None)

    def _may_try(self, request: Request) -> None:
        if not self.hub.addresses.may_try(_sender(request), self.hub.place.log.now()):
            raise Refusal("too_fast")

    async def _missed(self, request: Request) -> Refusal:
        """A wrong try: it counts for the address, and for every code that lives now."""
        self.hub.addresses.wrong(_sender(request), self.hub.place.log.now())
        await self.board.count(WRONG, 1)
        return Refusal("wrong_code")

    async def _code(self, typed: Any) -> Code | None:
        said = heard(typed)
        note = await self.board.get(f"code:{keys.key_id(said)}") if len(said) == LENGTH else None
        if note is None:
            return None
        code = msgspec.json.decode(note, type=Code)
        return None if await self.board.count(WRONG) - code.wrong >= TRIES else code

    def _late(self, knock: Knock) -> bool:
        return self.hub.wall() - knock.at >= KNOCK_MS

    # -- the room's side

    def _hosted(self, hosted: Hosted) -> None:
        hosted.on_let = lambda knock, let_in: self._let(hosted, knock, let_in)

    def _let(self, hosted: Hosted, asked: str, let_in: bool) -> None:
        """A host has answered: the way in waits here for who knocked, and nowhere else."""
        for found, knock in self.knocks.items():
            if (knock.room, knock.id, knock.state) == (hosted.room, asked, "waiting"):
                if let_in:
                    way, _ = hosted.node.seats.keyring.way_in()
                    knock.way = covered(way, self._secrets[found])
                    knock.at = self.hub.wall()  # from now on the way in has its own time
                knock.state = "in" if let_in else "no"
                self.hub.keep(self._post(found, knock))

    async def sweep(self) -> None:
        """Knocks whose time is over go; so does who waits in a room's desk only, after a restart of
        the server. With many servers another one may know of who waits: they have their time."""
        for found, knock in list(self.knocks.items()):
            if self._late(knock):
                self._forget(found)
        now = self.hub.place.log.now()
        alive = {(k.room, k.id) for k in self.knocks.values() if k.state == "waiting"}
        for room, hosted in list(self.hub.rooms.items()):
            state = hosted.node.fold.state
            if state["meet"]["ended"] is not None:
                continue
            for knock, told in list(((state.get("desk") or {}).get("knocks") or {}).items()):
                alone = self.hub.place.shared is None or now - told["at"] >= KNOCK_MS
                if alone and (room, knock) not in alive:
                    fact = Asked("sys.unknock", d={"id": knock})
                    hosted.node.facts.write(f"unknock:{knock}", fact)


def _sender(request: Request) -> str:
    return address_key(request.client.host if request.client else None)
