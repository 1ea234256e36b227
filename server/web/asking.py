"""What every call of the HTTP surface has in common: a small body in, a refusal one can read out,
and who is asking.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.kit import Refusal
from server.log import StorageError
from server.metrics import REFUSED
from server.room import baton, codes
from server.web.hosting import Hosted, NoRoom
from server.web.hub import Hub

MAX_BODY = 16 * 1024
STATUS = {
    "bad_link": 401,
    "removed": 403,
    "host_only": 403,
    "wrong_code": 404,
    "not_now": 409,
    "ended": 409,
    "too_large": 413,
    "many_rooms": 429,
    "too_fast": 429,
}
Handler = Callable[[Request], Awaitable[Response]]


def answered(handler: Handler) -> Handler:
    """Refusals and a store that is away become answers a person can read."""

    async def run(request: Request) -> Response:
        try:
            return await handler(request)
        except Refusal as no:
            return refused(no.code, STATUS.get(no.code, 400), no.facts)
        except NoRoom:
            return refused("no_room", 404)
        except StorageError:
            return refused("stalled", 503)

    return run


def refused(code: str, status: int, facts: dict[str, Any] | None = None) -> Response:
    REFUSED["http", code] += 1
    body: dict[str, Any] = {"code": code, "say": codes.sentence(code)}
    if facts:
        body["args"] = facts
    return JSONResponse(body, status)


async def body_of(request: Request, *fields: str) -> dict[str, Any]:
    """A small JSON object with no other fields than these. Raises Refusal."""
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
    if set(body) - set(fields):
        raise Refusal("unknown")
    return body


def base_of(request: Request, base_url: str) -> str:
    """Where people open this server: as it was set, else as this person did."""
    return base_url or f"{request.url.scheme}://{request.headers.get('host', '')}"


def page_of(request: Request, base_url: str, room: str, secret: str) -> str:
    """A way into a room; the secret stands in the fragment, with the letter of its sort."""
    return f"{base_of(request, base_url)}/r/{room}#{secret}"


async def hosted_of(hub: Hub, request: Request) -> Hosted:
    """The living room of this address. Raises NoRoom or StorageError."""
    room = request.path_params["room"]
    if len(room) != 10 or not room.isalnum():
        raise NoRoom
    return await hub.host(room)


class Asker:
    """Somebody with a seat, by the token in the header `Authorization: Bearer`."""

    def __init__(self, hosted: Hosted, member: str, person: dict[str, Any]) -> None:
        self.hosted, self.member, self.person = hosted, member, person

    @property
    def meet(self) -> dict[str, Any]:
        meet: dict[str, Any] = self.hosted.node.fold.state["meet"]
        return meet

    @property
    def host(self) -> bool:
        return bool(self.person["role"] == "host")

    def hosting(self) -> Asker:
        """The same, if they host. Raises Refusal."""
        if not self.host:
            raise Refusal("host_only")
        return self

    def lasting(self) -> Asker:
        """The same, if they host of their own right: who only stands in cannot take what nobody
        could give back. Raises Refusal."""
        if not baton.lasting(self.person):
            raise Refusal("host_only")
        return self

    def keyed(self) -> Asker:
        """The same, if they hold the host's key. Raises Refusal."""
        if not baton.keyed(self.person):
            raise Refusal("host_only")
        return self

    def going_on(self) -> Asker:
        """The same, while the jam has not ended. Raises Refusal."""
        if self.meet["ended"] is not None:
            raise Refusal("ended")
        return self


async def asker(hub: Hub, request: Request) -> Asker:
    """Who is asking. A token comes in a header, never in an address. Raises Refusal or NoRoom."""
    hosted = await hosted_of(hub, request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    key = hosted.node.seats.keyring.shown(token) if scheme == "Bearer" else None
    if key is None or not key.member or key.once:
        raise Refusal("bad_link")
    person = hosted.node.fold.state["meet"]["people"].get(key.member)
    if key.role == "out" or (person is not None and person.get("out")):
        raise Refusal("removed")
    if person is None:
        raise Refusal("bad_link")
    return Asker(hosted, key.member, person)
