"""Form: a kind that has several, each of which may be a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

from server.kit import held
from server.kit.activity import Activity, Ctx
from server.kit.effect import Effect
from server.kit.fields import Refusal
from server.kit.harvest import Piece


def only(ctx: Ctx, *forms: str, code: str = "not_now") -> str:
    """The form of this one, by its option ``form``; refused where it is none of these."""
    form: str = ctx.options["form"]
    if form not in forms:
        raise Refusal(code)
    return form


def form_of(ctx: Ctx) -> str:
    """What its option ``form`` says."""
    return str(ctx.options["form"])


def forms(
    jam: Activity, modules: Mapping[str, ModuleType], which: Callable[[Ctx], str] = form_of
) -> None:
    """Give a kind its start, reveal, erase, mend and harvest: each form has its own.

    A form's module has ``fresh(ctx)``, the room/ part, and what it needs of ``ended(ctx)`` for the
    reveal, ``gone(ctx)`` for the erase, ``mended(ctx)``, and ``told(room, names)`` for the harvest.
    Without ``ended``, what waits to be shown (see held) is brought out by its ``shown(ctx)``. A
    harvest is given no options: each module is asked, and looks at what is there.
    """

    def hook(name: str) -> Callable[[Ctx], Any]:
        return lambda ctx: getattr(modules[which(ctx)], name, _nothing)(ctx)

    jam.start(hook("fresh"))
    jam.erase(hook("gone"))
    jam.mend(hook("mended"))

    @jam.reveal
    def reveal(ctx: Ctx) -> Iterator[Effect]:
        form = modules[which(ctx)]
        if hasattr(form, "ended"):
            yield from form.ended(ctx)
        elif hasattr(form, "shown") and held.waits(ctx):
            yield from form.shown(ctx)

    @jam.harvest
    def harvest(room: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Piece]:
        for module in dict.fromkeys(modules.values()):
            yield from getattr(module, "told", _nothing)(room, names)


def _nothing(*_: Any) -> Iterator[Any]:
    yield from ()
