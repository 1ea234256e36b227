"""Two browsers and eighty-three guests in one real room: `python -m bench.voices.evening`.

The whole way is that of people: `jam serve` with its own worker, offers through the sockets of the
room, Chromium with two voices of one tone each, one more voice among the guests. Writes the table
between two marks of bench/README.md, unless `--no-write` is given.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Browser, Page, Playwright, async_playwright

from bench import report as tables
from bench.start import cpu_seconds
from bench.voices import speech
from bench.voices.swarm import Server, Swarm
from tests.browser.conftest import ARGS, chromium
from tests.browser.test_voices import ASKED, TONES, WATCH, record
from tests.server.bot import Bot
from tests.server.running import Made, Running

README: Final = Path(__file__).resolve().parents[1] / "README.md"
GUESTS: Final = 83
LIMITS: Final = {"JAM_LIMIT_ADDRESS_BURST": "1000", "JAM_LIMIT_ADDRESS_STRANGERS": "1000"}
STATS: Final = """async () => {
  const found = {};
  for (const one of (await window.pcs[window.pcs.length - 1].getStats()).values()) {
    if (one.type === "inbound-rtp") Object.assign(found, one);
  }
  return found;
}"""


class Room(Server):
    """A server with a room, asked as `bench.voices.swarm` asks."""

    def __init__(self, folder: Path) -> None:
        self.server = Running(folder / "data", {"JAM_VOICE": "1", **LIMITS})
        self.bots: list[Bot] = []

    async def start(self) -> None:
        await asyncio.to_thread(self.server.start)
        self.made: Made = self.server.make()

    async def ask(self, **what: Any) -> dict[str, Any]:
        if what["do"] == "count":
            pid = self.worker
            return {"wall": asyncio.get_running_loop().time(), "cpu": cpu_seconds(pid)}
        bot = Bot(self.server.ws(self.made.room), self.made.join, name=what["member"])
        self.bots.append(bot)
        await bot.__aenter__()
        await bot.until(lambda bot: bot.tree)
        for turn in range(600):
            id = f"{turn}"
            await bot.say({"t": "rtc", "id": id, "d": {"offer": what["sdp"]}})
            told = await bot.until(lambda bot, id=id: _told(bot, id))
            if "answer" in told:
                return {"sdp": told["answer"]}
            await asyncio.sleep(told.get("retry_ms", 200) / 1000)
        raise RuntimeError("nobody answers")

    @property
    def worker(self) -> int:
        """The process of the voices."""
        parent = self.server.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return next(
            int(pid) for pid in children if b"--pipe" in Path(f"/proc/{pid}/cmdline").read_bytes()
        )

    async def close(self) -> None:
        for bot in self.bots:
            await bot.leave()
        await asyncio.to_thread(self.server.stop)


def _told(bot: Bot, id: str) -> dict[str, Any]:
    said = (f["d"] for f in bot.frames if f["t"] == "rtc" and f["id"] == id)
    return next((d for d in said if "answer" in d or "code" in d), {})


async def enter(
    playwright: Playwright, room: Room, folder: Path, name: str
) -> tuple[Browser, Page]:
    """A browser whose microphone hears one tone, in the room, listening and speaking."""
    voice = record(folder / f"{name}.wav", TONES[name])
    args = [*ARGS, "--use-fake-device-for-media-stream", ASKED]
    args += [f"--use-file-for-fake-audio-capture={voice}"]
    browser = await playwright.chromium.launch(executable_path=chromium(), args=args)
    page = await browser.new_page(viewport={"width": 320, "height": 640}, locale="en")
    await page.add_init_script(WATCH)
    base = f"http://127.0.0.1:{room.server.port}"
    await page.goto(f"{base}/r/{room.made.room}#j.{room.made.join}")
    await page.fill("#name", name)
    await page.click("#join button.btn.xl")
    await page.click("main.first .btn.xl")
    for word in ("Listen", "Try my microphone", "Speak"):
        await page.get_by_role("button", name=word, exact=True).first.click()
    await page.wait_for_selector(".heard")
    return browser, page


async def evening(seconds: float) -> str:
    """The table."""
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        room = Room(folder)
        async with Swarm(room) as swarm, async_playwright() as playwright:
            await swarm.join(GUESTS)
            swarm.speak({0: speech.packets(speech.speech(4, 1))})
            pages = [await enter(playwright, room, folder, name) for name in TONES]
            (_, ana), (_, bo) = pages
            for page, other in ((ana, "Bo"), (bo, "Ana")):
                await page.wait_for_function(f"() => window.tone({TONES[other]}) > -65")
            before = [await page.evaluate(STATS) for page in (ana, bo)]
            load = await swarm.measure(seconds)
            for name, page, then in zip(TONES, (ana, bo), before, strict=True):
                now = await page.evaluate(STATS)
                rows.append(_row(name, then, now))
            own = [await page.evaluate(f"window.tone({TONES[name]})") for name, page in
                   zip(TONES, (ana, bo), strict=True)]  # fmt: skip
            lost = sum(len(bot.closes) for bot in room.bots)
            for browser, _ in pages:
                await browser.close()
    people = GUESTS + 2
    cost = load.cpu * 1000 / load.seconds / people
    head = ["browser", "packets/s in", "lost", "concealed, %", "buffer, ms", "kbit/s down"]
    return "\n\n".join([
        f"{people} people in one room of `jam serve`, three speak (two of them in Chromium), "
        f"{seconds:.0f} s: the worker took {cost:.2f} ms of CPU per participant-second, each guest "
        f"got {load.kbits:.1f} kbit/s on the wire, {lost} lines of the room were lost. One's own "
        f"tone in what one hears: {own[0]:.0f} and {own[1]:.0f} dB, where another's is above -65.",
        tables.grid(head, rows),
        f"Load of the machine at the end {os.getloadavg()[0]:.1f}.",
    ])  # fmt: skip


def _row(name: str, then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """One browser's own figures of a stretch of time."""
    part = {key: now[key] - then[key] for key in (
        "packetsReceived", "packetsLost", "concealedSamples", "totalSamplesReceived", "timestamp",
        "jitterBufferDelay", "jitterBufferEmittedCount", "bytesReceived", "headerBytesReceived",
    )}  # fmt: skip
    took = part["timestamp"] / 1000
    wire = part["bytesReceived"] + part["headerBytesReceived"] + part["packetsReceived"] * 28
    return [
        name,
        f"{part['packetsReceived'] / took:.1f}",
        f"{part['packetsLost']}",
        f"{100 * part['concealedSamples'] / part['totalSamplesReceived']:.2f}",
        f"{1000 * part['jitterBufferDelay'] / max(1, part['jitterBufferEmittedCount']):.0f}",
        f"{wire * 8 / took / 1000:.1f}",
    ]


def main() -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--no-write", action="store_true")
    args = parser.parse_args()
    text = asyncio.run(evening(args.seconds))
    print(text)
    if not args.no_write:
        tables.write(README, "evening", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
