"""Kinds that break one law each. The suite is only as good as what it catches of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from server import kit
from server.kit import HOST, Activity, After, Change, Ctx, Lines, Refusal

BAD: dict[str, Activity] = {}


def good(kind: str) -> Activity:
    """A small kind that breaks no law; the bad ones are this one with one mistake."""
    jam = Activity(kind, refusals={"enough": "That is enough."})

    @jam.start
    def start(ctx: Ctx) -> dict[str, Any]:
        return {"said": [], "count": 0}

    @jam.action(word=kit.text(40))
    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        """Say a word, held until it is shown."""
        yield Change(f"own/{ctx.me}/word", word)

    @jam.action(HOST)
    def show(ctx: Ctx) -> Iterator[Change]:
        """Show all words."""
        own = ctx.state["own"]
        words = sorted([who, its["word"]] for who, its in own.items() if "word" in its)
        yield Change("room/said", words)

    @jam.erase
    def erase(ctx: Ctx) -> Iterator[Change]:
        yield Change("room/said", [pair for pair in ctx.room["said"] if pair[0] != ctx.me])

    @jam.harvest
    def harvest(room: Any, names: Any) -> Iterator[Lines]:
        yield Lines("said", [word for _, word in room["said"]])

    return jam


def bad(spoil: Callable[[Activity], None]) -> None:
    jam = good("bad")
    spoil(jam)
    BAD[spoil.__name__] = jam


def instead(jam: Activity, name: str, code: Any) -> None:
    code.__doc__ = jam.actions[name].run.__doc__
    jam.actions[name].run = code


@bad
def leaks_own_into_room(jam: Activity) -> None:
    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        yield Change(f"own/{ctx.me}/word", word)
        yield Change(f"room/said/{len(ctx.room['said'])}", [ctx.me, word])

    instead(jam, "say", say)


@bad
def shows_to_whoever_asks(jam: Activity) -> None:
    jam.actions["show"].by = kit.MEMBER


@bad
def tells_in_a_refusal(jam: Activity) -> None:
    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        for its in ctx.state["own"].values():
            raise Refusal("enough", said=its["word"])
        yield Change(f"own/{ctx.me}/word", word)

    instead(jam, "say", say)


@bad
def puts_it_with_another(jam: Activity) -> None:
    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        yield Change(f"own/{ctx.me}/word", word)
        yield Change(f"own/{sorted(ctx.people)[0]}/theirs", word)

    instead(jam, "say", say)


@bad
def walks_through_a_set(jam: Activity) -> None:
    def show(ctx: Ctx) -> Iterator[Change]:
        yield Change("room/count", list({*ctx.people, "x", "y", "z"}).index("x"))

    instead(jam, "show", show)


@bad
def depends_on_the_order_of_keys(jam: Activity) -> None:
    def show(ctx: Ctx) -> Iterator[Change]:
        own = ctx.state["own"]
        yield Change("room/said", [[who, own[who]["word"]] for who in own if "word" in own[who]])

    instead(jam, "show", show)


@bad
def keeps_something_beside(jam: Activity) -> None:
    seen: list[str] = []

    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        seen.append(word)
        yield Change("room/count", len(seen))

    instead(jam, "say", say)


@bad
def emits_a_float(jam: Activity) -> None:
    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        yield Change("room/count", len(word) / 2)

    instead(jam, "say", say)


@bad
def raises(jam: Activity) -> None:
    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        yield Change("room/count", len(ctx.room["said"][0]))

    instead(jam, "say", say)


@bad
def raises_when_somebody_leaves(jam: Activity) -> None:
    @jam.away
    def away(ctx: Ctx) -> Iterator[Change]:
        yield Change("room/count", ctx.room["left"])


@bad
def writes_to_the_state(jam: Activity) -> None:
    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        ctx.room["said"].append([ctx.me, word])
        yield Change("room/count", 1)

    instead(jam, "say", say)


@bad
def grows_a_dict(jam: Activity) -> None:
    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        yield Change(f"room/words/{word}", True)

    instead(jam, "say", say)


@bad
def takes_from_the_middle(jam: Activity) -> None:
    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        if len(ctx.room["said"]) > 2:
            yield Change("room/said/0")
        else:
            yield Change(f"room/said/{len(ctx.room['said'])}", [ctx.me, word])

    instead(jam, "say", say)


@bad
def refuses_with_a_code_of_its_mind(jam: Activity) -> None:
    def say(ctx: Ctx, word: str) -> Iterator[Change]:
        yield Change("room/count", 1)
        raise Refusal("because")

    instead(jam, "say", say)


@bad
def sets_a_timer_for_nothing(jam: Activity) -> None:
    def say(ctx: Ctx, word: str) -> Iterator[After]:
        yield After(10, "nothing")

    instead(jam, "say", say)


@bad
def forgets_to_erase(jam: Activity) -> None:
    jam.hooks["erase"] = lambda ctx: iter(())


@bad
def shows_more_with_each_reveal(jam: Activity) -> None:
    jam.hooks["reveal"] = lambda ctx: iter([Change("room/count", ctx.room["count"] + 1)])


@bad
def has_no_erase(jam: Activity) -> None:
    del jam.hooks["erase"]


@bad
def harvests_names(jam: Activity) -> None:
    jam.harvester = lambda room, names: [
        Lines("l", [who.replace("id", "Name") for who, _ in room["said"]])
    ]


@bad
def harvests_ids(jam: Activity) -> None:
    jam.harvester = lambda room, names: [Lines("l", [who for who, _ in room["said"]])]


@bad
def hears_a_word(jam: Activity) -> None:
    jam.hearer = lambda room, options, people: {word for _, word in room["said"]}


@bad
def hears_whom_it_pleases(jam: Activity) -> None:
    def heard(room: Any, options: Any, people: Any) -> set[str]:
        people["idana"]["here"] = False
        return set(people)

    jam.hearer = heard


@bad
def is_undocumented(jam: Activity) -> None:
    jam.actions["say"].run.__doc__ = None
