"""The architecture as a test: who may import whom, how long a module may be, what no file holds.

LAYERS is the architecture. A change of it is a decision: it belongs into docs/decisions.md, too.
"""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Part -> the parts of the project it may import (itself always). Settings and addresses are leaves.
LAYERS: dict[str, frozenset[str]] = {
    "server": frozenset(),
    "server.cli": frozenset(
        {"server", "server.settings", "server.address", "server.web", "server.rehearse"}
        | {"server.doctor", "server.voice"}
    ),
    "server.rehearse": frozenset({"server.kit"}),
    "server.doctor": frozenset(
        {"server", "server.settings", "server.address", "server.metrics", "server.log"}
        | {"server.room", "server.voice"}
    ),
    "server.metrics": frozenset(),
    "server.settings": frozenset({"server"}),
    "server.address": frozenset({"server"}),
    "server.web": frozenset(
        {
            "server",
            "server.settings",
            "server.address",
            "server.metrics",
            "server.rehearse",
            "server.voice",
            "server.log",
            "server.room",
            "server.kit",
        }
    ),
    "server.voice": frozenset(
        {"server", "server.settings", "server.address", "server.log", "server.room", "server.kit"}
    ),
    "server.log": frozenset({"server.room", "server.kit"}),
    "server.room": frozenset({"server.kit"}),
    "server.kit": frozenset(),
    "activities": frozenset({"server.kit"}),
}

# No I/O, no clock, no chance: what is not on these lists is not imported there.
PURE = frozenset(
    {
        "__future__",
        "base64",
        "binascii",
        "bisect",
        "collections",
        "collections.abc",
        "contextlib",
        "copy",
        "dataclasses",
        "enum",
        "functools",
        "hashlib",
        "heapq",
        "hmac",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
        "string",
        "struct",
        "types",
        "typing",
        "unicodedata",
        "zlib",
    }
)
OUTSIDE: dict[str, frozenset[str]] = {
    "server.kit": PURE | {"msgspec", "inspect"},
    # kinds.py finds the kinds that are there; it alone may look at the disk and at entry points.
    "server.room": PURE | {"msgspec", "inspect"},
    "activities": frozenset(
        {"__future__", "typing", "dataclasses", "collections", "collections.abc"}
        | {"enum", "itertools", "functools", "math", "re"}
    ),
}
LOADER = "server/room/kinds.py"
LOADER_MAY = frozenset({"importlib", "importlib.metadata", "importlib.util", "pathlib", "sys"})

LONGEST = 300
VAGUE = re.compile(r"^(utils?|helpers?|managers?|misc|common|stuff)$")
OWN_CODE = ("server", "activities", "static", "bench", "scripts")


def files(folder: str, *ends: str) -> list[Path]:
    """Our own files with these endings: no vendored ones, none that a tool made."""
    made = {"vendor", "node_modules", "__pycache__"}
    return sorted(
        path
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in ends and not made & set(path.parts)
    )


def tracked() -> list[Path]:
    """Every text file of the repository, also what is not committed yet."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("this is no git checkout")
    paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8192]]


def part_of(module: str) -> str:
    """The layer that a module of the project belongs to: the longest name in LAYERS."""
    fits = [part for part in LAYERS if module == part or module.startswith(part + ".")]
    return max(fits, key=len) if fits else ""


def imported(tree: ast.AST, package: list[str]) -> Iterator[str]:
    """Every module that the code names in an import, wherever it stands; relative ones resolved."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*up, *([node.module] if node.module else [])])
            # `from server import kit` names the module server.kit.
            for alias in node.names:
                deeper = f"{base}.{alias.name}"
                yield deeper if is_module(deeper) else base


def is_module(name: str) -> bool:
    """Whether this dotted name is a module of the project."""
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def faults(module: str, source: str, package: list[str], may: frozenset[str]) -> list[str]:
    """Imports of one module that its layer does not allow. `may` widens what is from outside."""
    part = part_of(module)
    found = []
    for name in imported(ast.parse(source), package):
        other = part_of(name)
        if other:
            if other != part and other not in LAYERS[part]:
                found.append(f"{module} imports {name}: {part} may not know {other}")
        elif part in OUTSIDE and name not in OUTSIDE[part] | may:
            found.append(f"{module} imports {name}: {part} may not import it")
    return found


