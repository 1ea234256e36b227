"""All that an activity may import: changes, fields, chance, turns and harvest pieces. No I/O."""

from __future__ import annotations

from server.kit import turns
from server.kit.activity import (
    CLOCK,
    HOST,
    MEMBER,
    TURN,
    Action,
    Activity,
    After,
    Ctx,
    Effect,
    Forget,
    Live,
    Nest,
    Role,
)
from server.kit.change import Change, PatchError, Tree, apply, get
from server.kit.fields import (
    Field,
    FieldError,
    Refusal,
    boolean,
    check_all,
    clean_text,
    integer,
    list_of,
    member,
    one_of,
    optional,
    text,
)
from server.kit.frozen import frozen
from server.kit.harvest import Lines, Picture, Piece, Table
from server.kit.merge import coalesce
from server.kit.mount import inner, mount, mounted
from server.kit.rng import Rng, ratchet
from server.kit.run import Effects, Fault, Started, forgetting, harvest, run, run_hook, start

__all__ = [
    "CLOCK",
    "HOST",
    "MEMBER",
    "TURN",
    "Action",
    "Activity",
    "After",
    "Change",
    "Ctx",
    "Effect",
    "Effects",
    "Fault",
    "Field",
    "FieldError",
    "Forget",
    "Lines",
    "Live",
    "Nest",
    "PatchError",
    "Picture",
    "Piece",
    "Refusal",
    "Rng",
    "Role",
    "Started",
    "Table",
    "Tree",
    "apply",
    "boolean",
    "check_all",
    "clean_text",
    "coalesce",
    "forgetting",
    "frozen",
    "get",
    "harvest",
    "inner",
    "integer",
    "list_of",
    "member",
    "mount",
    "mounted",
    "one_of",
    "optional",
    "ratchet",
    "run",
    "run_hook",
    "start",
    "text",
    "turns",
]
