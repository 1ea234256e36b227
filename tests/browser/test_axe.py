"""What axe finds on every screen: nothing. Day and night, both directions, narrow and wide."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House, Room
from tests.browser.phone import Phone
from tests.browser.tour import evening, walk

AXE = Path(__file__).resolve().parents[1] / "js" / "node_modules" / "axe-core" / "axe.min.js"
# By night only the inks differ.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
NARROW, BROAD = {"width": 320, "height": 1900}, {"width": 1280, "height": 1400}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


# Controls whose words or signs have the colour of what lies behind them.
LOST = """() => {
  const behind = (el) => {
    for (let at = el; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!/rgba?[(].*, 0[)]$|transparent/.test(backgroundColor)) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("button:not(.veil), a.btn, input:not([type=checkbox]), select, textarea")]
    .filter((el) => el.getClientRects().length && !el.closest(".skip"))
    .filter((el) => {
      const ground = behind(el);
      const signs = [...el.querySelectorAll("svg")].map((svg) => getComputedStyle(svg).color);
      const seen = el.textContent.trim() || !signs.length ? [getComputedStyle(el).color] : signs;
      return seen.every((colour) => colour === ground);
    }).map((el) => `${el.className} "${el.textContent.trim().slice(0, 20)}"`);
}"""  # noqa: E501


@cache
def source() -> str:
    """The checker; the pages' policy lets no script in, so it is handed over as text."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (make setup)")
    return AXE.read_text("utf-8")


def check(phone: Phone, screen: str, schemes: tuple[str, ...] = ("light", "dark")) -> list[str]:
    """Everything axe has to say about this screen, by day and by night; and forced colours."""
    found = []
    for scheme in schemes:
        phone.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        if not phone.page.evaluate("() => Boolean(window.axe)"):
            phone.page.evaluate(source())
        results = phone.page.evaluate(
            """async (only) => {
              const how = { runOnly: only, resultTypes: ["violations"] };
              return (await axe.run(document, how)).violations;
            }""",
            TAGS if scheme == "light" else COLOURS,
        )
        for violation in results:
            nodes = [
                [
                    node["html"][:200],
                    node["target"],
                    (node["any"] or node["all"] or [{}])[0].get("message"),
                ]
                for node in violation["nodes"][:4]
            ]
            found.append(
                f"{screen} {scheme} {violation['id']}: {json.dumps(nodes, ensure_ascii=False)}"
            )
    phone.page.emulate_media(color_scheme="light", forced_colors="active", reduced_motion="reduce")
    found += [f"{screen} forced colours: {what}" for what in phone.page.evaluate(LOST)]
    if screen == "canvas":
        phone.painted(100)
    phone.page.emulate_media(forced_colors="none", reduced_motion="reduce")
    return found


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("lang", "hosts"), [("en", False), ("ar", True)])
def test_b50_b53_axe_finds_nothing(
    phone: Open, desk: Open, house: House, crowd: Crowd, lang: str, hosts: bool
) -> None:
    """B50: no violation of WCAG 2.2 A and AA on any screen.

    B53: in forced colours every control can be read or seen, and the drawing stays.
    """
    night = evening(house, crowd)
    # Tall enough that the bar at the bottom lies over nothing.
    guest = phone(lang, size={"width": 320, "height": 1900})
    host = (
        desk(lang, size={"width": 1280, "height": 1400})
        if hosts
        else phone(lang, size={"width": 320, "height": 1900})
    )
    found: list[str] = []
    for screen in walk(guest, night, host):
        found += check(host if screen.startswith("host") else guest, screen)
    assert not found, "\n".join(found)


def hosting(host: Phone, others: Room) -> Iterator[str]:
    """What only hosts open: the plan, all that changes it, the guide, what is kept."""
    page, lang = host.page, host.lang
    host.open(f"/guide?lang={lang}")
    expect(page.locator("main h1")).to_be_visible()
    yield "guide"
    host.join(others.host, "Awa")
    host.next()
    host.kind("checkin")
    host.sheet_of("bar.plan")
    host.tap("open.title")
    page.locator(".pickcard .btn").nth(1).click()
    page.locator(".pickcard .lib button").first.click()
    expect(page.locator(".pickcard select")).to_be_visible()
    yield "picker"
    host.tap("plan.edit")
    host.sheet.locator(".planned > li > .row > button.grow").nth(1).click()
    host.tap("own.make")
    expect(page.locator("#own-minutes")).to_be_visible()
    yield "own card"
    host.tap("plan.files")
    page.set_input_files("input[type=file]", {"name": "x", "mimeType": "", "buffer": b"{"})
    expect(host.sheet.get_by_role("alert")).to_be_visible()
    host.tap("plan.add")
    host.tap("rehearse.go")
    expect(host.sheet.locator("#many")).to_be_visible()
    host.tap("plan.ready")
    host.sheet.locator(".fold .lib > li > button").first.click()
    expect(host.sheet.locator(".fold .lib .card .btn").first).to_be_visible()
    yield "plan to measure"  # its button took the colour of the list it stands in: dark on dark
    host.sheet.locator(".fold .lib .card .btn").first.click()
    expect(page.locator(".lib .card ol")).to_be_visible()
    yield "planner"
    host.close()
    host.sheet_of("bar.more")
    host.tap("more.kept")
    host.sheet.locator(".kept button").first.click()
    yield "kept"
    host.close()
    host.sheet_of("bar.more")
    host.tap("guide.title")
    expect(host.sheet.locator(".guide h2").first).to_be_visible()
    yield "guide sheet"


@pytest.mark.timeout(240)
@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_b55_axe_finds_nothing_in_what_hosts_open(phone: Open, house: House, lang: str) -> None:
    """B55: planner, picker, a card of one's own, rehearsal, what is kept and the guide, on a phone
    by day and by night, and on a desk; and none of them is wider than the phone."""
    room = house.room("Jam", lang, plan=["weather", "word", "squiggle", "keep"])
    host = phone(lang, size=NARROW)
    found: list[str] = []
    for screen in hosting(host, room):
        found += check(host, f"{screen} {lang}")
        wide = host.page.evaluate("document.documentElement.scrollWidth")
        found += [f"{screen} {lang}: {wide} px wide"] if wide > NARROW["width"] else []
        host.page.set_viewport_size(BROAD)  # type: ignore[arg-type]
        found += check(host, f"{screen} {lang} wide", ("light",))
        host.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert not found, "\n".join(found)
