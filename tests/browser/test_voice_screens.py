"""What people see of voices, with an engine that does what the test says (rules VUI6 to VUI13)."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, Folk, Open
from tests.browser.crowd import Crowd
from tests.browser.house import House, Room
from tests.browser.phone import Phone
from tests.browser.sounding import Sound
from tests.browser.test_axe import check
from tests.browser.test_sight import FIT

LINE = ".voices"
HEARD = ".heard"


def come(phone: Phone, address: str, name: str = "Mesange", **how: Any) -> Sound:
    """Into a room with sound, as far as the page knows."""
    sound = Sound(phone.page, **how)
    phone.join(address, name)
    expect(phone.page.locator(LINE)).to_be_visible()
    return sound


def spoken(phone: Phone) -> None:
    """This device has spoken before."""
    phone.page.add_init_script(
        "for (const of of ['spoke', 'seen']) localStorage.setItem(`jam:my:voice:${of}`, 'true');"
    )


def self_of(phone: Phone, name: str = "Mesange") -> str:
    """The id of this person."""
    return next(who for who, person in phone.people.items() if person["name"] == name)


def asked_for(sound: Sound) -> list[str]:
    return [str(call[0]) for call in sound.calls]


def heard(phone: Phone, text: str) -> None:
    """Wait until the live region has said this."""
    expect(phone.page.locator("#live")).to_contain_text(text)


def misfits(phone: Phone, screen: str) -> list[str]:
    """What does not fit at 320 px, with letters as they are and twice as large."""
    found = []
    for size in ("", "200%"):
        phone.page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
        found += [f"{screen} {size}: {what}" for what in phone.page.evaluate(FIT, 44)]
    phone.page.evaluate("document.documentElement.style.fontSize = ''")
    return found


@pytest.fixture
def weather(house: House, crowd: Crowd) -> Room:
    """A room in which the first card is open."""
    room = house.room(plan=["weather"])
    crowd.come(house, room, "Host", host=True).do("room.next")
    return room


def test_vui6_the_first_time_it_is_three_taps(phone: Open, weather: Room) -> None:
    """VUI6: one tap listens and asks for nothing, the second tries the microphone where nobody
    hears it, the third speaks; that one can be heard is to be seen over every sheet."""
    one = phone()
    sound = come(one, weather.join)
    line = one.page.locator(LINE)
    expect(line).to_contain_text(one.t("voice.offer"))
    assert asked_for(sound) == [], "nothing is asked of anybody who did not tap"
    one.tap("voice.listen")
    assert asked_for(sound) == ["listen"], "who listens is asked for no microphone"
    expect(one.sheet).to_contain_text(one.t("voice.joining"))
    expect(one.sheet).to_contain_text(one.t("voice.where.how"))
    sound.now(state="on")
    expect(one.sheet).to_contain_text(one.t("voice.listening"))
    one.tap("voice.try")
    expect(one.sheet).to_contain_text(one.t("voice.try.how"))
    expect(one.sheet.locator(".level")).to_contain_text(one.t("voice.level.no"))
    sound.now(level=0.6)
    expect(one.sheet.locator(".level")).to_contain_text(one.t("voice.level.yes"))
    one.tap("voice.speak")
    expect(one.page.locator(HEARD)).to_be_visible()
    assert asked_for(sound) == ["listen", "test", "speak", "tested"]
    one.close()
    mic = line.locator(".mic")
    expect(mic).to_have_attribute("aria-pressed", "true")
    expect(mic).to_contain_text(one.t("voice.on"))
    expect(line).to_contain_text(one.t("voice.heard"))
    one.sheet_of("bar.line")
    one.page.locator(HEARD).click()
    assert asked_for(sound)[-1] == "mute", "a tap on what says so closes the microphone"
    expect(one.page.locator(HEARD)).to_have_count(0)
    one.close()
    expect(mic).to_have_attribute("aria-pressed", "false")
    # It is known here now: a tap speaks, and listening opens no sheet.
    mic.click()
    assert asked_for(sound)[-1] == "speak"
    sound.now(state="away")
    expect(line).to_contain_text(one.t("voice.away"))
    mic.click()
    assert asked_for(sound)[-1] == "mute", "on the way back it can be closed, too"
    expect(mic).to_have_count(0)
    sound.now(state="on")
    line.get_by_role("button", name=one.t("voice.title")).click()
    one.tap("voice.leave")
    expect(line).to_contain_text(one.t("voice.offer"))
    one.tap("voice.listen")
    expect(one.sheet).to_have_count(0)
    sound.now(state="off")
    one.tap("voice.later")
    expect(line).to_have_count(0)
    one.sheet_of("voice.title")
    one.close()
    expect(line).to_contain_text(one.t("voice.offer"))


def test_vui7_what_does_not_work_is_a_sentence_and_a_way_on(phone: Open, weather: Room) -> None:
    """VUI7: a network that lets no voice through, a worker that is away, a microphone that was
    refused: one sentence each, and the room goes on."""
    one = phone("fr", reduced_motion="reduce")
    sound = come(one, weather.join, refuse=True)
    line = one.page.locator(LINE)
    one.tap("voice.listen")
    sound.now(state="blocked")
    expect(one.sheet).to_contain_text(one.t("voice.blocked.how"))
    one.close()
    expect(line).to_contain_text(one.t("voice.blocked"))
    found = misfits(one, "blocked")
    line.get_by_role("button", name=one.t("page.again")).click()
    assert asked_for(sound) == ["listen", "listen"]
    expect(line).to_contain_text(one.t("voice.joining"))
    sound.now(state="away")
    expect(line).to_contain_text(one.t("voice.away"))
    found += misfits(one, "away")
    sound.now(state="busy")
    expect(line).to_contain_text(one.t("voice.busy"))
    sound.now(state="on")
    line.locator(".mic").click()
    one.tap("voice.try")
    expect(one.sheet).to_contain_text(one.t("mic.refused"))
    expect(one.sheet).to_contain_text(one.t("mic.how"))
    one.close()
    one.tap("bar.hand")
    expect(one.button("hand.up")).to_be_visible()
    assert not found, "\n".join(found)


def test_vui8_who_speaks_is_seen_and_told_without_chatter(
    phone: Open, house: House, crowd: Crowd, weather: Room
) -> None:
    """VUI8: a name in the line, a strip that sticks out, a sign in the list; for the ear one
    sentence when it changes. Between two words nobody goes."""
    one = phone()
    spoken(one)
    sound = come(one, weather.join)
    amina, tomas = (crowd.come(house, weather, name) for name in ("Amina", "Tomas"))
    line = one.page.locator(LINE)
    one.tap("voice.listen")
    sound.now(state="on")
    expect(one.page.locator(".sticks")).to_have_count(0)
    sound.live(amina.member, voice=True, mic=True, speaks=True)
    expect(line.locator(".talk1")).to_have_text(["AAmina"])
    expect(one.page.locator(".sticks > i")).to_have_count(4)
    heard(one, one.t("voice.speaks", names="Amina"))
    sound.live(amina.member, speaks=False)
    sound.live(amina.member, speaks=True)
    sound.live(tomas.member, voice=True)
    expect(line.locator(".talk1")).to_have_text(["AAmina"])
    one.sheet_of("bar.people")
    signs = {"Amina": "people.speaks", "Tomas": "people.ear"}
    for name, key in signs.items():
        row = one.sheet.get_by_role("button", name=name)
        expect(row.get_by_role("img", name=one.t(key))).to_be_visible()
    one.close()
    sound.live(amina.member, speaks=False)
    expect(line.locator(".talk1")).to_have_count(0)
    expect(line).to_contain_text(one.t("voice.listening"))
    sound.now(unheard=True)
    expect(line).to_contain_text(one.t("voice.unheard"))


def test_vui9_vui10_hosts_ask_mute_and_give_the_music_and_take_it_back(
    phone: Open, crowd: Crowd, house: House, weather: Room
) -> None:
    """VUI9: one tap each, told to those it is about in their own language, and taken back by the
    strip; who is asked sees one large button and "not now".

    VUI10: all microphones rest with one tap, everybody reads it, and the strip takes it back."""
    host = phone("fr", size=DESK)
    one = phone("es")
    spoken(one)
    come(host, weather.host, "Awa")
    sound = come(one, weather.join)
    member = self_of(one)
    one.tap("voice.listen")
    sound.now(state="on", mic="on")

    def about() -> None:
        host.page.locator(".side").get_by_role("button", name="Mesange").click()
        expect(host.sheet.get_by_role("heading", name="Mesange")).to_be_visible()

    def tap(key: str) -> None:
        host.sheet.get_by_role("button", name=host.t(key)).first.click()

    about()
    tap("person.voice.off")
    one.tells("voice.closed.host")
    expect(one.page.locator(f"{LINE} .mic")).to_have_count(0)
    sound.now(mic="muted")
    host.tells("voice.muted", name="Mesange")
    host.close()
    host.tap("undo.do")
    sound.now(mic="off")
    one.tells("voice.freed")
    expect(one.page.locator(f"{LINE} .mic")).to_be_visible()

    about()
    tap("person.speak")
    expect(one.page.locator(".asked")).to_contain_text(one.t("voice.ask"))
    one.tap("voice.later")
    expect(one.page.locator(".asked")).to_have_count(0)
    assert asked_for(sound) == ["listen"]
    tap("person.speak")
    one.tap("voice.ask.open")
    expect(one.page.locator(f"{LINE} .mic")).to_have_attribute("aria-pressed", "true")
    expect(one.page.locator(".asked")).to_have_count(0)
    assert asked_for(sound) == ["listen", "speak"]
    one.heard()
    assert not (one.state("mine", member) or {}), "the room has forgotten that it asked"

    tap("person.music.on")
    one.tells("voice.music.yours")
    tap("person.music.off")
    host.close()
    assert crowd.come(house, weather, "Bo").do("room.music", on=True) == "ok"
    host.page.locator(".side").get_by_role("button", name="Bo").click()
    expect(host.sheet).to_contain_text(host.t("people.music"))
    host.close()

    host.page.locator(".side").get_by_role("button", name=host.t("people.invite")).click()
    host.tap("trouble.voice.off")
    one.tells("voice.closed.all")
    host.close()
    host.tells("trouble.voice.shut")
    host.tap("undo.do")
    one.tells("voice.freed")


def test_vui11_where_there_is_no_sound_there_is_no_button(
    phone: Open, house: House, weather: Room, folk: Folk
) -> None:
    """VUI11: a phone in the hall reads where the sound is; without https one listens; where voices
    are not installed hosts read so; switched off, nothing of them is there."""
    one = phone()
    sound = come(one, weather.join, why="plain")
    one.tap("voice.listen")
    sound.now(state="on")
    expect(one.sheet).to_contain_text(one.t("voice.plain"))
    one.close()
    expect(one.page.locator(f"{LINE} .mic")).to_have_count(0)
    one.sheet_of("bar.more")
    one.sheet.get_by_role("button", name=one.t("more.hall")).click()
    one.close()
    expect(one.page.locator(LINE)).to_have_text(one.t("voice.hall"))
    assert one.page.locator(f"{LINE} button").count() == 0

    host = phone()
    sound = Sound(host.page, voice=0)
    host.join(weather.host, "Awa")
    for there in (True, False):
        host.sheet_of("bar.more")
        told = host.sheet.get_by_text(host.t("voice.none"))
        expect(told).to_have_count(1 if there else 0)
        expect(host.sheet.get_by_role("button", name=host.t("voice.title"))).to_have_count(0)
        expect(host.page.locator(LINE)).to_have_count(0)
        if there:
            sound.voice = None
            host.page.reload()
            host.inside()

    screen = folk.person(house.url, DESK)
    sound = Sound(screen.page)
    screen.page.goto(weather.join.replace("#", "/screen#"))
    button = screen.page.get_by_role("button", name=screen.t("hall.sound.on"))
    button.click()
    assert asked_for(sound) == ["listen"]
    sound.now(state="on")
    screen.page.get_by_role("button", name=screen.t("hall.sound.off")).click()
    assert asked_for(sound) == ["listen", "leave"]
    expect(button).to_be_visible()


def test_vui12_held_the_space_bar_and_the_button_speak(phone: Open, weather: Room) -> None:
    """VUI12: the space bar speaks as long as it is held, but not in a field or on a button, and
    not where it was switched off; so does the microphone's own button, by finger and by key."""
    one = phone()
    spoken(one)
    sound = come(one, weather.join)
    keys = one.page.keyboard
    one.tap("voice.listen")
    sound.now(state="on")
    one.page.evaluate("() => document.getElementById('head').focus()")
    keys.down(" ")
    keys.up(" ")
    assert sound.calls[1:] == [["hold", True], ["hold", False]]
    one.page.locator("input[type=text], input.field").first.focus()
    keys.press(" ")
    one.button("bar.more").focus()
    keys.press(" ")
    expect(one.sheet).to_be_visible()
    one.close()
    assert len(sound.calls) == 3
    mic = one.page.locator(f"{LINE} .mic")
    mic.focus()
    keys.press(" ")
    expect(mic).to_have_attribute("aria-pressed", "true")
    mic.click()
    expect(mic).to_have_attribute("aria-pressed", "false")
    assert [call[0] for call in sound.calls[3:]] == ["speak", "mute"]
    mic.hover()
    one.page.mouse.down()
    expect(mic).to_have_attribute("aria-pressed", "true")
    one.page.mouse.up()
    expect(mic).to_have_attribute("aria-pressed", "false")
    assert sound.calls[5:] == [["hold", True], ["hold", False]], "a long press is no tap"
    one.page.locator(LINE).get_by_role("button", name=one.t("voice.title")).click()
    one.sheet.get_by_role("button", name=one.t("voice.space")).click()
    one.close()
    one.page.evaluate("() => document.getElementById('head').focus()")
    keys.press(" ")
    assert len(sound.calls) == 7


