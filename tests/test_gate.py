"""The gate: every checker of the project, each as a test. A missing tool is said aloud.

Under JAM_STRICT=1 a missing tool is a failure (tests/conftest.py).
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
JS = ROOT / "tests" / "js"


def run(command: Sequence[str | Path], cwd: Path = ROOT) -> tuple[int, str]:
    """Run one checker; returns its exit code and all that it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def passes(command: Sequence[str | Path], cwd: Path = ROOT) -> None:
    """Run one checker and show what it says if it is not content."""
    code, text = run(command, cwd)
    if code:
        pytest.fail(text.strip() or f"left with {code}", pytrace=False)


def node() -> str:
    """Where node is."""
    return shutil.which("node") or pytest.skip("node is not installed (make setup)")


def package(path: str) -> Path:
    """A file of a node package."""
    found = JS / "node_modules" / path
    if not found.exists():
        pytest.skip(f"the node package {path.split('/')[0]} is not installed (make setup)")
    return found


def client_files() -> list[Path]:
    """Every JavaScript file that a browser gets."""
    folders = (ROOT / "static", ROOT / "activities")
    return sorted(path for folder in folders for path in folder.rglob("*.js"))


def test_python_has_no_lint() -> None:
    passes([sys.executable, "-m", "ruff", "check", "."])


def test_python_is_in_form() -> None:
    passes([sys.executable, "-m", "ruff", "format", "--check", "."])


def test_python_types_hold() -> None:
    parts = [name for name in ("server", "activities") if any((ROOT / name).rglob("*.py"))]
    passes([sys.executable, "-m", "mypy", "--strict", *parts])


@pytest.mark.timeout(300)
def test_node_tests_pass() -> None:
    shapes = re.compile(r"(.*[._-]test|test[._-].*)\.m?js$")
    files = [p for p in sorted(JS.rglob("*js")) if shapes.match(p.name) and p.is_file()]
    files = [p for p in files if "node_modules" not in p.parts]
    assert files, "no node tests found in tests/js"
    passes([node(), "--test", *files])


def test_client_types_hold() -> None:
    node()
    passes([package(".bin/tsc"), "-p", JS / "tsconfig.json"])


def test_L3_client_is_es2020_without_newer_calls() -> None:
    package("acorn/package.json")
    passes([node(), JS / "syntax.mjs", *client_files()])


BAD = {
    "at": "[1].at(-1);",
    "replaceAll": "''.replaceAll('a', 'b');",
    "hasOwn": "Object.hasOwn({}, 'a');",
    "clone": "structuredClone({});",
    "private": "class A { #x = 1; }",
    "assign": "let a; a ??= 1;",
    "await": "await 1;",
    "html": "document.body.innerHTML = 'x';",
    "insert": "document.body.insertAdjacentHTML('beforeend', 'x');",
    "eval": "eval('1');",
    "function": "new Function('1');",
    "bare": "import x from 'preact';",
    "dynamic": "import('preact');",
    "dialog": "document.querySelector('dialog').showModal();",
}


def test_L3_each_newer_call_is_found(tmp_path: Path) -> None:
    """The checker itself: every bad line is a fault, and careful use is none."""
    package("acorn/package.json")
    for name, text in BAD.items():
        path = tmp_path / f"{name}.js"
        path.write_text(text, encoding="utf-8")
        code, said = run([node(), JS / "syntax.mjs", path])
        assert code == 1, f"{text} passed: {said}"
    good = tmp_path / "good.js"
    good.write_text(
        "export const a = (b) => b?.c ?? 1;\n"
        "if (typeof structuredClone === 'function') a();\n"
        "const at = { at: 1 };\nexport { at };\nimport('./x.js');\n",
        encoding="utf-8",
    )
    assert run([node(), JS / "syntax.mjs", good]) == (0, "")


