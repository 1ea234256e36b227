"""The promises of the first hour in seconds: `python -m bench.first [runs]` prints one table.

Waits are what these promises are about, so this measures wall clock: how long after a tap or the
end of a line something can be read, by the pages' own clocks, which are the machine's. Nobody's
thinking counts: a person here presses as soon as there is something to press.
"""

import asyncio
import os
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.conftest import ARGS, PHONE, Folk, chromium
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House, Room, free_port
from tests.browser.loop import Loop
from tests.browser.phone import Phone
from tests.browser.test_weight import warm
from tests.browser.watch import TUNNEL

SCREENS = 30
LINE_BYTES = 50_000 // 8
DELAY_S = 0.6
PLAN = ["weather", "street", "song-play"]

# When a sentence can be read, and when an activity fills the page, by the clock of the machine.
EYE = """() => {
  const live = () => (document.getElementById("live") || {}).textContent;
  window.afresh = () => {
    window.saw = {};
    window.old = live();
  };
  window.afresh();
  const look = () => {
    const at = Date.now(), room = document.getElementById("room");
    const kind = room && (/k-(\\w+)/.exec(room.className) || [])[1];
    const said = live() !== window.old && live();
    const off = document.querySelector(".adrift");
    for (const what of [kind, said && "said:" + said, off && "adrift"]) {
      if (what && !window.saw[what]) window.saw[what] = at;
    }
  };
  new MutationObserver(look).observe(document.documentElement,
    { childList: true, characterData: true, attributes: true, subtree: true });
}"""


class Row(NamedTuple):
    """What was promised, in seconds, and how long it took."""

    what: str
    promise: float
    took: list[float]

    def __str__(self) -> str:
        best, worst = min(self.took), max(self.took)
        middle = statistics.median(self.took)
        return (
            f"| {self.what} | {middle:.2f} s ({best:.2f} to {worst:.2f}) "
            f"| {self.promise:g} s | {len(self.took)} |"
        )


class Slow:
    """A road of 50 kbit/s each way that everything on it shares, 600 ms there and back."""

    def __init__(self, port: int) -> None:
        self.port, self._to = free_port(), port
        self._free = {"out": 0.0, "in": 0.0}
        self._loop = Loop()
        self._loop.run(self._start())

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(DELAY_S)  # the handshake of a line goes there and back
        there, onward = await asyncio.open_connection("127.0.0.1", self._to)
        with suppress(OSError, asyncio.CancelledError):  # the measurement is over
            await asyncio.gather(
                self._carry(reader, onward, "out"), self._carry(there, writer, "in")
            )

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str
    ) -> None:
        loop = asyncio.get_running_loop()
        last = 0.0
        while data := await reader.read(1_400):
            # Behind all that is on the way already, then the length of the road.
            self._free[way] = max(self._free[way], loop.time()) + len(data) / LINE_BYTES
            last = self._free[way] + DELAY_S / 2
            loop.call_at(last, self._put, writer, data)
            await asyncio.sleep(max(0.0, self._free[way] - loop.time()))
        await asyncio.sleep(max(0.0, last - loop.time()) + 0.01)
        writer.close()

    @staticmethod
    def _put(writer: asyncio.StreamWriter, data: bytes) -> None:
        if not writer.is_closing():
            writer.write(data)

    def close(self) -> None:
        async def end() -> None:
            self._server.close()

        self._loop.run(end())
        self._loop.close()


def saw(phone: Phone, what: str) -> float:
    """The moment when this page had it, in seconds."""
    phone.page.wait_for_function("(what) => window.saw[what]", arg=what, polling=50)
    return float(phone.page.evaluate("(what) => window.saw[what]", what)) / 1000


@contextmanager
def people(browser: Browser) -> Iterator[Folk]:
    """Some browsers for one measurement."""
    folk = Folk(browser)
    yield folk
    for watch in folk.watches:
        watch.forgive(".")
    folk.go()


def when(bot: Bot, g: int) -> float:
    """The moment when this bot has heard that generation `g` runs."""
    while (bot.tree["meet"].get("now") or {}).get("g", 0) < g:
        time.sleep(0.002)
    return time.time()


def spoken(phone: Phone) -> float:
    """The moment when this page said something, in seconds."""
    words = "Object.entries(window.saw).filter(([what]) => what.startsWith('said:'))"
    phone.page.wait_for_function(f"() => {words}.length", polling=50)
    return float(phone.page.evaluate(f"() => Math.min(...{words}.map(([, at]) => at))")) / 1000


