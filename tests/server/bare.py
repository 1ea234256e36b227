"""`jam serve` on a machine without uvloop and httptools."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

from server import cli

MISSING = ("uvloop", "httptools")


class Poorer(PathFinder):
    """Finds all that is installed but for these."""

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in MISSING:
            return None
        return PathFinder.find_spec(name, path, target)


if __name__ == "__main__":
    sys.meta_path[sys.meta_path.index(PathFinder)] = Poorer  # type: ignore[call-overload]
    assert not set(MISSING) & set(sys.modules)
    sys.exit(cli.main(["serve", *sys.argv[1:]]))
