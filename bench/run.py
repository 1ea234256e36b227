"""Measure every load on every server and write the tables into bench/README.md.

python -m bench                 all of it, about fifteen minutes
python -m bench fanout          one part: fanout, doors or stuck
python -m bench --only room,idle --servers c,direct,ws --seconds 2 --no-write
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench import jam, report
from bench.servers import HERE, Running, Server, Whole, running, table
from bench.works import ROOM85, STAMP, WORKS, Work

Call = tuple[str, Callable[[], dict[str, Any]]]
PARTS = {
    "fanout": ("floor", *(work.name for work in WORKS)),
    "doors": ("join", "idle"),
    "stuck": ("stuck",),
}


@dataclass
class Bench:
    """Where and how long to measure."""

    build: Path
    port: int
    seconds: float
    warm: float
    repeat: int
    joining: int
    idling: int
    notes: list[str] = field(default_factory=list)
    results: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    _next: int = 0

    def one_port(self) -> int:
        """A port that was not used just before, within a range of 20."""
        self._next += 1
        return self.port + self._next % 20

    def cores(self) -> tuple[str, str]:
        """The server's and the client's core, when there are two."""
        mine = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
        return (str(mine[0]), str(mine[1])) if len(mine) > 1 else ("", "")

    def compile(self) -> bool:
        """Build the load client and the reference; False, aloud, without a compiler."""
        compiler = shutil.which("gcc") or shutil.which("cc")
        if not compiler:
            print(
                "There is no C compiler here: the load client cannot be built, nothing is measured."
            )
            return False
        for source in ("load/load.c", "peers/ref.c"):
            out = self.build / Path(source).stem
            subprocess.run([compiler, "-O2", "-o", str(out), str(HERE / source)], check=True)
        return True

    def drive(
        self,
        server: Running,
        lines: list[list[str]],
        mode: str,
        payload: str,
        *,
        rate: float = 0.0,
        stamp: str = STAMP,
        digits: str = "0123456789abcdef",
        ack: bool = False,
        seconds: float | None = None,
        on_start: Callable[[], None] | None = None,
    ) -> dict[str, Any]:
        """Run the load client once; CPU is taken at its "start" and its "end"."""
        spec = self.build / "spec.tsv"
        spec.write_text("".join("\t".join(line) + "\n" for line in lines))
        run_ms = int((self.seconds if seconds is None else seconds) * 1000)
        args = [str(server.port), str(spec), mode, str(rate), str(int(self.warm * 1000))]
        command = [
            str(self.build / "load"),
            *args,
            str(run_ms),
            stamp,
            digits,
            str(int(ack)),
            payload,
        ]
        _, core = self.cores()
        if core and shutil.which("taskset"):
            command = ["taskset", "-c", core, *command]
        before = cpu = 0.0
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
            assert client.stdout is not None
            found: dict[str, Any] = {}
            for text in client.stdout:
                if text.startswith("start"):
                    before = server.cpu()
                    if on_start:
                        on_start()
                elif text.startswith("end"):
                    cpu = server.cpu() - before
                elif text.startswith("{"):
                    found = json.loads(text)
        if client.returncode or not found:
            raise RuntimeError(f"the load client failed with {client.returncode}")
        return {**found, "cpu": cpu}

    def work(self, server: Server, work: Work, mode: str = "run") -> dict[str, Any]:
        """One load on one server: cost and latency."""
        payload = server.message(work.name, work.payload)
        how: dict[str, Any] = {"rate": work.rate, "stamp": work.stamp}
        if isinstance(server, Whole):
            how.update(
                ack=work.acks, digits=jam.DIGITS, stamp=jam.STAMPS.get(work.stamp, work.stamp)
            )
        with self.started(server, work.mode) as process:
            lines = server.lines(work.rooms, work.people, work.senders, process.port)
            before = process.resident()
            run = self.drive(process, lines, mode, payload, **how)
            run["grown"] = process.resident() - before
        run["us_sent"] = run["cpu"] * 1e6 / run["sent"] if run["sent"] else 0
        if work.mode != "sink":
            run["us_frame"] = run["cpu"] * 1e6 / run["frames"]
            # Whose answers are shorter than what was sent, there is no stamp in them.
            run["us_message"] = run["cpu"] * 1e6 / run["messages"] if run["messages"] else 0
        run["cores"] = run["cpu"] / self.seconds
        return run

    def floor(self, rate: int, size: int) -> dict[str, Any]:
        """Nothing but sends: what the kernel alone takes for the same frames."""
        ref = Server("floor", "send() alone", (str(self.build / "ref"), "{port}", "floor"))
        with self.started(ref, "floor", (str(rate), str(size))) as process:
            run = self.drive(process, ref.lines(1, 85, 0, 0), "run", "")
        return {**run, "us_frame": run["cpu"] * 1e6 / run["frames"]}

    def join(self, server: Server) -> dict[str, Any]:
        """A storm of people at the door, fifty at a time."""
        with self.started(server, "tick") as process:
            self.drive(process, server.lines(1, 20, 0, process.port), "hold", "", seconds=0.1)
            people = 50
            lines = server.lines(self.joining // people, people, 0, process.port)
            run = self.drive(process, lines, "join", "")
        return {"per_cpu": len(lines) / run["cpu"], "ms": run["join_ms"]}

    def idle(self, server: Server) -> dict[str, Any]:
        """Memory of lines that are open and say nothing."""
        found: list[int] = []
        with self.started(server, "tick") as process:
            lines = server.lines(1, 20, 0, process.port)
            self.drive(process, lines, "hold", "", seconds=0.1)
            before = process.resident()
            many = server.lines(self.idling // 50, 50, 0, process.port)
            self.drive(process, many, "hold", "", on_start=lambda: found.append(process.resident()))
        return {"kib": (found[0] - before) / len(many)}

    def started(self, server: Server, mode: str, extra: tuple[str, ...] = ()) -> Any:
        """The server, running on its core, with an empty folder for its data."""
        data = Path(tempfile.mkdtemp(dir=self.build))
        return running(server, mode, self.one_port(), data, self.cores()[0], extra)

    def cases(self, servers: list[Server]) -> Iterator[tuple[str, list[Call]]]:
        """Every case with what to call for each server."""
        yield (
            "floor",
            [
                ("85 x 100/s, 204 B", lambda: self.floor(100, 200)),
                ("85 x 20/s, 1 KB", lambda: self.floor(20, 1000)),
            ],
        )
        for work in WORKS:
            able = [
                s for s in servers if work.mode in s.modes and work.name in (s.works or [work.name])
            ]
            yield work.name, [(s.name, partial(self.work, s, work)) for s in able]
        storms = [server for server in servers if not server.works]
        yield "join", [(server.name, partial(self.join, server)) for server in storms]
        yield "idle", [(server.name, partial(self.idle, server)) for server in storms]
        yield "stuck", [(s.name, partial(self.work, s, ROOM85, "stuck")) for s in storms]

    def measure(self, servers: list[Server], only: list[str]) -> None:
        """All cases; what fails is a note, not the end.

        The servers take turns, so that the drift of the machine touches all of them alike.
        """
        for case, calls in self.cases(servers):
            runs: dict[str, list[dict[str, Any]]] = {name: [] for name, _ in calls}
            times = 1 if case == "idle" else self.repeat  # memory has no noise to speak of
            for name, call in calls * times if case in only else []:
                try:
                    runs[name].append(call())
                except (RuntimeError, OSError, KeyError, ValueError, ArithmeticError) as fault:
                    self.notes.append(f"{case} on {name}: {fault}")
            for name, found in runs.items():
                if found:
                    middle = {key: median(run[key] for run in found) for key in found[0]}
                    self.results.setdefault(case, {})[name] = middle
                    shown = " ".join(f"{key}={value:.4g}" for key, value in middle.items())
                    print(f"{case:9}{name:20}{shown}", flush=True)
        self.notes = list(dict.fromkeys(self.notes))
        print("\n".join(self.notes))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; or all")
    parser.add_argument("--seconds", type=float, default=2.0, help="measured time of each case")
    parser.add_argument("--warm", type=float, default=0.5)
    parser.add_argument(
        "--repeat", type=int, default=3, help="runs of each load; the median counts"
    )
    parser.add_argument("--joins", type=int, default=500)
    parser.add_argument("--idle", type=int, default=1000)
    parser.add_argument("--port", type=int, default=8130, help="first of 20 ports on 127.0.0.1")
    parser.add_argument("--only", default="", help="single loads of the parts, by name")
    parser.add_argument("--servers", default="")
    parser.add_argument("--no-write", action="store_true", help="leave bench/README.md as it is")
    args = parser.parse_args()
    if unknown := set(args.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    parts = args.parts or list(PARTS)
    cases = [case for part in parts for case in PARTS[part]]
    with tempfile.TemporaryDirectory(prefix="jam-bench-") as folder:
        bench = Bench(
            Path(folder),
            args.port,
            args.seconds,
            args.warm,
            args.repeat,
            args.joins,
            args.idle,
        )
        if not bench.compile():
            return 1
        servers = []
        for server in table(bench.build):
            if args.servers and server.name not in args.servers.split(","):
                continue
            if why := server.missing():
                bench.notes.append(f"{server.title} was not measured: {why}")
                print(bench.notes[-1])
            else:
                servers.append(server)
        bench.measure(servers, args.only.split(",") if args.only else cases)
        titles = {server.name: server.title for server in table(bench.build)}
        for part in () if args.no_write else parts:
            text = report.tables(part, bench.results, titles, bench.notes, args)
            report.write(HERE / "README.md", part, text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
