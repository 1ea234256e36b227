"""The contract of a log: one coroutine a rule. `test_contract` runs them on every store, `test_bad`
on broken ones, which must fail."""

from __future__ import annotations

import asyncio
from hashlib import sha1

from server.log import (
    Answer,
    Appended,
    Duplicate,
    Exists,
    Full,
    Gap,
    Gone,
    Meta,
    ReadResult,
    WrongEpoch,
)
from server.log.chain import first_tag, next_tag
from tests.log.stage import CAPS, FAR, OTHER, SECRET, Rule, Stage

RULES: dict[str, Rule] = {}


def rule(run: Rule) -> Rule:
    RULES[run.__name__] = run
    return run


@rule
async def begins_empty(s: Stage) -> None:
    """LOG-1"""
    meta = await s.room()
    assert (meta.top, meta.forgotten, meta.snapshot, meta.state) == (0, 0, -1, "open")
    assert meta.expires == FAR
    assert meta.content_expires is None
    assert meta.secret == SECRET
    assert meta.tag == first_tag(SECRET, meta.epoch)
    assert await s.now() == meta
    assert (await s.see(meta)).entries == []
    assert await s.log.load_snapshot("r") is None


@rule
async def exists_once(s: Stage) -> None:
    """LOG-1"""
    meta = await s.room()
    await s.say(meta, "m1:a", 1)
    try:
        await s.log.create("r", FAR, OTHER)
    except Exists:
        pass
    else:
        raise AssertionError("a second room of the same id")
    assert (await s.now()).top == 1


@rule
async def offsets_count_from_one(s: Stage) -> None:
    """LOG-2"""
    meta = await s.room()
    said = [await s.say(meta, f"m{i}:a", 1, b"%d" % i) for i in range(5)]
    seen = await s.see(meta)
    assert [entry.offset for entry in seen.entries] == [1, 2, 3, 4, 5]
    assert [(e.offset, e.ts, e.tag) for e in seen.entries] == [
        (a.offset, a.ts, a.tag) for a in said
    ]
    assert [(e.author, e.n, e.payload) for e in seen.entries] == [
        (f"m{i}:a", 1, b"%d" % i) for i in range(5)
    ]
    assert (seen.meta.top, seen.meta.tag, seen.meta.ops, seen.meta.size) == (5, said[-1].tag, 5, 5)


