"""A big screen that is left alone for an evening: many moves, a restart, every kind, two shapes."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from server.kit import Rng
from server.rehearse.player import Player
from tests.browser.conftest import Folk
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House
from tests.browser.phone import Phone
from tests.browser.watch import TUNNEL

WALL, BEAMER = {"width": 1280, "height": 720}, {"width": 1024, "height": 768}
CARDS = (
    "where", "reach", "question", "word", "ideas", "mirror", "partners", "telephone", "senses",
    "breath", "either", "chord",
)  # fmt: skip
CYCLES = 5
# What stands on a page that is not hidden, and is cut off by what it stands in or by the screen;
# letters below 4 % of the shorter side; what could be pressed beside the way in.
FAULTS = r"""() => {
  const out = [], small = 0.04 * Math.min(innerWidth, innerHeight) - 0.5;
  const room = document.getElementById("room");
  const name = (el) => `${el.localName}.${el.getAttribute("class")}`;
  const seen = (el) => !el.closest(".hide, .unseen") && el.checkVisibility({ visibilityProperty: true });
  const walk = document.createTreeWalker(room, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const el = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
    if (!text || !seen(el)) continue;
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const box = range.getBoundingClientRect();
    if (box.width < 1) continue;
    const size = parseFloat(getComputedStyle(el).fontSize) * (el.getScreenCTM ? el.getScreenCTM().a : 1);
    if (size < small) out.push(`small ${size}: ${text}`);
    const air = size * 0.25;
    for (let p = el; p && p !== document.documentElement; p = p.parentElement) {
      const style = getComputedStyle(p);
      if (style.textOverflow === "ellipsis") break;
      if (p !== room && style.overflowX === "visible" && style.overflowY === "visible") continue;
      const frame = p.getBoundingClientRect();
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - air || box.bottom > frame.bottom + air) {
        out.push(`cut by ${name(p)}: ${text.slice(0, 40)}`);
        break;
      }
    }
  }
  for (const el of room.querySelectorAll("svg, i")) {
    if (el.parentElement.closest("svg") || !seen(el)) continue;
    const box = el.getBoundingClientRect();
    for (let p = el.parentElement; box.width > 2 && p && p !== document.body; p = p.parentElement) {
      if (p !== room && getComputedStyle(p).overflowY === "visible") continue;
      const frame = p.getBoundingClientRect();
      const over = Math.max(frame.left - box.left, frame.top - box.top, box.right - frame.right, box.bottom - frame.bottom);
      if (over > Math.max(4, 0.06 * Math.min(box.width, box.height))) out.push(`picture cut by ${name(p)}: ${name(el)}`);
    }
  }
  for (const el of room.querySelectorAll("button, a, input, select, textarea")) {
    if (!el.classList.contains("h-way") && seen(el)) out.push(`to press: ${name(el)}`);
  }
  return [...new Set(out)];
}"""  # noqa: E501
TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((el) => el.id);
  return ids.filter((id, i) => ids.indexOf(id) !== i);
}"""
# A computer that gives the screen light as often as it is asked, and notes how often that was.
LIGHT = """
window.asked = 0;
Object.defineProperty(navigator, "wakeLock", { value: { request() {
  window.asked += 1;
  return Promise.resolve(Object.assign(new EventTarget(), { release: () => Promise.resolve() }));
} } });
"""


@pytest.fixture(scope="module")
def hall() -> Iterator[House]:
    hall = House()
    yield hall
    hall.close()


class Party:
    """A host and a few people who play what they are given."""

    def __init__(self, hall: House, crowd: Crowd, many: int) -> None:
        self.hall, self.crowd = hall, crowd
        self.room = hall.room("Cuisine de rue", "ar", ["weather"])
        self.many = many
        self.come()

    def come(self) -> None:
        """All of them, with lines of their own."""
        self.host = self.crowd.come(self.hall, self.room, "أمينة", host=True)
        names = [f"Bo {i}" for i in range(self.many)]
        people = [self.crowd.come(self.hall, self.room, name) for name in names]
        self.all: list[tuple[Bot, Player]] = [
            (bot, Player(Rng(b"%d" % i, 0))) for i, bot in enumerate([*people, self.host])
        ]
        self.all[-1][1].role = "host"

    def open(self, card: str) -> dict[str, Any]:
        """The next card."""
        assert self.host.do("room.open", card=card) == "ok"

        def on(tree: dict[str, Any]) -> bool:
            return bool(tree["meet"]["now"] and tree["meet"]["now"]["card"] == card)

        now: dict[str, Any] = self.host.until(on)["meet"]["now"]
        return now

    def play(self, rounds: int = 1) -> None:
        """Each does what comes next."""
        for _ in range(rounds):
            for bot, player in self.all:
                player.tree, player.me = bot.tree, bot.member
                if move := player.move():
                    bot.do(move[0], **move[2])


