"""The way back: our mix and its one encoder, but aiortc's own connection, receiver and sender. The
latter is given packets that are made already (`av.Packet`); only the reading is patched."""

from __future__ import annotations

import asyncio
import fractions
from typing import Any

import aioice.ice
import av
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.rtcrtpreceiver import RTCRtpReceiver

from bench.voices.desk import answer
from bench.voices.ours import MOST
from server.room.voices import Seat
from server.voice.bridge import Bridge
from server.voice.mixer import TICK
from server.voice.port import monotonic
from server.voice.rtp import Header

BASE = fractions.Fraction(1, 48_000)


class Made(MediaStreamTrack):
    """Packets for one person."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.packets: asyncio.Queue[Any] = asyncio.Queue()

    async def recv(self) -> Any:
        return await self.packets.get()


class Shared:
    """One room."""

    def __init__(self) -> None:
        aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]
        self.bridge = Bridge()
        self.bridge.arrange(1, {f"guest{n}": Seat() for n in range(MOST)})
        self._made: dict[str, Made] = {}
        self._who: dict[int, str] = {}
        self._connections: list[RTCPeerConnection] = []
        self._task = asyncio.get_running_loop().create_task(self._tick())
        self.ticks = 0
        there = self

        async def came(receiver: Any, packet: Any, arrival_time_ms: int) -> None:
            there.came(receiver, packet)

        RTCRtpReceiver._handle_rtp_packet = came  # type: ignore[method-assign, assignment]

    async def offer(self, member: str, sdp: str) -> dict[str, Any]:
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._connections.append(connection)
        made = Made()
        await connection.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        connection.addTrack(made)
        await connection.setLocalDescription(await connection.createAnswer())
        self._who[id(connection.getTransceivers()[0].receiver)] = member
        self.bridge.join(member)
        self._made[member] = made
        return {"sdp": connection.localDescription.sdp}

    def came(self, receiver: Any, packet: Any) -> None:
        """A packet, decrypted and read already."""
        member, now = self._who[id(receiver)], monotonic()
        level = packet.extensions.audio_level
        head = Header(
            packet.payload_type, False, packet.sequence_number, packet.timestamp, packet.ssrc,
            12, level[1] if level else None, False,
        )  # fmt: skip
        if self.bridge.wants(member, head, len(packet.payload), now):
            self.bridge.packet(member, head, packet.payload, now)

    async def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while True:
            self.ticks += 1
            await asyncio.sleep(begun + self.ticks * 0.02 - loop.time())
            for out in self.bridge.tick(monotonic()):
                for member in out.people:
                    packet = av.Packet(out.packet)
                    packet.pts = (self.ticks + 1) * TICK - out.samples
                    packet.time_base = BASE
                    self._made[member].packets.put_nowait(packet)

    def tier(self, tier: str) -> None:
        for member in self._made:
            self.bridge.tier(member, tier)

    def count(self) -> dict[str, Any]:
        return {}


async def main() -> None:
    """The process."""
    await answer(Shared())


if __name__ == "__main__":
    asyncio.run(main())