@rule
async def together_in_the_order_of_the_calls(s: Stage) -> None:
    """LOG-2"""
    meta = await s.room()
    answers = await asyncio.gather(
        *(
            s.log.append("r", meta.epoch, f"m{i % 7}:a", i // 7 + 1, i // 7, b"%d" % i)
            for i in range(210)
        )
    )
    assert [a.offset for a in answers if isinstance(a, Appended)] == list(range(1, 211))
    assert [e.payload for e in (await s.see(meta)).entries] == [b"%d" % i for i in range(210)]


@rule
async def rooms_are_apart(s: Stage) -> None:
    """LOG-2"""
    one, two = await s.room("one"), await s.room("two")
    await s.say(one, "m1:a", 1, b"one")
    await s.say(two, "m1:a", 1, b"two")
    assert [e.payload for e in (await s.see(one)).entries] == [b"one"]
    assert [e.payload for e in (await s.see(two)).entries] == [b"two"]
    await s.log.purge("one")
    assert [e.payload for e in (await s.see(two)).entries] == [b"two"]
    assert one.epoch != two.epoch


@rule
async def checks_in_order(s: Stage) -> None:
    """LOG-3"""
    meta = await s.room()
    await s.fill(meta, 3)
    big = b"x" * (CAPS.size + 1)

    async def ask(epoch: str, n: int, p: int | None, payload: bytes) -> Answer:
        return await s.log.append("r", epoch, "m1:a", n, p, payload)

    assert await s.log.append("none", "?", "m1:a", 1, 9, big) == Gone()
    assert await ask("?", 1, 9, big) == WrongEpoch(meta.epoch)
    assert await ask(meta.epoch, 3, 9, big) == Duplicate(3)
    assert await ask(meta.epoch, 4, 4, big) == Gap(3)
    assert await ask(meta.epoch, 4, 3, big) == Full()
    assert isinstance(await ask(meta.epoch, 4, 3, b"x"), Appended)
    await s.log.end("r", FAR)
    assert await ask("?", 1, 9, big) == Gone()


@rule
async def duplicates_write_nothing(s: Stage) -> None:
    """LOG-4"""
    meta = await s.room()
    await s.fill(meta, 2)
    await s.say(meta, "m2:a", 1)
    before = await s.see(meta)
    for n in (0, 1, 2):
        assert await s.log.append("r", meta.epoch, "m1:a", n, n - 1, b"again") == Duplicate(2)
    assert await s.see(meta) == before
    assert before.marks["m1:a"].n == 2


@rule
async def gaps_are_named(s: Stage) -> None:
    """LOG-5"""
    meta = await s.room()
    assert await s.log.append("r", meta.epoch, "m1:a", 2, 1, b"x") == Gap(0)
    await s.say(meta, "m1:a", 1, p=0)
    assert await s.log.append("r", meta.epoch, "m1:a", 3, 2, b"x") == Gap(1)
    await s.say(meta, "m1:a", 5, p=1)  # 2 to 4 were refused before they came here
    await s.say(meta, "m1:a", 6, p=4)
    await s.say(meta, "m1:a", 9, p=None)
    assert (await s.now()).top == 4


@rule
async def facts_happen_once(s: Stage) -> None:
    """LOG-6"""
    meta = await s.room()
    first = await s.say(meta, "sys:timer:1", 1)
    await s.say(meta, "sys:timer:2", 1)
    assert await s.log.append("r", meta.epoch, "sys:timer:1", 1, None, b"y") == Duplicate(
        first.offset
    )


@rule
async def twenty_tabs_a_member(s: Stage) -> None:
    """LOG-7"""
    meta = await s.room()
    for near in ("m:a", "m10:a", "m1%:a", "m1;:a"):
        await s.say(meta, near, 1)
    for tab in range(20):
        await s.say(meta, f"m1:{tab}", 1)
        await s.say(meta, f"sys:m1:{tab}", 1)
    await s.say(meta, "m1:0", 2)
    assert len((await s.see(meta)).marks) == 44
    await s.say(meta, "m1:20", 1)
    marks = (await s.see(meta)).marks
    assert len(marks) == 44
    assert "m1:1" not in marks  # the one longest silent, not the first
    assert {"m1:0", "m1:2", "m1:20", "m:a", "m10:a", "m1%:a", "m1;:a"} <= set(marks)


@rule
async def full_by_count(s: Stage) -> None:
    """LOG-8"""
    meta = await s.room()
    said = await s.fill(meta, CAPS.ops)
    full = await s.log.append("r", meta.epoch, "m2:a", 1, 0, b"")
    assert full == Full()
    assert await s.log.save_snapshot("r", meta.epoch, 1, said[0].tag, b"s", 0)
    await s.say(meta, "m2:a", 1, p=0)
    assert await s.log.append("r", meta.epoch, "m2:a", 2, 1, b"") == Full()


@rule
async def full_by_size(s: Stage) -> None:
    """LOG-8"""
    meta = await s.room()
    first = await s.say(meta, "m1:a", 1, b"x" * 10)
    rest = CAPS.size - 10
    assert await s.log.append("r", meta.epoch, "m1:a", 2, 1, b"x" * (rest + 1)) == Full()
    await s.say(meta, "m1:a", 2, b"x" * rest)
    assert await s.log.append("r", meta.epoch, "m1:a", 3, 2, b"x") == Full()
    assert await s.log.save_snapshot("r", meta.epoch, 1, first.tag, b"s", 0)
    assert (await s.now()).fresh == rest
    await s.say(meta, "m1:a", 3, b"x" * 10)
    assert await s.log.append("r", meta.epoch, "m1:a", 4, 3, b"x") == Full()


@rule
async def tags_chain_the_history(s: Stage) -> None:
    """LOG-9"""
    meta = await s.room()
    tag = sha1(SECRET + meta.epoch.encode()).hexdigest()[:12]
    assert meta.tag == tag
    for n in range(1, 4):
        said = await s.say(meta, "m1:a", n, b"%d" % n)
        head = f"{tag}|{said.ts}|m1:a|{n}|".encode()
        tag = sha1(SECRET + head + b"%d" % n).hexdigest()[:12]
        assert said.tag == tag


@rule
async def time_never_runs_backwards(s: Stage) -> None:
    """LOG-10"""
    meta = await s.room()
    first = await s.say(meta, "m1:a", 1)
    assert first.ts == s.time.wall == s.log.now()
    s.time.pass_(250)
    second = await s.say(meta, "m1:a", 2)
    assert second.ts == first.ts + 250
    s.time.wall -= 3_600_000  # somebody sets the clock: log time goes on as it was
    s.time.steady += 50
    assert (await s.say(meta, "m1:a", 3)).ts == second.ts + 50
    s.time.steady -= 1_000  # a steady clock that is not: clamped
    assert (await s.say(meta, "m1:a", 4)).ts == second.ts + 50


@rule
async def positions_are_judged(s: Stage) -> None:
    """LOG-11"""
    meta = await s.room()
    said = await s.fill(meta, 5)
    start = await s.see(meta, 0, meta.tag)
    assert start.verdict == "same"
    assert len(start.entries) == 5
    for at in said:
        seen = await s.see(meta, at.offset, at.tag)
        assert seen.verdict == "same"
        assert [e.offset for e in seen.entries] == list(range(at.offset + 1, 6))
        for wrong in ("0" * 12, "", meta.tag):
            seen = await s.see(meta, at.offset, wrong)
            assert (seen.verdict, seen.entries) == ("rewound", [])
    assert (await s.see(meta, 0, "0" * 12)).verdict == "rewound"
    assert (await s.see(meta, 6, said[-1].tag)).verdict == "rewound"
    assert (await s.see(meta, 6)).verdict == "rewound"
    assert (await s.see(meta, 5)).verdict == "same"
    assert (await s.see(meta, -1)).verdict == "trimmed"
    assert await s.log.read("none", 0, None, 10) == Gone()


@rule
async def reads_in_pieces(s: Stage) -> None:
    """LOG-11"""
    meta = await s.room()
    await s.fill(meta, 5)
    for limit, want in ((0, []), (1, [3]), (3, [3, 4, 5]), (4, [3, 4, 5])):
        seen = await s.log.read("r", 2, None, limit)
        assert isinstance(seen, ReadResult)
        assert [e.offset for e in seen.entries] == want
        assert (seen.verdict, seen.meta.top) == ("same", 5)


@rule
async def only_newer_snapshots_that_are_on_the_log(s: Stage) -> None:
    """LOG-12"""
    meta = await s.room()
    said = await s.fill(meta, 3)

    async def save(offset: int, tag: str, epoch: str = meta.epoch, room: str = "r") -> bool:
        return await s.log.save_snapshot(room, epoch, offset, tag, b"%d" % offset, 0)

    assert await save(0, meta.tag)
    assert not await save(0, meta.tag)
    assert not await save(2, said[0].tag)
    assert not await save(4, said[2].tag)
    assert not await save(2, said[1].tag, epoch="?")
    assert not await save(2, said[1].tag, room="none")
    assert await save(2, said[1].tag)
    assert not await save(1, said[0].tag)
    kept = await s.log.load_snapshot("r")
    assert kept is not None
    assert (kept.offset, kept.tag, kept.blob) == (2, said[1].tag, b"2")
    before = await s.log.load_snapshot("r", kept.offset)
    assert before is not None
    assert (before.offset, before.blob) == (0, b"0")
    assert await save(3, said[2].tag)
    assert await s.log.load_snapshot("r", 2) is None  # one before the newest, no more
    assert (await s.now()).snapshot == 3


@rule
async def a_snapshot_keeps_a_thousand_entries(s: Stage) -> None:
    """LOG-13"""
    meta = await s.room()
    said = await s.fill(meta, 1_003)
    assert await s.log.save_snapshot("r", meta.epoch, 1_000, said[999].tag, b"s", 0)
    assert (await s.see(meta, 0, meta.tag)).entries[0].offset == 1
    assert await s.log.save_snapshot("r", meta.epoch, 1_001, said[1_000].tag, b"s", 0)
    assert (await s.see(meta, 0, meta.tag)).verdict == "trimmed"
    assert (await s.see(meta, 1, "0" * 12)).verdict == "rewound"
    seen = await s.see(meta, 1, said[0].tag)
    assert seen.verdict == "same"
    assert [e.offset for e in seen.entries] == list(range(2, 1_004))
    size = sum(len(e.payload) for e in seen.entries)
    assert (seen.meta.floor, seen.meta.ops, seen.meta.size) == (1, 1_002, size)
    assert seen.meta.fresh == 8  # two ops of four digits after the snapshot


@rule
async def old_facts_drop_at_snapshots(s: Stage) -> None:
    """LOG-14"""
    meta = await s.room()
    await s.say(meta, "m1:a", 1)
    await s.say(meta, "sys:old:1", 1)
    s.time.pass_(1)
    line = s.log.now()
    last = await s.say(meta, "sys:edge:1", 1)
    await s.say(meta, "sys:late:1", 1)
    s.time.pass_(10)
    assert await s.log.save_snapshot("r", meta.epoch, last.offset, last.tag, b"s", line)
    assert set((await s.see(meta)).marks) == {"m1:a", "sys:edge:1", "sys:late:1"}
    assert await s.log.append("r", meta.epoch, "m1:a", 1, 0, b"x") == Duplicate(1)
    last = await s.say(meta, "m1:a", 2)
    await s.say(meta, "sys:after:1", 1)
    assert await s.log.save_snapshot("r", meta.epoch, last.offset, last.tag, b"s", line + 99)
    assert set((await s.see(meta)).marks) == {"m1:a", "sys:after:1"}


@rule
async def forget_takes_everything_up_to_it(s: Stage) -> None:
    """LOG-15"""
    meta = await s.room()
    said = await s.fill(meta, 6)
    assert await s.log.save_snapshot("r", meta.epoch, 1, said[0].tag, b"old", 0)
    assert await s.log.save_snapshot("r", meta.epoch, 2, said[1].tag, b"old", 0)
    at = said[3]
    assert not await s.log.forget("r", meta.epoch, 4, said[2].tag, b"f", OTHER)
    assert not await s.log.forget("r", meta.epoch, 7, said[5].tag, b"f", OTHER)
    assert not await s.log.forget("r", "?", 4, at.tag, b"f", OTHER)
    assert not await s.log.forget("none", meta.epoch, 4, at.tag, b"f", OTHER)
    assert (await s.now()).secret == SECRET
    assert await s.log.forget("r", meta.epoch, 4, at.tag, b"f", OTHER)
    kept = await s.log.load_snapshot("r")
    assert kept is not None
    assert (kept.offset, kept.tag, kept.blob) == (4, at.tag, b"f")
    assert await s.log.load_snapshot("r", 4) is None
    seen = await s.see(meta, 4, at.tag)
    assert [e.offset for e in seen.entries] == [5, 6]
    now = seen.meta
    assert (now.forgotten, now.floor, now.snapshot, now.secret, now.ops) == (4, 4, 4, OTHER, 2)
    assert (now.size, now.fresh, now.epoch, now.top) == (2, 2, meta.epoch, 6)
    assert (await s.see(meta, 3, said[2].tag)).verdict == "trimmed"
    for n in (4, 6):
        assert await s.log.append("r", meta.epoch, "m1:a", n, n - 1, b"x") == Duplicate(6)


@rule
async def forget_again_changes_nothing(s: Stage) -> None:
    """LOG-15"""
    meta = await s.room()
    said = await s.fill(meta, 4)
    assert await s.log.forget("r", meta.epoch, 3, said[2].tag, b"f", OTHER)
    before = await s.see(meta, 3)
    for at in (3, 2):
        assert await s.log.forget("r", meta.epoch, at, said[at - 1].tag, b"g", SECRET)
    assert await s.see(meta, 3) == before
    kept = await s.log.load_snapshot("r")
    assert kept is not None
    assert kept.blob == b"f"


@rule
async def the_chain_goes_on_after_forget(s: Stage) -> None:
    """LOG-15"""
    meta = await s.room()
    said = await s.fill(meta, 2)
    assert await s.log.forget("r", meta.epoch, 2, said[1].tag, b"f", OTHER)
    after = await s.say(meta, "m1:a", 3, b"3", 2)
    assert after.offset == 3
    assert after.tag == next_tag(OTHER, said[1].tag, after.ts, "m1:a", 3, b"3")


@rule
async def forget_leaves_a_newer_snapshot(s: Stage) -> None:
    """LOG-16"""
    meta = await s.room()
    said = await s.fill(meta, 1_005)
    assert await s.log.save_snapshot("r", meta.epoch, 1, said[0].tag, b"old", 0)
    assert await s.log.save_snapshot("r", meta.epoch, 1_004, said[1_003].tag, b"new", 0)
    assert (await s.now()).floor == 4
    assert await s.log.forget("r", meta.epoch, 2, said[1].tag, b"f", OTHER)  # trimmed already
    kept = await s.log.load_snapshot("r")
    assert kept is not None
    assert (kept.offset, kept.blob) == (1_004, b"new")
    assert await s.log.load_snapshot("r", 1_004) is None
    now = await s.now()
    assert (now.floor, now.forgotten, now.secret, now.snapshot) == (4, 2, OTHER, 1_004)
    assert await s.log.forget("r", meta.epoch, 1_004, said[1_003].tag, b"same", SECRET)
    kept = await s.log.load_snapshot("r")
    assert kept is not None
    assert kept.blob == b"same"


@rule
async def clear_keeps_the_shell(s: Stage) -> None:
    """LOG-17"""
    meta = await s.room()
    said = await s.fill(meta, 3)
    await s.log.save_snapshot("r", meta.epoch, 2, said[1].tag, b"old", 0)
    await s.log.put_key("r", "link", b"hash")
    await s.log.touch("r", FAR, 5)
    assert await s.log.clear("none", meta.epoch, 3, b"c", OTHER) is None
    assert await s.log.clear("r", "?", 3, b"c", OTHER) is None
    assert await s.log.clear("r", meta.epoch, 2, b"c", OTHER) is None
    assert (await s.now()).ops == 3
    new = await s.log.clear("r", meta.epoch, 3, b"c", OTHER)
    assert new is not None
    assert new.epoch != meta.epoch
    assert (new.top, new.floor, new.forgotten, new.snapshot) == (3, 3, 3, 3)
    assert (new.ops, new.size, new.fresh, new.secret) == (0, 0, 0, OTHER)
    assert (new.expires, new.content_expires, new.state) == (FAR, None, "open")
    assert new.tag == first_tag(OTHER, new.epoch)
    seen = await s.see(new, 3, new.tag)
    assert (seen.meta, seen.verdict, seen.entries, seen.marks) == (new, "same", [], {})
    assert (await s.see(new, 3, said[2].tag)).verdict == "rewound"
    assert (await s.see(new, 2, said[1].tag)).verdict == "trimmed"
    kept = await s.log.load_snapshot("r")
    assert kept is not None
    assert (kept.offset, kept.tag, kept.blob) == (3, new.tag, b"c")
    assert await s.log.load_snapshot("r", 3) is None
    assert await s.log.keys("r") == {"link": b"hash"}
    assert await s.log.append("r", meta.epoch, "m1:a", 4, 3, b"x") == WrongEpoch(new.epoch)
    assert (await s.say(new, "m1:a", 1, p=0)).offset == 4


@rule
async def keys_live_with_the_room(s: Stage) -> None:
    """LOG-18"""
    meta = await s.room()
    await s.room("other")
    assert await s.log.get_key("r", "k") is None
    assert await s.log.put_key("r", "k", b"\x00\xff")
    assert await s.log.put_key("r", "k", b"two")
    assert await s.log.put_key("r", "l", b"")
    assert await s.log.get_key("r", "k") == b"two"
    assert await s.log.keys("r") == {"k": b"two", "l": b""}
    assert await s.log.keys("other") == {}
    assert await s.log.delete_key("r", "k")
    assert not await s.log.delete_key("r", "k")
    said = await s.say(meta, "m1:a", 1)
    await s.log.forget("r", meta.epoch, 1, said.tag, b"f", OTHER)
    await s.log.end("r", FAR)
    assert await s.log.keys("r") == {"l": b""}
    assert not await s.log.put_key("none", "k", b"x")
    assert not await s.log.delete_key("none", "k")
    assert await s.log.get_key("none", "k") is None
    assert await s.log.keys("none") == {}


@rule
async def one_of_all_who_delete_a_key_hears_that_it_was_there(s: Stage) -> None:
    """LOG-50"""
    await s.room()
    for turn in range(5):
        assert await s.log.put_key("r", "k", b"%d" % turn)
        there = await asyncio.gather(*(s.log.delete_key("r", "k") for _ in range(4)))
        assert sorted(there) == [False, False, False, True]
        assert await s.log.get_key("r", "k") is None


@rule
async def an_ended_room_can_only_be_read(s: Stage) -> None:
    """LOG-19"""
    meta = await s.room()
    said = await s.fill(meta, 2)
    await s.log.touch("r", FAR, 5)
    assert not await s.log.end("none", 9)
    assert await s.log.end("r", 1_000)
    assert await s.log.append("r", meta.epoch, "m1:a", 3, 2, b"x") == Gone()
    assert not await s.log.touch("r", FAR, 9)
    now = await s.now()
    assert (now.state, now.expires, now.content_expires, now.top) == ("ended", 1_000, None, 2)
    assert len((await s.see(meta)).entries) == 2
    assert await s.log.save_snapshot("r", meta.epoch, 2, said[1].tag, b"keepsake", 0)
    assert await s.log.end("r", 500)  # "erase now" shortens it
    assert (await s.log.sweep(499)).purged == []
    assert (await s.log.sweep(500)).purged == ["r"]
    assert await s.log.meta("r") is None


@rule
async def lives_end_on_time(s: Stage) -> None:
    """LOG-20"""
    await s.log.create("a", 1_000, SECRET)
    await s.log.create("b", 1_001, SECRET)
    meta = await s.log.create("c", FAR, SECRET)
    assert await s.log.touch("c", FAR, 1_000)
    assert not await s.log.touch("none", FAR, None)
    early = await s.log.sweep(999)
    assert (early.purged, early.due) == ([], [])
    edge = await s.log.sweep(1_000)
    assert (edge.purged, edge.due) == (["a"], ["c"])
    late = await s.log.sweep(1_001)
    assert (late.purged, late.due) == (["b"], ["c"])  # named again until it is cleared
    assert await s.log.clear("c", meta.epoch, 0, b"c", OTHER) is not None
    assert (await s.log.sweep(2_000)).due == []
    assert await s.log.touch("c", FAR, 1_500)
    assert (await s.log.sweep(2_000)).due == ["c"]
    assert await s.log.touch("c", FAR, None)  # somebody came back
    assert (await s.log.sweep(2_000)).due == []


@rule
async def nothing_of_a_purged_room_comes_back(s: Stage) -> None:
    """LOG-21"""
    meta = await s.room()
    said = await s.fill(meta, 2)
    await s.log.save_snapshot("r", meta.epoch, 1, said[0].tag, b"old", 0)
    await s.log.put_key("r", "k", b"x")
    assert await s.log.purge("r")
    assert not await s.log.purge("r")
    assert await s.log.append("r", meta.epoch, "m1:a", 3, 2, b"x") == Gone()
    assert await s.log.load_snapshot("r") is None
    new = await s.room()
    assert new.epoch != meta.epoch
    seen = await s.see(new)
    assert (seen.entries, seen.marks, await s.log.keys("r")) == ([], {}, {})
    assert await s.log.load_snapshot("r") is None
    assert (await s.say(new, "m1:a", 1, p=0)).offset == 1


@rule
async def rooms_are_counted(s: Stage) -> None:
    """LOG-22"""
    empty = await s.log.rooms(0)
    assert (empty.open, empty.ended, empty.ops, empty.size) == (0, 0, 0, 0)
    a, b = await s.room("a"), await s.room("b")
    await s.log.create("over", 10, SECRET)
    await s.say(a, "m1:a", 1, b"four")
    await s.say(b, "m1:a", 1, b"five!")
    await s.log.end("b", FAR)
    counts = await s.log.rooms(9)
    assert (counts.open, counts.ended, counts.ops, counts.size) == (2, 1, 2, 9)
    assert (await s.log.rooms(10)).open == 1


@rule
async def payloads_are_opaque(s: Stage) -> None:
    """LOG-23"""
    meta = await s.room()
    odd = [b"", b"\x00", b"\xff\xfe", bytes(range(256)), b"'; DROP TABLE room; --", b"\xed\xa0\x80"]
    for n, payload in enumerate(odd, 1):
        await s.say(meta, "m1:ü'\"%_", n, payload, n - 1)
    seen = await s.see(meta)
    assert [e.payload for e in seen.entries] == odd
    assert {e.author for e in seen.entries} == {"m1:ü'\"%_"}


@rule
async def nothing_prints_what_it_keeps(s: Stage) -> None:
    """LOG-24"""
    meta: Meta = await s.log.create("r", FAR, b"CANARY" * 5)
    said = await s.say(meta, "m1:CANARY", 1, b"CANARY")
    await s.log.save_snapshot("r", meta.epoch, 1, said.tag, b"CANARY", 0)
    seen = await s.see(meta)
    for thing in (meta, seen, *seen.entries, *seen.marks.values(), await s.log.load_snapshot("r")):
        assert "CANARY" not in repr(thing)
        assert "CANARY" not in str(thing)
