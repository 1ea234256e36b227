"""Thirty minutes with everything at once: two servers, Redis, a voice worker, and what goes wrong.

A ready plan is led to its end by people in three browsers among twelve others, with two voices.
With JAM_SHOTS=<folder> each stop leaves a picture there, to be looked at.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.conftest import DESK, PHONE, Folk
from tests.browser.crowd import Bot, Crowd
from tests.browser.hour import Album
from tests.browser.house import ROOT, House, Room, free_port
from tests.browser.ink import encode
from tests.browser.phone import Phone
from tests.browser.road import Road
from tests.browser.test_journey import kept
from tests.browser.test_people import about, tap
from tests.browser.test_voices import ASKED, HEARD, TONES, WATCH, launch, record
from tests.browser.watch import TUNNEL
from tests.redis_server import RedisServer

DISK = ("--appendonly", "yes", "--appendfsync", "everysec")
SILENT_MS = "6000"
"""Longer than it takes a page to come back to another server on a busy machine: who leads keeps the
lead."""
PLAN = ["welcome", "weather", "partners", "street", "breath", "keep", "chord"]
"""Thirty minutes: the ready plan "meet", with one paper for all."""
TWELVE = ("Ada", "Bilal", "Chen", "Dina", "Eli", "Fatou", "Gus", "Hana", "Ines", "Joy", "Kim")
WORD = "Zanzibarkanari"


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One in which whoever speaks says one tone."""
    voice = record(tmp_path_factory.mktemp("voice") / "voice.wav", TONES["Ana"])
    browser = launch(playwright, ASKED, f"--use-file-for-fake-audio-capture={voice}")
    yield browser
    browser.close()


class Town:
    """Two servers, one road to them, Redis, and a voice worker."""

    def __init__(self) -> None:
        self.redis = RedisServer(*DISK, port=free_port()).start()
        shared = {"JAM_REDIS_URL": self.redis.url, "JAM_PUBLIC_IP": "127.0.0.1"}
        ports = [free_port(), free_port()]
        self.road = Road(ports[0])
        self.url = f"http://127.0.0.1:{self.road.port}"
        own = {"JAM_VOICE": "1", "JAM_LIMIT_BATON_MS": SILENT_MS}
        self.houses = [House(port=port, url=self.url, **shared, **own) for port in ports]
        self.worker = subprocess.Popen(
            [sys.executable, "-m", "server.cli", "voice"], cwd=ROOT, env={**os.environ, **shared}
        )

    def holds(self, secret: str) -> list[str]:
        """In which files of the servers and of Redis this stands."""
        folders = [self.redis.folder, *(house.data for house in self.houses)]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        assert any(path.stat().st_size > 1_000 for path in files), "nothing was kept at all"
        return [str(path) for path in files if secret.encode() in path.read_bytes()]

    def close(self) -> None:
        for house in self.houses:
            house.close()
        self.worker.terminate()
        self.worker.wait()
        self.road.close()
        self.redis.remove()


@pytest.fixture
def town() -> Iterator[Town]:
    town = Town()
    yield town
    town.close()


def speak(phone: Phone) -> None:
    """Join the voices and open the microphone, as for the first time: three taps."""
    phone.tap("voice.listen")
    phone.tap("voice.try")
    phone.tap("voice.speak")
    expect(phone.page.locator(".heard")).to_be_visible()
    phone.close()


def hears(phone: Phone) -> None:
    """Somebody's voice comes out of this phone."""
    phone.page.wait_for_function(f"() => window.tone({TONES['Ana']}) > {HEARD}", polling=50)


def dots(count: int) -> list[dict[str, object]]:
    """Marks of a pen, each somewhere else."""
    return [
        {"shape": "free", "group": n, "ink": n % 12, "width": 2,
         "points": encode([(1_000 + n * 500, 2_000), (2_000 + n * 500, 7_000)])}
        for n in range(1, count + 1)
    ]  # fmt: skip


