"""`python -m tests.sim SEED [STEPS]` plays one run again; `python -m tests.sim FROM-TO` many.

`python -m tests.sim many ...` plays runs of many servers at one store.
"""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from collections.abc import Callable
from typing import Any

from . import script
from .many import script as many


def main(argv: list[str]) -> int:
    if argv[0] == "many":
        return play(argv[1:], many.run, many.STEPS)
    return play(argv, script.run, script.STEPS)


def play(argv: list[str], run: Callable[..., Any], steps: int) -> int:
    first, _, last = argv[0].partition("-")
    steps = int(argv[1]) if len(argv) > 1 else steps
    if not last:
        run(int(first), steps=steps)
        return 0
    bad = 0
    faults: Counter[str] = Counter()
    for seed in range(int(first), int(last)):
        try:
            faults.update(getattr(run(seed, steps=steps), "counts", {}))
        except Exception as wrong:
            bad += 1
            where = traceback.extract_tb(wrong.__traceback__)[-1]
            print(f"seed {seed}: {type(wrong).__name__}: {wrong}"[:400], where.name, where.lineno)
    if faults:
        print(", ".join(f"{count:,} {what}" for what, count in sorted(faults.items())))
    print(f"{bad} of {int(last) - int(first)} runs failed")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
