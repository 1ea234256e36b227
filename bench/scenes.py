"""Scenes of somebody who comes late: a form of a kind that runs already, and the first useful thing
that they do there. It is done once their page shows it. Where there is nothing to tap for them, it
is what can be seen and followed.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from playwright.sync_api import Page, expect

PATIENCE_MS = 60_000
TEXT = "Tomorrow"

Act = Callable[[Page], None]


class Scene(NamedTuple):
    """A form of a kind that runs already, and what somebody does who comes late."""

    kind: str
    does: str
    """In words."""
    opens: dict[str, Any]
    goes: list[Any]
    """What happens before: a word is what the host does (a dict: with its fields), a number are
    rounds in which everybody does what they would do."""
    act: Act


def see(page: Page, what: str) -> None:
    """Wait until this can be seen."""
    expect(page.locator(what).first).to_be_visible(timeout=PATIENCE_MS)


def tap(what: str, then: str) -> Act:
    """Press one thing, and see another."""

    def act(page: Page) -> None:
        page.locator(what).first.click()
        see(page, then)

    return act


def follow(*what: str) -> Act:
    """Nothing to press: see it."""

    def act(page: Page) -> None:
        for one in what:
            see(page, one)

    return act


def write(field: str, send: str, then: str, first: str = "") -> Act:
    """Put words into a field, send them, and see them there."""

    def act(page: Page) -> None:
        if first:
            page.locator(first).first.click()
        page.locator(field).first.fill(TEXT)
        if send:
            page.locator(send).first.click()
        see(page, then)

    return act


def draw(paper: str, then: str) -> Act:
    """Draw one stroke, and see that it can be taken back."""

    def act(page: Page) -> None:
        see(page, then.partition(" >> ")[0])
        page.locator(paper).first.scroll_into_view_if_needed()
        box = page.locator(paper).first.bounding_box()
        assert box
        mouse = page.mouse
        mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.5)
        mouse.down()
        for step in range(1, 7):
            mouse.move(box["x"] + box["width"] * (0.3 + step / 20), box["y"] + box["height"] * 0.4)
        mouse.up()
        see(page, then.rpartition(" >> ")[2])

    return act


def on(card: str, **options: Any) -> dict[str, Any]:
    """A ready card."""
    return {"card": card, **({"options": options} if options else {})}


def form(kind: str, **options: Any) -> dict[str, Any]:
    """A form that no ready card stands for."""
    return {"kind": kind, "options": options}


LED = "led"
"""Somebody else than the host leads on, with a move."""
MID = "#act "
ROW = MID + ".body > .btn.plain"
PRESSED = "[aria-pressed=true]"
PAPER = "[data-tool=undo] >> [data-tool=undo]:not([disabled])"
PAD = "[data-pad=undo] >> [data-pad=undo]:not([aria-disabled])"
KEPT = f"{MID}p[role=status]:has-text('It is kept')"
BUBBLE = f".cv-maplist >> text={TEXT}"
BEGUN = {"do": "begin", "tongue": "en"}

WEATHER = Scene(
    "checkin", "a weather is chosen", on("weather"), [2],
    tap("[role=radio]", "[role=radio][aria-checked=true]"),
)  # fmt: skip
"""What most rooms begin with."""

SCENES = (
    Scene("breath", "the circle breathes; “Slower” is tapped", on("breath"), ["begin"],
          tap(".paces .btn:nth-child(2)", f".paces .btn:nth-child(2){PRESSED}")),
    Scene("breath", "nothing to tap: the quiet, its lights and its clock are seen", on("quiet"),
          ["begin"], follow(MID + ".hush", MID + ".hush [role=img]")),
    Scene("breath", "the floor: “I dance” is tapped", on("floor"), ["begin", 2],
          tap(MID + ".btn.xl", f"{MID}.btn.xl{PRESSED}")),
    Scene("canvas", "a stroke on everybody's paper", on("street"), [4], draw("#cv-page", PAPER)),
    Scene("canvas", "a stroke on a sheet of one's own", on("reach"), [4],
          draw(".pad svg.drawn", PAD)),
    Scene("canvas", "a stroke on a tile", on("tiles"), [4], draw(".pad svg.drawn", PAD)),
    Scene("canvas", "a door is entered", on("doors"), [4],
          tap(".cv-doorlist .btn", ".cv-doors > .row .btn")),
    Scene("canvas", "a bubble on the map", on("allies"), [3],
          write("#cv-name", "[role=dialog] .row .btn", BUBBLE, "[data-act=add]")),
    Scene("canvas", "the wall of drawings: one is looked at", on("reach"), [8, "show"],
          tap(".cv-piece", ".cv-large svg")),
    WEATHER,
    Scene("checkin", "a place on the hill is tapped", on("where"), [2],
          tap(".ck-tap", ".ck-me:not(.none)")),
    Scene("checkin", "a place on the line is taken", on("ends"), [2],
          tap(MID + ".btn:has-text('I stand here')", f"{MID}p:has-text('Your dot is there')")),
    Scene("checkin", "a number of the dial is sent", form("checkin", form="dial"), [2],
          tap(".ck-dial + .row .btn", ".ck-dial + .row .btn[disabled]")),
    Scene("checkin", "“I have found it” is tapped", form("checkin", form="count"), [1],
          tap(".ck-found", ".ck-count > .btn.plain")),
    Scene("checkin", "the sky is seen, and one's own is begun", on("weather"), [3, "show"],
          tap(ROW, "[role=radio]")),
    Scene("groups", "before the pairs: “Not this one” is tapped", on("partners"), [],
          tap(".g-two .btn:nth-child(2)", f".g-two .btn:nth-child(2){PRESSED}")),
    Scene("groups", "while all are in pairs: a line to one's group", on("partners"), ["begin", 1],
          write("#talk", ".g-write .btn", f".g-talk >> text={TEXT}")),
    Scene("groups", "one, two, four: a thought of one's own is kept", on("onetwofour"), ["begin"],
          write("#solo", "", KEPT)),
    Scene("groups", "a drawing inside a pair: a stroke", on("portrait"), ["begin"],
          draw(".pad svg.drawn", PAD)),
    Scene("prompt", "a song is sent", on("song-play"), [3],
          write("#add-title", MID + ".write .btn.grow", f".songs >> text={TEXT}")),
    Scene("quiz", "one of two is chosen", on("either"), [1], tap(".qz-one", f".qz-one{PRESSED}")),
    Scene("quiz", "one of three lines is guessed", on("truths"), [3, "go_on"],
          tap(".qz-one", f".qz-one{PRESSED}")),
    Scene("quiz", "the next number is said", on("twenty"), [], tap(".qz-tap", ".qz-tap[disabled]")),
    Scene("ring", "before it begins: “Not this one” is tapped", on("whatif"), [],
          tap(ROW, ROW + PRESSED)),
    Scene("ring", "under way: what is on is read, “Not this one” is tapped", on("whatif"),
          ["begin"], tap(ROW, ROW + PRESSED)),
    Scene("round", "whose turn it is is seen; “Not this one” is tapped", on("round"), ["begin"],
          tap(MID + ".body > .row .btn.plain:last-child", "#alone, #write")),
    Scene("round", "nothing to tap: the move that all follow is seen", on("mirror"),
          ["begin", LED], follow(".turn h2", ".move-now svg")),
    Scene("round", "what sounds is brought", on("kitchen"), [1],
          write("#bring", ".writes .btn.grow", f".tiles >> text={TEXT}")),
    Scene("steps", "nothing to tap: the step that is on is seen, with its picture", on("rain"),
          ["begin"], follow(".st-words h2", ".st-stage svg")),
    Scene("steps", "“Found it” is tapped", on("blue"), ["begin"],
          tap(MID + ".btn.xl.ink2", f"{MID}.btn.xl.ink2{PRESSED}")),
    Scene("steps", "the next step is tapped, at one's own pace", on("senses"), [],
          tap(MID + ".btn.grow", ".st-dots i.was")),
    Scene("together", "the lines are seen; a heart", on("choir"), [BEGUN],
          tap(".tg-heart", ".tg-heart + span:has-text('1 ')")),
    Scene("together", "one's key of the chord is tapped", on("chord"), [BEGUN, 1],
          tap(".tg-press", ".tg-press[disabled]")),
    Scene("wall", "a note is written and held", on("ideas"), [2],
          write("#note", ".pen .btn.grow", f"{MID} >> text={TEXT}")),
    Scene("wall", "a note is written and hangs", on("askroom"), [3],
          write("#note", ".pen .btn.grow", f"{MID} >> text={TEXT}")),
    Scene("words", "a word is sent", on("word"), [2],
          write("#wd-0", ".wd-write .btn.grow", ".wd-write .btn.plain:has-text('Take it back')")),
)  # fmt: skip
