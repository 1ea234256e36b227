"""Effect: what a reducer may yield."""

from __future__ import annotations

from typing import Any

from server.kit.change import Change


class After:
    """Run an action in ``ms`` of log time; 0 takes the waiting one back.

    One is pending per action: a new one replaces it.
    """

    __slots__ = ("args", "ms", "name")

    def __init__(self, ms: int, name: str, /, **args: Any) -> None:
        self.ms, self.name, self.args = ms, name, args

    def __repr__(self) -> str:
        return f"After({self.ms}, {self.name!r}, {self.args})"


class Forget:
    """Clear own/, vault/ and team/, here and in the store, for good."""

    __slots__ = ()


class Nest:
    """Let a team run a kind of its own; an empty kind ends it. One runs in a team at a time.

    Who is in a team stands at ``room/team/<member>``; the nested activity has its own generation
    at ``meet/now/in/<team>``.
    """

    __slots__ = ("kind", "options", "team")

    def __init__(self, team: str, kind: str = "", /, **options: Any) -> None:
        self.team, self.kind, self.options = team, kind, options

    def __repr__(self) -> str:
        return f"Nest({self.team!r}, {self.kind!r})"


class Reveal:
    """Show in a team what was given there to be shown: its time is over.

    The kind that it runs does that (`Activity.reveal`), as if by the clock; whoever yields this is
    then run again, and reads what has been shown.
    """

    __slots__ = ("team",)

    def __init__(self, team: str) -> None:
        self.team = team

    def __repr__(self) -> str:
        return f"Reveal({self.team!r})"


Effect = Change | After | Forget | Nest | Reveal
