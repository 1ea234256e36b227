"""BR20: a circle, a quiet and a floor at 320 px, and their ends."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House

FIT = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth <= clientWidth;
}"""
WAKE = """
window.locks = [];
Object.defineProperty(navigator, "wakeLock", { value: { request: () => {
  const lock = { on: true, release: () => { lock.on = false; return Promise.resolve(); } };
  window.locks.push(lock);
  return Promise.resolve(lock);
} } });
"""


def test_br20_breath_quiet_and_dance(phone: Open, house: House, crowd: Crowd) -> None:
    """BR20, BR21: everyone breathes by one clock or at their own pace, with words where motion is
    not wanted; one can step out; the quiet is dark and its lights have no names; dancers are
    counted; the screen stays on meanwhile, and no longer."""
    room = house.room("Souffle")
    host = crowd.come(house, room, "Ana", host=True)
    bot = crowd.come(house, room, "Bo")
    guest = phone("fr")
    guest.context.add_init_script(WAKE)
    guest.join(room.join, "Cy")
    page = guest.page
    assert host.do("room.open", kind="breath") == "ok"
    guest.kind("breath")
    assert page.evaluate("window.locks.length") == 0
    assert host.do("breath.begin") == "ok"
    # asked for stillness: words and a count instead of motion
    words = page.locator(".words b")
    expect(words).to_have_text(guest.t("breath:breathe.in"))
    expect(page.locator("#live")).to_contain_text(guest.t("breath:say.circle"))
    held = "() => window.locks.filter((lock) => lock.on).length"
    page.wait_for_function(held + " === 1")
    slow = guest.button("breath:pace.slow")
    slow.press("Enter")
    expect(slow).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(FIT)
    page.emulate_media(reduced_motion="no-preference")
    guest.tap("breath:pace.with")
    expect(page.locator(".circle:not(.still)")).to_be_visible()
    moving = "getComputedStyle(document.querySelector('.circle')).animationName"
    assert page.evaluate(moving) == "breath"
    assert host.do("breath.pause") == "ok"
    expect(page.locator(".circle.still")).to_be_visible()
    page.wait_for_function(held + " === 0")
    assert host.do("breath.pause", on=False) == "ok"
    guest.tap("breath:step.out")
    guest.tells("breath:out")
    guest.tap("breath:out.not")
    assert host.do("breath.finish") == "ok"
    guest.tells("breath:over.circle")
    page.wait_for_function(held + " === 0")
    # quiet: dark, one light each, no names
    assert host.do("room.open", kind="breath", options={"form": "quiet"}) == "ok"
    assert host.do("breath.begin") == "ok"
    expect(page.locator("[data-hush]")).to_be_visible()
    expect(page.locator(".lights li")).to_have_count(3)
    assert page.locator(".lights").inner_text().strip() == ""
    bot.leave()
    expect(page.locator(".lights li")).to_have_count(2)
    moves = "() => document.getAnimations().filter((one) => one.playState === 'running').length"
    page.wait_for_function(moves + " === 0")  # it saves the battery
    assert host.do("breath.finish") == "ok"
    expect(page.locator("[data-hush]")).to_have_count(0)
    guest.tells("breath:over.quiet")
    # one song: counted in, counted, still by choice
    options = {"form": "floor", "pace": "quick"}
    assert host.do("room.open", kind="breath", options=options) == "ok"
    assert host.do("breath.begin") == "ok"
    expect(page.locator(".three")).to_be_visible()
    expect(page.locator(".floor .big")).to_have_text(guest.t("breath:dance.now"))
    guest.button("breath:dance.on").press("Enter")
    guest.tells("breath:dancing_one")
    assert host.until(lambda tree: tree["room"]["dancing"])["room"]["dancing"] == 1
    pulse = "getComputedStyle(document.querySelector('.floor')).animationName"
    assert page.evaluate(pulse) == "beat"
    guest.tap("breath:hold")
    expect(page.locator(".floor.still")).to_be_visible()
    assert page.evaluate(pulse) == "none"
    assert page.evaluate(FIT)
    # over is over: it once went on saying how many dance, also to who came then
    assert host.do("breath.finish") == "ok"
    guest.tells("breath:over.floor")
    expect(page.locator(".dancers")).to_have_count(0)
