"""What this server can open: kinds found in `activities/` and in installed packages, and cards."""

from __future__ import annotations

import importlib
import json
import re
import tomllib
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import msgspec

from server.kit import Activity
from server.room.library import Card, Library, Plan

ROOT = Path(__file__).resolve().parents[2]
ACTIVITIES = ROOT / "activities"
GROUP = "jam.activities"
_ID = re.compile(r"[a-z][a-z0-9]{1,23}")


class BadActivity(Exception):
    """A kind or card that cannot be used; the message is one sentence for who runs the server."""


def kinds(folder: Path = ACTIVITIES) -> dict[str, Activity]:
    """All kinds by id: each `activities/<kind>/rules.py` has one as `jam`; packages add theirs."""
    found: dict[str, Activity] = {}
    for rules in sorted(folder.glob("*/rules.py")):
        module = importlib.import_module(f"activities.{rules.parent.name}.rules")
        _add(found, module.jam, rules.parent.name)
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        _add(found, point.load(), point.name)
    return found


def _add(found: dict[str, Activity], rules: Any, name: str) -> None:
    if not isinstance(rules, Activity) or not _ID.fullmatch(rules.kind) or rules.kind == "room":
        raise BadActivity(
            f"{name} is no activity: its `jam` must be a kit.Activity with a short id."
        )
    if rules.kind in found:
        raise BadActivity(f"There are two activities called {rules.kind}.")
    found[rules.kind] = rules


def cards(found: dict[str, Activity], folder: Path = ACTIVITIES) -> tuple[Library, dict[str, Any]]:
    """The library of ready cards, and the whole file as data for `/api/cards`."""
    data = tomllib.loads((folder / "library" / "cards.toml").read_text("utf-8"))
    ready: dict[str, Card] = {}
    for item in data["card"]:
        rules = found.get(item["kind"])
        if rules is None:
            continue  # its kind was taken away: so is the card
        options = rules.clean_options(item.get("options", {}))
        ready[item["id"]] = Card(
            item["id"],
            item["kind"],
            options,
            item["minutes"],
            tuple(item["span"]),
            tuple(item["size"]),
            tuple(item["purpose"]),
            item["energy"],
            item.get("keeps", "words"),
        )
    data["card"] = [item for item in data["card"] if item["id"] in ready]
    data["start"] = [card for card in data.get("start", ()) if card in ready]
    plans = _plans(ready, folder)
    data["plan"] = [msgspec.to_builtins(plan) for plan in plans.values()]
    return Library(ready, plans), data


def _plans(ready: dict[str, Card], folder: Path) -> dict[str, Plan]:
    """The ready plans whose cards are all there."""
    path = folder / "library" / "plans.toml"
    found = msgspec.toml.decode(path.read_bytes(), type=dict[str, list[Plan]])["plan"]
    return {plan.id: plan for plan in found if all(step[0] in ready for step in plan.steps)}


def told(lang: str, folder: Path = ACTIVITIES) -> dict[str, Any]:
    """The words of the library in one language: `cards` and `plans` by id, `decks` of prompts as
    they are read, with the stem that each of a deck begins with."""
    path = folder / "library" / "text" / f"{lang}.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    found["decks"] = {
        name: [f"{deck['stem']} {item}".strip() for item in deck["items"]]
        for name, deck in found.get("decks", {}).items()
    }
    return found


@cache
def texts(lang: str) -> dict[str, Any]:
    """`told`, read once."""
    return told(lang)
