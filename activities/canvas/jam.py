"""The canvas as it is declared: its modes, options and sentences. Each mode is a module beside this
one, the shared paper is `paper`; `rules` brings them together."""

from __future__ import annotations

from typing import Final

from server import kit
from server.kit import Activity, Ctx

MODES: Final = ("shared", "own", "blind", "squiggle", "tiles", "doors", "parts", "map")
SHEETS: Final = ("own", "blind", "squiggle", "tiles", "parts")
"""Modes in which each draws in private until all is shown."""
SIGNS: Final = 140
DOORS: Final = 12

_STAMPS: Final = "house tree sun star heart flower person bird fish cloud boat moon"
SHAPES: Final = ("free", "line", *_STAMPS.split())
"""State holds the place in this list; new shapes go at its end."""

jam = Activity(
    "canvas",
    options={
        "cursors": kit.boolean(True),
        "lock": kit.boolean(False),
        "mode": kit.one_of(*MODES, default="shared"),
        **kit.question(),
        "seconds": kit.integer(0, 600, default=0),
        "auto": kit.boolean(False),
        "signs": kit.integer(0, SIGNS, default=0),
        "years": kit.boolean(False),
        "named": kit.boolean(False),
        "hearts": kit.boolean(False),
        "doors": kit.integer(0, DOORS, default=0),
        "ask": kit.boolean(True),
    },
    refusals={
        "board_full": "The paper is full. Undo a stroke of yours, or ask for a fresh sheet.",
        "locked": "The hosts are drawing for now. The paper opens again when they say so.",
        "put_away": "A host has put your marks away for now.",
        "bad_points": "This stroke could not be read.",
        "hidden_full": "No more people's marks can be put away here.",
        "sheet_full": "Your sheet is full. Take a stroke back to draw another.",
        "gallery_full": "The wall of drawings is full.",
        "hung": "A drawing of yours hangs there already.",
        "no_piece": "There is no such drawing.",
        "no_door": "There is no such door, or it is another one than yours.",
        "map_full": "The map is full.",
        "enough": "You have {max} of these. Take one away to add another.",
        "no_bubble": "This one has left the map.",
        "not_mine": "Only the person who put it there can change it.",
    },
)


def mode(ctx: Ctx) -> str:
    """What this canvas is; rooms of before there were modes have one paper for all."""
    return str(ctx.options.get("mode", "shared"))
