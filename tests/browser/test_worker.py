"""The service worker: the page opens in a tunnel, and nothing of a room is ever kept."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Folk
from tests.browser.crowd import Crowd
from tests.browser.house import House
from tests.browser.watch import TUNNEL


def test_b62_the_page_opens_in_a_tunnel(folk: Folk, house: House, crowd: Crowd) -> None:
    """B62: after one visit the room's page opens without a line; no room data lies in the cache."""
    room = house.room("Secret supper", plan=["song-play"])
    host = crowd.come(house, room, "Host", host=True)
    host.do("room.next")
    host.do("prompt.add", title="Quiet song", who="")
    one = folk.person(house.url, PHONE, "fr", worker=True)
    one.watch.forgive(*TUNNEL)
    one.join(room.join, "Noé").kind("prompt")
    one.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    one.page.wait_for_function(
        """() => navigator.serviceWorker.getRegistration()
             .then((found) => found && found.active && found.active.state === "activated")"""
    )
    one.page.reload()
    one.inside().kind("prompt")
    one.reads("Quiet song")
    one.page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")
    one.page.reload()
    one.inside().kind("prompt")
    kept = one.page.evaluate(
        """async () => {
          const all = [];
          for (const name of await caches.keys()) {
            const store = await caches.open(name);
            for (const request of await store.keys()) {
              all.push([new URL(request.url).pathname, await (await store.match(request)).text()]);
            }
          }
          return all;
        }"""
    )
    assert kept
    for path, text in kept:
        assert path.startswith("/v/"), path
        for secret in (room.join_secret[2:], room.id, "Secret supper", "Quiet song", "Noé"):
            assert secret not in text, f"{secret} lies in {path}"
    one.context.set_offline(True)
    one.page.reload()
    expect(one.page.locator(".join, #room.live").first).to_be_visible()
    one.context.set_offline(False)
    one.page.reload()
    one.inside().kind("prompt")
    one.reads("Quiet song")