def test_L1_imports_run_one_way() -> None:
    found = []
    for path in files("server", ".py") + files("activities", ".py"):
        relative = path.relative_to(ROOT)
        names = list(relative.with_suffix("").parts)
        package = names[:-1]
        module = ".".join(package if names[-1] == "__init__" else names)
        may = LOADER_MAY if relative.as_posix() == LOADER else frozenset()
        found += faults(module, path.read_text(encoding="utf-8"), package, may)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("server.room.fold", "import time"),
        ("server.room.fold", "from random import Random"),
        ("server.room.fold", "def f():\n    import asyncio"),
        ("server.room.fold", "from server.log import sqlite"),
        ("server.room.fold", "from ..web import hub"),
        ("server.kit.text", "from server import room"),
        ("server.kit.text", "import os.path"),
        ("server.log.memory", "from server.web.hub import Hub"),
        ("server.web.hub", "import server.cli"),
        ("activities.words.rules", "from server.room import fold"),
        ("activities.words.rules", "import datetime"),
        ("activities.words.rules", "from activities.checkin import rules"),
    ],
)
def test_L1_a_wrong_import_is_found(module: str, source: str) -> None:
    """The test above would see each of these; kinds do not import each other, either."""
    package = module.split(".")[:-1]
    if module.startswith("activities"):
        assert faults(module, source, package, frozenset()) or siblings(module, source, package)
    else:
        assert faults(module, source, package, frozenset())


def siblings(module: str, source: str, package: list[str]) -> list[str]:
    """Imports of one kind by another."""
    own = ".".join(package)
    names = imported(ast.parse(source), package)
    return [name for name in names if name.startswith("activities.") and not within(name, own)]


def within(name: str, package: str) -> bool:
    """Whether a module lies in that package."""
    return name == package or name.startswith(package + ".")


def test_L1_a_kind_knows_no_other_kind() -> None:
    for path in files("activities", ".py"):
        package = list(path.relative_to(ROOT).parent.parts)
        module = ".".join([*package, path.stem])
        assert not siblings(module, path.read_text(encoding="utf-8"), package)


