"""The tables of voices in bench/README.md, between two marks."""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import os
import platform
import subprocess
from statistics import median
from typing import TYPE_CHECKING

from bench.report import grid, processor
from bench.voices.latency import Waits
from bench.voices.swarm import STARVED, Load
from server.voice.opus import version

if TYPE_CHECKING:
    from bench.voices.run import Voices

TITLES = {
    "silent": "ours, nobody speaks",
    "20 ms": "ours, 20 ms with FEC",
    "60 ms": "ours, 60 ms with FEC",
    "shared": "our mix, aiortc's sender (`av.Packet`), 20 ms",
    "janus": "Janus AudioBridge, 20 ms, no FEC",
    "stock": "aiortc by itself",
}


def text(voices: Voices, args: argparse.Namespace) -> str:
    """All tables."""
    found = [conditions(voices, args), costs(voices)]
    if ratios := against(voices):
        found.append("### Against others, for each packet that was sent\n\n" + ratios)
    if voices.joins:
        rows = [
            [
                str(people),
                f"{median(cpu for cpu, _ in each):.1f}",
                f"{median(kib for _, kib in each):.0f}",
            ]
            for people, each in sorted(voices.joins.items())
        ]
        head = ["people", "CPU of one more, ms", "memory of one more, KiB"]
        found.append("### Coming in\n\n" + grid(head, rows))
    if voices.waits:
        found.append("### From a click in to the click out\n\n" + latency(voices.waits))
    if voices.notes:
        found.append(
            "Not measured:\n\n" + "\n".join(f"- {one}" for one in dict.fromkeys(voices.notes))
        )
    return "\n\n".join(found)


def conditions(voices: Voices, args: argparse.Namespace) -> str:
    """Under which the figures hold."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    names = ("aiortc", "aioice", "pylibsrtp", "av", "numpy")
    with_what = [f"{name} {importlib.metadata.version(name)}" for name in names]
    with_what += [version(), *janus_version()]
    one = {key: median(each[key] for each in voices.floors) for key in voices.floors[0]}
    return (
        f"Measured on {datetime.datetime.now(datetime.UTC).date().isoformat()}: {processor()}, "
        f"{cores} cores, {platform.system()} {platform.release()}, Python "
        f"{platform.python_version()}; {', '.join(with_what)}. {args.seconds:g} s each, the median "
        f"of {args.repeat} runs, load of the machine at the end {os.getloadavg()[0]:.1f}. In a "
        f"loop of its own, one `sendto` took {one['sendto']:.1f} us here, one SRTP protect and its "
        f"header {one['protect']:.1f} us, one Opus encode of 20 ms {one['encode']:.0f} us."
    )


def janus_version() -> list[str]:
    """As its package says, where it is installed."""
    try:
        told = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}", "janus"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return []
    return [f"Janus {told.stdout}"]


def costs(voices: Voices) -> str:
    """CPU of each server with so many people."""
    rows = []
    for what, title in TITLES.items():
        for (kind, people), found in sorted(voices.found.items(), key=lambda one: one[0][1]):
            if kind == what:
                rows.append([title, str(people), *row(found.middle)])
    head = [
        "server", "people", "CPU, ms a second", "for one person, ms", "for one packet sent, us",
        "to one person, kbit/s", "ticks done",
    ]  # fmt: skip
    return "### CPU, three speak\n\n" + grid(head, rows)


def row(load: Load) -> list[str]:
    """Its figures."""
    starved = " (starved)" if load.share < STARVED else ""
    return [
        f"{load.second:.0f}", f"{load.each:.2f}", f"{load.frame:.0f}", f"{load.kbits:.1f}",
        f"{load.share:.0%}{starved}",
    ]  # fmt: skip


def against(voices: Voices) -> str:
    """How many times ours the others are."""
    rows = []
    for (what, people), found in sorted(voices.found.items(), key=lambda one: one[0]):
        # aiortc by itself is measured with as many as it can bear.
        there = {"janus": people, "shared": people, "stock": 85}.get(what, 0)
        for mine in ("20 ms", "60 ms"):
            ours = voices.found.get((mine, there))
            if ours is None:
                continue
            by_frame = found.middle.frame / ours.middle.frame
            by_person = found.middle.each / ours.middle.each
            names = f"{TITLES[what]}, {people} people", f"{TITLES[mine]}, {there} people"
            rows.append([*names, f"{by_frame:.1f}", f"{by_person:.1f}"])
    head = ["the other", "ours", "x for a packet", "x for one person's second"]
    return grid(head, rows) if rows else ""


def latency(waits: dict[str, list[Waits]]) -> str:
    """Before, in and after loss."""
    rows = []
    for name, found in waits.items():
        whole = Waits([one for each in found for one in each.all], sum(each.said for each in found))
        title = name.replace("normal", "20 ms,").replace("thin", "60 ms,")
        title = (
            title.replace(" in", " in 5 % loss")
            .replace(" after", " after it")
            .replace(" before", " no loss")
        )
        rows.append(
            [title, f"{whole.p50:.0f}", f"{whole.p95:.0f}", f"{len(whole.all)} of {whole.said}"]
        )
    return grid(["packets", "median ms", "p95 ms", "clicks found"], rows)
