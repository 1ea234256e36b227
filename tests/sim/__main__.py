"""`python -m tests.sim SEED [STEPS]` plays one run again; `python -m tests.sim FROM-TO` many."""

from __future__ import annotations

import sys
import traceback

from .script import STEPS, run


def main(argv: list[str]) -> int:
    first, _, last = argv[0].partition("-")
    steps = int(argv[1]) if len(argv) > 1 else STEPS
    if not last:
        run(int(first), steps=steps)
        return 0
    bad = 0
    for seed in range(int(first), int(last)):
        try:
            run(seed, steps=steps)
        except Exception as wrong:
            bad += 1
            where = traceback.extract_tb(wrong.__traceback__)[-1]
            print(f"seed {seed}: {type(wrong).__name__}: {wrong}"[:400], where.name, where.lineno)
    print(f"{bad} of {int(last) - int(first)} runs failed")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
