"""From a blank page to a running room, and a plan that hosts change, keep and hand on."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House, Room
from tests.browser.phone import Phone

MOST_INPUTS = 5
MIN = 60_000
COPIED = "navigator.clipboard.writeText = async (text) => { window.copied = text; };"


def room_of(made: dict[str, str]) -> Room:
    """The room of an answer with its links."""
    return Room(made["room"], made.get("join_url", ""), made["host_url"])


def titles(host: Phone) -> Locator:
    """The steps of the plan while it is changed."""
    return host.sheet.locator(".planned > li > .row > .grow > .grow")


def menu(host: Phone, title: str) -> None:
    """Unfold what can be done with a step."""
    name = re.compile(f"^{re.escape(title)} \\d")
    host.sheet.locator(".planned").get_by_role("button", name=name).click()


def ends(text: str) -> str:
    """The first time of day in a sentence."""
    found = re.search(r"\d?\d:\d\d", text)  # in the small hours French writes one digit
    assert found, text
    return found[0]


def test_plan10_from_a_blank_page_to_a_running_room_in_five_inputs(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """PLAN10: whoever was never here chooses what for and has the first activity open with the
    fifth tap; late, the host alone is offered what meets the agreed end; the room goes on by
    itself when asked to; a rehearsal opens."""
    host = phone("fr")
    host.open("/")
    ready = host.page.locator("#mood optgroup").nth(1).locator("option")
    expect(ready).to_have_count(8)
    for key in ("meet", "play", "music", "dream", "share", "rest"):
        expect(host.page.locator(f"#mood option[value={key}]")).to_have_text(host.t(f"mood.{key}"))
    expect(host.page.locator("#measure")).to_be_visible()
    inputs = 0

    def press(thing: Locator) -> None:
        nonlocal inputs
        inputs += 1
        thing.click()

    inputs += 1
    host.page.select_option("#mood", "plan:meet")
    expect(host.page.locator("#measure")).to_be_hidden()
    with host.page.expect_response("**/api/rooms") as made:
        press(host.button("start.open"))
    room = room_of(made.value.json())
    press(host.page.get_by_role("link", name=host.t("made.enter")))
    host.inside()
    press(host.page.locator(".onward"))
    host.kind("steps")
    assert inputs <= MOST_INPUTS

    # where we are; another host has more time on the timer than the plan has
    other, guest = crowd.come(house, room, "Bea", host=True), phone("fr")
    plan = other.tree["meet"]["plan"]
    due = other.tree["meet"]["begun"] + other.tree["meet"]["minutes"] * MIN
    host.sheet_of("bar.plan")
    pace = host.sheet.locator(".pace")
    expect(pace).to_contain_text(host.t("pace.where", n=1, of=len(plan)))
    expect(pace.locator(".card")).to_have_count(0)
    assert other.do("room.timer", ms=10 * MIN) == "ok"
    over = pace.locator(".card > p").first
    expect(over).to_contain_text(re.compile(r"\+[45] min"))
    agreed = ends(over.inner_text())
    offers = pace.locator(".acts .btn")
    assert {ends(text) for text in offers.all_inner_texts()} == {agreed}
    assert ends(pace.locator(".ends").inner_text()) != agreed
    offers.first.click()
    expect(pace.locator(".card")).to_have_count(0)
    assert ends(pace.locator(".ends").inner_text()) == agreed
    now = other.until(lambda tree: tree["meet"]["plan"] != plan)["meet"]
    left = sum(step["minutes"] for step in now["plan"][1:]) * MIN
    assert due - MIN < now["now"]["ends"] + left <= due
    host.tap("plan.undo")
    other.until(lambda tree: tree["meet"]["plan"] == plan)
    expect(over).to_be_visible()
    # the others see nothing of it
    guest.join(room.join, "Noé")
    expect(guest.page.get_by_text(re.compile(r"\+\d min"))).to_have_count(0)

    # by itself, this once
    host.tap("auto.title")
    host.tap("auto.once")
    expect(host.button("auto.once")).to_have_attribute("aria-pressed", "true")
    host.close()
    assert other.do("room.timer", ms=300) == "ok"
    for one in (host, guest):
        one.kind("checkin")
    assert other.until(lambda tree: tree["meet"]["at"] == 1)["meet"]["auto"] == ""

    # a rehearsal has players, and they are not in this room
    host.sheet_of("bar.plan")
    host.tap("plan.edit")
    host.tap("rehearse.go")
    with host.page.expect_response("**/rehearse") as played:
        host.sheet.locator(".fold .btn[aria-busy]").click()
    way = host.sheet.get_by_role("link", name=host.t("rehearse.open"))
    found = played.value.json()
    expect(way).to_have_attribute("href", found["host_url"])
    copy = crowd.come(house, room_of(found), "Lead", host=True)
    copy.until(lambda tree: len(tree["meet"]["people"]) > 3)
    assert copy.tree["meet"]["title"].startswith("Répétition")
    assert [step["card"] for step in copy.tree["meet"]["plan"]] == [one["card"] for one in plan]
    assert len(other.tree["meet"]["people"]) == 3
    copy.do("room.end", erase=True)


def test_plan12_whoever_chooses_everything_is_inside_with_five_inputs(phone: Open) -> None:
    """PLAN12: mood, minutes and size, one tap that opens the room, one that goes in, with the name
    typed beside it or the one that the page suggests; and the plan sums to what was chosen."""
    host = phone("ar")
    host.open("/")
    for field, value in (("mood", "rest"), ("long", "45"), ("size", "30")):
        host.page.select_option(f"#{field}", value)
    with host.page.expect_response("**/api/rooms") as made:
        host.tap("start.open")
    host.page.get_by_role("link", name=host.t("made.enter")).click()
    host.inside()
    assert made.value.ok
    plan, minutes = host.state("meet", "plan"), host.state("meet", "minutes")
    assert minutes == 45 and 40 <= sum(step["minutes"] for step in plan) < 45
    (own,) = host.state("meet", "people").values()
    assert own["role"] == "host" and own["name"]


def test_plan11_a_plan_is_changed_kept_and_handed_on(
    phone: Open, house: House, crowd: Crowd, tmp_path: Path
) -> None:
    """PLAN11: by finger, by keys and by menu; minutes, twice, swap, left out, a card of one's own,
    and back; to a file, whole, and from it, where a broken one is told with line and field; to a
    link that the start page has chosen already; a ready plan."""
    room = house.room(plan=["weather", "street", "squiggle", "breath", "keep"], lang="fr")
    host, other = phone("fr"), crowd.come(house, room, "Bea", host=True)
    host.page.add_init_script(COPIED)
    host.join(room.host, "Awa")
    host.next()
    host.kind("checkin")
    names = dict(card_titles(house))
    first, street, squiggle, breath, keep = (
        names[card] for card in ("weather", "street", "squiggle", "breath", "keep")
    )
    host.sheet_of("bar.plan")
    host.tap("plan.edit")
    steps = titles(host)
    expect(steps).to_have_text([first, street, squiggle, breath, keep])

    # a finger
    grip = host.sheet.get_by_role("button", name=host.t("plan.grip", title=breath), exact=True)
    grip.scroll_into_view_if_needed()
    start, goal = grip.bounding_box(), steps.nth(1).bounding_box()
    assert start and goal
    mouse = host.page.mouse
    mouse.move(start["x"] + 20, start["y"] + 20)
    mouse.down()
    mouse.move(start["x"] + 24, goal["y"] + 4, steps=5)
    mouse.up()
    expect(steps).to_have_text([first, breath, street, squiggle, keep])
    # keys
    grip.focus()
    host.page.keyboard.press("ArrowDown")
    expect(steps).to_have_text([first, street, breath, squiggle, keep])
    expect(grip).to_be_focused()
    # the menu goes along with its step, and so does the focus
    menu(host, breath)
    expect(host.button("plan.up")).to_be_enabled()
    host.tap("plan.up")
    expect(steps).to_have_text([first, breath, street, squiggle, keep])
    expect(host.button("plan.down")).to_be_visible()
    expect(host.button("plan.up")).to_be_disabled()
    host.tap("plan.down")
    expect(steps).to_have_text([first, street, breath, squiggle, keep])
    expect(host.button("plan.down")).to_be_focused()
    # minutes, and what they sum to
    plan = other.until(lambda tree: tree["meet"]["plan"][2]["card"] == "breath")["meet"]["plan"]
    total = sum(step["minutes"] for step in plan)
    expect(host.sheet).to_contain_text(host.t("minutes", count=total))
    host.tap("plan.more")
    host.tap("plan.more")
    host.tap("plan.less")
    more = host.t("min", count=plan[2]["minutes"] + 1)
    expect(host.sheet.locator(".minutes b")).to_have_text(more)
    expect(host.sheet).to_contain_text(host.t("minutes", count=total + 1))
    # twice, another one in its place, left out, and back
    host.tap("plan.twice")
    expect(steps).to_have_text([first, street, breath, breath, squiggle, keep])
    swap = host.sheet.locator(".menu").get_by_role("button", name=swap_word(host))
    swap.click()
    expect(steps.nth(2)).not_to_have_text(breath)
    swapped = steps.nth(2).inner_text()
    menu(host, swapped)
    menu(host, breath)
    host.tap("plan.remove")
    expect(steps).to_have_text([first, street, swapped, squiggle, keep])
    host.tap("plan.undo")
    host.tap("plan.undo")
    expect(steps).to_have_text([first, street, breath, breath, squiggle, keep])
    host.tap("plan.undo")
    expect(steps).to_have_text([first, street, breath, squiggle, keep])
    # a card of one's own
    menu(host, street)
    host.tap("own.make")
    host.page.fill("#own-text", "Ce que la rue chante")
    host.page.fill("#own-minutes", "7")
    host.tap("own.save")
    own = "Ce que la rue chante"
    expect(steps).to_have_text([first, own, breath, squiggle, keep])
    step = other.until(lambda tree: tree["meet"]["plan"][1]["card"] is None)["meet"]["plan"][1]
    assert (step["kind"], step["minutes"], step["options"]["text"]) == ("canvas", 7, own)

    # a file, and back again; a broken one says where
    host.tap("plan.files")
    with host.page.expect_download() as saved:
        host.tap("plan.save")
    text = Path(str(saved.value.path())).read_text("utf-8")
    kept: dict[str, Any] = json.loads(text)
    assert [one.get("card") for one in kept["steps"]] == [
        "weather",
        None,
        "breath",
        "squiggle",
        "keep",
    ]
    door = host.sheet.locator("input[type=file]")
    lines = text.split("\n")
    broken = tmp_path / "broken.json"
    wrong = re.sub(r'"minutes": ?\d+', '"minutes":0', lines[3])
    broken.write_text("\n".join([*lines[:3], wrong, *lines[4:]]), "utf-8")
    door.set_input_files(broken)
    why = host.t("refused.not_a_number", min=1, max=240)
    alert = host.sheet.get_by_role("alert")
    expect(alert).to_have_text(host.t("plan.wrong", line=4, field="minutes", why=why))
    broken.write_text("\n".join([*lines[:2], lines[2][:-9], *lines[3:]]), "utf-8")
    door.set_input_files(broken)
    expect(alert).to_have_text(host.t("plan.wrong.line", line=3))
    expect(steps).to_have_count(5)
    whole = tmp_path / "plan.json"
    whole.write_text(text, "utf-8")
    door.set_input_files(whole)
    expect(alert).to_have_count(0)
    # the file is the whole plan; where its first step has been, that does not come once more
    expect(steps).to_have_text([first, own, breath, squiggle, keep])
    # the card of one's own alone: put to the plan at its end, and away again
    with host.page.expect_download() as saved:
        host.tap("own.keep")  # its menu is open still
    door.set_input_files(Path(str(saved.value.path())))
    expect(steps).to_have_text([first, own, breath, squiggle, keep, own])
    host.tap("plan.undo")
    expect(steps).to_have_count(5)
    # a link: the start page has chosen it already
    host.tap("plan.share")
    host.tells("plan.shared")
    link = host.page.evaluate("window.copied")
    fresh = phone("fr")
    fresh.open(link)
    expect(fresh.page.locator("#mood")).to_have_value("link")
    expect(fresh.page.locator("#measure")).to_be_hidden()
    with fresh.page.expect_request("**/api/rooms") as asked:
        fresh.tap("start.open")
    fresh.tells("made.title")
    sent = asked.value.post_data_json["plan"]
    assert [one.get("card") for one in sent] == [s.get("card") for s in kept["steps"]]
    # a plan of the collection in place of what is still to come
    host.tap("plan.ready")
    ready = house.ask("/api/plans?lang=fr")
    music = next(one for one in json.loads(ready)["plans"] if one["id"] == "music")
    host.sheet.get_by_role("button", name=re.compile(re.escape(music["title"]))).click()
    host.tap("plan.take")
    expect(steps).to_have_text([first, *(names[step["card"]] for step in music["steps"])])
    host.tap("plan.undo")
    expect(steps).to_have_text([first, own, breath, squiggle, keep])


def card_titles(house: House) -> list[tuple[str, str]]:
    """The cards and what they are called in French."""
    cards = json.loads(house.ask("/api/cards?lang=fr"))["cards"]
    return [(card["id"], card["title"]) for card in cards]


def swap_word(host: Phone) -> re.Pattern[str]:
    """How the button begins that puts another card in a step's place."""
    return re.compile("^" + re.escape(host.t("plan.swap", title="").split()[0]))
