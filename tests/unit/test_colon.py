"""words-colon: what stands between two texts is a matter of language, and so is a unit."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VIEWS = sorted([*ROOT.glob("static/screens/*.js"), *ROOT.glob("activities/*/*.js")])
LABEL = re.compile(r"label=\$\{`.*?`\}")
COLON = re.compile(r"\}: \$\{t\(")
UNIT = re.compile(r"\} [KM]B`")


def test_words_colon_no_view_writes_a_colon_or_a_unit_itself() -> None:
    """words-colon: French has a space before the colon and says Ko. Three lists and the count of
    what was sent wrote both themselves: “envie de rire: confiance” and “5 KB” for everybody."""
    assert VIEWS
    found = []
    for path in VIEWS:
        text = LABEL.sub("", path.read_text("utf-8"))
        found += [(path.name, hit[0]) for rule in (COLON, UNIT) for hit in rule.finditer(text)]
    assert found == []


def test_words_colon_finds_what_it_looks_for() -> None:
    assert COLON.search('<bdi>${its.name}</bdi>`}: ${t("hue.0")}')
    assert UNIT.search("`${number(5)} KB`")
