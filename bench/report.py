"""The tables of bench/README.md, each part between two marks; what stands around is by hand."""

import argparse
import datetime
import os
import platform
from pathlib import Path
from typing import Any

from bench.servers import versions
from bench.works import WORKS

Results = dict[str, dict[str, dict[str, Any]]]


def tables(
    part: str, results: Results, titles: dict[str, str], notes: list[str], args: argparse.Namespace
) -> str:
    """What was measured in one part, as Markdown."""
    found = {"fanout": fanout, "doors": doors, "stuck": stuck}[part](results, titles, args)
    if notes:
        found.append("Not measured:\n\n" + "\n".join(f"- {note}" for note in notes))
    return "\n\n".join([conditions(args), *found])


def fanout(results: Results, titles: dict[str, str], args: argparse.Namespace) -> list[str]:
    """What sending and reading cost."""
    parts = []
    if floor := results.get("floor"):
        rows = [[name, f"{run['us_frame']:.1f}"] for name, run in floor.items()]
        parts.append("### The floor: `send()` alone\n\n" + grid(["frames", "us per frame"], rows))
    for work in WORKS:
        if found := results.get(work.name):
            count = work.senders * work.rooms
            load = f"{count} sender{'s' * (count > 1)} x {work.rate:g}/s"
            if not work.acks:
                load += "; the whole server's clients confirm nothing here"
            if not work.senders:
                load = "What sending alone costs"
            table = inbound(found, titles) if work.mode == "sink" else costs(found, titles)
            parts.append(f"### {work.title}\n\n{load}.\n\n" + table)
    return parts


def doors(results: Results, titles: dict[str, str], args: argparse.Namespace) -> list[str]:
    """What coming in and staying cost."""
    parts = []
    if join := results.get("join"):
        rows = [
            [titles[name], f"{run['per_cpu']:,.0f}", f"{run['ms']:,.0f}"]
            for name, run in join.items()
        ]
        head = ["server", "joins per CPU second", "all in, ms"]
        parts.append(f"### Join storm, {args.joins} people\n\n" + grid(head, rows))
    if idle := results.get("idle"):
        rows = [[titles[name], f"{run['kib']:.1f}"] for name, run in idle.items()]
        head = ["server", "KiB per line"]
        parts.append(f"### Memory of {args.idle} idle lines\n\n" + grid(head, rows))
    return parts


def stuck(results: Results, titles: dict[str, str], args: argparse.Namespace) -> list[str]:
    """What one who does not read does to the others."""
    parts = []
    if found := results.get("stuck"):
        rows = [
            [titles[name], f"{run['p50']:.1f}", f"{run['p99']:.1f}", f"{run['grown']:,.0f}"]
            for name, run in found.items()
        ]
        head = ["server", "p50 ms", "p99 ms", "memory grown, KiB"]
        parts.append("### One of 85 reads nothing: the others\n\n" + grid(head, rows))
    return parts


def costs(found: dict[str, dict[str, Any]], titles: dict[str, str]) -> str:
    """Cost and latency of one load, with the ratio to the C reference."""
    base = found.get("c")
    rows = []
    for name, run in found.items():
        if not run["frames"]:
            continue
        ratio = f"{run['us_frame'] / base['us_frame']:.2f}" if base and base["frames"] else ""
        stamped = run["messages"] > 0
        rows.append(
            [
                titles[name],
                f"{run['us_frame']:.1f}",
                ratio,
                f"{run['us_message']:.2f}" if stamped else "",
                f"{run['cores']:.3f}",
                f"{run['frames'] / args_seconds(run):,.0f}",
                f"{run['p50']:.1f} / {run['p99']:.1f}" if stamped else "",
            ]
        )
    head = ["server", "us per frame", "x C", "us per message", "cores", "frames/s", "p50 / p99 ms"]
    return grid(head, rows)


def inbound(found: dict[str, dict[str, Any]], titles: dict[str, str]) -> str:
    """What reading alone costs."""
    rows = [[titles[name], f"{run['us_sent']:.1f}"] for name, run in found.items()]
    return grid(["server", "us per message read"], rows)


def args_seconds(run: dict[str, Any]) -> float:
    """How long the run took: cores are CPU seconds a second."""
    return float(run["cpu"] / run["cores"]) if run["cores"] else 1.0


def grid(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def conditions(args: argparse.Namespace) -> str:
    """Under which conditions the figures hold."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    with_what = ", ".join(f"{name} {version}" for name, version in versions().items())
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return (
        f"Measured on {today}: {processor()}, {cores} cores, {platform.system()} "
        f"{platform.release()}; {with_what}. {args.seconds:g} s each after {args.warm:g} s of "
        f"warming up, the median of {args.repeat} runs, load of the machine at the end "
        f"{os.getloadavg()[0]:.1f}."
    )


def processor() -> str:
    """The processor's name, where the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def write(path: Path, part: str, text: str) -> None:
    """Put a part's tables between its marks, and leave all else as it is."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    head, _, rest = path.read_text().partition(begin)
    _, _, tail = rest.partition(end)
    path.write_text(f"{head}{begin}\n\n{text}\n\n{end}{tail}")
