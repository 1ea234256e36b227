"""The client's files: read once at the start, named by their content, kept for good by browsers.

All files live under one prefix `/v/<hash>/` with the same relative places as on disk, so that
relative imports work everywhere. The hash is that of the whole tree: a page and its files always
belong together.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from server.web import coding, halves, library, pack, squeeze, strip
from server.web.words import NAMES

TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
PACKED: Final = frozenset((".js", ".css", ".json", ".svg", ".webmanifest", ".html"))
FOREVER: Final = "public, max-age=31536000, immutable"
FRESH: Final = "no-cache"
# Fixed addresses beside the prefix: a service worker's address is its identity.
AT_ROOT: Final = {
    "/sw.js": "static/sw.js",
    "/favicon.ico": "static/icons/icon.svg",
}
_INSIDE: Final = frozenset(("sprite.svg", "package.json", "names.json"))  # for the server alone
_SERVER_WORDS: Final = "harvest."
_FIRST: Final = ("static/app.js", "static/screens/room.js")
_GREETING: Final = "static/screens/hello.js"  # comes by itself, and before the rest of the words
CORE: Final = "static/app.js"
"""The one script of every page: all that a room needs before its first activity."""
_MANY: Final = 4
_ALONE: Final = ("static/boot.js", "static/gate.js", "static/sw.js")  # no modules


class File:
    """One file as it goes out."""

    __slots__ = ("body", "etag", "kind", "packed", "tight")

    def __init__(self, body: bytes, kind: str, pack: bool) -> None:
        self.body, self.kind = body, kind
        packed = gzip.compress(body, 9, mtime=0) if pack else b""
        self.packed = packed if 0 < len(packed) < len(body) else b""
        self.tight = b""  # the same in brotli, once it is there
        self.etag = hashlib.sha256(body).hexdigest()[:20]

    def tighten(self, packed: bytes) -> None:
        """What a browser gets from now on that takes brotli."""
        if self.packed and len(packed) < len(self.packed):
            self.tight = packed


class Assets:
    """`url` names a file of the tree, `response` answers a request for one."""

    def __init__(self, files: Mapping[str, File], version: str, sources: Mapping[str, str]) -> None:
        self.files = dict(files)
        self.sources = dict(sources)
        """Every module as it stands on disk, without comments."""
        self.first: frozenset[str] = frozenset()
        """The kinds that most rooms start with."""
        self.version = version
        self.prefix = f"/v/{version}/"
        self._press = coding.Press()

    @classmethod
    def load(cls, root: Path) -> Assets:
        """Read `static/` and `activities/` below `root`."""
        bodies = {path: _body(root / path) for path in _client_files(root)}
        cards, first = _cards(root / "activities")
        bodies |= cards
        halves.split(bodies, _FIRST, _GREETING, first)
        sources = {path: body.decode() for path, body in bodies.items() if path.endswith(".js")}
        bodies |= _packed(sources, first)
        tree = hashlib.sha256()
        # Files are made of these, too (server/web/pages.py, sprite.py).
        here = Path(__file__).parent
        guides = sorted((root / "docs" / "host-guide").glob("*.md"))
        for source in (here / "pages.py", here / "sprite.py", root / "static/sprite.svg", *guides):
            tree.update(source.read_bytes() if source.exists() else b"")
        for path in sorted(bodies):
            tree.update(f"{path}\0{len(bodies[path])}\0".encode() + bodies[path])
        found = {
            path: File(body, TYPES[Path(path).suffix], Path(path).suffix in PACKED)
            for path, body in bodies.items()
        }
        assets = cls(found, tree.hexdigest()[:12], sources)
        assets.first = frozenset(first)
        return assets

    def url(self, path: str) -> str:
        """The address of a file, e.g. `static/app.js`. Raises KeyError if it is not there."""
        if path not in self.files:
            raise KeyError(path)
        return self.prefix + path

    def body(self, path: str) -> str:
        """The text of a file as it goes out."""
        return self.files[path].body.decode()

    def add(self, path: str, body: bytes, kind: str) -> None:
        """A further file under the prefix, such as a page that never changes."""
        self.files[path] = File(body, kind, True)

    def warm(self) -> None:
        """Pack what everybody needs first; the rest is packed when it is first asked for."""
        for path in (CORE, "style.css"):
            self._tighten(path)

    def close(self) -> None:
        """Stop packing."""
        self._press.close()

    def _tighten(self, path: str) -> None:
        file = self.files.get(path)
        if file is not None and file.packed:
            self._press.ask(path, file.body, file.tighten)

    def modules(self, *entries: str) -> list[str]:
        """These modules and all that they import at once, each once, importers first."""
        return halves.modules(self.sources, entries)

    def response(self, request: Request) -> Response | None:
        """The file at the address of the request, or None."""
        asked = request.url.path
        fixed = AT_ROOT.get(asked)
        path = fixed or asked.removeprefix(self.prefix)
        file = self.files.get(path)
        if file is None:
            return None
        headers = {"ETag": f'"{file.etag}"', "Cache-Control": FRESH if fixed else FOREVER}
        if file.packed:
            headers["Vary"] = "Accept-Encoding"
        if file.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body = file.body
        accepted = request.headers.get("accept-encoding", "")
        tight = file.tight if coding.takes(coding.BROTLI, accepted) else None
        # The same file in another coding is another thing to a cache.
        if tight:
            body = tight
            headers |= {"Content-Encoding": coding.BROTLI, "ETag": f'"{file.etag}-br"'}
        elif file.packed and coding.takes(coding.GZIP, accepted):
            body = file.packed
            headers |= {"Content-Encoding": coding.GZIP, "ETag": f'"{file.etag}-gz"'}
        if tight == b"":
            self._tighten(path)
        return Response(body, media_type=file.kind, headers=headers)


def page(request: Request, body: bytes, status: int = 200) -> Response:
    """A page made for this request, packed where the browser takes it; never kept by a cache."""
    headers = {"Vary": "Accept-Encoding, Accept-Language"}
    body, packed = coding.at_once(body, request.headers.get("accept-encoding", ""))
    if packed:
        headers["Content-Encoding"] = packed
    return Response(body, status, headers, "text/html; charset=utf-8")


def _client_files(root: Path) -> Iterator[str]:
    for folder in ("static", "activities"):
        for path in sorted((root / folder).rglob("*")):
            hidden = path.name.endswith(".d.ts") or path.name in _INSIDE
            # The library's words come with the cards; nobody needs them twice.
            if path.suffix in TYPES and not hidden and path.parent.parent.name != "library":
                yield path.relative_to(root).as_posix()


def _body(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".json":
        table = json.loads(data)
        if path.parent.name == "lang":
            table = {k: v for k, v in table.items() if not k.startswith(_SERVER_WORDS)}
        return _json(table)
    if path.suffix in (".js", ".css") and "vendor" not in path.parts:
        text = data.decode()
        if path.suffix == ".css":
            return strip.style(text).encode()
        return squeeze.script(strip.script(text)).encode()
    return data


def _cards(folder: Path) -> tuple[dict[str, bytes], set[str]]:
    """`cards/<lang>.json`: what the cards that rooms start with are called and ask, the place of
    that in which deck; `.more.json`: the same of all others;
    `cards/<lang>.<deck>.json`: all prompts of a deck; `cards/<lang>.full.json`: the whole library
    as `/api/cards` gives it, for whoever picks a card. And the kinds a new room starts with."""
    _, listed = library.cards(library.kinds(folder), folder)
    made = {}
    for lang in NAMES:
        words = library.told(lang, folder)
        texts, decks = words["cards"], words["decks"]
        ready = [{**card, **texts.get(card["id"], {})} for card in listed["card"]]
        whole = {"cards": ready, "start": listed["start"], "decks": decks}
        whole["plans"] = [{**plan, **words["plans"].get(plan["id"], {})} for plan in listed["plan"]]
        brief = {
            card["id"]: [card["title"], card["prompt"], _prompt(card), card.get("pick", "")]
            for card in ready
        }
        made[f"cards/{lang}.full.json"] = _json(whole)
        soon = {name: told for name, told in brief.items() if name in listed["start"]}
        made[f"cards/{lang}.json"] = _json(soon)
        made[f"cards/{lang}.more.json"] = _json({k: v for k, v in brief.items() if k not in soon})
        made |= {f"cards/{lang}.{name}.json": _json(deck) for name, deck in decks.items()}
    return made, {card["kind"] for card in listed["card"] if card["id"] in listed["start"]}


def _prompt(card: dict[str, Any]) -> int:
    """Which prompt of its list a card's own one is; -1 for a card without a list."""
    return int(card.get("options", {}).get("prompt", 0)) if "pick" in card else -1


