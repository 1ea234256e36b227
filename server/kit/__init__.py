"""All that an activity may import: changes, fields, chance, turns and harvest pieces. No I/O."""

from __future__ import annotations

from server.kit import bell, clock, groups, hearts, held, ring, stroke, tally, turns
from server.kit.activity import (
    CLOCK,
    HOST,
    MEMBER,
    TURN,
    Action,
    Activity,
    Ctx,
    Live,
    Role,
)
from server.kit.alike import alike, grouped
from server.kit.aside import aside
from server.kit.change import Change, PatchError, Tree, apply, get
from server.kit.data import data
from server.kit.effect import After, Effect, Forget, Nest, Reveal
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
    url,
)
from server.kit.form import form_of, forms, only
from server.kit.frozen import frozen
from server.kit.harvest import Lines, Picture, Piece, Table, beside, written
from server.kit.merge import coalesce
from server.kit.mount import inner, mount, mounted
from server.kit.place import arrived, blanked, emptied, flag, mine, put, thing
from server.kit.play import Move, Play, Seen
from server.kit.question import question
from server.kit.rng import Rng, ratchet
from server.kit.run import (
    FORGOTTEN,
    Effects,
    Fault,
    Started,
    forgetting,
    harvest,
    heard,
    run,
    run_hook,
    start,
)
from server.kit.signed import signed
from server.kit.willing import here, marked, sit_out, willing

__all__ = [
    "CLOCK",
    "FORGOTTEN",
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
    "Move",
    "Nest",
    "PatchError",
    "Picture",
    "Piece",
    "Play",
    "Refusal",
    "Reveal",
    "Rng",
    "Role",
    "Seen",
    "Started",
    "Table",
    "Tree",
    "alike",
    "apply",
    "arrived",
    "aside",
    "bell",
    "beside",
    "blanked",
    "boolean",
    "check_all",
    "clean_text",
    "clock",
    "coalesce",
    "data",
    "emptied",
    "flag",
    "forgetting",
    "form_of",
    "forms",
    "frozen",
    "get",
    "grouped",
    "groups",
    "harvest",
    "heard",
    "hearts",
    "held",
    "here",
    "inner",
    "integer",
    "list_of",
    "marked",
    "member",
    "mine",
    "mount",
    "mounted",
    "one_of",
    "only",
    "optional",
    "put",
    "question",
    "ratchet",
    "ring",
    "run",
    "run_hook",
    "signed",
    "sit_out",
    "start",
    "stroke",
    "tally",
    "text",
    "thing",
    "turns",
    "url",
    "willing",
    "written",
]
