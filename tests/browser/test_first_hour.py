"""The first hour, whole: from the start page to "see you next week", on old phones in a hall.

Plain http at a name that is not the machine's own, 320 px, French and Arabic, and a big screen.
With JAM_SHOTS=<folder> each stop leaves a picture there, to be looked at.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Folk
from tests.browser.hour import Album, answer, early, me, old_indeed, said, song
from tests.browser.house import House, free_port
from tests.browser.phone import Phone
from tests.browser.test_line import write
from tests.browser.test_people import about, tap
from tests.browser.watch import TUNNEL

WALL = {"width": 1280, "height": 720}
SILENT_MS = "1500"
NEXT = re.compile("20:15|8:15")  # Arabic tells the hour by a clock of twelve
PLACE = re.compile(r"/r/(\w{10})#j\.")


@pytest.fixture
def hall() -> Iterator[House]:
    """A laptop in a hall; a host's silence is noticed sooner than in life."""
    port = free_port()
    hall = House(port=port, url=f"http://jam.test:{port}", JAM_LIMIT_BATON_MS=SILENT_MS)
    yield hall
    hall.close()


@pytest.mark.timeout(240)
def test_we1_the_first_hour(hall: House, folk: Folk) -> None:
    """WE1: a dated room is made, three come through whatever happens on their way, one comes late,
    one leaves and returns, the host's phone dies and the host takes the lead back, one is removed
    and undone; all see what is said and made, on a wall too; it ends with a next date, and the end
    is read after a restart."""
    album = Album()

    def person(lang: str) -> Phone:
        return folk.person(hall.url, PHONE, lang, old=True, has_touch=True)

    # -- before: a date, the key once, the way in for everyone
    host = person("fr")
    host.open("/")
    old_indeed(host)
    assert host.page.evaluate("window.isSecureContext") is False
    host.page.fill("#title", "Cuisine de rue")
    host.page.click("#when summary")
    host.page.fill("#date", (date.today() + timedelta(days=2)).isoformat())
    host.page.fill("#time", "19:30")
    host.page.select_option("#minutes", "60")
    album.stop("start", host)
    host.page.select_option("#mood", "cards")
    host.tap("start.open")
    host.tells("made.title")
    album.stop("made", host)
    host.tap("invite.title")
    host.tells("key.first.title")
    host.tap("key.show")
    key = host.page.locator("code.link").inner_text()
    album.stop("key", host)
    host.tap("key.later")
    link = host.page.locator("code.link").first
    expect(link).to_contain_text("#j.")
    join = link.inner_text()
    place = PLACE.search(join)
    assert place and join.startswith(hall.url) and key.startswith(hall.url)
    album.stop("invite", host)
    host.tap("made.back")
    host.page.fill("#name", "Awa")
    host.page.get_by_role("link", name=host.t("made.enter")).click()
    host.inside()

    wall = folk.person(hall.url, WALL, "fr")
    wall.open(f"{hall.url}/r/{place[1]}/screen#{join.split('#')[1]}")
    expect(wall.page.locator(".h-qr img")).to_be_visible()
    assert wall.page.evaluate("typeof HTMLDialogElement.prototype.showModal") == "function"

    # -- coming in: before the script, after a reload, and as one does
    samir, bea, vandal = person("ar"), person("fr"), person("ar")
    early(samir, join, "سمير")
    expect(samir.page.locator("main.first")).to_be_visible()
    old_indeed(samir)
    album.stop("first", samir)
    samir.inside()
    bea.open(join)
    bea.page.fill("#name", "Béa")
    bea.page.reload()
    album.stop("join", bea)
    bea.page.fill("#name", "Béa")
    bea.page.click("#join button.btn.xl")
    bea.reads(re.compile("19:30"))
    album.stop("first", bea)
    bea.inside()
    vandal.join(join, "Max")
    for guest in (bea, vandal):
        old_indeed(guest)
    wall.reads("سمير")
    album.stop("wait", host, samir, bea, wall)
    host.sheet_of("bar.people")
    album.stop("people", host)
    host.sheet.locator(".standin").get_by_role("button", name="سمير").click()
    host.close()

    # -- check-in: together, and who comes five minutes late adds theirs
    host.next()
    for phone, icon, word in ((samir, "storm", "على مهل"), (bea, "sun", "prête !")):
        phone.kind("checkin")
        answer(phone, icon, word)
        phone.tells("checkin:in.weather")
    album.stop("checkin", host, samir, bea, wall)
    assert wall.page.get_by_text("prête !").count() == 0
    host.tap("checkin:show.weather")
    for phone in (host, samir, bea, vandal, wall):
        expect(phone.page.locator("svg.sky")).to_contain_text("على مهل")
    zoe = person("fr")
    zoe.open(join)
    zoe.page.click("#join button.btn.xl")
    zoe.tap("hello.go")
    expect(zoe.page.locator("svg.sky")).to_contain_text("prête !")
    album.stop("sky", host, samir, wall)
    zoe.tap("checkin:add")  # the third tap of an evening is of use to everybody
    answer(zoe, "fair", "essoufflée")
    for phone in (zoe, samir, wall):
        expect(phone.page.locator("svg.sky")).to_contain_text("essoufflée")
    old_indeed(zoe)

    # -- say: on every screen, in one tap from the bar
    bea.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    host.sheet_of("bar.say")
    host.page.fill("#say", "On souffle un peu, puis on dessine.")
    album.stop("say", host)
    host.tap("say.send")
    strip = "On souffle un peu, puis on dessine."
    for phone in (host, samir, bea, zoe):
        expect(phone.page.locator(".said bdi, .status span").filter(has_text=strip)).to_be_visible()
    expect(wall.page.locator(".h-say")).to_have_text("On souffle un peu, puis on dessine.")
    # Whoever had scrolled the masthead away did not see it.
    assert said(bea).count() == 0
    expect(bea.page.locator(".status")).to_contain_text("On souffle un peu")
    album.stop("said", host, samir, bea, wall)
    host.sheet_of("bar.say")
    host.tap("say.clear")
    for phone in (samir, zoe):
        expect(said(phone)).to_have_count(0)
    expect(bea.page.locator(".status")).not_to_contain_text("On souffle un peu")

    # -- drawing: one spoils it; undone and shown out, and no way leads back
    host.next()
    for phone in (host, samir, bea, vandal, zoe):
        phone.kind("canvas")
    samir.stroke((0.1, 0.7), (0.3, 0.5), (0.5, 0.7))
    bea.stroke((0.6, 0.4), (0.9, 0.6))
    for y in (0.2, 0.5, 0.8):
        vandal.stroke((0.1, y), (0.9, y))
    host.marks(5)
    album.stop("drawing", host, samir, wall)
    about(host, "Max")
    album.stop("person", host)
    tap(host, "person.remove")
    album.stop("remove", host)
    tap(host, "remove.undo")
    for phone in (host, samir, bea, zoe):
        phone.marks(2)
    vandal.tells("removed")
    host.tells("relink.here")
    album.stop("relink", host, vandal)
    host.close()
    vandal.page.reload()
    vandal.tells("removed")
    vandal.open(join)
    vandal.tells("removed")
    wall.painted(300)

    # -- one leaves, "I may come back", and is the same person
    was = me(host, "Béa")
    bea.sheet_of("bar.more")
    album.stop("more", bea)
    tap(bea, "more.leave")
    album.stop("leave", bea)
    tap(bea, "leave.back")
    bea.tells("join.again", name="Béa")
    album.stop("again", bea)
    bea.page.click("#join button.btn.xl")
    bea.inside()
    bea.marks(2)
    assert me(bea, "Béa") == was and len(bea.people) == len(host.people)

    # -- the host's phone dies, and the jam goes on
    host.context.close()
    samir.tells("lead.you")
    bea.tells("baton.passed", name="سمير")
    album.stop("lead", samir, bea)
    samir.next()
    for phone in (samir, bea, zoe):
        phone.kind("prompt")
    song(zoe, "La Foule")
    song(samir, "يا رايح")
    wall.reads("La Foule")
    bea.sheet_of("bar.line")
    write(bea, "On entend bien ?", "line.all")
    album.stop("line", bea)
    bea.close()
    fresh = zoe.bar.get_by_role("button", name=zoe.t("line.fresh"), exact=True)
    expect(fresh).to_be_visible()
    fresh.click()
    expect(zoe.sheet.locator(".talk")).to_contain_text("On entend bien ?")
    zoe.close()
    samir.sheet_of("line.title")
    expect(samir.sheet.locator(".talk").first).to_contain_text("On entend bien ?")
    album.stop("line", samir)
    samir.close()
    back = person("fr")
    back.open(key)
    back.page.fill("#name", "Awa")
    back.tells("ask.title")
    album.stop("ask", back)
    back.tap("ask.host")
    back.inside()
    back.tells("lead.other", name="سمير")
    # Its two ways on stood below one another and covered what is asked.
    ways = back.page.locator(".status .btn").evaluate_all(
        "(all) => all.map((el) => el.getBoundingClientRect().top)"
    )
    assert len(ways) == 2 and abs(ways[0] - ways[1]) < 4, ways
    album.stop("back", back)
    back.tap("lead.take")
    for phone in (back, samir, bea, zoe):
        phone.tells("host.back", name="Awa", standin="سمير")
    expect(samir.page.locator(".onward")).to_have_count(0)
    play = back.page.locator(".songs > li").filter(has_text="La Foule")
    play.get_by_role("button", name=back.t("prompt:play.it", title="La Foule")).click()
    for phone in (samir, zoe):
        expect(phone.page.locator(".cut.now").get_by_role("heading")).to_have_text("La Foule")
    wall.reads(wall.t("prompt:playing"))
    album.stop("song", back, samir, wall)

    # -- the end, with a next date; then hours later, after a restart
    back.sheet_of("bar.more")
    album.stop("host-more", back)
    tap(back, "host.end")
    again = date.today() + timedelta(days=9)
    back.page.fill("#next-day", again.isoformat())
    back.page.fill("#next-time", "20:15")
    album.stop("ending", back)
    tap(back, "end.keep")
    for phone in (back, samir, bea, zoe, wall):
        phone.tells("end.title")
        phone.reads(NEXT)
    expect(samir.page.locator(".cover img").first).to_be_visible()
    album.stop("end", back, samir, wall)
    for watch in folk.watches:
        watch.forgive(*TUNNEL)
    hall.kill()
    hall.start()
    samir.page.reload()
    samir.tells("end.title")
    expect(samir.page.locator(".cover img").first).to_be_visible()
    samir.page.locator(".kept .k-canvas").get_by_role("button").click()
    samir.painted(100)
    album.stop("kept", samir)
    late = person("ar")
    late.open(join)
    late.reads(NEXT)
    album.stop("over", late)
    for phone in (host, back, samir, bea, vandal, zoe, wall, late):
        for secret in (join, key):
            assert not phone.watch.holds(secret.split("#")[1]), "a secret has left a page"
