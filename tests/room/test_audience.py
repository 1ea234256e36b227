"""The one gate: what is not named is seen by nobody, and a view holds no other audience's part."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.room.audience import EVERYONE, HOSTS, NOBODY, label, labels_of, regroups, view


@pytest.mark.parametrize(
    ("path", "who"),
    [("meet", EVERYONE), ("meet/people/x", EVERYONE), ("room", EVERYONE), ("room/own/x", EVERYONE),
     ("live/bo/dot", EVERYONE), ("host", NOBODY), ("host/x", HOSTS), ("own", NOBODY),
     ("own/bo", "own:bo"), ("own/bo/room/x", "own:bo"), ("team", NOBODY), ("team/a/x", "team:a"),
     ("vault", NOBODY), ("vault/x", NOBODY), ("past/1/room", NOBODY), ("sys/g", NOBODY),
     ("", NOBODY), ("/room", NOBODY), ("Room/x", NOBODY), ("rooms", NOBODY), ("meetx/y", NOBODY),
     ("own/", NOBODY), ("host/", NOBODY)],
)  # fmt: skip
def test_AU1_a_path_has_one_audience_and_by_default_none(path: str, who: str) -> None:
    assert label(path) == who


def test_AU2_a_person_belongs_to_everyone_to_themselves_and_to_what_the_state_says() -> None:
    teams = {"bo": "a", "cy": 7}
    assert labels_of("bo", "member", teams) == {EVERYONE, "own:bo", "team:a"}
    assert labels_of("bo", "host", {}) == {EVERYONE, "own:bo", HOSTS}
    assert labels_of("cy", "member", teams) == {EVERYONE, "own:cy"}
    assert labels_of("bo", "screen", teams) == {EVERYONE}


IDS = st.sampled_from(["bo", "cy", "di"])
TREES = st.fixed_dictionaries(
    {
        "meet": st.just({"title": "all"}),
        "room": st.fixed_dictionaries(
            {}, optional={"team": st.dictionaries(IDS, st.sampled_from(["a", "b"]))}
        ),
        "own": st.dictionaries(IDS, st.builds(dict, x=st.just("own"))),
        "host": st.just({"x": "host"}),
        "team": st.dictionaries(st.sampled_from(["a", "b"]), st.builds(dict, x=st.just("team"))),
        "vault": st.just({"x": "vault"}),
        "past": st.just({"1": {"room": {"x": "past"}}}),
        "sys": st.just({"g": 3}),
    }
)


@given(TREES, IDS, st.sampled_from(["member", "host", "screen"]))
def test_AU3_a_view_is_all_of_what_its_labels_name_and_nothing_else(
    tree: dict[str, Any], member: str, role: str
) -> None:
    seen = view(tree, member, role)
    allowed = labels_of(member, role, tree["room"].get("team") or {})
    paths = [root for root in seen if root in ("meet", "room")]
    paths += [f"{root}/{key}" for root in seen if root not in paths for key in seen[root]]
    assert all(label(path) in allowed for path in paths)
    for root in ("own", "host", "team"):
        for key in tree[root]:
            if label(f"{root}/{key}") in allowed:
                assert seen[root][key] is tree[root][key]


@pytest.mark.parametrize(
    ("change", "yes"),
    [(["room/team/bo", "a"], True), (["room/team"], True), (["room", {"team": {}}], True),
     (["room", {"phase": "open"}], False), (["room"], False), (["team/a"], True),
     (["team/a/x"], False), (["team/a/x", 1], False), (["meet/people/bo/role", "host"], True),
     (["meet/people/bo/here", True], False), (["own/bo", {}], False)],
)  # fmt: skip
def test_AU4_a_change_of_role_or_team_is_known(change: list[Any], yes: bool) -> None:
    assert regroups(change) is yes
