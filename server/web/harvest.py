"""The harvest: what a room's activities declare worth keeping, as one Markdown page or a zip.

Names never stand beside answers: a kind is given `room/` and nothing else.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from typing import Any

from server import kit
from server.kit import Activity, Lines, Table
from server.kit.harvest import escape
from server.room.revision import rules_of
from server.web.words import Words

Card = Mapping[str, str]


class Part:
    """One activity's pieces, under the title that people saw."""

    def __init__(self, told: Mapping[str, Any], title: str, pieces: list[kit.Piece]) -> None:
        self.kind: str = told["kind"]
        self.g: int = told["g"]
        self.card: str | None = told["card"]
        self.title, self.pieces = title, pieces

    def summary(self) -> dict[str, Any]:
        """How much there is of what: rows of tables, lines of lists, pictures."""
        pieces = self.pieces
        return {
            "g": self.g,
            "kind": self.kind,
            "card": self.card,
            "title": self.title,
            "tables": sum(isinstance(piece, Table) for piece in pieces),
            "rows": sum(len(piece.rows) for piece in pieces if isinstance(piece, Table)),
            "lines": sum(len(piece.lines) for piece in pieces if isinstance(piece, Lines)),
            "pictures": sum(isinstance(piece, kit.Picture) for piece in pieces),
        }


def ticked(meet: Mapping[str, Any]) -> dict[str, str]:
    """Whose name may stand beside what they gave: members by id, those who ticked it."""
    people = meet["people"].items()
    return {m: p["name"] for m, p in people if p.get("named") and not p.get("out")}


def nowhere(meet: Mapping[str, Any], silent: Collection[str]) -> list[int]:
    """What is in nobody's copy: what `silent` cards made, and what hosts leave out."""
    ran = [*meet["past"], *([meet["now"]] if meet["now"] else [])]
    return [one["g"] for one in ran if one.get("out") or one["card"] in silent]


def parts(
    state: Mapping[str, Any],
    kinds: Mapping[str, Activity],
    titles: Mapping[str, Card],
    words: Words,
    silent: Collection[str] = (),
) -> list[Part]:
    """Past activities in the order they were opened, then the running one."""
    meet = state["meet"]
    left = nowhere(meet, silent)
    ran = [(p, state["past"].get(str(p["g"]), {}).get("room")) for p in meet["past"]]
    if meet["now"] is not None:
        ran.append((meet["now"], state["room"]))
    names = ticked(meet)
    found = []
    for told, room in ran:
        rules = rules_of(kinds, told)
        if rules is None or room is None or "again" in told or told["g"] in left:
            continue
        try:
            pieces = kit.harvest(rules, room, names)
        except kit.Fault:
            continue
        if pieces:
            title = titles.get(told["card"] or "", {}).get("title")
            own = told["options"].get("text")
            found.append(Part(told, own or title or words.t(f"kind.{told['kind']}"), pieces))
    return found


def markdown(title: str, day: str, found: list[Part], words: Words) -> str:
    """One page for reading anywhere."""
    # keys: harvest.* kind.*
    lines = [f"# {escape(title or words.t('start.untitled'))}", "", day, ""]
    for part in found:
        heading = words.harvest(part.kind)
        lines += [f"## {escape(part.title)}", ""]
        for piece in part.pieces:
            lines += [piece.markdown(heading), ""]
    if not found:
        lines += [words.t("harvest.empty"), ""]
    return "\n".join(lines)


def zipped(title: str, day: str, found: list[Part], words: Words) -> bytes:
    """The Markdown page and one CSV for every table or list; small, and readable anywhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(_entry("jam.md"), markdown(title, day, found, words))
        for count, part in enumerate(found, 1):
            heading = words.harvest(part.kind)
            for index, piece in enumerate(part.pieces, 1):
                if isinstance(piece, Table | Lines):
                    name = f"{count:02d}-{part.kind}-{index}.csv"
                    # a byte order mark, because spreadsheets take UTF-8 for something else
                    box.writestr(_entry(name), "\ufeff" + piece.csv(heading))
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Without a clock: two exports of the same state are the same bytes."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
