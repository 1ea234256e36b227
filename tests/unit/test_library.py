"""The card library: every card has its words in every language, and the prompts are complete."""

from __future__ import annotations

import importlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from server.room.names import clean, skeleton
from server.web.library import told
from server.web.words import NAMES, Words
from tests.unit.wording import CHECKS, Tables

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "activities" / "library"
DATA: dict[str, Any] = tomllib.loads((LIBRARY / "cards.toml").read_text())
CARDS: list[dict[str, Any]] = DATA["card"]
TEXT: dict[str, dict[str, Any]] = {
    lang: json.loads((LIBRARY / "text" / f"{lang}.json").read_bytes()) for lang in NAMES
}
IDS = [card["id"] for card in CARDS]
KEYS = {"id", "kind", "purpose", "minutes", "span", "size", "energy", "seated", "needs", "swap"}
KEYS |= {"keeps", "code"}
PURPOSES = {"open", "connect", "play", "draw", "sing", "move", "dance", "rest", "imagine", "share"}
PURPOSES |= {"ally", "close"}
MOST = {"title": 32, "prompt": 120, "say": 150, "pass": 100, "seated": 150, "risk": 150}
MOVING = {"move", "dance", "sing"}
ENOUGH = 24
CATALOGUE = 45
"""Cards of the catalogue that are there."""


def flat(lang: str) -> dict[str, str]:
    text = TEXT[lang]
    table = {f"{c}.{k}": said for c, words in text["cards"].items() for k, said in words.items()}
    table |= {f"plan.{p}.{k}": t for p, words in text["plans"].items() for k, t in words.items()}
    for name, deck in told(lang)["decks"].items():
        table |= {f"{name}.{i}": said for i, said in enumerate(deck)}
    return table


@pytest.mark.parametrize("card", CARDS, ids=IDS)
def test_library_card_is_whole(card: dict[str, Any]) -> None:
    """library-whole: a card says all that a host and the room need to know."""
    assert set(card) - {"options", "pick", "choose"} == KEYS
    assert 1 <= card["minutes"] <= 60
    assert 1 <= card["span"][0] <= card["minutes"] <= card["span"][1] <= 60
    assert card["purpose"] and set(card["purpose"]) <= PURPOSES
    low, high = card["size"]
    assert 2 <= low <= high <= 100
    assert card["energy"] in ("low", "mid", "high")
    assert isinstance(card["seated"], bool)
    assert set(card["needs"]) <= {"canvas", "sound", "voice"}
    assert card["swap"] in IDS
    assert card["swap"] != card["id"]
    assert card["keeps"] in ("sky", "drawing", "list", "words", "nothing")


@pytest.mark.parametrize("card", CARDS, ids=IDS)
def test_library_card_fits_its_kind(card: dict[str, Any]) -> None:
    """library-kind: the kind is there and takes the card's options, the prompt's place included."""
    jam = importlib.import_module(f"activities.{card['kind']}.rules").jam
    for name, value in card.get("options", {}).items():
        assert jam.options[name].check(value) == value
    if "pick" in card:
        places = min(len(told(lang)["decks"][card["pick"]]) for lang in NAMES)
        assert 0 <= card.get("options", {}).get("prompt", 0) < places
        field = jam.options["prompt"]
        assert [field.check(i) for i in range(places)] == list(range(places))
    else:
        assert "prompt" not in card.get("options", {})
        assert "choose" not in card


def test_library_takes_it_slower_where_people_are_tired() -> None:
    """library-swap: what a card is swapped for is never livelier than it, and calmer than the
    liveliest: a host taps it when people are tired."""
    energy = {card["id"]: ("low", "mid", "high").index(card["energy"]) for card in CARDS}
    for card in CARDS:
        own, other = energy[card["id"]], energy[card["swap"]]
        assert other <= min(own, 1), card["id"]


def test_library_ids_are_one_each() -> None:
    """library-ids: no id stands twice, and the plan to start with is made of known cards."""
    assert len(set(IDS)) == len(IDS)
    assert set(DATA["start"]) <= set(IDS)
    assert len({card["kind"] for card in CARDS if card["id"] in DATA["start"]}) == 3


def test_library_has_the_whole_catalogue() -> None:
    """library-whole: each activity of the catalogue has its card, but for those of later."""
    codes = {card["code"] for card in CARDS}
    letters = {"C": 9, "P": 9, "S": 8, "D": 4, "R": 4, "I": 6, "K": 5, "E": 4}
    later = {"S4", "S5", "S6", "P6"}
    every = {f"{letter}{n}" for letter, many in letters.items() for n in range(1, many + 1)}
    assert every - later <= codes and not codes & later
    assert len(every - later) == CATALOGUE


