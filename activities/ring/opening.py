"""Opening: everybody who wants to gets something to begin with."""

from __future__ import annotations

from collections.abc import Iterator

from activities.ring import papers, passing, seats, thanks
from server import kit
from server.kit import HOST, Activity, Change, Ctx, Effect, Refusal


def opening(jam: Activity) -> None:
    """Give the kind its beginning."""

    @jam.action(HOST, phase="ready")
    def begin(ctx: Ctx) -> Iterator[Effect]:
        """Everybody who wants to gets something to begin, and the clock runs."""
        here = kit.here(ctx)
        if len(here) < (1 if ctx.options["form"] == "placed" else 2):
            raise Refusal("few")
        yield Change("room/phase", "pass")
        if ctx.options["form"] == "thanks":
            order = kit.ring.cycle(kit.willing(ctx), ctx.rng)
            yield Change("vault/cycle", order)
            yield Change("room/steps", 1)
            yield from thanks.given_out(ctx, thanks.owed(order, [], set(), True))
        else:
            rings, chains = seats.begun(ctx)
            steps = seats.steps(ctx, rings)
            yield Change("vault/rings", rings)
            yield Change("vault/chains", [])
            yield Change("room/steps", steps)
            yield Change("room/ink", papers.ink(len(here), steps))
            held = {chain["by"]: at for at, chain in enumerate(chains)}
            yield from papers.passed_on(ctx, held, chains)
        yield from passing.clock(ctx)
