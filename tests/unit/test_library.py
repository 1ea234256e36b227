"""The card library: every card has its words in every language, and the prompts are complete."""

from __future__ import annotations

import importlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from server.room.names import clean, skeleton
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
KEYS = {"id", "kind", "minutes", "size", "energy", "seated", "needs", "swap", "keeps"}
LISTS = {"songs": 24, "checkins": 12}


def flat(lang: str) -> dict[str, str]:
    text = TEXT[lang]
    table = {f"{c}.{k}": said for c, words in text["cards"].items() for k, said in words.items()}
    table |= {f"song.{i}": f"{text['songs']['stem']} {said}" for i, said in songs(lang)}
    return table | {f"checkin.{i}": said for i, said in enumerate(text["checkins"])}


def songs(lang: str) -> list[tuple[int, str]]:
    return list(enumerate(TEXT[lang]["songs"]["items"]))


@pytest.mark.parametrize("card", CARDS, ids=IDS)
def test_library_card_is_whole(card: dict[str, Any]) -> None:
    """library-whole: a card says all that a host and the room need to know."""
    assert set(card) - {"options", "pick", "choose"} == KEYS
    assert 1 <= card["minutes"] <= 60
    low, high = card["size"]
    assert 2 <= low <= high <= 100
    assert card["energy"] in ("low", "mid", "high")
    assert isinstance(card["seated"], bool)
    assert set(card["needs"]) <= {"canvas", "sound", "voice"}
    assert card["swap"] in IDS
    assert card["swap"] != card["id"]
    assert card["keeps"] in ("sky", "drawing", "list")


@pytest.mark.parametrize("card", CARDS, ids=IDS)
def test_library_card_fits_its_kind(card: dict[str, Any]) -> None:
    """library-kind: the kind is there and takes the card's options, the prompt's place included."""
    jam = importlib.import_module(f"activities.{card['kind']}.rules").jam
    for name, value in card.get("options", {}).items():
        assert jam.options[name].check(value) == value
    if "pick" in card:
        places = LISTS[card["pick"]]
        assert 0 <= card["options"]["prompt"] < places
        field = jam.options["prompt"]
        if card.get("choose"):
            assert [field.check(i) for i in range(places)] == list(range(places))
    else:
        assert "prompt" not in card.get("options", {})
        assert "choose" not in card


def test_library_ids_are_one_each() -> None:
    """library-ids: no id stands twice, and the plan to start with is made of known cards."""
    assert len(set(IDS)) == len(IDS)
    assert set(DATA["start"]) <= set(IDS)
    assert len({card["kind"] for card in CARDS if card["id"] in DATA["start"]}) == 3


@pytest.mark.parametrize("lang", NAMES)
def test_library_words_of_every_card(lang: str) -> None:
    """library-words: title, prompt and a line to say for each card, nothing for any other."""
    cards = TEXT[lang]["cards"]
    assert set(cards) == set(IDS)
    for words in cards.values():
        assert set(words) == {"title", "prompt", "say"}
        assert len(words["title"]) <= 32
        assert len(words["prompt"]) <= 120
        assert len(words["say"]) <= 150
    titles = [words["title"] for words in cards.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("lang", NAMES)
def test_library_prompt_of_a_card_is_the_one_it_counts_to(lang: str) -> None:
    """library-pick: a card with a list of prompts shows the one at its place."""
    text = TEXT[lang]
    lists = {
        "songs": [f"{text['songs']['stem']} {item}" for item in text["songs"]["items"]],
        "checkins": text["checkins"],
    }
    for card in CARDS:
        if "pick" in card:
            want = lists[card["pick"]][card["options"]["prompt"]]
            assert text["cards"][card["id"]]["prompt"] == want


@pytest.mark.parametrize("lang", NAMES)
def test_library_has_all_prompts(lang: str) -> None:
    """library-prompts: 24 songs and 12 check-ins in each language, no two alike."""
    text = TEXT[lang]
    assert len(set(text["songs"]["items"])) == LISTS["songs"]
    assert len(set(text["checkins"])) == LISTS["checkins"]
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
