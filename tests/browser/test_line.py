"""Words beside the activity, and what was begun when the room moved on."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.phone import Phone

FIT = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth <= clientWidth;
}"""


def write(one: Phone, text: str, to: str) -> None:
    """Write into the open side line."""
    one.sheet.get_by_role("button", name=one.t(to), exact=True).click()
    one.page.fill("#line", text)
    one.sheet.get_by_role("button", name=one.t("line.send"), exact=True).click()


def test_ln20_a_word_beside_at_320_px(phone: Open, house: House, crowd: Crowd) -> None:
    """LN20: a host says the card's line to everyone in their own language; the side line is quiet,
    reaches all or the hosts only, and can be muted, tidied and closed; a lost person is found."""
    room = house.room("Cuisine de rue", lang="fr", plan=["weather", "street"])
    host = phone("fr")
    host.join(room.host)
    guest = phone("ar")
    guest.join(room.join, "ليلى")
    loud = crowd.come(house, room, "Loud")
    # the paper works for one alone, and others see it
    paper = guest.page.get_by_role("grid", name=guest.t("paper.label"))
    paper.focus()
    guest.page.keyboard.press("ArrowLeft")
    guest.page.keyboard.press("Enter")
    assert loud.until(lambda tree: tree["meet"]["paper"])["meet"]["paper"].keys() == {"1"}
    host.tells("paper.twin_one", count="1", inks="1")
    # four ways for a member, five for a host, the next step the biggest
    expect(guest.bar.get_by_role("button")).to_have_count(4)
    expect(host.bar.get_by_role("button")).to_have_count(5)
    sizes = host.bar.locator("button > span").evaluate_all("(all) => all.map((e) => e.clientWidth)")
    assert sizes[0] > 2 * max(sizes[1:]), sizes
    host.next()
    guest.kind("checkin")
    host.kind("checkin")
    # say: the card's own line, each in their own language
    host.sheet_of("bar.say")
    host.tap("say.card.send")
    said = [one.page.locator(".said bdi") for one in (host, guest)]
    for one in said:
        expect(one).to_be_visible()
    words = [one.inner_text() for one in said]
    assert words[0] != words[1] and any("\u0600" < sign < "\u06ff" for sign in words[1])
    expect(guest.page.locator("#live")).to_contain_text(words[1])
    host.sheet_of("bar.say")
    host.page.fill("#say", "On souffle un peu.")
    host.tap("say.send")
    expect(said[1]).to_have_text("On souffle un peu.")
    guest.page.locator(".said .tool").click()
    expect(said[1]).to_have_count(0)
    expect(said[0]).to_be_visible()
    # the line: a dot and no more, until it is opened
    assert loud.do("room.line", text="<b>LOUD</b>", to="all") == "ok"
    dot = guest.bar.get_by_role("button", name=guest.t("line.fresh"), exact=True)
    expect(dot).to_be_visible()
    dot.click()
    expect(guest.sheet.locator(".talk")).to_contain_text("<b>LOUD</b>")
    write(guest, "على مهل", "line.all")
    expect(guest.sheet.locator(".talk li")).to_have_count(2)
    write(guest, "سؤال صغير", "line.host")
    guest.tells("line.sent.host")
    assert "notes" not in loud.until(lambda tree: len(tree["meet"]["line"]) == 2).get("desk", {})
    guest.sheet.get_by_role("button", name=guest.t("line.who", name="Loud"), exact=True).click()
    guest.tap("line.mute")
    expect(guest.sheet.locator(".talk").first).not_to_contain_text("LOUD")
    guest.tap("line.unmute")
    expect(guest.sheet.locator(".talk").first).to_contain_text("LOUD")
    assert guest.page.evaluate(FIT)
    # the host reads the note, takes a word away, closes the line
    host.sheet_of("line.title")
    expect(host.sheet).to_contain_text("سؤال صغير")
    host.sheet.get_by_role("button", name=host.t("line.who", name="Loud"), exact=True).click()
    host.tap("line.remove")
    host.tap("line.close")
    expect(guest.sheet).not_to_contain_text("LOUD")
    guest.tells("line.shut")
    guest.page.fill("#line", "يبقى")
    everyone = guest.sheet.get_by_role("button", name=guest.t("line.all"), exact=True)
    expect(everyone).to_be_disabled()
    assert loud.do("room.line", text="no", to="all") == "shut"
    expect(guest.page.locator("#line")).to_have_value("يبقى")
    assert host.page.evaluate(FIT)
    host.close()
    guest.close()
    # lost: where we are, and a host who comes, which nobody else sees
    guest.sheet_of("bar.more")
    guest.sheet.get_by_role("button", name=guest.t("more.lost"), exact=True).click()
    guest.tells("lost.title")
    guest.tap("lost.call")
    guest.tells("lost.called")
    guest.tap("lost.go")
    expect(guest.page.locator("#head")).to_be_focused()
    host.tap("calls.there")
    expect(host.button("calls.there")).to_have_count(0)
    guest.tells("lost.coming")
    assert loud.tree["mine"] == {}
    guest.sheet_of("bar.more").get_by_role("button", name=guest.t("more.lost"), exact=True).click()
    guest.tells("lost.coming")
    guest.close()
    host.sheet_of("line.title")
    host.sheet.get_by_role("button", name=host.t("calls.done"), exact=True).click()
    expect(host.button("calls.done")).to_have_count(0)
    assert "calls" not in loud.tree.get("desk", {})


def test_ln21_moved_on_while_typing_and_drawing(phone: Open, house: House, crowd: Crowd) -> None:
    """LN21: a word that is being typed when the room moves on can be sent and counts where it was
    begun; a line under the finger goes by itself; at a step's end nothing closes and a host has
    both ways on."""
    room = house.room(plan=["song-play", "street", "weather"])
    host = phone()
    host.join(room.host).next()
    one = phone("fr")
    one.join(room.join, "Noé").kind("prompt")
    other = crowd.come(house, room, "Other")
    page = one.page
    page.fill("#add-title", "Ya Rayah")
    host.next()
    one.kind("canvas")
    one.tells("moved.on")
    one.tap("moved.send")
    one.tells("moved.sent")
    # a line under the finger
    box = one.canvas().bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 140, steps=6)
    host.next()
    one.kind("checkin")
    page.mouse.up()
    # a word that nobody sends is still there to be copied
    page.get_by_role("radio").first.click()
    page.fill("#word", "doucement")
    host.page.evaluate(
        "async (at) => { window.act = (await import(at)).act; }",
        host.module("screens/session.js"),
    )
    host.page.evaluate("window.act('open', { again: 2 }).then(() => true)")
    one.kind("canvas")
    one.marks(1)
    one.reads("doucement")
    expect(one.button("moved.copy")).to_be_visible()
    expect(one.button("moved.send")).to_have_count(0)
    host.page.evaluate("window.act('open', { again: 1 }).then(() => true)")
    one.reads("Ya Rayah")
    other.until(lambda tree: [e["title"] for e in tree["room"]["entries"]] == ["Ya Rayah"])
    # at zero nothing closes, and the host goes on or gives a minute
    page.fill("#add-title", "encore")
    host.page.evaluate("window.act('timer', { ms: 300 }).then(() => true)")
    one.tells("timer.zero")
    expect(page.locator("#add-title")).to_have_value("encore")
    host.tap("timer.more")
    other.until(lambda tree: tree["meet"]["now"]["ends"] > tree["meet"]["now"]["opened"] + 30_000)
    # (what was said for the ear may stand there until something else is said)
    expect(host.button("timer.more")).to_have_count(0)