def screen(folk: Folk, hall: House, party: Party, *scripts: str) -> Phone:
    """The big screen of that room."""
    wall = folk.person(hall.url, WALL, "ar")
    for script in scripts:
        wall.context.add_init_script(script)
    wall.open(f"{hall.url}/r/{party.room.id}/screen#{party.room.join_secret}")
    expect(wall.page.locator(".h-gather")).to_be_visible()
    return wall


def follows(wall: Phone, kind: str) -> None:
    """It shows the card that is on."""
    expect(wall.page.locator(f"#room.k-{kind} #act > *").first).to_be_visible()


def weighed(wall: Phone) -> dict[str, int]:
    """How much the page holds, once what is not needed is gone."""
    lens = wall.cdp()
    for _ in range(3):
        lens.send("HeapProfiler.collectGarbage")
        wall.page.wait_for_timeout(100)
    counts: dict[str, int] = lens.send("Memory.getDOMCounters")
    heap = int(lens.send("Runtime.getHeapUsage")["usedSize"])
    lens.detach()
    return {"nodes": counts["nodes"], "listeners": counts["jsEventListeners"], "heap": heap}


@pytest.mark.timeout(300)
def test_hl24_hours_on_a_wall(hall: House, folk: Folk, crowd: Crowd) -> None:
    """HL24: sixty moves through all kinds and a restart leave the big screen as light as it was;
    it follows by itself, stays awake, and no id stands twice."""
    party = Party(hall, crowd, 3)
    wall = screen(folk, hall, party, LIGHT)
    weights = []
    for _ in range(CYCLES):
        for card in CARDS:
            kind = party.open(card)["kind"]
            party.play()
            follows(wall, kind)
        weights.append(weighed(wall))
    assert not wall.page.evaluate(TWICE)
    first, last = weights[1], weights[-1]
    # The room's own memory (24 past activities) fills up meanwhile; a leak would be much more.
    assert last["nodes"] <= first["nodes"] * 1.05 + 50, weights
    assert last["listeners"] <= first["listeners"] + 5, weights
    assert last["heap"] <= first["heap"] * 1.25 + 500_000, weights
    assert wall.page.evaluate("asked") == 1, "one promise of light is enough"
    with wall.watch.forgiving(*TUNNEL):
        for card in ("where", "chord"):
            hall.kill()
            wall.tells("hall.lost")
            hall.start()
            party.come()
            kind = party.open(card)["kind"]
            follows(wall, kind)
            expect(wall.page.get_by_text(wall.t("hall.lost"))).to_have_count(0)
    again = weighed(wall)
    assert again["nodes"] <= last["nodes"] * 1.05 + 50, (last, again)
    assert again["listeners"] <= last["listeners"] + 5, (last, again)


@pytest.mark.timeout(300)
def test_hl25_nothing_is_cut(hall: House, folk: Folk, crowd: Crowd) -> None:
    """HL25: each kind, empty and while it is played, on a wide screen and on a beamer: nothing is
    cut off, no letter is below 4 %, nothing is there to press but the way in."""
    party = Party(hall, crowd, 14)
    wall = screen(folk, hall, party)
    found = []
    for card in CARDS:
        kind = party.open(card)["kind"]
        follows(wall, kind)
        for state in ("empty", "played"):
            if state == "played":
                party.play(2)
                wall.page.wait_for_timeout(300)
            for size in (BEAMER, WALL):
                wall.page.set_viewport_size(size)  # type: ignore[arg-type]
                wall.page.wait_for_timeout(250)
                faults = wall.page.evaluate(FAULTS)
                found += [f"{card} {state} {size['width']}: {fault}" for fault in faults]
    assert not found, "\n".join(found)


def test_hl26_a_list_after_a_reload(hall: House, folk: Folk, crowd: Crowd) -> None:
    """HL26: a big screen that is loaded anew while a list is shown measures it in its own letters:
    no item is cut in two. (It measured before the kind's sheet was on.)"""
    party = Party(hall, crowd, 7)
    wall = screen(folk, hall, party)
    party.open("question")
    for bot, _ in party.all:
        for i in range(2):
            assert (
                bot.do("prompt.add", title=f"une réponse qui tient une ligne {i}", who="") == "ok"
            )
    follows(wall, "prompt")
    for _ in range(3):
        expect(wall.page.locator(".far-list .grow").first).to_be_visible()
        wall.page.wait_for_timeout(400)
        assert not wall.page.evaluate(FAULTS)
        wall.page.reload()
