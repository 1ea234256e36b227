"""With the host's link one may come as host, or take part like everybody else."""

import pytest

from tests.server.bot import Bot
from tests.server.running import Running

pytestmark = pytest.mark.asyncio


def role_of(bot: Bot) -> str:
    """Who somebody is in the room, as their own page sees it."""
    return str(bot.tree["meet"]["people"].get(bot.me["member"], {}).get("role"))


async def test_DO7_the_hosts_link_also_lets_one_take_part(server: Running) -> None:
    """DO7: `as: member` with the host's link makes a member, who stays one with the token alone,
    and no host is made less by it."""
    made = server.make()
    async with (
        Bot(server.ws(made.room), made.host, name="Ada") as host,
        Bot(server.ws(made.room), made.host, name="Bo", **{"as": "member"}) as part,
    ):
        await host.until(lambda bot: bot.tree)
        await part.until(lambda bot: bot.tree)
        assert (host.me["role"], part.me["role"]) == ("host", "member")
        assert "desk" not in part.tree and "desk" in host.tree
        refused = await part.act("room.next")
        assert refused[1:2] == ["refused"] and "host_only" in refused
        token, keyed = part.token, host.token
    for secret, role in ((token, "member"), (keyed, "host")):
        async with Bot(server.ws(made.room), made.host, secret, **{"as": "member"}) as again:
            await again.until(lambda bot: bot.tree)
            assert again.me["role"] == role
    # and with the link once more, without that wish, one is a host
    async with Bot(server.ws(made.room), made.host, token) as keyholder:
        await keyholder.until(lambda bot: bot.tree and role_of(bot) == "host")