@pytest.mark.parametrize("lang", NAMES)
def test_library_words_of_every_card(lang: str) -> None:
    """library-words: title, prompt, a line to say, how to pass, what to look out for; and for what
    moves a form for whoever sits or lies."""
    cards = TEXT[lang]["cards"]
    assert set(cards) == set(IDS)
    for card in CARDS:
        words = cards[card["id"]]
        moving = bool(MOVING & {*card["purpose"]})
        assert {"title", "prompt", "say", "pass", "risk"} <= set(words) <= set(MOST)
        assert "seated" in words or not moving, card["id"]
        for part, most in MOST.items():
            assert len(words.get(part, "")) <= most, (card["id"], part)
    titles = [words["title"] for words in cards.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("lang", NAMES)
def test_library_words_of_every_plan(lang: str) -> None:
    """library-plans: each has a name and a line, and sums to its time within what cards bear."""
    plans = tomllib.loads((LIBRARY / "plans.toml").read_text())["plan"]
    cards = {card["id"]: card for card in CARDS}
    assert set(TEXT[lang]["plans"]) == {plan["id"] for plan in plans}
    for plan in plans:
        assert sum(step[1] for step in plan["steps"]) + plan["slack"] == plan["minutes"]
        assert plan["slack"] >= 2 and plan.get("then", "") in ("", *(p["id"] for p in plans))
        for card, minutes, *_ in plan["steps"]:
            assert cards[card]["span"][0] <= minutes <= cards[card]["span"][1], (plan["id"], card)
            assert cards[card]["size"][0] <= plan["size"][0], (plan["id"], card)
            assert cards[card]["size"][1] >= plan["size"][1], (plan["id"], card)
        words = TEXT[lang]["plans"][plan["id"]]
        assert set(words) == {"title", "line"}
        assert len(words["title"]) <= 40 and len(words["line"]) <= 140


@pytest.mark.parametrize("lang", NAMES)
def test_library_prompt_of_a_card_is_the_one_it_counts_to(lang: str) -> None:
    """library-pick: a card with a list of prompts shows the one at its place."""
    for card in CARDS:
        if "pick" in card:
            want = told(lang)["decks"][card["pick"]][card.get("options", {}).get("prompt", 0)]
            assert TEXT[lang]["cards"][card["id"]]["prompt"] == want


def test_library_cards_of_one_deck_ask_different_things() -> None:
    """library-decks: two cards with the same prompts start at different ones, so that no evening
    asks the same thing twice."""
    asked = [(card["pick"], card["options"]["prompt"]) for card in CARDS if "pick" in card]
    assert len(set(asked)) == len(asked)
    plans = tomllib.loads((LIBRARY / "plans.toml").read_text())["plan"]
    cards = {card["id"]: card for card in CARDS}
    for plan in plans:
        steps = [(cards[card], *more) for card, _, *more in plan["steps"]]
        said = [(c["pick"], *(m or [c["options"]["prompt"]])) for c, *m in steps if "pick" in c]
        assert len(set(said)) == len(said), plan["id"]


@pytest.mark.parametrize("lang", NAMES)
def test_library_has_all_prompts(lang: str) -> None:
    """library-prompts: each deck has enough prompts in each language, no two alike."""
    for name, deck in told(lang)["decks"].items():
        assert len(set(deck)) == len(deck) >= ENOUGH, name
        words = [{w for w in re.findall(r"\w+", text.lower()) if len(w) > 4} for text in deck]
        stem = set.intersection(*words)
        for i, one in enumerate(words):
            for other in words[:i]:
                both, least = (one & other) - stem, min(len(one - stem), len(other - stem))
                assert len(both) < 2 or len(both) * 2 <= least, (name, deck[i], both)
    assert all(said == said.strip() and said for said in flat(lang).values())


@pytest.mark.parametrize("check", sorted(set(CHECKS) - {"words-plurals", "words-lengths"}))
def test_library_is_written_for_each_language(check: str) -> None:
    """library-words: the checks of the language files hold for cards and prompts, too."""
    tables: Tables = {lang: flat(lang) for lang in NAMES}
    assert list(CHECKS[check](tables)) == []


@pytest.mark.parametrize("lang", NAMES)
def test_library_names_are_friendly_and_apart(lang: str) -> None:
    """library-names: 60 suggested names, short, clean, and none to be taken for another."""
    names = Words.of(lang).names()
    assert len(names) == 60
    assert len({skeleton(name) for name in names}) == 60
    for name in names:
        assert clean(name, 40) == name
        assert len(name) <= 24
    others = {name for each in NAMES if each != lang for name in Words.of(each).names()}
    assert len(set(names) & others) <= 6  # written for each language, not copied