LACKING = {
    "a.css": ".a{inset:0}",
    "b.css": ".a{display:flex;gap:1px}",
    "c.css": ".a:is(.b){color:red}",
    "d.css": ".a{margin-inline:1px 2px}",
    "e.css": "@container (min-width:1px){.a{color:red}}",
    "f.css": ".a{&:hover{color:red}}",
    "g.css": ".a{height:100dvh}",
    "h.css": ".a{color:oklch(0.5 0.2 30)}",
    "a.js": "navigator.locks.request('x', () => 1);",
    "b.js": "new BroadcastChannel('x');",
    "c.js": "export const last = (list) => list.findLast((x) => x);",
    "d.js": "Promise.any([]);",
}
CAREFUL = {
    "a.css": ".a{display:grid;gap:1px;-webkit-appearance:none;appearance:none}",
    "b.css": "@supports (aspect-ratio:1){.a{aspect-ratio:1}}",
    "a.js": "if (navigator.locks) navigator.locks.request('x', () => 1);",
    "b.js": "export const own = { drop() {} }; own.drop();",
}


def test_L9_client_uses_what_its_oldest_browsers_have() -> None:
    package("@mdn/browser-compat-data/data.json")
    styles = [p for f in ("static", "activities") for p in sorted((ROOT / f).rglob("*.css"))]
    files = [path for path in [*client_files(), *styles] if "vendor" not in path.parts]
    passes([node(), JS / "floor.mjs", *files])


def test_L9_each_newer_thing_is_found(tmp_path: Path) -> None:
    """The checker itself: every bad line is a fault, and careful use is none."""
    package("@mdn/browser-compat-data/data.json")
    (tmp_path / "good").mkdir()
    for name, text in LACKING.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name, text in CAREFUL.items():
        (tmp_path / "good" / name).write_text(text, encoding="utf-8")
    # One file after the other would read the whole table of features each time.
    _, said = run([node(), JS / "floor.mjs", *(tmp_path / name for name in LACKING)])
    assert [name for name in LACKING if f"{tmp_path / name}:" not in said] == []
    assert run([node(), JS / "floor.mjs", *(tmp_path / "good" / name for name in CAREFUL)]) == (
        0,
        "",
    )


def test_L6_locks_hold_hashes_and_no_address() -> None:
    """What is installed is pinned by hash, and no lock says where it came from."""
    for name in ("requirements/run.txt", "requirements/test.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text
        assert "index" not in text
    text = (JS / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity"') >= 4


def test_tests_use_the_versions_of_the_server() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        return {line.split()[0] for line in text.splitlines() if line[:1].isalnum()}

    assert pins("run.txt") <= pins("test.txt")


def pytest_in(folder: Path, text: str, strict: str, *args: str) -> tuple[int, str]:
    """Run a test file under our conftest.py, in a process of its own."""
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    (folder / "test_one.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c"]
    command += [
        "import os, sys, pytest\n"
        f"os.environ['JAM_STRICT'] = '{strict}'\n"
        "sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider', *sys.argv[1:]]))"
    ]
    return run([*command, *args, folder], folder)


@pytest.mark.parametrize(("strict", "code"), [("0", 0), ("1", 1)])
@pytest.mark.parametrize(
    "text",
    [
        "import pytest\ndef test_a(): pytest.skip('no tool')\ndef test_b(): pass\n",
        "import pytest\n@pytest.mark.skip('no tool')\ndef test_a(): pass\ndef test_b(): pass\n",
    ],
)
def test_L4_a_skip_fails_in_strict_mode_alone(
    tmp_path: Path, text: str, strict: str, code: int
) -> None:
    left, said = pytest_in(tmp_path, text, strict, "-rs")
    assert left == code, said
    assert "no tool" in said


def test_L4_a_file_that_skips_itself_fails_in_strict_mode(tmp_path: Path) -> None:
    text = "import pytest\npytest.importorskip('no_such_module_here')\ndef test_a(): pass\n"
    left, said = pytest_in(tmp_path, text, "1")
    assert left not in (0, 5), said
    assert "no_such_module_here" in said


def test_L5_tests_reach_loopback_alone() -> None:
    """A test that tries another machine fails before any packet leaves."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for host in ("192.0.2.7", "example.org"):
            with pytest.raises(PermissionError, match="loopback"):
                sock.connect((host, 9))
            with pytest.raises(PermissionError, match="loopback"):
                sock.sendto(b"", (host, 9))
        sock.connect(("127.0.0.9", 9))