@pytest.mark.timeout(240)
def test_we2_a_whole_evening(town: Town, folk: Folk, crowd: Crowd) -> None:
    """WE2: a plan is led to its end while a host's phone dies and the stand-in carries on, a server
    is killed, one is removed and undone, and two people talk; the keepsake has what was made, and
    no file anywhere has a secret, a word that was taken back, or anything of a call."""
    album = Album()
    room: Room = town.houses[0].room("Cuisine de rue", "fr", PLAN)
    host = folk.person(town.url, DESK, "fr").join(room.host, "Awa")
    samir = folk.person(town.url, PHONE, "ar")
    bea = folk.person(town.url, PHONE, "en")
    for phone, name in ((samir, "سمير"), (bea, "Bea")):
        phone.context.add_init_script(WATCH)
        phone.join(room.join, name)
    for phone in (host, samir, bea):
        phone.watch.forgive(*TUNNEL, "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "WebSocket")
    people = crowd.flock(town.houses[1], room, TWELVE)
    vandal = crowd.come(town.houses[1], room, "Max")
    host.sheet_of("bar.people")
    host.sheet.locator(".standin").get_by_role("button", name="سمير").click()
    host.close()

    # -- two voices, each in the other's ear
    speak(bea)
    hears_nothing_yet = samir.page.evaluate("window.pcs.length")
    assert hears_nothing_yet == 0, "nobody is called who did not tap"
    speak(samir)
    for phone in (samir, bea):
        hears(phone)
    album.stop("voices", samir, bea)

    # -- welcome, and the weather of fourteen people
    host.next()
    for phone in (host, samir, bea):
        phone.kind("steps")
    host.next()
    ada = people[0]
    ada.until(lambda tree: (tree["meet"]["now"] or {}).get("kind") == "checkin")
    assert ada.do("checkin.choose", icon="sun", word=WORD) == "ok"
    for n, one in enumerate(people):
        assert one.do("checkin.choose", icon="rain", word=f"word{n}") == "ok"
    bea.kind("checkin")
    bea.page.get_by_role("radio", name=bea.t("checkin:i.storm"), exact=True).click()
    bea.page.fill("#word", "ready!")
    bea.tap("checkin:send.weather")
    host.tap("checkin:show.weather")
    for phone in (host, samir, bea):
        for word in ("ready!", "word10"):
            expect(phone.page.locator("svg.sky")).to_contain_text(word)
    album.stop("sky", host, samir, bea)

    # -- pairs: each draws the other, and hears that one alone
    host.next()
    host.kind("groups")
    album.stop("pairs", host, samir, bea)

    # -- the host's phone dies, and the stand-in leads
    host.context.close()
    samir.tells("lead.you")
    bea.tells("baton.passed", name="سمير")
    samir.next()
    for phone in (samir, bea):
        phone.kind("canvas")
    samir.stroke((0.1, 0.7), (0.3, 0.5), (0.5, 0.7))
    bea.stroke((0.6, 0.4), (0.9, 0.6))
    vandal.many("canvas.mark", dots(5))
    samir.marks(7)

    # -- a server is killed, and the paper takes every line meanwhile
    town.houses[0].kill()
    bea.stroke((0.2, 0.2), (0.8, 0.2))
    bea.tells("line.safe")
    album.stop("dark", bea)
    town.road.lead(town.houses[1].port)
    samir.marks(8)
    bea.marks(8)
    for phone in (samir, bea):
        hears(phone)

    # -- one is removed, and undone
    about(samir, "Max")
    tap(samir, "person.remove")
    tap(samir, "remove.undo")
    for phone in (samir, bea):
        phone.marks(3)
    samir.close()
    album.stop("undone", samir, bea)

    # -- a breath, what to keep, and the last chord
    samir.next()
    bea.kind("breath")
    samir.next()
    bea.kind("wall")
    notes(people[:3])
    samir.tap("wall:show")
    bea.reads("Soup for all")
    samir.next()
    bea.kind("together")
    album.stop("chord", samir, bea)

    # -- the end: a keepsake for everybody
    samir.sheet_of("bar.more")
    samir.tap("host.end")
    samir.tap("end.keep")
    for phone in (samir, bea):
        phone.tells("end.title")
    album.stop("end", samir, bea)
    text = kept(bea, "end.text").read_text("utf-8")
    for part in ("Cuisine de rue", "ready!", "word10", "Soup for all"):
        assert part in text, text
    for gone in (WORD, "Max", "سمير"):
        assert gone not in text, text

    # -- nothing of it lies about
    tokens = [one.token for one in people]
    ways = [way.split(".", 1)[1] for way in (room.join_secret, room.host_secret)]
    for secret in (*ways, *tokens, "a=candidate", "ice-ufrag", "fingerprint", "127.0.0.1"):
        assert town.holds(secret) == [], secret
    town.redis.client().bgrewriteaof()  # which Redis does by itself as its file grows
    end = time.monotonic() + 20
    while found := town.holds(WORD):
        assert time.monotonic() < end, found
        time.sleep(0.1)
    for phone in (samir, bea):
        assert not phone.watch.holds(room.join_secret), "a secret has left a page"
    folk.go()


def notes(people: list[Bot]) -> None:
    """What some would keep, on the wall."""
    for one in people:
        one.until(lambda tree: (tree["meet"]["now"] or {}).get("kind") == "wall")
        assert one.do("wall.write", text="Soup for all", col=0) == "ok"
