"""One chord, a song and an echo on a phone: pressed, led, applauded, and words of our own."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House

FIT = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
# Writes down which boxes of sound there are, and when their voices sound. The page makes them.
EAR = """
window.boxes = []; window.tones = [];
const Real = window.AudioContext;
window.AudioContext = class extends Real {
  constructor() { super(); window.boxes.push(this); }
  createOscillator() {
    const one = super.createOscillator(), start = one.start.bind(one);
    one.start = (when) => { window.tones.push(when - this.currentTime); start(when); };
    return one;
  }
};
"""


def test_tg20_together_at_320_px(phone: Open, house: House, crowd: Crowd) -> None:
    """TG20: in the browser, by keyboard: a key that is pressed is in the picture at once, and the
    chord sounds from one box that a tap has opened, or the picture says it; a song in the host's
    tongue, with a leader and hearts; an echo in two colours; pasted words are sung and not kept."""
    room = house.room("Kitchen", lang="fr")
    host = crowd.come(house, room, "Amina", host=True)
    host.do("room.open", kind="together", options={"form": "chord"})
    guest = phone("fr")
    page = guest.page
    page.add_init_script(EAR)
    guest.join(room.join).kind("together")
    guest.tells("together:chord.ready")
    expect(page.locator(".tg-flower g path")).to_have_count(1)  # my own key
    guest.button("together:try").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.tones.length > 0")
    assert page.evaluate("window.boxes.length") == 1
    late = phone("ar", color_scheme="dark")
    late.join(room.join, "ليلى").kind("together")
    assert host.do("together.begin") == "ok"
    expect(page.locator(".tg-beats .on").first).to_be_visible()
    host.do("together.press")
    guest.button("together:press").focus()
    before = page.evaluate("window.tones.length")
    page.keyboard.press("Enter")
    expect(guest.button("together:press.mine")).to_be_disabled()
    expect(page.locator(".tg-flower g path")).to_have_count(2)
    pressed = host.until(lambda tree: len(tree["room"]["pressed"]) == 2)["room"]["pressed"]
    assert sorted(key[0] for key in pressed) == [2, 4]
    guest.reads(guest.t("together:chord.rung_other", count=2))
    # my own key, then the chord of two keys: two voices each
    page.wait_for_function("(before) => window.tones.length - before >= 6", arg=before)
    late.tap("together:press.late")
    expect(page.locator(".tg-flower g path")).to_have_count(3)
    assert page.evaluate("window.boxes.length") == 1
    # a song: the line goes on by the clock
    host.do("room.open", kind="together", options={"form": "lyrics"})
    guest.tells("together:ready")
    host.do("together.pick", tongue="pt", song=1)
    expect(page.locator(".tg-sheet h2")).to_have_text("Peixe vivo")
    guest.button("together:lead.me").focus()
    page.keyboard.press("Enter")
    host.until(lambda tree: tree["room"]["leader"])
    assert host.do("together.begin", tongue="en") == "ok"
    host.do("together.go", to=0)
    line = page.locator(".tg-song h2")
    expect(line).to_have_text("Como pode o peixe vivo")
    expect(page.locator(".tg-next").first).to_have_text("viver fora da água fria?")
    host.do("together.go", to=11)
    expect(line).to_have_text("sem a tua companhia?")
    page.get_by_role("button", name=guest.t("together:heart"), exact=True).click()
    host.until(lambda tree: tree["room"]["hearts"] == 1)
    assert page.evaluate(FIT)
    host.do("together.end")
    guest.tells("together:sing.over")
    # an echo of pasted words, in two colours
    host.do("room.open", kind="together", options={"form": "echo", "tongue": "fr"})
    expect(page.locator(".tg-sheet p")).to_have_count(5)
    host.do("together.paste", text="Hé oh\nLa la la")
    expect(page.locator(".tg-sheet p")).to_have_text(["Hé oh", "La la la"])
    host.do("together.begin")
    host.do("together.go", to=2)
    expect(page.locator(".tg-turn")).to_have_text(guest.t("together:echo.listen"))
    host.do("together.go", to=3)
    expect(page.locator(".tg-turn.yours")).to_have_text(guest.t("together:echo.yours"))
    for one in (guest, late):
        expect(one.page.locator(".tg-song h2")).to_have_text("La la la")
        assert one.page.evaluate(FIT)
    host.do("together.end")
    found = house.ask(f"/api/rooms/{room.id}/harvest.md", token=host.token).decode()
    assert "La la la" not in found


def test_tg21_a_host_presses_without_scrolling(desk: Open, house: House) -> None:
    """TG21: on a desk the picture of the chord stands beside what one presses: neither the key nor
    the beats lie under the bar. (The picture took the whole height.)"""
    room = house.room("Kitchen", lang="fr")
    host = desk("fr").join(room.host, "Amina")
    session = host.module("screens/session.js")
    act = """async ([at, what, args, g]) => {
      const { current } = await import(at);
      await current().store.act(what, args, undefined, g);
    }"""
    host.page.evaluate(act, [session, "room.open", {"card": "chord"}, None])
    host.kind("together")
    host.tap("together:begin.chord")
    key = host.page.locator(".tg-press")
    expect(key).to_be_visible()
    for part in (".tg-press", ".tg-beats", ".tg-flower"):
        box, bar = host.page.locator(part).bounding_box(), host.bar.bounding_box()
        assert box and bar
        assert box["y"] + box["height"] <= bar["y"], part
