"""LOOK-11: the sheet of a kind that holds others leaves them alone.

The sheet of a kind is on only while the kind is on the page (static/screens/wear.js). Groups stand
there together with what runs in them: each rule of theirs names a class that is theirs alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)|#([a-zA-Z][\w-]*)")


def rules(text: str) -> list[str]:
    """The selectors of a sheet, one by one."""
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    plain = re.sub(r"@(?:media|supports)[^{]*\{", "", plain)
    heads = re.findall(r"([^{}]+)\{[^{}]*\}", plain)
    heads = [head for head in heads if not re.match(r"\s*(@|from|to|\d+%)", head)]
    return [one.strip() for head in heads for one in split(head)]


def split(head: str) -> list[str]:
    """Parted at commas that stand in no brackets."""
    parts, depth = [""], 0
    for sign in head:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def names(selector: str) -> set[str]:
    return {a or f"#{b}" for a, b in CLASS.findall(re.sub(r":not\([^)]*\)", "", selector))}


HOLDS = "groups"


def test_look_11_a_kind_that_holds_others_names_what_is_its_own() -> None:
    """LOOK-11: each rule has a class of this kind alone."""
    users: dict[str, set[str]] = defaultdict(set)
    sheets = {p: p.read_text("utf-8") for p in sorted(ROOT.glob("activities/*/*.css"))}
    for path in (*ROOT.glob("static/**/*.css"), *sheets):
        for selector in rules(path.read_text("utf-8")):
            owner = path.parent.name if "activities" in path.parts else "shell"
            for name in names(selector):
                users[name].add(owner)
    strays = [
        f"{path.relative_to(ROOT)}: {selector}"
        for path, text in sheets.items()
        if path.parent.name == HOLDS
        for selector in rules(text)
        if not any(
            users[name] == {path.parent.name} or name == f"k-{path.parent.name}"
            for name in names(selector)
        )
    ]
    assert not strays, "\n".join(strays)
