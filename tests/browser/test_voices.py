"""Voices between real browsers: who hears whom, and what goes on without."""

import math
import os
import signal
import struct
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Playwright, TimeoutError, WebSocket

from tests.browser.conftest import ARGS, PHONE, Folk, chromium
from tests.browser.crowd import Crowd
from tests.browser.house import House, free_port
from tests.browser.phone import Phone

RATE = 48_000
DEAF = "--force-webrtc-ip-handling-policy=disable_non_proxied_udp"
ASKED = "--use-fake-ui-for-media-stream"
TONES = {"Ana": 440, "Bo": 1000}
HEARD, UNHEARD = -60, -70
"""Decibels: far above what is left of a voice that is not there, and far below one that is."""

# Which connections a page makes, and how loud a tone is in what it plays.
WATCH = """
window.pcs = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(how) { super(how); window.pcs.push(this); }
};
window.tone = (hz) => {
  const box = document.querySelector("audio");
  if (!box || !box.srcObject) return -200;
  if (window.of !== box.srcObject) {
    window.of = box.srcObject;
    window.at = window.at || new AudioContext();
    window.ear = window.at.createAnalyser();
    window.ear.fftSize = 16384;
    window.at.createMediaStreamSource(box.srcObject).connect(window.ear);
  }
  const bins = new Float32Array(window.ear.frequencyBinCount);
  window.ear.getFloatFrequencyData(bins);
  const near = Math.round(hz * window.ear.fftSize / window.at.sampleRate);
  return Math.max(-200, ...bins.slice(near - 2, near + 3));
};
"""
ENGINE = """async (at) => {
  const way = await import(at);
  way.look();
  const end = Date.now() + 15000;
  while (!way.voice.value && Date.now() < end) await new Promise((go) => setTimeout(go, 20));
  window.engine = way.voice.value;
}"""
LOUDEST = """async (hz) => {
  let most = -200;
  for (let i = 0; i < 12; i += 1) {
    most = Math.max(most, window.tone(hz));
    await new Promise((go) => setTimeout(go, 50));
  }
  return most;
}"""
NOW = """() => [window.engine.state.value, window.engine.mic.value, ...window.pcs.map((pc) => pc.connectionState)].join(" ")"""  # noqa: E501
BARE = """
from importlib import util
real = util.find_spec
util.find_spec = lambda name, package=None: None if name == "aiortc" else real(name, package)
"""
SENT = """async () => {
  const pc = window.pcs[window.pcs.length - 1];
  for (const one of (await pc.getStats()).values()) if (one.type === "outbound-rtp") return one.packetsSent;
  return 0;
}"""  # noqa: E501


def record(path: Path, hertz: int) -> Path:
    """Somebody who says one tone, with pauses as in speech: a steady one is taken for noise."""
    turn = 2 * math.pi / RATE
    swell = [min(1.0, max(0.0, 6 * math.sin(3 * n * turn))) for n in range(RATE)]
    sound = (int(12_000 * x * math.sin(hertz * n * turn)) for n, x in enumerate(swell))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<h", x) for x in sound))
    return path


class Ear:
    """A phone whose engine of voices the test holds in its hand."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self.page = phone, phone.page
        self.page.evaluate(ENGINE, phone.module("screens/voiceway.js"))

    def do(self, what: str) -> None:
        self.page.evaluate(f"void window.engine.{what}")

    def until(self, true: str) -> None:
        try:
            self.page.wait_for_function(f"() => {true}", polling=50, timeout=20_000)
        except TimeoutError as late:
            raise AssertionError(f"{true}: {self.page.evaluate(NOW)}") from late

    def is_(self, signal: str, value: str) -> None:
        self.until(f"window.engine.{signal}.value === {value!r}")

    def listen(self) -> "Ear":
        self.do("listen()")
        self.is_("state", "on")
        return self

    def speak(self) -> "Ear":
        self.do("speak()")
        self.is_("mic", "on")
        return self

    def hears(self, who: str) -> None:
        self.until(f"window.tone({TONES[who]}) > {HEARD}")

    def hears_not(self, who: str) -> None:
        """A moment after anything has changed."""
        assert self.page.evaluate(LOUDEST, TONES[who]) < UNHEARD

    def loses(self, who: str) -> None:
        self.until(f"window.tone({TONES[who]}) < {UNHEARD}")
        self.hears_not(who)

    def sends_nothing(self) -> None:
        """Not one packet in half a second."""
        before = self.page.evaluate(SENT)
        time.sleep(0.5)
        assert self.page.evaluate(SENT) == before > 0

    @property
    def calls(self) -> int:
        made: int = self.page.evaluate("window.pcs.length")
        return made


class Speaker(NamedTuple):
    """Somebody's browser, with their voice in it."""

    browser: Browser
    folk: Folk

    def enter(self, house: House, address: str, name: str) -> Ear:
        phone = self.folk.person(house.url, PHONE)
        phone.context.add_init_script(WATCH)
        return Ear(phone.join(address, name))


def launch(playwright: Playwright, *more: str) -> Browser:
    args = [*ARGS, "--use-fake-device-for-media-stream", *more]
    return playwright.chromium.launch(executable_path=chromium(), args=args)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """A server with voices."""
    house = House(JAM_VOICE="1")
    yield house
    house.close()


