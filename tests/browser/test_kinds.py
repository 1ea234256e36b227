"""What axe finds in every kind, with people in it: nothing. And nothing is wider than the phone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from server.kit import Rng
from server.rehearse.player import Player
from tests.browser.conftest import Open
from tests.browser.crowd import Bot, Crowd
from tests.browser.house import House
from tests.browser.test_axe import check

MANY, ROUNDS = 6, 6
CARDS = (
    "word", "keep", "round", "partners", "telephone", "rain", "breath", "twenty", "chord", "where",
    "squiggle", "ends",
)  # fmt: skip
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def play(bots: list[tuple[Bot, Player]]) -> int:
    """Everybody does what they would do next, some times over; how much of it was taken."""
    done = 0
    for _ in range(ROUNDS):
        for bot, player in bots:
            player.tree, player.me = bot.tree, bot.member
            move = player.move()
            if move is not None:
                what, _, args = move
                done += bot.do(what, **args) == "ok"
    return done


@pytest.mark.timeout(240)
@pytest.mark.parametrize("half", [0, 1])
def test_b54_axe_finds_nothing_in_any_kind(
    phone: Open, house: House, crowd: Crowd, half: int
) -> None:
    """B54: each kind at 320 px with people in it, by day and by night, from left and from right."""
    room = house.room("Jam", plan=["weather"])
    lang = ("fr", "ar")[half]
    guest = phone(lang, size={"width": 320, "height": 1900})
    guest.join(room.join, "Guest")
    host = crowd.come(house, room, "Host", host=True)
    bots: list[tuple[Bot, Player]] = []
    for i in range(MANY):
        bots.append((crowd.come(house, room, f"Bo{i}"), Player(Rng(b"%d" % i, 0))))
    lead = Player(Rng(b"host", 0))
    lead.role = "host"
    found: list[str] = []
    for card in CARDS[half::2]:
        assert host.do("room.open", card=card) == "ok"
        now: dict[str, Any] = host.until(lambda tree, card=card: _on(tree, card))["meet"]["now"]
        expect(guest.page.locator(f"#room.k-{now['kind']} .mid > *").first).to_be_visible()
        done = 0
        for stop in ("begun", "played"):
            done += play([*bots, (host, lead)])
            found += check(guest, f"{card} {stop}")
            wide = guest.page.evaluate(WIDE)
            found += [f"{card} {stop}: {wide} px too wide"] if wide > 0 else []
        assert done, f"nobody did anything in {card}"
    assert not found, "\n".join(found)


def _on(tree: dict[str, Any], card: str) -> bool:
    now = tree["meet"]["now"]
    return bool(now and now["card"] == card)
