"""What goes wrong with servers, Redis and the lines between them; each by its name.

`LOSSLESS` must lose nothing at all and keep every place. `CUT` takes the end of the log, or all of
it, away from under living servers: what was acknowledged comes back, at other places perhaps.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from tests.chaos.many import Many

Fault = Callable[[Many, random.Random], Awaitable[None]]


async def kill(many: Many, rng: random.Random) -> None:
    """A server is killed and started again."""
    await many.kill(rng.randrange(len(many.servers)))


async def deploy(many: Many, rng: random.Random) -> None:
    """The server with most people is stopped as an operator does."""
    people = list(many.door.lines.values())
    busiest = max(many.servers, key=lambda server: people.count(server.port))
    code = await many.deploy(many.servers.index(busiest))
    assert code in (0, -15), code


async def freeze(many: Many, rng: random.Random) -> None:
    """A server stands still for three seconds; what it had asked for, it goes on with."""
    which = rng.randrange(len(many.servers))
    many.freeze(which)
    await asyncio.sleep(3)
    many.thaw(which)


async def deaf(many: Many, rng: random.Random) -> None:
    """Whoever listens to Redis is cut off."""
    many.store.execute_command("CLIENT", "KILL", "TYPE", "pubsub")


async def normal(many: Many, rng: random.Random) -> None:
    """Whoever speaks to Redis is cut off."""
    many.store.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


async def pause(many: Many, rng: random.Random) -> None:
    """Redis answers nobody for a moment."""
    many.store.execute_command("CLIENT", "PAUSE", 1500, "ALL")


async def forget_scripts(many: Many, rng: random.Random) -> None:
    many.store.script_flush()


async def hold(many: Many, rng: random.Random) -> None:
    """One server and Redis do not hear of each other, and nothing says so."""
    many.way.hold()
    await asyncio.sleep(rng.choice((0.5, 1.5, 3)))
    many.way.flow()


async def sever(many: Many, rng: random.Random) -> None:
    """The same server is cut off from Redis, in the midst of what it was saying."""
    many.way.cut()


async def scatter(many: Many, rng: random.Random) -> None:
    """Half of the people lose their lines, and come back to whichever server."""
    many.door.cut(0.5)


async def redis_dies(many: Many, rng: random.Random) -> None:
    """Redis is killed, and started again from its files."""
    await many.redis_dies()


async def flush(many: Many, rng: random.Random) -> None:
    """Redis forgets everything."""
    many.store.flushall()


async def rewind(many: Many, rng: random.Random) -> None:
    """Redis comes back as it was a while ago."""
    await many.rewind()


async def regrow(many: Many, rng: random.Random) -> None:
    """The same, and before any server looks, the log has grown past all that they know."""
    for which in range(len(many.servers)):
        many.freeze(which)
    await asyncio.to_thread(many.rewind_now)
    await many.grow()
    for which in range(len(many.servers)):
        many.thaw(which)


LOSSLESS: tuple[Fault, ...] = (
    kill, deaf, hold, normal, freeze, forget_scripts, scatter, pause, sever, deploy,
)  # fmt: skip
CUT: tuple[Fault, ...] = (rewind, flush, regrow)