def moved(browser: Browser, house: House, crowd: Crowd, runs: int) -> tuple[Row, ...]:
    """A host taps "Next": 28 lines hear it, a second page shows it and says it aloud. Then the
    host gives the lead on."""
    heard: list[float] = []
    shown: list[float] = []
    said: list[float] = []
    given: list[float] = []
    for _ in range(runs):
        with people(browser) as folk:
            room = house.room(plan=PLAN)
            host = folk.person(house.url, PHONE).join(room.host, "Host")
            one = folk.person(house.url, PHONE).join(room.join, "One")
            bots = [crowd.come(house, room, f"Bot {i}") for i in range(SCREENS - 2)]
            one.page.wait_for_timeout(1_500)  # the comings have been told
            one.page.evaluate(EYE)
            before = time.time()
            host.page.locator(".onward, .hostbar .xl").first.evaluate("(el) => el.click()")
            heard.append(max(when(bot, 1) for bot in bots) - before)
            shown.append(saw(one, "checkin") - before)
            said.append(spoken(one) - before)
            one.page.wait_for_timeout(1_000)
            host.page.evaluate(
                "async (at) => { window.act = (await import(at)).act; }",
                host.module("screens/session.js"),
            )
            one.page.evaluate("() => window.afresh()")
            before = time.time()
            host.page.evaluate("(to) => void window.act('pass', { to })", bots[0].member)
            given.append(spoken(one) - before)
            for bot in bots:
                bot.leave()
    return (
        Row(f"host's tap, until the last of {SCREENS - 2} lines has it", 1, heard),
        Row("host's tap, until another phone shows it", 1, shown),
        Row("host's tap, until another phone says it", 2, said),
        Row("the lead is given on, until another phone says it", 2, given),
    )


def lost(browser: Browser, house: House, runs: int, silent: bool) -> Row:
    """The line ends, or nothing comes through it any more: until the page says so."""
    took = []
    for _ in range(runs):
        with people(browser) as folk:
            room = house.room(plan=PLAN)
            one = folk.person(house.url, PHONE).join(room.join, "One")
            one.watch.forgive(*TUNNEL, ".")
            one.page.wait_for_timeout(1_000)
            one.page.evaluate(EYE)
            before = time.time()
            assert house._process
            if silent:
                os.kill(house._process.pid, signal.SIGSTOP)
            else:
                house.kill()
            took.append(saw(one, "adrift") - before)
            if silent:
                os.kill(house._process.pid, signal.SIGCONT)
            else:
                house.start()
    what = "nothing comes through the line" if silent else "the line is cut"
    return Row(f"{what}, until the page says so", 10 if silent else 2, took)


def tapped(browser: Browser, house: House, room: Room) -> tuple[float, float]:
    """On a slow line: from the link until the form can be pressed, and until a tap counts."""
    with people(browser) as folk:
        one = folk.person(house.url, PHONE)
        one.page.set_default_timeout(60_000)
        one.watch.forgive(".")
        before = time.time()
        one.page.goto(room.join, wait_until="commit")
        one.page.locator("#join button.btn.xl").click()
        form = time.time() - before
        one.page.locator("main.first .btn.xl").click()
        choice = one.page.get_by_role("radio").first
        choice.click()
        expect(choice).to_have_attribute("aria-checked", "true", timeout=60_000)
        useful = time.time() - before
    return form, useful


def slowly(browser: Browser, crowd: Crowd, runs: int) -> tuple[Row, Row]:
    """From the link into a running check-in, on a line of 50 kbit/s with 600 ms."""
    port = free_port()
    road = Slow(port)
    house = House(port=port, url=f"http://127.0.0.1:{road.port}")
    room = house.room(plan=PLAN)
    crowd.come(house, room, "Host", host=True).do("room.next")
    near = f"http://127.0.0.1:{port}"
    warm(near, f"{near}/r/{room.id}", "en")
    times = [tapped(browser, house, room) for _ in range(runs)]
    house.close()
    road.close()
    return (
        Row("50 kbit/s, 600 ms: link to the form", 20, [form for form, _ in times]),
        Row("50 kbit/s, 600 ms: link to the first useful tap", 20, [tap for _, tap in times]),
    )


def main(args: list[str]) -> None:
    """Measure and print."""
    runs = int(args[0]) if args else 5
    crowd, house = Crowd(), House()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGS))
        rows = [*moved(browser, house, crowd, runs)]
        rows += slowly(browser, crowd, runs)
        rows += [lost(browser, house, runs, silent=False), lost(browser, house, runs, silent=True)]
        browser.close()
    crowd.close()
    house.close()
    print(f"{os.cpu_count()} cores, load of the machine {os.getloadavg()[0]:.1f}")
    print("| what | median (best to worst) | promise | runs |")
    print("|---|---|---|---|")
    print("\n".join(map(str, rows)))


if __name__ == "__main__":
    main(sys.argv[1:])
