"""The HTTP surface as somebody in the room uses it: with the token of a seat."""

from __future__ import annotations

from typing import Any

from tests.server.bot import Bot
from tests.server.running import Made, Reply, Running


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def call(
    server: Running, method: str, path: str, token: str = "", body: Any = None, sender: str = ""
) -> Reply:
    """One call of `/api/...`; `sender` is the address it comes from, where proxies are trusted."""
    headers = bearer(token) if token else {}
    if sender:
        headers["X-Forwarded-For"] = sender
    return server.ask(method, f"/api/{path}", body, headers)


def secret(reply: Reply, letter: str) -> str:
    """What stands behind `#<letter>.` in the answer's url."""
    assert reply.status in (200, 201), reply
    sort, _, found = reply.json["url"].partition("#")[2].partition(".")
    assert sort == letter, reply
    return str(found)


def anew(server: Running, made: Made, token: str, what: str) -> str:
    """A new link of that sort; its secret."""
    reply = call(server, "POST", f"rooms/{made.room}/links", token, {"what": what})
    return secret(reply, {"join": "j", "host": "h"}[what])


def passed(server: Running, made: Made, token: str) -> str:
    """A pass to the seat of this token; its secret."""
    return secret(call(server, "POST", f"rooms/{made.room}/pass", token), "p")


async def close_of(server: Running, room: str, cap: str = "", token: str = "") -> int:
    """The code with which somebody is sent away who shows this."""
    async with Bot(server.ws(room), cap, token) as bot:
        await bot.until(lambda bot: bot.closes)
        return bot.closes[0]


async def seen(bot: Bot, path: str, value: Any) -> None:
    """Until this stands in the tree of that client."""

    def found(bot: Bot) -> bool:
        at: Any = bot.tree
        for step in path.split("/"):
            at = at.get(step) if isinstance(at, dict) else None
        return bool(at == value)

    await bot.until(found)
