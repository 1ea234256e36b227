"""How long `jam serve` takes from the start of its process until a connection is accepted.

`python -m bench.start [runs] [port]` prints the median, the best and the worst of all runs, and the
CPU seconds that a start costs. Each run has an empty data folder, as on the first day.
"""

import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TARGET = 1.0
PATIENCE = 20.0


class Start(NamedTuple):
    """One run: seconds until the first connection, and CPU seconds of the process by then."""

    wall: float
    cpu: float


def cpu_seconds(pid: int) -> float:
    """User and system time of a process that runs; nan where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def once(port: int) -> Start:
    """Start the server, connect, end it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "server.cli", "serve", "--port", str(port)]
        started = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--data", folder], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        try:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    return Start(time.perf_counter() - started, cpu_seconds(process.pid))
                except OSError:
                    if process.poll() is not None or time.perf_counter() - started > PATIENCE:
                        sys.exit("jam serve did not start")
                    time.sleep(0.002)
        finally:
            process.terminate()
            process.wait()


def main(args: list[str]) -> None:
    """Measure and print one row for the table of bench/README.md."""
    runs = int(args[0]) if args else 9
    port = int(args[1]) if len(args) > 1 else 8119
    once(port)  # the first one also fills the disk's cache and Python's
    starts = [once(port) for _ in range(runs)]
    walls = sorted(start.wall for start in starts)
    cpu = statistics.median(start.cpu for start in starts)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {runs} runs")
    print("| start -> first connection | median | best | worst | CPU s | target |")
    print("|---|---|---|---|---|---|")
    print(
        f"| jam serve | {statistics.median(walls):.3f} s | {walls[0]:.3f} s | {walls[-1]:.3f} s "
        f"| {cpu:.2f} | {TARGET} s |"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
