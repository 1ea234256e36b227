"""Without a mouse, and by ear."""

from contextlib import suppress

from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.phone import Phone

INKS = [
    "coral",
    "orange",
    "yellow",
    "lime",
    "green",
    "jade",
    "aqua",
    "sky",
    "blue",
    "violet",
    "plum",
    "pink",
]

FOCUS = """() => {
  const el = document.activeElement;
  const style = getComputedStyle(el);
  return { tag: el.tagName, name: el.getAttribute("aria-label") || el.textContent.trim() || el.id,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 };
}"""


def tab_to(phone: Phone, name: str, key: str = "Tab", most: int = 60) -> None:
    """Press Tab until the focus is on something of that name; what has it shows it."""
    for _ in range(most):
        phone.page.keyboard.press(key)
        at = phone.page.evaluate(FOCUS)
        assert at["tag"] == "BODY" or at["ring"], f"no focus to be seen on {at}"
        if at["name"] == name:
            return
    raise AssertionError(f"Tab never came to {name}")


def choose(phone: Phone, field: str, value: str) -> None:
    """Go through a list of choices with the arrow keys."""
    box = phone.page.locator(field)
    box.focus()
    phone.page.keyboard.press("Home")
    for _ in range(box.locator("option").count()):
        if box.input_value() == value:
            return
        phone.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not among the choices of {field}")


def test_b40_all_of_it_by_keys(phone: Open, house: House, crowd: Crowd) -> None:
    """B40: join, check in, react and raise a hand with Tab, arrows, Space and Enter alone."""
    room = house.room(plan=["weather"])
    host = crowd.come(house, room, "Host", host=True)
    host.do("room.next")
    one = phone()
    press = one.page.keyboard.press
    one.open(room.join)
    tab_to(one, "name")
    press("Control+A")
    one.page.keyboard.type("Keys")
    press("Enter")
    one.inside().kind("checkin")
    tab_to(one, one.t("checkin:i.sun"))
    press("ArrowRight")
    press("ArrowDown")
    expect(one.page.get_by_role("radio", checked=True)).to_have_text(one.t("checkin:i.rain"))
    press("Tab")
    one.page.keyboard.type("soft")
    press("Enter")
    one.tells("checkin:in.weather")
    host.until(lambda tree: tree["room"]["count"] == 1)
    tab_to(one, one.t("bar.hand"))
    press("Space")
    host.until(lambda tree: any("hand" in p for p in tree["meet"]["people"].values()))
    tab_to(one, one.t("bar.react"))
    press("Enter")
    tab_to(one, one.t("react.with"), "Shift+Tab")
    press("Space")
    expect(one.page.locator(".sum b")).to_have_text("1")
    # a sheet takes the focus, keeps it, and gives it back
    tab_to(one, one.t("bar.line"))
    press("Enter")
    expect(one.sheet.get_by_role("heading").first).to_be_focused()
    for _ in range(20):
        press("Tab")
        assert one.page.evaluate("!!document.activeElement.closest('[role=dialog]')")
    press("Escape")
    expect(one.sheet).to_have_count(0)
    expect(one.bar.get_by_role("button", name=one.t("bar.line"))).to_be_focused()


def test_b41_a_house_by_words(phone: Open, house: House, crowd: Crowd) -> None:
    """B41: shapes and lines between named places make a house; the list tells it back."""
    room = house.room(plan=["street"])
    host = crowd.come(house, room, "Host", host=True)
    host.do("room.next")
    one = phone("fr")
    one.join(room.join, "Amina").kind("canvas")
    tab_to(one, one.t("canvas:sheet.list"))
    one.page.keyboard.press("Enter")
    t = one.t

    def put(shape: str, ink: str, place: str, to: str = "") -> None:
        choices = (("shape", shape), ("ink", str(INKS.index(ink))), ("from", place), ("to", to))
        for field, value in choices:
            if value:
                choose(one, f"#cv-{field}", value)
        one.page.locator("[data-tool=put]").focus()
        one.page.keyboard.press("Enter")

    put("line", "orange", "sw", "se")
    put("line", "orange", "sw", "w")
    put("line", "orange", "w", "n")
    put("line", "orange", "n", "e")
    put("line", "orange", "e", "se")
    put("sun", "yellow", "ne")
    host.until(lambda tree: len(tree["room"]["marks"]) == 6)
    lines = [
        text.replace("\u2068", "").replace("\u2069", "")
        for text in one.page.locator("#cv-twin li").all_inner_texts()
    ]

    def told(shape: str, ink: str, place: str, to: str = "") -> str:
        words = {"name": "Amina", "ink": t(f"canvas:i.{ink}"), "shape": t(f"canvas:shape.{shape}")}
        ends = {"place": t(f"canvas:place.{place}"), "from": t(f"canvas:place.{place}")}
        key = "canvas:item.line" if to else "canvas:item.mark"
        return t(key, **words, **ends, to=t(f"canvas:place.{to}") if to else "")

    walls = [("sw", "se"), ("sw", "w"), ("w", "n"), ("n", "e"), ("e", "se")]
    assert lines == [*(told("line", "orange", a, b) for a, b in walls), told("sun", "yellow", "ne")]
    one.page.locator("[data-tool=undo-list]").focus()
    one.page.keyboard.press("Enter")
    host.until(lambda tree: len(tree["room"]["marks"][-1]) > 6)