def _packed(sources: Mapping[str, str], first: Collection[str]) -> dict[str, bytes]:
    """One file for the room's first modules, one for each kind; the others as they are.

    `first` are the kinds that most rooms start with: what only others need is not in the first."""
    packs = pack.Packs({p: text for p, text in sources.items() if p not in _ALONE})
    views = [path for path in halves.views(sources) if path.endswith("/view.js")]
    closures = {view: [p for p in halves.modules(sources, (view,)) if _is_own(p)] for view in views}
    # A part that two of the first kinds need is likely to be needed by the one that is open. One
    # that nothing but one kind needs comes with that kind; what others share is a file of its own.
    begun = [closures[view] for view in views if view.split("/")[1] in first]
    uses = Counter(path for closure in closures.values() for path in closure)
    usual = Counter(path for closure in begun for path in closure)
    # What a kind asks for later (a view for the big screen) takes its parts from the kind.
    others = {p: text for p, text in sources.items() if p not in uses and not _of_kind(p)}
    shell = {it for p, text in others.items() for it in pack.imports(p, text)}
    shared = sorted(p for p, n in usual.items() if n > 1)
    apart = {p for p, n in uses.items() if n > 1 and p not in shared}
    # The greeting comes to whoever is here for the first time, and they wait for this file alone.
    greeted = (p for p in ("static/screens/room.js", _GREETING) if p in sources)
    packs.add(CORE, "c", (*greeted, *shared, "static/app.js"))
    for view, closure in closures.items():
        with suppress(pack.Tangled):  # such a kind comes file by file
            within = {path for path in closure if path not in shell | apart}
            packs.add(view, view.split("/")[1], (view,), within)
    for part, within in _large(sources, closures):
        with suppress(pack.Tangled):
            name = re.sub(r"\W", "", part[len("activities/") : -len(".js")])
            packs.add(part, name, (part,), within)
    return {path: text.encode() for path, text in packs.files().items()}