def test_vui13_nobody_hears_me_names_the_cause_and_a_way_out(phone: Open, weather: Room) -> None:
    """VUI13: five seconds of looking, one sentence, and what helps; the data of an hour, and
    saving it; one axe for it all, and all of it fits at 320 px."""
    one = phone("ar", reduced_motion="reduce")
    spoken(one)
    devices = [{"id": "a", "label": "Built-in"}, {"id": "b", "label": ""}]
    sound = come(one, weather.join, devices=devices)
    found = check(one, "voices: offer")
    found += misfits(one, "offer")
    one.tap("voice.listen")
    sound.now(state="on", mic="on", level=0.3, meter={"up": 1, "down": 1, "perHour": 13_800_000})
    found += misfits(one, "on")
    found += check(one, "voices: on", ("light",))
    one.page.locator(LINE).get_by_role("button", name=one.t("voice.title")).click()
    expect(one.sheet).to_contain_text(one.t("voice.meter", size=14))
    one.tap("voice.tier.thin")
    assert sound.calls[-1] == ["setTier", "thin"]
    one.tap("voice.check")
    expect(one.sheet).to_contain_text(one.t("voice.check.now"))
    said = {"quiet": "voice.check.quiet", "ok": "voice.check.ok", "network": "voice.blocked"}
    for cause, key in said.items():
        one.page.evaluate("(cause) => window.voice.found(cause)", cause)
        expect(one.sheet.locator(".check")).to_contain_text(one.t(key))
        found += misfits(one, cause)
        one.sheet.locator(".check .btn").first.click()
    one.page.evaluate("() => window.voice.found('quiet')")
    one.sheet.locator(".check").get_by_role("button", name=one.t("voice.device")).click()
    expect(one.page.locator("#voice-device")).to_be_focused()
    found += check(one, "voices: sheet")
    assert not found, "\n".join(found)
