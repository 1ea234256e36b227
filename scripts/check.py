"""Run every test in the processes it needs, two at a time, and say at the end how it went.

`check.py` runs all; `check.py chaos` runs only the long forms of what hunts for rare faults.
Browser tests come last and alone: they need the cores, and processes without asyncio tests. They
wait more than they reckon, so two processes share them, as two do for all the rest.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
APART = ("test_gate.py", "sim", "chaos", "browser")
"""What has a process of its own; all else shares one."""
PAIR = ("-n", "2", "--dist", "worksteal")
PREFIX = "done: "
"""As tests/counts.py writes it."""
HUNTS = ("sim", "laws", "chaos")
NO_TESTS = 5
TALLIES: dict[str, "Tally"] = {}
"""What the tests that count have done, by their names."""


class Lane(NamedTuple):
    """One pytest process."""

    name: str
    args: list[str]


class Result(NamedTuple):
    """What one process said."""

    lane: Lane
    code: int
    text: str
    seconds: float
    counts: dict[str, int]


class Tally:
    """What the tests of one name have done, over all their seeds."""

    def __init__(self) -> None:
        self.runs = self.failed = 0
        self.seconds = 0.0
        self.done: Counter[str] = Counter()

    def add(self, case: ElementTree.Element) -> None:
        """One more run, out of a JUnit file."""
        self.runs += 1
        self.failed += any(child.tag in ("failure", "error") for child in case)
        self.seconds += float(case.get("time", 0))
        for told in case.iter("property"):
            what = told.get("name", "")
            if what.startswith(PREFIX):
                self.done[what.removeprefix(PREFIX)] += int(told.get("value", 0))


def has_tests(path: Path) -> bool:
    """Whether there is something to run; a folder without tests is no lane."""
    return path.is_file() or any(path.rglob("test_*.py"))


def lanes(names: tuple[str, ...]) -> list[Lane]:
    """A lane for each part that has tests."""
    paths = ((name, TESTS / name) for name in names)
    return [Lane(name.removesuffix(".py"), [str(path)]) for name, path in paths if has_tests(path)]


def count(report: Path) -> dict[str, int]:
    """Passed, failed and skipped of one process, from its JUnit file."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    if not report.exists():
        return counts
    for case in ElementTree.parse(report).iter("testcase"):
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            counts["failed"] += 1
        elif "skipped" in kinds:
            counts["skipped"] += 1
        else:
            counts["passed"] += 1
    return counts


def tallies(report: Path, kept: dict[str, Tally]) -> None:
    """Add to `kept` what each test of a JUnit file says that it has done."""
    if report.exists():
        for case in ElementTree.parse(report).iter("testcase"):
            name = case.get("name", "").partition("[")[0]
            kept.setdefault(name, Tally()).add(case)


def table(kept: dict[str, Tally]) -> str:
    """What the hunts did, as bench/README.md has it."""
    lines = ["| hunt | runs | failed | minutes | done |", "| --- | ---: | ---: | ---: | --- |"]
    for name, tally in sorted(kept.items()):
        if tally.done:
            done = ", ".join(f"{times:,} {what}" for what, times in sorted(tally.done.items()))
            title = name.removeprefix("test_").replace("_", " ")
            minutes = f"{tally.seconds / 60:.1f}"
            lines.append(f"| {title} | {tally.runs} | {tally.failed} | {minutes} | {done} |")
    return "\n".join(lines)


def run(lane: Lane) -> Result:
    """Run one process to its end."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        # Each process has its own cache: two that run side by side must not share one.
        command = [sys.executable, "-m", "pytest", "-q", "--color=no", f"--junitxml={report}"]
        command += ["-p", "no:cacheprovider", *lane.args]
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        counts = count(report)
        tallies(report, TALLIES)
    if done.returncode not in (0, NO_TESTS) and not counts["failed"]:
        counts["failed"] = 1  # the process itself broke
    return Result(lane, done.returncode, done.stdout, time.monotonic() - started, counts)


def show(result: Result) -> None:
    """Print what a process said, as one piece."""
    print(f"\n=== {result.lane.name} ({result.seconds:.0f} s)", flush=True)
    print(result.text.rstrip(), flush=True)


def together(wanted: list[Lane]) -> list[Result]:
    """Run lanes two at a time; each is shown when it is done."""
    results = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for result in pool.map(run, wanted):
            show(result)
            results.append(result)
    return results


def main(args: list[str]) -> int:
    """Run what is asked for; returns the exit code."""
    if args == ["chaos"]:
        results = together(lanes(HUNTS))
        print(f"\n{table(TALLIES)}")
    else:
        ignored = [f"--ignore={TESTS / name}" for name in APART]
        rest = Lane("tests", [str(TESTS), *ignored, *PAIR])
        results = together([rest, *lanes(APART[:-1])])
        results += [run(Lane(lane.name, [*lane.args, *PAIR])) for lane in lanes(APART[-1:])]
        show(results[-1])
    total = {
        key: sum(result.counts[key] for result in results)
        for key in ("passed", "failed", "skipped")
    }
    broken = [result.lane.name for result in results if result.code not in (0, NO_TESTS)]
    print()
    if broken:
        print(f"jam: failed in {', '.join(broken)} (see above)")
    if total["skipped"]:
        strict = " JAM_STRICT=1 forbids that." if os.environ.get("JAM_STRICT") == "1" else ""
        print(f"jam: {total['skipped']} tests were SKIPPED; what they need is named above.{strict}")
    print(f"tests: {total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    if not total["passed"]:
        return 1
    return 1 if broken or total["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
