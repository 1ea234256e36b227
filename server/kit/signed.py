"""Signed: a name beside what somebody shows, where the card and the person want one.

Whose it is stands there, too: somebody who takes another name can still take it back, and nobody
who takes theirs can. What is unsigned says nothing of anybody.
"""

from __future__ import annotations

from server.kit.activity import Ctx


def signed(ctx: Ctx, who: str, named: bool) -> dict[str, str]:
    """``{"name", "by"}`` to put beside it, or nothing. The option ``named`` is the card's word."""
    name = str(ctx.people.get(who, {}).get("name", ""))
    return {"name": name, "by": who} if named and name and ctx.options["named"] else {}
