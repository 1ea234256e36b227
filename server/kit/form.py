"""Form: a kind that has several is told by its option ``form`` which one this is."""

from __future__ import annotations

from server.kit.activity import Ctx
from server.kit.fields import Refusal


def only(ctx: Ctx, *forms: str, code: str = "not_now") -> str:
    """The form of this one; refused where it is none of these."""
    form: str = ctx.options["form"]
    if form not in forms:
        raise Refusal(code)
    return form
