"""Our ASGI application under plain uvicorn: no class of ours below it, h11, asyncio's loop.

`python -m tests.server.plain --port P --data D` says the same first line as `jam serve`.
"""

import argparse
import asyncio
from pathlib import Path

import uvicorn

from server.settings import Settings
from server.web import app as web


class Plain(uvicorn.Server):
    """Says when it listens."""

    async def startup(self, sockets: object = None) -> None:
        await super().startup()
        print("Jam Room is open: plain", flush=True)


async def main(port: int, data: str) -> None:
    site = web.make(Settings(data=Path(data)), port)
    await site.log.open()
    config = uvicorn.Config(
        site.app, port=port, http="h11", ws="websockets-sansio", loop="asyncio",
        log_level="warning", ws_ping_interval=None,
    )  # fmt: skip
    await Plain(config).serve()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    parser.add_argument("--data")
    given = parser.parse_args()
    asyncio.run(main(given.port, given.data))
