"""The promises of the first hour in seconds: `python -m bench.first [runs]` prints one table.
`python -m bench.first kinds [runs [kind]]` prints another: late on a slow line, in every kind.

Waits are what these promises are about, so this measures wall clock: how long after a tap or the
end of a line something can be read, by the pages' own clocks, which are the machine's. Nobody's
thinking counts: a person here presses as soon as there is something to press.
"""

import os
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from bench.scenes import SCENES, WEATHER
from bench.taps import each, people
from tests.browser.conftest import ARGS, PHONE, chromium
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House
from tests.browser.phone import Phone
from tests.browser.watch import TUNNEL

SCREENS = 30
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


def span(took: list[float]) -> str:
    """The middle one of some times, and how far they lie apart."""
    return f"{statistics.median(took):.2f} s ({min(took):.2f} to {max(took):.2f})"


class Row(NamedTuple):
    """What was promised, in seconds, and how long it took."""

    what: str
    promise: float
    took: list[float]

    def __str__(self) -> str:
        return f"| {self.what} | {span(self.took)} | {self.promise:g} s | {len(self.took)} |"


def saw(phone: Phone, what: str) -> float:
    """The moment when this page had it, in seconds."""
    phone.page.wait_for_function("(what) => window.saw[what]", arg=what, polling=50)
    return float(phone.page.evaluate("(what) => window.saw[what]", what)) / 1000


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


def slowly(browser: Browser, crowd: Crowd, runs: int) -> Iterator[Row]:
    """From the link into a running check-in, on a line of 50 kbit/s with 600 ms."""
    for _, times in each(browser, crowd, runs, (WEATHER,)):
        forms, taps = (list(took) for took in zip(*times, strict=True))
        yield Row("50 kbit/s, 600 ms: link to the form", 20, forms)
        yield Row("50 kbit/s, 600 ms: link to the first useful tap", 20, taps)


def kinds(browser: Browser, crowd: Crowd, runs: int, kind: str) -> None:
    """The same in every kind, each way there is to begin in it."""
    print("| kind | what somebody does first | done | form | runs |\n|---|---|---|---|---|")
    scenes = [scene for scene in SCENES if kind in ("", scene.kind)]
    for scene, times in each(browser, crowd, runs, scenes):
        form, done = (span(list(took)) for took in zip(*times, strict=True))
        print(f"| {scene.kind} | {scene.does} | {done} | {form} | {runs} |", flush=True)


def promises(browser: Browser, crowd: Crowd, runs: int) -> None:
    """All that is promised of the first hour."""
    house = House()
    rows = [*moved(browser, house, crowd, runs), *slowly(browser, crowd, runs)]
    rows += [lost(browser, house, runs, silent=False), lost(browser, house, runs, silent=True)]
    house.close()
    print("| what | median (best to worst) | promise | runs |")
    print("|---|---|---|---|")
    print("\n".join(map(str, rows)))


def main(args: list[str]) -> None:
    """Measure and print."""
    every = args[:1] == ["kinds"]
    wish = args[1:] if every else args
    runs = int(wish[0]) if wish else 5
    crowd = Crowd()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGS))
        if every:
            kinds(browser, crowd, runs, "".join(wish[1:2]))
        else:
            promises(browser, crowd, runs)
        browser.close()
    crowd.close()
    print(f"{os.cpu_count()} cores, load of the machine {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
