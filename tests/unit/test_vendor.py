"""VEN-1..4: the vendored libraries are those that VENDOR.md names; they fetch nothing."""

import hashlib
import re
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[2] / "static" / "vendor"
PINS = {
    "preact (with its hooks)": "11.2.0",
    "htm": "3.1.1",
    "@preact/signals": "2.11.4",
    "@preact/signals-core": "1.14.5",
    "perfect-freehand": "1.2.3",
}
SUMS = {
    "ui.js": "6be8607432cecd6092ce88ec9974717eec798c228b19499634fdcd50d641e99a",
    "freehand.js": "c427622210ba434c61b9cb7175ae7a7e00bc542e3c599e5f6f76fc18500947c2",
}
FORBIDDEN = re.compile(
    r"\beval\s*\(|new Function|\bimport\s*\(|sourceMappingURL|https?://(?!www\.w3\.org/)"
)


def table(columns: int) -> list[tuple[str, ...]]:
    """The rows of the tables in VENDOR.md that have so many columns, headings left out."""
    page = (VENDOR / "VENDOR.md").read_text(encoding="utf-8").splitlines()
    rows = [tuple(c.strip() for c in x.strip("|").split("|")) for x in page if x.startswith("|")]
    return [r for r in rows if len(r) == columns and r[0].endswith(".js")]


def forbidden(code: str) -> list[str]:
    return FORBIDDEN.findall(code)


@pytest.mark.parametrize("name", sorted(SUMS))
def test_ven_1_file_is_the_pinned_one(name: str) -> None:
    """VEN-1: every vendored file has the sum that is pinned here and written in VENDOR.md."""
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == SUMS[name]
    assert dict(table(2))[name] == SUMS[name]


def test_ven_2_versions_and_licences_are_named() -> None:
    """VEN-2: VENDOR.md names each package, its version and its licence; the text is kept."""
    assert {row[1]: row[2] for row in table(4)} == PINS
    assert {row[3] for row in table(4)} == {"MIT", "Apache-2.0"}
    texts = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    for name, version in PINS.items():
        assert f"\n{name.split(' ')[0]} {version}\n" in texts
    assert "Permission is hereby granted" in texts and "Apache License" in texts


def test_ven_3_nothing_else_is_vendored() -> None:
    """VEN-3: a file without a line in VENDOR.md does not slip in."""
    ours = {"VENDOR.md", "LICENSES.txt", "ui.d.ts", "freehand.d.ts"}
    assert {p.name for p in VENDOR.iterdir()} == ours | set(SUMS)


@pytest.mark.parametrize("name", sorted(SUMS))
def test_ven_4_no_eval_and_no_foreign_address(name: str) -> None:
    """VEN-4: the files evaluate no text and name no address but those of XML namespaces."""
    code = (VENDOR / name).read_text(encoding="utf-8")
    assert forbidden(code) == []
    assert forbidden(code + 'fetch("https://cdn.example.org/x.js")') != []