def test_b42_a_house_by_arrows(phone: Open, house: House, crowd: Crowd) -> None:
    """B42: the cross under the arrow keys draws and stamps; the list tells what it was."""
    room = house.room(plan=["street"])
    host = crowd.come(house, room, "Host", host=True)
    host.do("room.next")
    one = phone()
    one.join(room.join, "Bo").kind("canvas")
    one.canvas().focus()
    press = one.page.keyboard.press

    def go(keys: str) -> None:
        for key in keys:
            press({"l": "ArrowLeft", "r": "ArrowRight", "u": "ArrowUp", "d": "ArrowDown"}[key])

    def draw(keys: str) -> None:
        press("Space")
        go(keys)
        press("Space")

    go("lllllld")
    draw("ddddddrrrrrrrrrrrruuuuuullllllllllll")  # walls
    go("dddrrrr")
    draw("rrrr")  # a lintel
    tab_to(one, one.t("canvas:tool.stamps"))
    press("Enter")
    one.page.locator("[data-tool=stamp-sun]").focus()
    press("Enter")
    one.canvas().focus()
    go("uuuuuuuuuu" + "rrrrrrrrrrrr")
    press("Space")
    host.until(lambda tree: len(tree["room"]["marks"]) == 3)
    ink = INKS[next(p for p in one.people.values() if p["name"] == "Bo")["ink"] % 12]
    told = [("loop", "c"), ("stroke", "c"), ("sun", "ne")]
    assert one.twin() == [
        one.t(
            "canvas:item.mark",
            name="Bo",
            ink=one.t(f"canvas:i.{ink}"),
            shape=one.t(f"canvas:shape.{shape}"),
            place=one.t(f"canvas:place.{place}"),
        )
        for shape, place in told
    ]
    one.canvas().focus()
    press("Control+z")
    one.marks(2)
    host.until(lambda tree: len(tree["room"]["marks"][2]) > 6)


EAR = """addEventListener("DOMContentLoaded", () => {
  window.heard = [];
  const el = document.getElementById("live");
  const all = { childList: true, characterData: true, subtree: true };
  new MutationObserver(() => window.heard.push(el.textContent)).observe(el, all);
})"""


def test_b43_one_voice_that_sums_up(phone: Open, house: House, crowd: Crowd) -> None:
    """B43: comings, goings and moves are told by one polite region, many in one sentence."""
    room = house.room(plan=["weather", "street"])
    host = crowd.come(house, room, "Host", host=True)
    one = phone()
    one.page.add_init_script(EAR)
    one.join(room.join, "Ear")
    region = one.page.locator("#live")
    assert region.get_attribute("role") == "status"
    assert one.page.locator("[aria-live=assertive], [role=alert]:visible, [role=log]").count() == 0
    # Who is here when the page begins to look is told to nobody: it looks once somebody is told.
    for early in range(4):
        crowd.come(house, room, f"Early {early}")
        with suppress(PlaywrightTimeout):
            one.page.wait_for_function(
                "() => window.heard.some((text) => text.includes('Early'))", timeout=8_000
            )
            break
    before = one.page.evaluate("window.heard.length")
    # At one moment: whoever comes one by one may fall into two sums.
    names = ("Ana", "Ben", "Cleo", "Dan", "Eva")
    crowd.flock(house, room, names)
    one.page.wait_for_function("() => window.heard.some((text) => text.includes('5'))")
    # Counted before the move: its sentence may come before anything else of it is seen.
    told = one.page.evaluate("window.heard.length")
    host.do("room.next")
    one.kind("checkin")
    title = one.state("meet", "now", "card")
    assert title == "weather"
    one.page.wait_for_function("(n) => window.heard.length > n", arg=told)
    heard = one.page.evaluate("window.heard")
    assert not any(name in text for text in heard for name in names)
    assert len(heard) - before <= 3, heard