@pytest.fixture(scope="module")
def browsers(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Browser]]:
    """One for each voice, for a browser has one microphone for all its pages; Cy lets nobody have
    it, and where Di is nothing goes through but what pages are made of."""
    folder = tmp_path_factory.mktemp("voices")
    files = {who: record(folder / f"{who}.wav", hertz) for who, hertz in TONES.items()}
    found = {
        who: launch(playwright, ASKED, f"--use-file-for-fake-audio-capture={file}")
        for who, file in files.items()
    }
    found["Cy"] = launch(playwright, ASKED + "=deny")
    found["Di"] = launch(playwright, ASKED, DEAF)
    yield found
    for browser in found.values():
        browser.close()


@pytest.fixture
def speakers(browsers: dict[str, Browser]) -> Iterator[dict[str, Speaker]]:
    made = {who: Speaker(browser, Folk(browser, False)) for who, browser in browsers.items()}
    yield made
    for one in made.values():
        one.folk.go()


def test_vpage21_two_browsers_hear_each_other_and_not_themselves(
    house: House, crowd: Crowd, speakers: dict[str, Speaker]
) -> None:
    """VPAGE21: by mix-minus; who has no microphone hears both; closed means not one packet; a host
    closes a microphone and the person opens it again; who is in another group is not heard; and all
    of it is one call. VPAGE23: where nothing goes through, the page says so, and the room works."""
    room = house.room()
    host = crowd.come(house, room, "Host", host=True)
    di = speakers["Di"].enter(house, room.join, "Di")
    di.do("listen()")
    third = speakers["Cy"].enter(house, room.join, "Cy").listen()
    ana = speakers["Ana"].enter(house, room.join, "Ana").listen().speak()
    bo = speakers["Bo"].enter(house, room.join, "Bo").listen().speak()
    ana.hears("Bo")
    bo.hears("Ana")
    third.hears("Ana")
    third.hears("Bo")
    ana.hears_not("Ana")
    bo.hears_not("Bo")
    ids = {p["name"]: who for who, p in host.tree["meet"]["people"].items()}

    # Refused: one hears on.
    third.do("speak()")
    third.is_("mic", "refused")
    third.hears("Bo")

    ana.do("mute()")
    ana.is_("mic", "off")
    bo.loses("Ana")
    ana.sends_nothing()
    ana.speak()
    bo.hears("Ana")
    quiet = {"what": "voice", "who": ids["Ana"]}
    host.many("room.shut", [{**quiet, "on": True}])
    ana.is_("mic", "muted")
    bo.loses("Ana")
    ana.sends_nothing()
    host.many("room.shut", [{**quiet, "on": False}])
    ana.is_("mic", "off")
    ana.speak()
    bo.hears("Ana")

    # Bo sits out, the others go to a group, and Bo comes along after all.
    options = {"text": "Where?", "inside": "canvas", "shown": True, "rounds": 1}
    assert host.do("room.open", kind="groups", options=options) == "ok"
    bo.phone.button("groups:sit").click()
    bo.phone.tells("groups:sat")
    assert host.do("groups.begin") == "ok"
    bo.loses("Ana")
    third.hears("Ana")
    third.loses("Bo")
    assert [one.calls for one in (ana, bo, third)] == [1, 1, 1]
    di.is_("state", "blocked")
    di.phone.kind("groups")


def test_vpage22_a_worker_dies_and_sound_comes_back_while_the_room_goes_on(
    house: House, speakers: dict[str, Speaker]
) -> None:
    """VPAGE22: nobody does anything, and no line to the room closes."""
    room = house.room()
    ana = speakers["Ana"].enter(house, room.join, "Ana").listen().speak()
    lines: list[WebSocket] = []
    ana.page.on("websocket", lambda line: lines.append(line))  # one that would be begun anew
    bo = speakers["Bo"].enter(house, room.join, "Bo").listen().speak()
    bo.hears("Ana")
    for pid in house.children():
        os.kill(pid, signal.SIGKILL)
    ana.is_("state", "away")
    for one in (ana, bo):
        one.is_("state", "on")
        one.is_("mic", "on")
        assert one.calls > 1
    bo.hears("Ana")
    ana.hears("Bo")
    assert not lines


def test_vpage24_over_plain_http_one_listens(speakers: dict[str, Speaker]) -> None:
    """VPAGE24: a browser gives such a page no microphone; that is no error, and one hears."""
    port = free_port()
    house = House(port=port, url=f"http://jam.test:{port}", JAM_VOICE="1")
    try:
        ana = speakers["Ana"].enter(house, house.room().join, "Ana").listen()
        ana.do("speak()")
        can = "(({ listen, speak, why }) => [listen, speak, why])(window.engine.can)"
        assert ana.page.evaluate(can) == [True, False, "plain"]
        ana.is_("mic", "off")
    finally:
        speakers["Ana"].folk.go()
        house.close()


def test_vpage25_without_the_extra_there_is_a_room(
    tmp_path: Path, crowd: Crowd, speakers: dict[str, Speaker]
) -> None:
    """VPAGE25: the page is told so, and fetches nothing of the voices."""
    (tmp_path / "sitecustomize.py").write_text(BARE)
    house = House(JAM_VOICE="1", PYTHONPATH=str(tmp_path))
    try:
        room = house.room()
        bot = crowd.come(house, room, "Bot", host=True)
        phone = speakers["Ana"].folk.person(house.url, PHONE).join(room.join, "Ana")
        told = "async (at) => (await import(at)).current().store.voice"
        assert phone.page.evaluate(told, phone.module("screens/session.js")) == 0
        assert bot.do("room.next") == "ok"
        phone.kind("checkin")
        assert not [one for one in phone.watch.seen if "/voice/" in one]
    finally:
        speakers["Ana"].folk.go()
        house.close()
