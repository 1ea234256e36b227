"""The same room by aiortc as it comes: everybody is decoded, and everybody's mix is encoded."""

from __future__ import annotations

import asyncio
import fractions
from typing import Any

import aioice.ice
import numpy as np
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame

from bench.voices.desk import answer

RATE = 48_000
TICK = 960


class Mix(MediaStreamTrack):
    """What one person hears."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.frames: asyncio.Queue[AudioFrame] = asyncio.Queue(3)

    async def recv(self) -> AudioFrame:
        return await self.frames.get()


class Stock:
    """One room."""

    def __init__(self) -> None:
        aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
        self._heard: dict[str, asyncio.Queue[Any]] = {}
        self._mixes: dict[str, Mix] = {}
        self._connections: list[RTCPeerConnection] = []
        self._tasks = [asyncio.get_running_loop().create_task(self._tick())]
        self.ticks = 0

    async def offer(self, member: str, sdp: str) -> dict[str, Any]:
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._connections.append(connection)
        mix = self._mixes[member] = Mix()
        connection.on("track", lambda track: self._listen(member, track))
        await connection.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        connection.addTrack(mix)
        await connection.setLocalDescription(await connection.createAnswer())
        return {"sdp": connection.localDescription.sdp}

    def _listen(self, member: str, track: MediaStreamTrack) -> None:
        self._tasks.append(asyncio.get_running_loop().create_task(self._hear(member, track)))

    async def _hear(self, member: str, track: MediaStreamTrack) -> None:
        heard = self._heard[member] = asyncio.Queue[Any](4)
        try:
            while True:
                frame: Any = await track.recv()
                if heard.full():
                    heard.get_nowait()
                heard.put_nowait(frame.to_ndarray()[0])
        except MediaStreamError:
            return

    async def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while True:
            self.ticks += 1
            await asyncio.sleep(begun + self.ticks * 0.02 - loop.time())
            waves = {
                who: heard.get_nowait().astype(np.int32)
                for who, heard in self._heard.items()
                if heard.qsize()
            }
            whole = sum(waves.values(), np.zeros(2 * TICK, dtype=np.int32))
            for who, mix in self._mixes.items():
                own = whole - waves[who] if who in waves else whole
                sound = np.clip(own, -32_768, 32_767).astype(np.int16)
                frame = AudioFrame.from_ndarray(sound.reshape(1, -1), "s16", "stereo")
                frame.sample_rate, frame.pts = RATE, self.ticks * TICK
                frame.time_base = fractions.Fraction(1, RATE)
                if not mix.frames.full():
                    mix.frames.put_nowait(frame)

    def tier(self, tier: str) -> None:
        """There are none."""

    def count(self) -> dict[str, Any]:
        return {}


async def main() -> None:
    """The process."""
    await answer(Stock())


if __name__ == "__main__":
    asyncio.run(main())