def _large(
    sources: Mapping[str, str], closures: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, set[str]]]:
    """What kinds ask for later and what lies in many modules that only comes with it or after it:
    one file, too. What a big screen and the end need takes its parts from there."""
    for view, closure in closures.items():
        folder = view.removesuffix("view.js")
        own = {p: text for p, text in sources.items() if p.startswith(folder)}
        parts = {it for p, text in own.items() for it in pack.later(p, text) if it in own}
        parts -= {*closure, f"{folder}far.js", f"{folder}leaf.js"}
        needed = {
            part: own.keys() & {*halves.modules(sources, (part,))} - {*closure} for part in parts
        }
        for part in sorted(parts):
            after = [part]  # what is asked for once this is there finds here what it needs
            for one in after:
                asked = (it for path in needed[one] for it in pack.later(path, own[path]))
                after += [it for it in dict.fromkeys(asked) if it in parts and it not in after]
            others = {path for other in parts - {*after} for path in needed[other]}
            within = needed[part] - others
            if part in within and len(within) >= _MANY:
                yield part, within


def _of_kind(path: str) -> bool:
    return path.startswith("activities/")


def _is_own(path: str) -> bool:
    """Not the view library, which everybody needs, nor another one, which is large."""
    return path.startswith(("activities/", "static/parts/"))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
