"""Sheets: many pictures on one page, with what each of them shows above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from scripts.flat import flat

PAPER, INK = "#fbf2df", "#231b2e"
GAP, STRIP = 12, 30
COLOURS, NEAR = 32, 24


def sheet(rows: Sequence[tuple[str, Sequence[tuple[str, Image.Image]]]], to: Path) -> None:
    """Rows of pictures, each with its words, and before each row what it is."""
    wide = max(sum(image.width + GAP for _, image in row) for _, row in rows) + GAP
    tall = [max(image.height for _, image in row) + STRIP + GAP for _, row in rows]
    page = Image.new("RGB", (wide, sum(tall) + GAP), PAPER)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(17)
    top = GAP
    for (name, row), high in zip(rows, tall, strict=True):
        left = GAP
        for says, image in row:
            pen.text((left, top), f"{name}: {says}", INK, font)
            page.paste(image, (left, top + STRIP - 4))
            left += image.width + GAP
        top += high
    to.parent.mkdir(parents=True, exist_ok=True)
    flat(page, COLOURS, NEAR).save(to, optimize=True)


SIX = (
    "weather: shown",
    "squiggle: shown",
    "word: shown",
    "blue: 30 people",
    "story: 30 people",
    "chord: 30 people",
)
"""What the README shows."""


def six(phones: Mapping[str, Image.Image], to: Path) -> None:
    """Six phones on paper."""
    gap, edge, round_by = 30, 8, 22
    pictures = [phones[name] for name in SIX if name in phones]
    wide, high = pictures[0].size
    page = Image.new(
        "RGB", (len(pictures) * (wide + 2 * edge + gap) + gap, high + 2 * (edge + gap)), PAPER
    )
    pen = ImageDraw.Draw(page)
    mask = Image.new("L", (wide, high))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, wide, high), round_by, fill=255)
    for i, picture in enumerate(pictures):
        left = gap + i * (wide + 2 * edge + gap)
        box = (left, gap, left + wide + 2 * edge, gap + high + 2 * edge)
        pen.rounded_rectangle(box, round_by + edge, fill=INK)
        page.paste(picture, (left + edge, gap + edge), mask)
    flat(page).save(to, optimize=True)


def index(out: Path) -> None:
    """docs/look/README.md: what is there."""
    screens: dict[str, list[str]] = {}
    for path in sorted(out.glob("*-*.png")):
        screens.setdefault(path.stem.rsplit("-", 2)[0], []).append(path.name)
    lines = [
        "# How it looks",
        "",
        "Drawn by `make shots`, never by hand. Every kind of activity on a phone of 320 px: nobody",
        "yet, a host all alone, one person, thirty people, shown, who comes late, and looked at",
        "again from the end. Beside it what is shown, in Arabic by night: on a phone, on a host’s",
        "desk, and on the big screen of a room that speaks French. People write in many scripts,",
        "as in a rehearsal.",
        "",
        "## Kinds",
        "",
    ]
    for path in sorted((out / "kinds").glob("*.png")):
        if not path.stem.endswith("-wide"):
            name = path.stem
            lines += [f"- {name}: [phones](kinds/{name}.png), [wide](kinds/{name}-wide.png)"]
    lines += ["", "## Screens", "", "By day in French, by night in Arabic.", ""]
    for name, files in screens.items():
        links = ", ".join(f"[{' '.join(f[:-4].rsplit('-', 2)[1:])}]({f})" for f in files)
        lines += [f"- {name}: {links}"]
    (out / "README.md").write_text("\n".join(lines) + "\n", "utf-8")
