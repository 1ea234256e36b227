"""Bytes that nobody should send (rule SK10)."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from tests.web.bare import Bare
from tests.web.lines import BINARY, CLOSE, CONT, PING, PONG, TEXT, frame

PIECE = st.one_of(
    st.binary(max_size=40),
    st.builds(
        frame,
        st.binary(max_size=300),
        st.sampled_from([TEXT, BINARY, PING, PONG, CLOSE, CONT, 3]),
        first=st.one_of(st.none(), st.integers(0, 255)),
    ),
    st.builds(lambda data: frame(data)[:-1], st.binary(min_size=1, max_size=40)),
)


@given(pieces=st.lists(PIECE, max_size=12), cuts=st.lists(st.integers(1, 50), max_size=12))
def test_sk10_no_bytes_make_it_raise(pieces: list[bytes], cuts: list[int]) -> None:
    """Whatever comes, nothing is raised, the end is reported once, nothing is left over."""

    async def run() -> None:
        bare = await Bare().open()
        stream, at = b"".join(pieces), 0
        for step in [*cuts, len(stream)]:
            bare.feed(stream[at : at + step])
            at += step
        await bare.turn(2)
        assert len(bare.protocol._buffer) <= 1024 + 14
        await bare.end()
        assert len(bare.peer.closed) == 1
        assert not bare.state.tasks
        assert not bare.state.connections

    asyncio.run(run())
