"""A page as a person uses it: things are found by the words and roles that the person sees."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, expect

from server.web.words import Words
from tests.browser.watch import Watch

ROOT = Path(__file__).resolve().parents[2]
PAUSE = 40
"""Milliseconds between two looks. To look at every frame makes the page draw frames to look at."""


HEARD = """async () => {
  const boot = [...document.scripts].map((s) => s.src).find((src) => src.endsWith("/boot.js"));
  if (!boot || !document.querySelector("#room.live")) return;
  const { waiting, line } = await import(boot.replace("boot.js", "screens/session.js"));
  const end = Date.now() + 15000;
  while (waiting.value && line.value.state === "open" && Date.now() < end) {
    await new Promise((go) => setTimeout(go, 10));
  }
}"""


@cache
def table(kind: str, lang: str) -> dict[str, str]:
    """The words of a kind."""
    found: dict[str, str] = json.loads(
        (ROOT / "activities" / kind / "lang" / f"{lang}.json").read_text("utf-8")
    )
    return found


class Phone:
    """One page of one person."""

    def __init__(self, page: Page, watch: Watch, lang: str = "en") -> None:
        self.page, self.watch, self.lang = page, watch, lang

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def t(self, key: str, /, **args: Any) -> str:
        """The page's words; `checkin:send.weather` are those of a kind."""
        kind, _, rest = key.rpartition(":")
        if not kind:
            return Words.of(self.lang).t(key, **args)
        text = table(kind, self.lang)[rest]
        for name, value in args.items():
            # Where letters run from the right, what is filled in stands in its own direction.
            own = f"\u2068{value}\u2069" if self.lang == "ar" and isinstance(value, str) else value
            text = text.replace("{{" + name + "}}", str(own))
        return text

    def button(self, key: str, /, **args: Any) -> Locator:
        """A button by its words."""
        return self.page.get_by_role("button", name=self.t(key, **args), exact=True)

    def tap(self, key: str, /, **args: Any) -> None:
        """Press a button by its words."""
        self.button(key, **args).first.click()

    def reads(self, text: str | re.Pattern[str]) -> None:
        """Wait until this can be read."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def tells(self, key: str, /, **args: Any) -> None:
        """Wait until the page says this."""
        self.reads(self.t(key, **args))

    # -- the way in

    def open(self, address: str) -> None:
        """Open a link. A page that is there already is loaded anew, fragment or not."""
        if self.page.url.split("#")[0] == address.split("#")[0]:
            self.page.goto("about:blank")
        self.page.goto(address)

    def join(self, address: str, name: str = "") -> "Phone":
        """Through the join form into the room."""
        self.open(address)
        if name:
            self.page.fill("#name", name)
        if "#h." in address:  # on a new device a host's link opens two doors
            self.tap("ask.host")
        else:
            self.page.click("#join button.btn.xl")
        return self.inside()

    def way(self) -> str:
        """On the page of a room just made: past the host's key to the link for everyone."""
        self.tap("invite.title")
        self.tap("key.later")
        # Where only this computer can open it, its address stands among the advice.
        return self.page.locator("code.link").filter(has_text="#j.").first.inner_text()

    def inside(self) -> "Phone":
        """Wait for the room; who is new goes in from the first screen."""
        first = self.page.locator("main.first .btn.xl")
        expect(self.page.locator("#room.live").or_(first).first).to_be_visible()
        if first.count():
            first.click()
        expect(self.page.locator("#room.live")).to_be_visible()
        return self

    # -- the bar

    @property
    def wide(self) -> bool:
        return bool(self.page.evaluate("matchMedia('(min-width: 60em)').matches"))

    @property
    def bar(self) -> Locator:
        return self.page.get_by_role("navigation", name=self.t("bar.label"))

    @property
    def sheet(self) -> Locator:
        return self.page.get_by_role("dialog")

    def sheet_of(self, key: str) -> Locator:
        """Open one of the sheets: from the bar, from beside the page, or by way of the drawer."""
        word = re.compile("^" + re.escape(self.t(key)))
        button = self.bar.get_by_role("button", name=word)
        expect(self.bar).to_be_visible()
        if key == "bar.plan":
            self.page.locator(".side .sig" if self.wide else ".tag").first.click()
        elif button.count():
            button.click()
        else:
            self.sheet_of("bar.more")
            self.sheet.get_by_role("button", name=word).click()
            heading = self.sheet.get_by_role("heading", level=2)
            expect(heading).not_to_have_text(self.t("more.title"))
        expect(self.sheet).to_be_visible()
        return self.sheet

    def close(self) -> None:
        """Close the sheet."""
        self.sheet.get_by_role("button", name=self.t("page.close"), exact=True).click()
        expect(self.sheet).to_have_count(0)

    def next(self) -> None:
        """The host goes on to the next card of the plan."""
        self.page.locator(".onward, .hostbar .xl").first.click()

    # -- what one sees

    def kind(self, kind: str) -> None:
        """Wait until this kind of activity fills the page."""
        expect(self.page.locator(f"#room.k-{kind}")).to_be_visible()
        marks = {"checkin": ".picks, svg.sky", "canvas": "#cv-page", "prompt": ".write, .songs"}
        expect(self.page.locator(marks.get(kind, ".mid > *")).first).to_be_visible()

    @property
    def people(self) -> Any:
        """Who this page knows, as it knows them."""
        return self.state("meet", "people")

    def state(self, *path: str) -> Any:
        """What the page holds of the room; for waiting, not for judging what a person sees."""
        return self.page.evaluate(
            """async ([path, at]) => {
              const { state } = await import(at);
              const found = path.reduce((tree, key) => (tree ? tree[key] : tree), state.value);
              return found === undefined ? null : found;
            }""",
            [list(path), self.module("screens/session.js")],
        )

    def heard(self) -> None:
        """Wait until the room has answered whatever was done on this page, if it is in one and its
        line is whole. The page shows it at once, as if all went well."""
        if not self.page.is_closed() and "/r/" in self.page.url:
            self.page.evaluate(HEARD)

    # -- drawing

    def canvas(self) -> Locator:
        return self.page.locator("#cv-page")

    def stroke(self, *points: tuple[float, float]) -> None:
        """Draw with the mouse; points are parts of the page's width and height."""
        box = self.canvas().bounding_box()
        assert box
        spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        mouse = self.page.mouse
        mouse.move(*spots[0])
        mouse.down()
        for spot in spots[1:]:
            mouse.move(*spot, steps=6)
        mouse.up()

    def tool(self, name: str) -> None:
        """Press a drawing tool."""
        self.page.locator(f"[data-tool='{name}']").first.click()

    def twin(self) -> list[str]:
        """The drawing as the list tells it. Opens and closes the list."""
        self.tool("list")
        lines = self.page.locator("#cv-twin li").all_inner_texts()
        self.close()
        return [re.sub("[\u2068\u2069]", "", line) for line in lines]

    def marks(self, count: int) -> None:
        """Wait until so many marks are to be seen."""
        # A promise counts as true at once for wait_for_function: the module is fetched before.
        self.page.evaluate(
            "async (at) => { window.jamState = (await import(at)).state; }",
            self.module("screens/session.js"),
        )
        self.page.wait_for_function(
            """(count) => {
              const room = window.jamState.value && window.jamState.value.room;
              if (!room || !room.marks) return false;
              return room.marks.filter((m, i) => i >= room.clear && !m[6]).length === count;
            }""",
            arg=count,
            polling=PAUSE,
        )

    def module(self, name: str) -> str:
        """The address of one of the page's own modules."""
        found = self.page.evaluate(
            "() => [...document.scripts].map((s) => s.src).find((s) => s.endsWith('/boot.js'))"
        )
        return str(found).replace("boot.js", name)

    def painted(self, points: int) -> None:
        """Wait until so many points of the paper carry ink: it is drawn anew in slices."""
        self.page.wait_for_function(
            """(points) => {
              // A copy is read: the browser warns of a canvas that is read again and again.
              const paper = document.getElementById("cv-paper");
              const { width, height } = paper;
              const copy = Object.assign(document.createElement("canvas"), { width, height });
              const pen = copy.getContext("2d", { willReadFrequently: true });
              pen.drawImage(paper, 0, 0);
              const { data } = pen.getImageData(0, 0, width, height);
              const seen = new Map();
              for (let i = 0; i < data.length; i += 4) {
                const key = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
                seen.set(key, (seen.get(key) || 0) + 1);
              }
              const all = [...seen.values()].sort((a, b) => b - a);
              return all.slice(1).reduce((sum, n) => sum + n, 0) > points;
            }""",
            arg=points,
            polling=PAUSE,
        )

    def cdp(self) -> CDPSession:
        """The browser's own instruments."""
        return self.context.new_cdp_session(self.page)
