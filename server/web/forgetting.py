"""What people were promised to be forgotten leaves the store, whatever happens to the store."""

from __future__ import annotations

from functools import partial

from server.log import Log
from server.web.keybox import surely


async def forget(
    log: Log, room: str, epoch: str, offset: int, tag: str, blob: bytes, seed: bytes
) -> None:
    """Until it is done it is tried again, also where the history gets another name meanwhile."""
    while not await surely(partial(log.forget, room, epoch, offset, tag, blob, seed)):
        meta = await surely(partial(log.meta, room))
        if meta is None or meta.epoch == epoch:
            return  # this place is on the log no more
        epoch = meta.epoch
