"""Modules that always come together, sent as one file: a phone on a bad line pays for each request.

No build and no tool: at the start of the server each module becomes a function that is called once,
in the order in which the browser would have run it. What is imported later, when asked for, stays
a file of its own and takes what it needs from the pack, so nothing is ever there twice.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

_NAMES: Final = r"""(?P<names>[\w$*{][^"'();]*?)\s*from\s*"""
_IMPORT: Final = re.compile(rf"""(?m)^import\s*(?:{_NAMES})?["'](?P<path>\.{{1,2}}/[^"']+)["'];?""")
_PASSED: Final = re.compile(
    r"""(?m)(?:^|(?<=[;}]))export\s*\{(?P<names>[^}]*)\}(?:\s*from\s*["'](?P<path>[^"']+)["'])?;?"""
)
_DECLARED: Final = re.compile(
    r"(?m)^export\s+(?P<what>(?:const|class|(?:async\s+)?function\*?)\s+(?P<name>[\w$]+))"
)
_TWO: Final = re.compile(r"(?m)^export\s+const\s+[\w$]+\s*=\s*[^;,({\[`'\"\n]*,\s*[\w$]+(?=\s*=)")
_DEFAULT: Final = re.compile(r"(?m)^export\s+default\b\s*")
_LATER: Final = re.compile(r"""\bimport\((?P<sign>["'`])(?P<path>\.{1,2}/[^"'`$]*)""")
_HERE: Final = re.compile(r"""\bimport\("(?P<path>\.{1,2}/[^"]+)"\)""")
_OWN: Final = "import.meta.url"


class Tangled(Exception):
    """Modules that cannot be packed: a circle of imports, or an exported name that may change."""


class Packs:
    """Which modules lie in which pack, and the files that come of it."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._places: dict[str, tuple[str, str]] = {}  # module -> its pack, its name there
        self._order: dict[str, list[str]] = {}

    def add(
        self, pack: str, name: str, entries: Sequence[str], within: Collection[str] | None = None
    ) -> None:
        """Plan one file for these modules and all that they import at once, or what of that is
        `within`. `name` tells its parts from those of other packs. Raises Tangled.
        """
        order: list[str] = []
        for entry in entries:
            self._visit(entry, order, [], within)
        for number, path in enumerate(order):
            self._places[path] = (pack, f"${name}{number}")
        self._order[pack] = order

    def files(self) -> dict[str, str]:
        """The packs, and every other module with its imports turned to them."""
        made = {path: self._alone(path) for path in self._sources}
        made |= {pack: self._packed(pack) for pack in self._order}
        return made

    def _visit(
        self, path: str, order: list[str], above: list[str], within: Collection[str] | None
    ) -> None:
        if path in order or path in self._places or (within is not None and path not in within):
            return
        if path in above:
            raise Tangled(" -> ".join([*above[above.index(path) :], path]))
        if re.search(r"(?m)^export\s+(?:let|var)\b", self._sources[path]):
            raise Tangled(f"{path} exports a name that may change")
        if found := _TWO.search(self._sources[path]):
            raise Tangled(f"{path} exports two names in one statement: {found[0]}")
        for target in imports(path, self._sources[path]):
            self._visit(target, order, [*above, path], within)
        order.append(path)

    def _packed(self, pack: str) -> str:
        order = self._order[pack]
        bodies, outside = [], set()
        for path in order:
            body, given, taken = self._body(path, pack)
            outside |= {place for place in taken if place[0] != pack}
            shown = ",".join(
                name if name == local else f"{name}:{local}" for name, local in given.items()
            )
            bodies.append(
                f"const {self._places[path][1]}=(()=>{{\n{body}\nreturn{{{shown}}};\n}})();"
            )
        head = "".join(
            _import(name, other in self._order) + f'from"{_way(pack, other)}";\n'
            for other, name in sorted(outside)
        )
        names = ",".join(self._places[path][1] for path in order)
        own = (
            "const $u=(p)=>new URL(p,import.meta.url).href;\n"
            if any("$u(" in body for body in bodies)
            else ""
        )
        tail = f"export{{{names}}};\n"
        if pack in order:
            tail += _given(self._places[pack][1], given)
        return head + own + "\n".join(bodies) + "\n" + tail

    def _around(self, file: str) -> set[str]:
        """The files without which one cannot start, and itself."""
        found = [file]
        for one in found:
            for path in self._order.get(one, [one]):
                places = (self._place(it)[0] for it in imports(path, self._sources[path]))
                found += [place for place in dict.fromkeys(places) if place not in found]
        return {*found}

    def _place(self, path: str) -> tuple[str, str]:
        """Where a module is to be had: its pack and its name there, or itself as a whole."""
        alone = (path, "$" + re.sub(r"\W", "_", path))
        return self._places.get(path, alone)

    def _alone(self, path: str) -> str:
        """A module that lies in no pack; one that does passes on what the pack has of it."""
        place = self._places.get(path)
        if place is not None:
            _, given, _ = self._body(path, place[0])
            return f'import{{{place[1]}}}from"{_way(path, place[0])}";\n' + _given(place[1], given)
        text = self._sources[path]

        def turned(match: re.Match[str]) -> str:
            other = self._places.get(_target(path, match["path"]))
            if other is None:
                return match[0]
            taken = f'import{{{other[1]}}}from"{_way(path, other[0])}";'
            return taken + _taken(match["names"], other[1])

        return self._later(_IMPORT.sub(turned, text), path, path)

    def _body(self, path: str, pack: str) -> tuple[str, dict[str, str], set[tuple[str, str]]]:
        """The inside of a packed module: its code, what it gives, and what it takes from where."""
        given: dict[str, str] = {}
        taken: set[tuple[str, str]] = set()

        def import_(match: re.Match[str]) -> str:
            place = self._place(_target(path, match["path"]))
            taken.add(place)
            return _taken(match["names"], place[1])

        def passed(match: re.Match[str]) -> str:
            pairs = _pairs(match["names"])
            if match["path"] is None:
                given.update({name: local for local, name in pairs})
                return ""
            place = self._place(_target(path, match["path"]))
            taken.add(place)
            given.update({name: f"{place[1]}.{local}" for local, name in pairs})
            return ""

        def declared(match: re.Match[str]) -> str:
            given[match["name"]] = match["name"]
            return match["what"]

        text = _IMPORT.sub(import_, self._sources[path])
        text = _DECLARED.sub(declared, _PASSED.sub(passed, text))
        if _DEFAULT.search(text):
            given["default"] = "$default"
            text = _DEFAULT.sub("const $default=", text)
        here = _way(pack, path)
        return self._later(text.replace(_OWN, f'$u("{here}")'), path, pack).strip(), given, taken

    def _later(self, text: str, path: str, at: str) -> str:
        """Imports that are asked for later, seen from where the code lies now."""

        def here(match: re.Match[str]) -> str:
            target = _target(path, match["path"])
            place = self._places.get(target)
            if place and place[0] == at:
                return f"Promise.resolve({place[1]})"
            if target not in self._order:
                return match[0]
            # What it takes from elsewhere is asked for beside it: after it would be another wait.
            rest = sorted(self._around(target) - self._around(at) - {target})
            asked = ",".join(f'import("{_way(path, one)}")' for one in (target, *rest))
            return f"Promise.all([{asked}]).then(($)=>$[0])"

        def turned(match: re.Match[str]) -> str:
            target = _target(path, match["path"])
            end = "/" if match["path"].endswith("/") else ""
            return f"import({match['sign']}{_way(at, target)}{end}"

        return _LATER.sub(turned, _HERE.sub(here, text))


def later(path: str, text: str) -> list[str]:
    """The modules that one asks for when they are needed."""
    return [_target(path, match["path"]) for match in _HERE.finditer(text)]


def imports(path: str, text: str) -> list[str]:
    """The modules without which one cannot start, in their order."""
    found = [match["path"] for match in _IMPORT.finditer(text)]
    found += [match["path"] for match in _PASSED.finditer(text) if match["path"]]
    return [_target(path, name) for name in found]


def _target(path: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))


def _way(start: str, target: str) -> str:
    """The relative address of one file from another."""
    way = posixpath.relpath(target, posixpath.dirname(start) or ".")
    return way if way.startswith(".") else f"./{way}"


def _pairs(names: str) -> list[tuple[str, str]]:
    """`a, b as c` as (a, a), (b, c)."""
    pairs = []
    for part in names.split(","):
        words = part.split()
        if words:
            pairs.append((words[0], words[-1]))
    return pairs


def _given(module: str, names: Collection[str]) -> str:
    """What a packed module exports, exported again under its own address."""
    named = ",".join(name for name in names if name != "default")
    again = f"export const{{{named}}}={module};\n" if named else ""
    return again + (f"export default {module}.default;\n" if "default" in names else "")


def _import(name: str, packed: bool) -> str:
    return f"import{{{name}}}" if packed else f"import*as {name} "


def _taken(names: str | None, module: str) -> str:
    """What an import statement becomes where the module is a value."""
    if not names:
        return ""
    names = names.strip()
    if names.startswith("*"):
        return f"const {names.split()[-1]}={module};"
    bare, _, rest = names.partition("{") if "{" in names else (names, "", "")
    parts = [f"default:{bare.strip(' ,')}"] if bare.strip(" ,") else []
    parts += [
        name if name == alias else f"{name}:{alias}" for name, alias in _pairs(rest.strip("}"))
    ]
    return f"const{{{','.join(parts)}}}={module};"