def test_L1_client_parts_do_not_reach_into_kinds() -> None:
    """The shell finds kinds by name at run time; a kind knows the shell, never another kind."""
    found = []
    for path in files("static", ".js") + files("activities", ".js"):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""", text):
            target = (path.parent / name).resolve()
            if not target.is_relative_to(ROOT / "activities"):
                continue
            if not target.is_relative_to(path.parent):
                found.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not found, "\n".join(found)


def test_L2_no_module_is_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {count} lines"
        for folder in OWN_CODE
        for path in files(folder, ".py", ".js", ".mjs")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    ]
    assert not long, "\n".join(long)


# Lines of code that the rules of each kind have at most; and, of the other modules of kinds, those
# that are not small. A lower number is welcome; a higher one means that a part is missing.
RULES = {
    "breath": 64,
    "canvas": 67,
    "checkin": 50,
    "groups": 64,
    "prompt": 63,
    "quiz": 44,
    "ring": 77,
    "round": 78,
    "steps": 71,
    "together": 59,
    "wall": 78,
    "words": 66,
}
SMALL = 80
LARGER = {
    "canvas/play.py": 87,
    "groups/floor.py": 129,
}


def code_lines(source: str) -> int:
    """Lines that are neither blank nor a comment nor of a docstring, on whichever part of a
    statement they are."""
    told: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        value = node.value if isinstance(node, ast.Expr) else None
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            told |= {*range(value.lineno, (value.end_lineno or value.lineno) + 1)}
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in silent | {tokenize.ENDMARKER}:
            code |= {*range(token.start[0], token.end[0] + 1)}
    return len(code - told)


def test_L10_most_kinds_have_few_lines_of_rules_and_none_gets_more() -> None:
    counts = {
        path.relative_to(ROOT / "activities").as_posix(): code_lines(path.read_text("utf-8"))
        for path in files("activities", ".py")
    }
    rules = {name.partition("/")[0]: n for name, n in counts.items() if name.endswith("/rules.py")}
    assert rules.keys() == RULES.keys(), "each kind says how many lines it has at most"
    assert {kind: n for kind, n in rules.items() if n > RULES[kind]} == {}
    assert sum(n < SMALL for n in rules.values()) * 2 > len(rules)
    others = {name: n for name, n in counts.items() if not name.endswith("/rules.py")}
    assert {name: n for name, n in others.items() if n > LARGER.get(name, SMALL - 1)} == {}
    assert [name for name in LARGER if others.get(name, 0) < SMALL] == [], "small by now"


def test_L10_only_code_counts() -> None:
    source = '"""Of a module.\n\nTwo lines."""\n\n# a note\nX = (\n    1,  # one\n)\n"""Of X."""\n'
    assert code_lines(source) == 3


def test_L2_modules_are_named_after_a_noun() -> None:
    names = [
        str(path.relative_to(ROOT))
        for folder in (*OWN_CODE, "tests")
        for path in files(folder, ".py", ".js", ".mjs", ".css")
        if any(VAGUE.match(part) for part in (*path.relative_to(ROOT).parts[:-1], path.stem))
    ]
    assert not names, "\n".join(names)


# Words are put together from pieces here, so that this file does not hold what it forbids.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
MACHINE = re.compile(
    r"(?<![\w.:/-])/(" + "|".join(("wo" + "rk/", "tm" + "p/", "ro" + "ot/", "ho" + "me/")) + r")"
)
HOSTS = re.compile(
    "|".join(("python" + "hosted", "npm" + r"js\.", "py" + r"pi\.org", "deb" + r"ian\.org"))
)
MARKUP = re.compile(
    r"\.(inner|outer)HTML\b|insertAdjacentHTML|\bsrcdoc\b|\beval\(|new Function|dangerouslySet"
)


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Where a pattern stands, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_L3_client_makes_no_markup_of_text() -> None:
    found = lines_with(MARKUP, files("static", ".js", ".html") + files("activities", ".js"))
    assert not found, "\n".join(found)


def test_L7_nothing_is_left_unfinished() -> None:
    vendored = ROOT / "static" / "vendor"
    own = [path for path in tracked() if not path.is_relative_to(vendored)]
    found = lines_with(UNFINISHED, own)
    assert not found, "\n".join(found)


def test_L6_no_file_names_a_machine_or_a_registry() -> None:
    found = lines_with(MACHINE, tracked()) + lines_with(HOSTS, tracked())
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (UNFINISHED, "# TO" + "DO: later"),
        (MACHINE, "open('/tm" + "p/x')"),
        (MACHINE, "cd /wo" + "rk/main"),
        (HOSTS, "files.python" + "hosted.org"),
        (MARKUP, "el.inner" + "HTML = text"),
        (MARKUP, "new Fun" + "ction('x')"),
    ],
)
def test_L6_each_forbidden_line_is_found(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


def test_L8_every_rule_is_named_by_a_test() -> None:
    """An id in RULES.md without a test would be a promise that nobody keeps."""
    tests = ROOT / "tests"
    text = "\n".join(
        path.read_text("utf-8").lower().replace("_", " ").replace("-", "")
        for folder in (tests,)
        for kind in ("*.py", "*.js", "*.mjs")
        for path in sorted(folder.rglob(kind))
        if "node_modules" not in path.parts
    )
    ids = re.findall(r"^- ([A-Za-z][\w-]*)", (tests / "RULES.md").read_text("utf-8"), re.M)
    assert len(ids) == len(set(ids)), "an id stands twice"
    words = set(re.findall(r"[a-z0-9]+", text))
    assert [name for name in ids if name.lower().replace("-", "") not in words] == []
