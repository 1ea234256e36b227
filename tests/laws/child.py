"""A process that plays fixed scripts and prints what people were sent, as one digest a kind.

Its parent starts it under different hash seeds. ``name`` is a folder of activities/, or ``bad:x``.
"""

import hashlib
import json
import sys
from random import Random

from tests.laws.laws import clean, play
from tests.laws.script import Writer
from tests.stage import load


def digest(name: str) -> str:
    if name.startswith("bad:"):
        from tests.laws.bad import BAD

        activity = BAD[name[4:]]
    else:
        activity = load(name)
    found = hashlib.sha256()
    for seed in range(12):
        writer = Writer(Random(seed), activity)
        stage = play(activity, clean(activity, writer.options()), writer.script(40))
        found.update(json.dumps([stage.sent, stage.state]).encode())
    return found.hexdigest()


if __name__ == "__main__":
    print(*map(digest, sys.argv[1:]))
