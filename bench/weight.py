"""What the first load weighs, file by file, and what each module has of the one big script.

    python -m bench.weight            every file of the join page and of one first activity
    python -m bench.weight --parts    and the share of each module: the script without it, again

Nothing is served and no browser is asked; tests/browser/test_weight.py (B70) measures what really
goes over the line.
"""

from __future__ import annotations

import argparse
import gzip
import re
from pathlib import Path

from server.web import coding
from server.web.assets import CORE, Assets
from server.web.pages import Pages

ROOT = Path(__file__).resolve().parent.parent
KIND = "checkin"
_PARTS = re.compile(r"(?m)^(?=const \$[a-z]+\d+=\(\(\)=>\{$)")
_PART = re.compile(r"const (\$[a-z]+\d+)=")


def first(lang: str) -> list[str]:
    """The files of the first load, as a browser asks for them."""
    kind = f"activities/{KIND}"
    return [
        "style.css",
        "static/boot.js",
        CORE,
        f"static/lang/{lang}.json",
        "signs.svg",
        f"{kind}/view.js",
        f"{kind}/style.css",
        f"{kind}/lang/{lang}.json",
        f"cards/{lang}.json",
    ]


def sizes(body: bytes) -> tuple[int, int, int]:
    """A body as it is, in gzip and in brotli (0 where the package is not there)."""
    tight = len(coding.brotli.compress(body, quality=11)) if coding.brotli else 0
    return len(body), len(gzip.compress(body, 9, mtime=0)), tight


def files(assets: Assets, lang: str) -> None:
    """One line for each file, and their sum."""
    page = Pages(assets).room(lang, "0123456789", "Amber Otter", False)
    rows = [("page", page), *((path, assets.files[path].body) for path in first(lang))]
    sums = [0, 0, 0]
    print(f"{'first load, ' + lang:34}{'plain':>9}{'gzip':>9}{'brotli':>9}")
    for path, body in rows:
        row = sizes(body)
        if path == "page":  # packed while somebody waits: not as tight
            row = (row[0], len(coding.at_once(body, "gzip")[0]), len(coding.at_once(body, "br")[0]))
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        print(f"{path:34}{row[0]:9}{row[1]:9}{row[2]:9}")
    print(f"{len(rows):<34}{sums[0]:9}{sums[1]:9}{sums[2]:9}\n")


def parts(assets: Assets, pack: str) -> None:
    """How much smaller a pack would be without each of its modules, in gzip."""
    names = {}
    for path in assets.sources:
        stub = re.match(r'import\{(\$[a-z]+\d+)\}from"[^"]+";\n(?:export|$)', assets.body(path))
        if stub:
            names[stub[1]] = path
    head, *bodies = _PARTS.split(assets.body(pack))
    whole = sizes("".join([head, *bodies]).encode())[1]
    print(f"{pack}: {whole} in gzip, without")
    rows = []
    for number, body in enumerate(bodies):
        rest = "".join([head, *bodies[:number], *bodies[number + 1 :]])
        found = _PART.match(body)
        name = found[1] if found else "?"
        rows.append((whole - sizes(rest.encode())[1], len(body), names.get(name, pack)))
    for share, plain, name in sorted(rows, reverse=True):
        print(f"{share:7} of {plain:6}  {name}")


def main() -> None:
    """Print it."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--parts", action="store_true", help="the share of each module")
    reader.add_argument("--lang", nargs="*", default=["en", "ar"])
    wish = reader.parse_args()
    assets = Assets.load(ROOT)
    for lang in wish.lang:
        files(assets, lang)
    if wish.parts:
        parts(assets, CORE)
        parts(assets, f"activities/{KIND}/view.js")


if __name__ == "__main__":
    main()
