"""Faces: the forms of each kind that are photographed, and what leads from state to state."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from scripts.scenes import Company


class Face(NamedTuple):
    """A form of a kind. What leads to a picture is a list: a number are rounds in which everybody
    plays, a word is what a host does, a dict is that with its fields, a function gets the players.
    """

    name: str
    opens: dict[str, Any]
    full: list[Any]
    """From one person to everybody."""
    shown: list[Any]
    """From everybody to what came of it."""


def card(name: str, full: list[Any], shown: list[Any], **options: Any) -> Face:
    """A ready card."""
    return Face(name, {"card": name, **({"options": options} if options else {})}, full, shown)


def form(kind: str, name: str, full: list[Any], shown: list[Any], **options: Any) -> Face:
    """A form of a kind that no ready card stands for."""
    return Face(name, {"kind": kind, "options": options}, full, shown)


def do(what: str, **args: Any) -> dict[str, Any]:
    """What a host does, with its fields."""
    return {"do": what, **args}


def count_up(company: Company) -> None:
    """Twelve of them say a number, one after the other."""
    for bot in company.people[:12]:
        company._loop.run(bot.do("quiz.tap", {}, company.now["g"]))
        time.sleep(0.85)


def tell(company: Company) -> None:
    """Who is up tells."""
    who = company.room["up"]["who"]
    for bot in company.people:
        if bot.player.me == who:
            company._loop.run(bot.do("quiz.tell", {}, company.now["g"]))
            time.sleep(0.3)
            return
    company.ask("tell")


def passed(company: Company) -> None:
    """From step to step until all is through, everybody handing in."""
    for _ in range(12):
        if company.room["phase"] != "pass":
            return
        company.play(4)
        if company.room["phase"] == "pass":
            company.ask("pass_on")
            time.sleep(0.4)


FACES: dict[str, list[Face]] = {
    "checkin": [
        card("weather", [3], ["show", 1]),
        card("where", [3], ["show", 1]),
        card("ends", [3], ["freeze", 2]),
        form("checkin", "dial", [3], ["show", 1], form="dial"),
        form("checkin", "count", [2], ["call", 2], form="count"),
    ],
    "canvas": [
        card("sheet", [6], [2]),
        card("reach", [8], ["show", 2]),
        form("canvas", "blind", [7], ["show", 1], mode="blind"),
        card("squiggle", [7], ["show", 1]),
        card("tiles", [7], ["show", 1]),
        card("doors", [7], [do("visit", door=0)]),
        card("creature", ["begin", 6], ["show", 1]),
        card("allies", [1], [1]),
    ],
    "prompt": [
        card("song-play", [2], [4, do("play", i=0)]),
        card("question", [2], [4]),
    ],
    "words": [
        card("word", [3], ["show", 1]),
        card("waterfall", [3], ["show", 1]),
        card("welcomes", [3], ["show", 1]),
    ],
    "wall": [
        card("ideas", [3], ["show", 1, "begin", 6, "finish"]),
        card("offers", [3], ["show", 4]),
        card("askroom", [2], [3, do("ask", i=0), 2]),
        card("keep", [3], ["show", 3]),
    ],
    "round": [
        card("round", ["begin", 1], [2, "next_", 1]),
        card("teach", [2, "begin"], [1, "next_"]),
        card("mirror", ["begin", 1], ["next_", 1]),
        card("chain", ["begin", 1], ["next_", 1]),
        card("kitchen", [2, "begin"], [3]),
    ],
    "groups": [
        card("partners", ["begin", 3], ["home"]),
        card("onetwofour", ["begin", 3, "on", 4], ["home", 1]),
        card("clinic", ["begin", 3], ["home"]),
        card("buddy", [1, "begin", 3], ["home"]),
        card("portrait", ["begin", 4], [8, "home"]),
    ],
    "ring": [
        card("story", ["begin", 1], [passed, "show"]),
        card("telephone", ["begin", 1], [passed, "show", 2.5, do("go", to="piece"), 2.5]),
        card("whatif", ["begin", 1], [passed, "show"]),
        card("thanks", ["begin", 1], [passed, "show"]),
    ],
    "steps": [
        card("welcome", ["begin", 4.0], ["end"]),
        card("blue", ["begin", 4.0, 2], ["end"]),
        card("rain", ["begin", 4.0], ["end"]),
        card("stretch", ["begin", 4.0], ["end"]),
        card("senses", [4], ["show", 1]),
    ],
    "breath": [
        card("breath", ["begin", 6.0], ["finish", 1.0]),
        card("quiet", ["begin", 6.0], ["finish", 1.0]),
        card("floor", ["begin", 3, 3.0], ["finish", 1.0]),
    ],
    "quiz": [
        form("quiz", "poll", [2], ["show", 1],
             choices=["Un thé dans la cour", "S’étirer", "Chanter", "Un peu de silence"]),
        card("either", [2], ["show", 1]),
        form("quiz", "spectrum", [2], ["show", 1], form="spectrum"),
        card("truths", [2, "go_on", 1], [2, tell]),
        card("twenty", [count_up], [count_up]),
    ],
    "together": [
        card("echo", [do("begin", tongue="fr"), 6.0, 1], ["end", 1]),
        card("choir", [do("begin", tongue="fr"), 6.0, 1], ["end", 1]),
        card("chord", [do("begin", tongue="fr"), 2], [4.0]),
    ],
}  # fmt: skip
