"""The first hour at its bounds: words, calls, the paper, dates, consent, the door, who moved on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import kit
from server.kit import FieldError
from server.room import agenda, baton, consent, life, paper, talk
from server.room import fold as folding
from server.room.limits import Limits
from server.room.moment import Asked
from server.room.presence import Presence
from tests.room.book import Book, jam
from tests.room.world import KINDS, World

LIMITS = Limits()
FUTURE = 1_900_000_000_000


def refused(book: Book, by: str, action: str, /, **d: Any) -> str:
    """The code with which the door refuses it."""
    with pytest.raises(FieldError) as no:
        book.do(by, action, **d)
    return no.value.code


# -- words


def test_HR3_a_word_of_240_letters_goes_to_all_or_to_the_hosts() -> None:
    book = jam("bo")
    book.ok("bo", "line", text="x" * 240)
    book.ok("bo", "line", text="only you", to="host")
    (key,) = book.meet["line"]
    assert book.meet["line"][key] == {"by": "bo", "text": "x" * 240, "at": book.clock - 1}
    assert [w["text"] for w in book.desk["notes"].values()] == ["only you"]
    assert refused(book, "bo", "line", text="x" * 241) == "too_long"
    assert refused(book, "bo", "line", text="  ") == "too_short"
    assert refused(book, "bo", "line", text="a", to="cy") == "not_a_choice"


def test_HR3_eighty_words_stay_and_the_oldest_go() -> None:
    book = jam("bo")
    for to, where in (("all", book.meet["line"]), ("host", book.desk["notes"])):
        for i in range(talk.KEPT):
            book.ok("bo", "line", text=str(i), to=to)
        where = book.meet["line"] if to == "all" else book.desk["notes"]
        assert [w["text"] for w in where.values()] == [str(i) for i in range(80)]
        book.ok("bo", "line", text="more", to=to)
        where = book.meet["line"] if to == "all" else book.desk["notes"]
        assert [w["text"] for w in where.values()] == [str(i) for i in range(1, 80)] + ["more"]


def test_HR3_a_host_takes_one_away_and_a_full_line_comes_back_in_order() -> None:
    book = jam("bo", "cy")
    book.ok("bo", "line", text="first")
    (key,) = book.meet["line"]
    assert book.no("cy", "unline", id=key) == "host_only"
    book.ok("ana", "unline", id=key)
    book.ok("ana", "unline", id=key)
    assert book.meet["line"] == {}
    for _ in range(40):
        book.ok("bo", "line", text="b")
    book.ok("ana", "undo", who="bo")
    for _ in range(60):
        book.ok("cy", "line", text="c")
    book.ok("ana", "redo", who="bo")
    order = [book.meet["line"][k]["text"] for k in sorted(book.meet["line"], key=int)]
    assert order == ["b"] * 20 + ["c"] * 60


def test_HR4_what_a_host_says_stands_until_the_next_and_a_cards_own_goes_with_it() -> None:
    book = jam("bo")
    assert book.no("bo", "say", text="hi") == "host_only"
    book.ok("ana", "say", text="x" * 200)
    assert book.meet["say"] == {"text": "x" * 200, "by": "ana", "at": book.clock}
    assert refused(book, "ana", "say", text="x" * 201) == "too_long"
    assert book.no("ana", "say", card=True) == "not_now"
    book.ok("ana", "open", card="weather")
    assert book.meet["say"]["text"]
    book.ok("ana", "say", card=True)
    assert book.meet["say"] == {"card": "weather", "by": "ana", "at": book.clock}
    book.ok("ana", "open", kind="canvas")
    assert book.meet["say"] is None
    assert book.no("ana", "say", card=True) == "not_now"
    book.ok("ana", "say", text="x")
    book.ok("ana", "say", text="")
    assert book.meet["say"] is None


GOOD = ("", "https://a", "HTTPS://meet.example/Room-7?x=1&y=%20#z", "https://a.b:443/x@y",
        "https://a/" + "x" * 290)  # fmt: skip
BAD = (
    "http://a.b", "https://", "https:///x", "https://a b", "https://a/b c", "https://me@evil",
    "https://me:pw@evil/", "https://a\u202e.b/x", "https://ä.example", "javascript:alert(1)",
    "https://a/\u0000", "https://a\\b", "https://-a", "https://a:b/", 'https://a/"', "//a",
    "https://a/\n", "https://a:123456/", "https://" + "a" * 254,
)  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_HR5_an_address_is_https_and_shows_where_it_leads(url: str) -> None:
    book = jam()
    book.ok("ana", "call", url=f"  {url} ")
    assert book.meet["call"] == url.replace("HTTPS", "https")


@pytest.mark.parametrize("url", BAD)
def test_HR5_anything_else_is_no_link(url: str) -> None:
    assert refused(jam(), "ana", "call", url=url) == "not_a_link"


def test_HR5_an_address_has_300_signs_at_most() -> None:
    assert len("https://a/" + "x" * 290) == 300
    assert refused(jam(), "ana", "call", url="https://a/" + "x" * 291) == "too_long"
    assert refused(jam(), "ana", "call", url=7) == "not_text"


@given(st.text(max_size=60))
def test_HR5_what_passes_has_no_space_and_no_sign_that_hides(text: str) -> None:
    try:
        url = kit.url(300).check("https://" + text)
    except FieldError as no:
        assert no.code == "not_a_link"
        return
    assert url.isascii() and url.isprintable() and not set(url) & set(' "<>\\@'[:5])
    host = url[8:].split("/")[0].split("?")[0].split("#")[0]
    assert host and "@" not in host


def test_HR6_who_is_lost_is_seen_by_hosts_until_somebody_helped() -> None:
    book = jam("bo", "cy")
    book.ok("bo", "lost")
    at = book.clock
    book.ok("bo", "lost")
    assert book.desk["calls"] == {"bo": {"at": at}}
    assert book.no("cy", "found", who="bo") == "host_only"
    book.ok("bo", "found", who="bo")
    assert book.desk["calls"] == {}
    book.ok("bo", "lost")
    book.ok("ana", "found", who="bo")
    book.ok("ana", "found", who="nobody at all")
    assert book.desk["calls"] == {}


def test_HR6_a_host_who_is_coming_is_seen_by_who_called_and_by_hosts_alone() -> None:
    world = World()
    host, bo, cy = world.host(), world.person("Bo"), world.person("Cy")
    assert "too_late" in host.ask("room.coming", who=bo.me), "nobody has called"
    for one in (bo, cy):
        one.ask("room.lost")
    assert bo.state["mine"] == {bo.me: {"lost": True}}
    assert "host_only" in cy.ask("room.coming", who=bo.me)
    cy.wire.frames.clear()
    assert "ok" in host.ask("room.coming", who=bo.me)
    assert bo.state["mine"] == {bo.me: {"lost": True, "coming": True}}
    assert host.state["desk"]["calls"][bo.me]["by"] == host.me
    assert "desk" not in bo.state and host.state["mine"] == {}
    assert cy.state["mine"] == {cy.me: {"lost": True}} and "coming" not in str(cy.wire.frames)
    # a second host changes nothing, and neither does a second tap
    host.ask("room.host", who=cy.me, on=True)
    cy.ask("room.coming", who=bo.me)
    assert host.state["desk"]["calls"][bo.me]["by"] == host.me
    # it goes with the call, whoever ends it
    bo.ask("room.found", who=bo.me)
    assert bo.state["mine"] == {} and bo.me not in host.state["desk"]["calls"]
    assert "too_late" in host.ask("room.coming", who=bo.me)
    host.ask("room.coming", who=cy.me)
    host.ask("room.remove", who=cy.me)
    assert world.node.fold.state["mine"] == {} == world.node.fold.state["desk"]["calls"]
    assert "too_late" in host.ask("room.coming", who="x" * 64)
    assert "refused" in host.ask("room.coming", who="x" * 65)


def test_HR6_a_call_from_before_this_mark_is_answered_all_the_same() -> None:
    book = jam("bo")
    book.ok("bo", "lost")
    saved = json.loads(book.fold.save())
    del saved["tree"]["mine"]
    blob, fold = json.dumps(saved).encode(), book.fold
    book.fold = folding.load(KINDS, fold.limits, fold.seed, blob, fold.offset)
    book.ok("ana", "coming", who="bo")
    assert book.state["mine"] == {"bo": {"lost": True, "coming": True}}
    book.ok("ana", "found", who="bo")
    assert book.state["mine"] == {}


def test_HR6_the_desk_is_for_hosts_alone() -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    bo.ask("room.line", text="psst", to="host")
    bo.ask("room.lost")
    (note,) = host.state["desk"]["notes"].values()
    assert note["text"] == "psst" and bo.me in host.state["desk"]["calls"]
    assert "desk" not in bo.state and "psst" not in str(bo.wire.frames)
    host.ask("room.host", who=bo.me, on=True)
    assert bo.state["desk"] == host.state["desk"]
    host.ask("room.host", who=bo.me, on=False)
    assert "desk" not in bo.state


def test_HR7_five_words_at_once_and_then_one_a_second_and_none_is_lost() -> None:
    world = World()
    world.host()
    bo = world.person("Bo")
    for i in range(LIMITS.words_burst):
        bo.do("room.line" if i % 2 else "room.lost", **({"text": str(i)} if i % 2 else {}))
    n = bo.do("room.line", text="one too many")
    frames = [f for f in bo.read() if f["t"] == "err"]
    assert [(f["code"], f["n"]) for f in frames] == [("too_fast", n)]
    assert 0 < frames[0]["retry_ms"] <= 1_000
    world.clock += frames[0]["retry_ms"]
    bo.n = n - 1
    assert bo.ask("room.line", text="one too many")[1] == "ok"
    bo.do("room.line", text="again")
    assert [f["code"] for f in bo.read() if f["t"] == "err"] == ["too_fast"]
    bo.n -= 1
    assert bo.ask("room.hand", up=True)[1] == "ok", "other things have their own rate"


# -- the paper


def test_HR8_the_paper_takes_ones_ink_turns_it_and_lifts_it() -> None:
    book = jam("bo")
    inks = {who: book.people[who]["ink"] for who in ("ana", "bo")}
    seen = []
    for _ in range(paper.TURNS + 1):
        book.ok("bo", "dab", cell=95)
        seen.append(book.meet["paper"].get("95"))
    assert seen == [inks["bo"] * 4, inks["bo"] * 4 + 1, inks["bo"] * 4 + 2, None]
    book.ok("bo", "dab", cell=0)
    book.ok("bo", "dab", cell=0)
    book.ok("ana", "dab", cell=0)
    assert book.meet["paper"] == {"0": inks["ana"] * 4}
    for cell in (-1, 96):
        assert refused(book, "bo", "dab", cell=cell) == "not_a_number"
    book.ok("ana", "open", kind="canvas")
    assert book.no("bo", "dab", cell=1) == "not_now"


# -- dates and consent


def test_HR9_dates_are_sorted_and_at_most_sixty() -> None:
    book = jam("bo")
    days = [FUTURE + 86_400_000 * (7 * i % 60) for i in range(life.DATES)]
    book.ok("ana", "dates", starts=[*days[:-1], days[0]], minutes=5)
    assert book.meet["starts"] == sorted(set(days[:-1])) and book.meet["minutes"] == 5
    assert refused(book, "ana", "dates", starts=[*days, FUTURE]) == "not_a_list"
    assert refused(book, "ana", "dates", starts=[agenda.MAX_DATE + 1]) == "not_a_number"
    assert refused(book, "ana", "dates", starts=["x"]) == "not_a_number"
    assert book.no("bo", "dates", starts=[]) == "host_only"
    book.ok("ana", "dates", starts=[])
    assert (book.meet["starts"], book.meet["minutes"]) == ([], 0)


def test_HR9_the_door_knows_the_clock_and_lets_old_dates_of_a_series_stay() -> None:
    world = World()
    host = world.host()
    now = world.wall()
    soon, late = now + 3_600_000, now - life.PAST_MS - 60_000
    assert host.ask("room.dates", starts=[late], minutes=60)[3] == "not_a_number"
    assert host.ask("room.dates", starts=[soon], minutes=4)[3] == "not_a_number"
    assert host.ask("room.dates", starts=[soon], minutes=1441)[3] == "not_a_number"
    for minutes in (0, 5, 1440):
        assert host.ask("room.dates", starts=[soon], minutes=minutes)[1] == "ok"
    assert world.lives > 0
    world.clock += 5 * 3_600_000
    host.connect()
    world.settle()
    again = [soon, soon + 86_400_000]
    assert host.ask("room.dates", starts=again, minutes=5)[1] == "ok"
    assert host.state["meet"]["starts"] == again


@pytest.mark.parametrize("ms", [consent.SHORTEST_MS, consent.LONGEST_MS])
def test_HR9_contents_stay_from_15_minutes_to_a_week(ms: int) -> None:
    book = jam()
    assert (consent.SHORTEST_MS, consent.LONGEST_MS) == (900_000, 604_800_000)
    book.ok("ana", "kept", ms=ms)
    assert book.meet["kept"] == ms
    beyond = ms - 1 if ms == consent.SHORTEST_MS else ms + 1
    assert refused(book, "ana", "kept", ms=beyond) == "not_a_number"


def test_HR10_each_answer_counts_once_and_nobody_sees_whose_it_is() -> None:
    book = jam("bo", "cy")
    assert book.no("bo", "agree", yes=True) == "not_now"
    book.ok("ana", "ask", on=True)
    for who, yes in (("bo", True), ("bo", True), ("cy", True), ("cy", False), ("ana", True)):
        book.ok(who, "agree", yes=yes)
    assert book.meet["keep"] == {"yes": 2, "no": 1} and not life.agreed(book.meet)
    book.ok("ana", "ask", on=True)
    assert book.meet["keep"] == {"yes": 2, "no": 1}, "asked already"
    book.ok("cy", "agree", yes=True)
    assert book.meet["keep"] == {"yes": 3, "no": 0} and life.agreed(book.meet)
    book.ok("ana", "ask", on=False)
    assert book.meet["keep"] is None
    book.ok("ana", "ask", on=True)
    book.ok("bo", "agree", yes=False)
    assert book.meet["keep"] == {"yes": 0, "no": 1}


def test_HR10_whose_answer_it_was_is_on_no_wire() -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    host.ask("room.ask", on=True)
    bo.ask("room.agree", yes=False)
    assert host.state["meet"]["keep"] == {"yes": 0, "no": 1}
    assert "agreed" not in str(host.wire.frames)


# -- oneself, and the end


def test_HR11_in_the_hall_and_named_are_marks_of_ones_own() -> None:
    book = jam("bo")
    for what, mark, field in (("place", "hall", "hall"), ("named", "named", "on")):
        for _ in range(2):
            book.ok("bo", what, **{field: True})
            assert book.people["bo"][mark] is True
        for _ in range(2):
            book.ok("bo", what, **{field: False})
            assert mark not in book.people["bo"]


def test_HR12_the_end_says_the_next_date_if_a_host_left_one() -> None:
    world = World()
    host = world.host()
    assert host.ask("room.end", next=FUTURE)[1] == "ok"
    ended = host.state["meet"]["ended"]
    assert ended["next"] == FUTURE and ended["until"] == world.over[0][0] and not ended["erase"]
    book = jam()
    book.ok("ana", "end")
    assert "next" not in book.meet["ended"]
    assert refused(jam(), "ana", "end", next=-1) == "not_a_number"


# -- two hosts, one step


def test_HR13_two_hosts_within_two_seconds_move_one_step() -> None:
    book = jam(plan=[{"card": "weather"}, {"card": "street"}, {"card": "weather"}])
    book.join("eve", role="host")
    book.ok("ana", "next", g=0)
    opened = book.clock
    assert book.meet["now"]["by"] == "ana"
    book.clock = opened + agenda.MOVED_MS - 2
    done = book.do("eve", "next")
    assert (done.code, done.args) == ("moved", {"name": "Ana"})
    book.clock = opened + agenda.MOVED_MS - 2
    assert book.no("eve", "open", kind="canvas") == "moved"
    book.clock = opened + agenda.MOVED_MS - 1
    book.ok("eve", "next", g=1)
    assert book.meet["at"] == 1 and book.meet["now"]["by"] == "eve"
    book.clock += 60_000
    assert book.no("ana", "next", g=1) == "moved", "what ana saw, eve has left"
    assert book.no("eve", "next", g=1) == "closed", "one's own second tap"
    book.ok("ana", "next", g=2)
    book.ok("ana", "open", kind="canvas")


# -- closing the line and the work


def test_HR14_the_line_is_closed_for_all_or_for_one_and_notes_still_reach_the_hosts() -> None:
    book = jam("bo", "cy")
    book.ok("ana", "shut", what="line", on=True, who="bo")
    assert book.no("bo", "line", text="hi") == "shut"
    book.ok("cy", "line", text="hi")
    book.ok("bo", "line", text="why?", to="host")
    book.ok("ana", "shut", what="line", on=True)
    book.ok("ana", "shut", what="line", on=True)
    assert book.meet["shut"] == {"line": True} and book.people["bo"]["shut"] == {"line": True}
    assert book.no("cy", "line", text="hi") == "shut"
    book.ok("ana", "line", text="hosts may")
    book.ok("ana", "shut", what="work", on=True, who="bo")
    book.ok("ana", "shut", what="line", on=False, who="bo")
    assert book.people["bo"]["shut"] == {"work": True}
    book.ok("ana", "shut", what="work", on=False, who="bo")
    book.ok("ana", "shut", what="work", on=False, who="bo")
    book.ok("ana", "shut", what="line", on=False)
    assert "shut" not in book.people["bo"] and book.meet["shut"] == {}
    book.ok("bo", "line", text="again")
    assert book.no("bo", "shut", what="line", on=True) == "host_only"
    assert refused(book, "ana", "shut", what="door", on=True) == "not_a_choice"


@pytest.mark.parametrize("who", [None, "bo"])
def test_HR14_closed_work_refuses_members_and_not_hosts(who: str | None) -> None:
    book = jam("bo", "cy")
    book.ok("ana", "open", kind="prompt")
    book.ok("ana", "shut", what="work", on=True, who=who)
    assert book.no("bo", "prompt.add", title="One", who="") == "shut"
    assert book.do("cy", "prompt.add", title="Two", who="").code == ("" if who else "shut")
    book.ok("ana", "prompt.add", title="Three", who="")
    book.ok("ana", "shut", what="work", on=False, who=who)
    book.ok("bo", "prompt.add", title="One", who="")


def test_HR14_a_late_piece_of_somebody_whose_work_is_closed_does_not_count() -> None:
    book = jam("bo")
    book.ok("ana", "open", kind="canvas")
    book.ok("ana", "open", kind="prompt")
    book.ok("ana", "shut", what="work", on=True, who="bo")
    mark = {"group": 1, "ink": 1, "width": 1, "points": "AAA"}
    assert book.no("bo", "canvas.mark", 1, **mark) == "shut"
    book.ok("ana", "shut", what="work", on=False, who="bo")
    book.ok("bo", "canvas.mark", 1, **mark)


@pytest.mark.parametrize("one", [False, True])
def test_HR14_closed_work_takes_the_cursor_away_and_lets_no_new_one_out(one: bool) -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    host.ask("room.open", kind="canvas")

    def lives() -> list[str]:
        world.settle()
        ticks = [f for f in host.read() if f["t"] == "tick"]
        return [change[0] for f in ticks for change in f.get("x", ()) if len(change) > 1]

    cursor = {"t": "eph", "key": "cursor", "d": {"x": 1, "y": 1}}
    bo.say(cursor)
    assert lives() == [f"live/{bo.me}/cursor"]
    host.ask("room.shut", what="work", on=True, **({"who": bo.me} if one else {}))
    gone = [c for f in host.wire.frames for c in f.get("x", ()) if c == [f"live/{bo.me}/cursor"]]
    assert gone and not world.node.delivery.lives.get(bo.me)
    bo.say(cursor)
    assert lives() == []
    host.say(cursor)
    world.settle()
    assert world.node.delivery.lives.get(host.me)


# -- asked to leave, and the door


def test_HR15_whoever_is_asked_to_leave_counts_no_more_and_does_nothing() -> None:
    book = jam("bo", "cy")
    book.ok("ana", "standin", who="bo")
    book.ok("ana", "host", who="bo", on=True)
    book.ok("bo", "hand", up=True)
    book.ok("bo", "lost")
    assert book.no("cy", "remove", who="bo") == "host_only"
    book.ok("ana", "remove", who="bo")
    person = book.people["bo"]
    assert person["out"] is True and person["here"] is False and person["role"] == "member"
    assert not {"hand", "made", "acting"} & set(person)
    assert book.meet["standin"] is None and book.desk["calls"] == {}
    for what, d in (("hand", {"up": True}), ("lead", {}), ("line", {"text": "x"})):
        assert book.no("bo", what, **d) == "nobody"
    book.fact("back", member="bo")
    assert book.people["bo"]["here"] is False
    book.ok("ana", "open", kind="checkin")
    assert book.no("bo", "checkin.pass_") == "nobody"
    book.ok("ana", "remove", who="bo")
    assert book.no("ana", "remove", who="ana") == "not_now"


def test_HR15_the_baton_of_somebody_who_is_asked_to_leave_goes_to_whoever_asked() -> None:
    book = jam("bo")
    book.ok("ana", "pass", to="bo")
    book.ok("ana", "remove", who="bo")
    assert book.meet["baton"] == "ana" and not baton.keyed(book.people["bo"])


def test_HR15_the_lines_of_whoever_is_asked_to_leave_end_at_once() -> None:
    world = World()
    host, bo, cy = world.host(), world.person("Bo"), world.person("Cy")
    tab = world.person("Bo", "j" * 22, token=bo.hello["token"])
    assert tab.me == bo.me
    host.ask("room.remove", who=bo.me)
    assert bo.wire.closed == tab.wire.closed == 4503 and cy.wire.closed is None
    assert bo.wire.frames[-1]["code"] == "removed"
    world.wait(200)
    assert host.state["meet"]["people"][bo.me]["here"] is False
    bo.connect()
    assert bo.wire.closed == 4503


def test_HR16_a_full_list_of_people_first_forgets_whoever_was_asked_to_leave() -> None:
    book = jam("bo", "cy", "di", limits=Limits(people=4, members=4))
    book.fact("away", member="bo")
    book.ok("ana", "remove", who="cy")
    book.ok("ana", "remove", who="di")
    book.join("eve")
    assert set(book.people) == {"ana", "bo", "di", "eve"}, "cy was asked first"
    book.join("flo")
    assert set(book.people) == {"ana", "bo", "eve", "flo"}
    book.join("gil")
    assert set(book.people) == {"ana", "eve", "flo", "gil"}
    assert book.fact("join", member="hal", name="Hal", role="member").code == "full"


def test_HR16_but_not_while_their_work_can_be_put_back() -> None:
    book = jam("bo", "cy", limits=Limits(people=3, members=3))
    book.ok("bo", "line", text="hi")
    book.ok("ana", "remove", who="bo")
    book.ok("ana", "undo", who="bo")
    assert book.fact("join", member="di", name="Di", role="member").code == "full"
    due = book.desk["undone"]["bo"]["until"]
    book.fact("clean", due=due)
    book.join("di")
    assert set(book.people) == {"ana", "cy", "di"}


def test_HR16_notes_of_people_who_are_forgotten_are_forgotten() -> None:
    book = jam("p0", limits=Limits(people=2, members=2))
    book.ok("ana", "ask", on=True)
    for i in range(210):
        book.ok(f"p{i}", "agree", yes=True)
        book.ok(f"p{i}", "lost")
        book.ok("ana", "standin", who=f"p{i}")
        book.fact("away", member=f"p{i}")
        book.join(f"p{i + 1}")
    sys = book.state["sys"]
    assert not sys["seen"] and not sys["agreed"] and not book.desk["calls"]
    assert book.meet["standin"] is None and book.meet["keep"] == {"yes": 210, "no": 0}


def test_HR17_a_host_answers_the_door_once_and_the_world_hears_it() -> None:
    world = World()
    host, bo = world.host(), world.person("Bo")
    world.node.facts.once("knock:k1", Asked("sys.knock", d={"id": "k1", "name": "Di"}))
    world.node.facts.once("knock:k2", Asked("sys.knock", d={"id": "k2", "name": "Eve"}))
    world.settle()
    assert [k["name"] for k in host.state["desk"]["knocks"].values()] == ["Di", "Eve"]
    assert bo.ask("room.let", knock="k1", **{"in": True})[3] == "host_only"
    assert host.ask("room.let", knock="k1", **{"in": True})[1] == "ok"
    assert host.ask("room.let", knock="k2", **{"in": False})[1] == "ok"
    assert host.ask("room.let", knock="k2", **{"in": True})[3] == "too_late"
    assert world.answered == [("k1", True), ("k2", False)]
    assert host.state["desk"]["knocks"] == {}


def test_HR17_the_door_is_locked_and_opened() -> None:
    book = jam("bo")
    assert book.no("bo", "lock", on=True) == "host_only"
    for on in (True, True, False):
        book.ok("ana", "lock", on=on)
        assert book.meet["locked"] is on


# -- rest


def test_HR18_a_hidden_page_rests_for_a_minute_and_is_dimmed_meanwhile() -> None:
    p = Presence(LIMITS)
    p.came("bo")
    p.went("bo", 0, hidden=True)
    assert p.due(LIMITS.dim_ms) == (["bo"], [])
    assert p.due(LIMITS.rest_ms - 1) == ([], [])
    assert p.due(LIMITS.rest_ms) == ([], ["bo"])


def test_HR18_a_locked_phone_stays_here_for_a_minute_and_a_bye_does_not() -> None:
    world = World()
    host, bo, cy = world.host(), world.person("Bo"), world.person("Cy")
    for person in (bo, cy):
        person.say({"t": "k", "hidden": True})
    bo.drop()
    cy.say({"t": "bye"})
    world.wait(LIMITS.rest_ms - 2_000)
    people = host.state["meet"]["people"]
    assert people[bo.me]["here"] is True and people[cy.me]["here"] is False
    world.wait(4_000)
    assert host.state["meet"]["people"][bo.me]["here"] is False


def test_HR50_the_end_of_a_date_leaves_the_room_and_begins_the_plan_anew() -> None:
    book = jam("bo", plan=[{"card": "weather"}])
    book.ok("ana", "next")
    g = book.meet["now"]["g"]
    assert book.no("bo", "rest") == "host_only"
    book.ok("ana", "rest")
    assert (book.meet["now"], book.meet["at"], book.meet["rest"]) == (None, -1, True)
    assert [told["g"] for told in book.meet["past"]] == [g] and book.meet["ended"] is None
    book.wait(3000)
    book.ok("ana", "next")
    assert (book.meet["at"], book.meet["rest"]) == (0, False)


def test_HR51_a_host_on_another_phone_keeps_the_name_of_the_seat_that_is_away() -> None:
    """Everyone once read "Awa 2 is back": the empty phone's seat still wore the name."""
    book = jam("bo")
    told = {"member": "new", "name": "Ana", "role": "host"}
    book.fact("join", **{**told, "member": "other"})
    assert book.meet["people"]["other"]["name"] == "Ana 2"  # that host is here
    book.fact("away", member="ana")
    book.fact("away", member="bo")
    book.fact("join", **told)
    assert book.meet["people"]["new"]["name"] == "Ana"
    book.fact("baton", silent=["new", "other"])
    book.fact("join", member="newest", name="Ana", role="host")
    assert book.meet["people"]["newest"]["name"] == "Ana"  # silent, and away only later
    book.fact("join", member="bob", name="Bo", role="host")
    assert book.meet["people"]["bob"]["name"] == "Bo 2"  # a guest's name is nobody else's
    book.fact("join", member="ann", name="Ana", role="member")
    assert book.meet["people"]["ann"]["name"] == "Ana 3"
