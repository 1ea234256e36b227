"""Two people alone with a card: a host, who is a bot, and a page whose finger takes part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from bench.hand import Hand
from bench.troop import acted
from server.kit import Rng
from server.rehearse.player import Player
from server.web.library import kinds
from tests.browser.crowd import Bot, Crowd
from tests.browser.phone import Phone

TURNS, TAPS, TRIES = 7, 8, 5
SPARES = ("end", "finish", "hide", "more", "pause", "remove", "rub", "sit", "undo", "withdraw")
"""What hosts do now and then, and what leaves nothing to look at where there is one other."""
PAUSE_MS = 600
ENDS = ("freeze", "home", "end", "finish", "tell", "show", "free", "result")
"""What hosts do to bring a card to its end, each where the kind has it and it is time for it."""


class Lead(Player):
    """A host who leaves what there is on the page."""

    def move(self) -> tuple[str, int, dict[str, Any]] | None:
        """What they would do now; who hesitates is asked a few times."""
        tries = (super(Lead, self).move() for _ in range(TRIES))
        found = (move for move in tries if move and move[0].partition(".")[2] not in SPARES)
        return next(found, None)


def shot(one: Phone, folder: Path | None, name: str) -> None:
    """What is to be seen, if anybody wants to look."""
    if folder:
        one.page.screenshot(path=folder / f"{name}.png", full_page=True)


def played(
    card: str, one: Phone, crowd: Crowd, host: Bot, hand: Hand, folder: Path | None
) -> list[str]:
    """Open a card, take part in it and let the host show; what the host did."""
    lead = Lead(Rng(b"host", 0))
    lead.role = "host"
    assert host.do("room.open", card=card) == "ok", card
    now = host.until(lambda tree: (tree["meet"]["now"] or {}).get("card") == card)["meet"]["now"]
    expect(one.page.locator(f"#room.k-{now['kind']} .mid > *").first).to_be_visible()
    one.page.wait_for_timeout(PAUSE_MS)
    shot(one, folder, f"{card}-1")
    hand.fresh()
    did: list[str] = []
    known = kinds()[now["kind"]].actions
    for turn in range(TURNS):
        for _ in range(TAPS):
            if not hand.turn():
                break
        if turn == TURNS // 2:
            shot(one, folder, f"{card}-2")
        done = crowd.run(acted(host, lead), 60)
        did += [done[0].partition(".")[2]] if done and done[1] == "ok" else []
        one.page.wait_for_timeout(PAUSE_MS)
    for end in ENDS:
        if end in known and host.do(f"{now['kind']}.{end}") == "ok":
            did.append(end)
            one.page.wait_for_timeout(PAUSE_MS)
    hand.turn()
    one.page.wait_for_timeout(PAUSE_MS)
    shot(one, folder, f"{card}-3")
    return did
