"""A room with sound, without any: an engine of voices that does what the test says."""

import json
import re

from playwright.sync_api import Page, WebSocketRoute

# What static/voice/voice.js promises to the screens, as signals that a test turns.
FAKE = """
import { signal } from "../ui.js";
export function createVoice({ me }) {
  const calls = [];
  const note = (name) => (...args) => { calls.push([name, ...args]); return Promise.resolve(); };
  const now = window.sounds || {};
  const fake = {
    calls, state: signal("off"), mic: signal("off"), level: signal(0), unheard: signal(false), music: signal(false),
    tier: signal("auto"), thin: signal(false), meter: signal({ up: 0, down: 0, perHour: 0 }), locked: signal(false),
    devices: signal(now.devices || []), device: signal(""),
    can: { listen: now.listen !== false, speak: !now.why, why: now.why || "" },
    cause: "ok",
    listen() { calls.push(["listen"]); fake.state.value = "joining"; return Promise.resolve(); },
    speak() { calls.push(["speak"]); if (fake.state.value === "off") fake.state.value = "on"; fake.mic.value = now.refuse ? "refused" : "on"; return Promise.resolve(); },
    mute() { calls.push(["mute"]); fake.mic.value = "off"; },
    hold(down) { calls.push(["hold", down]); fake.mic.value = down ? "on" : "off"; },
    leave() { calls.push(["leave"]); fake.state.value = "off"; fake.mic.value = "off"; },
    test() { calls.push(["test"]); if (now.refuse) fake.mic.value = "refused"; return Promise.resolve(() => calls.push(["tested"])); },
    check() { calls.push(["check"]); return new Promise((done) => { fake.found = done; }); },
    choose: note("choose"), setMusic: note("setMusic"), dispose() {},
    setTier(tier) { calls.push(["setTier", tier]); fake.tier.value = tier; },
  };
  window.voice = fake;
  return fake;
}
"""  # noqa: E501


class Sound:
    """What a page believes of the sound in its room."""

    def __init__(self, page: Page, voice: int | None = 1, **how: object) -> None:
        self.page, self.voice = page, voice
        self._lines: list[WebSocketRoute] = []
        self._pos = ""
        page.add_init_script(f"window.sounds = {json.dumps(how)};")
        page.route(
            "**/static/voice/voice.js",
            lambda route: route.fulfill(content_type="text/javascript", body=FAKE),
        )

        def between(line: WebSocketRoute) -> None:
            server = line.connect_to_server()

            def down(text: str | bytes) -> None:
                if isinstance(text, str):
                    frame = json.loads(text)
                    self._pos = frame.get("pos", self._pos)
                    if frame["t"] == "welcome":
                        frame.pop("voice", None)
                        said = {} if self.voice is None else {"voice": self.voice}
                        text = json.dumps({**frame, **said})
                line.send(text)

            line.on_message(server.send)
            server.on_message(down)
            self._lines = [line]

        page.route_web_socket(re.compile(r"/ws/"), between)

    def live(self, member: str, **values: bool) -> None:
        """What people carry with them at this moment, as the server tells it."""
        changes = [
            [f"live/{member}/{key}", on] if on else [f"live/{member}/{key}"]
            for key, on in values.items()
        ]
        tick = {"t": "tick", "pos": self._pos, "ts": 0, "x": changes}
        self._lines[0].send(json.dumps(tick))

    def now(self, **signals: object) -> None:
        """Turn the engine's signals."""
        self.page.wait_for_function("() => window.voice")
        self.page.evaluate(
            "(all) => { for (const [k, v] of Object.entries(all)) window.voice[k].value = v; }",
            signals,
        )

    @property
    def calls(self) -> list[list[object]]:
        """What the engine was asked for."""
        found: list[list[object]] = self.page.evaluate("() => window.voice.calls")
        return found
