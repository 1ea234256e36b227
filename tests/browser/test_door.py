"""The door: whoever holds a way in comes in, whatever happens on the way; whoever does not is told
kindly, and what to do."""

import json
import re
from urllib.request import Request, urlopen

from playwright.sync_api import Route, expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.watch import TUNNEL


def test_do12_nothing_on_the_way_keeps_anyone_outside(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """DO12: pressed and typed before the script, in another language, after a module that failed,
    after a reload, back and the end of the tab: one is in, from a first screen with one tap, and
    the activity was fetched behind it."""
    room = house.room("Slow line", plan=["weather"])
    host = crowd.come(house, room, "Amina", host=True)
    host.do("room.next")
    guest = phone("en", user_agent="Mozilla/5.0 (Linux; Android 12) Chrome/120 Instagram 300.0")
    guest.watch.forgive(*TUNNEL)
    page = guest.page
    ways = {"hold": True, "fail": False}
    held: list[Route] = []

    def road(route: Route) -> None:
        if ways["fail"] and route.request.url.endswith("/app.js"):
            route.abort()
        elif ways["hold"] and not route.request.url.endswith("boot.js"):
            held.append(route)
        else:
            route.continue_()

    page.route("**/*.js", road)
    page.goto(room.join, wait_until="commit")
    page.fill("#name", "Noé")
    page.click("#join button.btn.xl")
    expect(page.locator("#join button.btn.xl")).to_have_text(guest.t("join.entering"))
    # Another language, before any module: the press, the name and the secret go along. There the
    # code does not come through at first, and the page says so and asks again by itself.
    ways.update(hold=False, fail=True)
    page.locator(".langs a[hreflang=fr]").click()
    guest.lang = "fr"
    guest.tells("page.offline")
    assert page.url.endswith("?lang=fr#" + room.join_secret)
    ways["fail"] = False
    go = page.get_by_role("button", name=guest.t("hello.go"), exact=True)
    expect(go).to_be_visible()
    assert "#" not in page.url, "let in, the address gives its secret up"
    guest.reads("Slow line")
    guest.tells("hello.hosts", names="Amina")
    fetched = "() => performance.getEntriesByType('resource').some((e) => e.name.includes('/checkin/view.js'))"  # noqa: E501
    page.wait_for_function(fetched)
    guest.tap("hello.hall")
    go.click()
    guest.kind("checkin")
    me = host.until(lambda tree: any(p.get("hall") for p in tree["meet"]["people"].values()))
    names = [p["name"] for p in me["meet"]["people"].values()]
    assert sorted(names) == ["Amina", "Noé"], "one person, whatever happened before"
    # Back to where the secret still stands in the address, and forward through a reload.
    page.go_back()
    guest.inside()
    page.reload()
    guest.inside()
    # A tab that dies before it was let in: another one with the same link.
    other = phone("ar")
    other.page.goto(room.join)
    other.page.fill("#name", "ليلى")
    other.page.reload()
    assert other.page.url.endswith(room.join_secret), "not yet let in"
    other.page.close()
    again = other.context.new_page()
    other.watch.over(again)
    again.goto(room.join)
    again.locator(".langs a[hreflang=es]").click()
    expect(again.locator("html")).to_have_attribute("lang", "es")
    again.fill("#name", "Leila")
    again.click("#join button.btn.xl")
    expect(again.locator("main.first")).to_be_visible()
    again.locator("main.first .btn.xl").click()
    expect(again.locator("#room.k-checkin")).to_be_visible()
    people = host.until(lambda tree: len(tree["meet"]["people"]) == 3)["meet"]["people"]
    assert {p["name"] for p in people.values()} == {"Amina", "Noé", "Leila"}


def ask(house: House, path: str, body: object, token: str = "") -> dict[str, str]:
    """A request as the host's page makes it."""
    head = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    address = f"http://127.0.0.1:{house.port}{path}"
    with urlopen(Request(address, json.dumps(body).encode(), head), timeout=20) as answer:
        found: dict[str, str] = json.loads(answer.read())
    return found


def test_do13_each_way_in_and_each_closed_door(phone: Open, house: House, crowd: Crowd) -> None:
    """DO13: a host's link asks; a pasted message, a spoken code and one's own other device lead in;
    a locked door opens by itself; who was removed stays out, and is told in one sentence; a room
    that is over names its next date."""
    room = house.room("Many doors", plan=["weather"])
    host = crowd.come(house, room, "Amina", host=True)
    # The host's link on a new device: two ways, and to take part is one of them.
    guest = phone("en")
    guest.open(room.host)
    guest.tells("ask.title")
    guest.page.fill("#name", "Bo")
    guest.tap("ask.member")
    guest.inside()
    assert "#" not in guest.page.url
    mine = host.until(lambda tree: any(p["name"] == "Bo" for p in tree["meet"]["people"].values()))
    who = next(id for id, p in mine["meet"]["people"].items() if p["name"] == "Bo")
    assert mine["meet"]["people"][who]["role"] == "member"
    # My place on another device: a link that opens once, for the same person.
    guest.page.evaluate(
        "async (at) => { (await import(at)).show('device'); }", guest.module("screens/sheets.js")
    )
    link = guest.sheet.locator("code.link")
    expect(link).to_contain_text("#p.")
    address = link.inner_text()
    mirror = phone("fr")
    mirror.open(address)
    mirror.inside()
    assert len(mirror.people) == 2, "the same person twice"
    spent = phone("fr")
    spent.open(address)
    spent.tells("once.title")
    # An address without its key: the message around the link will do. And somebody can say a code.
    lost = phone("ar")
    lost.open(room.join.split("#")[0])
    lost.tells("nokey.title")
    lost.page.fill("#link", f"تعال! {room.join} نراك")
    lost.tap("nokey.open")
    lost.page.click("#join button.btn.xl")
    lost.inside()
    code = ask(house, f"/api/rooms/{room.id}/code", {}, host.token)["code"]
    heard = phone("fr")
    heard.open(room.join.split("#")[0])
    heard.page.get_by_text(heard.t("knock.title")).click()
    heard.page.fill("#code-said", f"{code[:4].upper()} {code[4:]}")
    heard.page.fill("#code-name", "Chloé")
    heard.tap("knock.go")
    heard.tells("door.waiting")
    desk = host.until(lambda tree: (tree.get("desk") or {}).get("knocks"))["desk"]["knocks"]
    (knock,) = desk
    assert desk[knock]["name"] == "Chloé"
    heard.page.reload()
    heard.tells("door.waiting")
    assert host.do("room.let", **{"knock": knock, "in": True}) == "ok"
    heard.inside()
    assert "#" not in heard.page.url
    assert "Chloé" in {p["name"] for p in heard.people.values()}
    # A locked door says so, and opens by itself once it is open.
    assert host.do("room.lock", on=True) == "ok"
    late = phone("es")
    late.open(room.join)
    late.page.click("#join button.btn.xl")
    late.tells("door.locked")
    late.tells("locked.again")
    assert host.do("room.lock", on=False) == "ok"
    late.page.evaluate(
        "async (at) => { (await import(at)).current().link.stir(true); }",
        late.module("screens/session.js"),
    )
    late.inside()
    # Who was removed reads one sentence, and does not come back by what this device knows.
    member = lost.page.evaluate(
        "async (at) => (await import(at)).me.value.id", lost.module("screens/session.js")
    )
    assert host.do("room.remove", who=member) == "ok"
    lost.tells("removed")
    for address in (lost.page.url, room.join):
        lost.open(address)
        lost.tells("removed")
        lost.tells("removed.title")
    # It is over: whoever comes now reads when the next one is.
    assert host.do("room.end", erase=False, next=1_900_000_000_000) == "ok"
    after = phone("en")
    after.open(room.join)
    after.reads(re.compile("Next one: .*17"))
