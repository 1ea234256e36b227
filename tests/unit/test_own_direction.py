"""LOOK-12: what has a direction of its own is no box of the page's grid."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STRETCHED = re.compile(r'<bdi[^>]*class="[^"]*\bgrow\b')


def test_look_12_a_name_that_fills_a_row_stands_in_a_box_of_the_page() -> None:
    """LOOK-12: a `bdi` has the direction of its letters: as the box that grows, it put a Latin name
    at the far end of an Arabic row, away from its sign, and the gap on the wrong side of it."""
    strays = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for part in ("static", "activities")
        for path in sorted((ROOT / part).rglob("*.js"))
        for found in STRETCHED.finditer(path.read_text("utf-8"))
    ]
    assert not strays, "\n".join(strays)
