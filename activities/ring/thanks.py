"""Thanks: everybody is given one person, in one single cycle.

``vault/cycle`` [member], ``vault/held`` {who writes: to whom}, ``vault/lines`` [{"by", "to", "t",
"n"?}]. Whoever has been given nothing by the end of a step, because somebody left, passed or was
late, is given to others in up to two more steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from activities.ring import papers
from server import kit
from server.kit import Change, Ctx

STEPS: Final = 3


def private(ctx: Ctx) -> bool:
    """Is each line for one person alone?"""
    return bool(ctx.options["form"] == "thanks" and ctx.options["shown"] == "private")


def told(ctx: Ctx) -> list[dict[str, Any]]:
    """All lines, with those that lie before their writers now."""
    own, vault = ctx.state["own"], ctx.state["vault"]
    lines = list(vault.get("lines", []))
    for who, to in vault.get("held", {}).items():
        mine = own.get(who, {}).get("mine") or {}
        if mine.get("t") and not mine.get("pass"):
            lines.append({"by": who, "to": to, "t": mine["t"], "n": bool(mine.get("n"))})
    return lines


def circle(ctx: Ctx) -> list[str]:
    """The cycle of those who are here and want it, whoever came meanwhile among them."""
    here = kit.willing(ctx)
    order = [who for who in ctx.state["vault"].get("cycle", []) if who in here]
    for who in here:
        order = kit.ring.enter(order, who, ctx.rng)
    return order


def owed(
    order: list[str], lines: list[dict[str, Any]], passed: set[str], first: bool
) -> dict[str, str]:
    """Who writes to whom now: in the first step each to the next one, then so that those whom
    nobody has written to are written to, by others than themselves and by nobody twice."""
    if first:
        return {who: to for who in order if (to := kit.ring.given(order, who))}
    told_to = {line["to"] for line in lines}
    done = {(line["by"], line["to"]) for line in lines}
    gave = {line["by"] for line in lines}
    pairs: dict[str, str] = {}
    for at, to in enumerate(order):
        before = [*reversed(order[:at]), *reversed(order[at + 1 :])]
        free = [w for w in before if w not in passed and w not in pairs and (w, to) not in done]
        if to not in told_to and free:
            pairs[min(free, key=lambda w: w in gave)] = to
    return pairs


def given_out(ctx: Ctx, held: dict[str, str]) -> Iterator[Change]:
    """Each one's person, in the place of the one before."""
    jobs = {who: {"do": "thank", "to": to} for who, to in held.items()}
    yield from papers.given_out(ctx, held, jobs)


def delivered(lines: list[dict[str, Any]], named: bool) -> dict[str, list[dict[str, Any]]]:
    """What each person is told, whose it is only where it was signed."""
    out: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        out.setdefault(line["to"], []).append(shown(line, named))
    return out


def shown(line: dict[str, Any], named: bool, to: bool = False) -> dict[str, Any]:
    """A line as others see it."""
    by = {"by": line["by"]} if named and line.get("n") else {}
    return {"t": line["t"], **({"to": line["to"]} if to else {}), **by}


def without(ctx: Ctx, who: str) -> Iterator[Change]:
    """Neither what this person wrote nor what was written to them stays."""
    vault = ctx.state["vault"]
    if who in vault.get("cycle", []):
        yield Change("vault/cycle", kit.ring.leave(vault["cycle"], who))
    held, lines = vault.get("held", {}), vault.get("lines", [])
    if who in held:
        yield Change(f"vault/held/{who}")
    for writer, to in held.items():
        if to == who and writer != who:
            yield Change(f"vault/held/{writer}")
            yield Change(f"own/{writer}/job")
            yield Change(f"own/{writer}/mine")
    left = [line for line in lines if who not in (line["by"], line["to"])]
    if left != lines:
        yield Change("vault/lines", left)
        got = delivered(left, ctx.options["named"])
        for to in sorted({line["to"] for line in lines if line["by"] == who} - {who}):
            if "got" in ctx.state["own"].get(to, {}):
                yield Change(f"own/{to}/got", got.get(to, []))
