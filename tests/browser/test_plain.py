"""Plain http through a name that is not this machine's own: a laptop in a hall."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import PHONE, Folk
from tests.browser.house import House, free_port

# One evening in the browser as people have it, windows and all.
WHOLE = True


@pytest.fixture(scope="module")
def hall() -> Iterator[House]:
    port = free_port()
    hall = House(port=port, url=f"http://jam.test:{port}")
    yield hall
    hall.close()


def test_b61_no_secure_context_is_needed(hall: House, folk: Folk) -> None:
    """B61: over plain http all three kinds work, and the console stays silent."""
    host = folk.person(hall.url, PHONE, "es", worker=True)
    host.open("/")
    assert host.page.evaluate("window.isSecureContext") is False
    host.page.select_option("#mood", "cards")
    host.tap("start.open")
    host.tells("made.title")
    join = host.way()
    assert join.startswith(hall.url)
    host.button("made.copy").click()
    host.reads(host.t("made.copied"))
    host.page.get_by_role("link", name=host.t("made.enter")).click()
    host.inside()
    guest = folk.person(hall.url, PHONE, "pt", worker=True)
    guest.join(join, "Bea")
    host.next()
    guest.kind("checkin")
    guest.page.get_by_role("radio").first.click()
    guest.tap("checkin:send.weather")
    guest.tells("checkin:in.weather")
    host.tap("checkin:show.weather")
    guest.page.locator("svg.sky").wait_for()
    host.next()
    guest.kind("canvas")
    guest.stroke((0.2, 0.2), (0.7, 0.6))
    host.marks(1)
    host.next()
    guest.kind("prompt")
    guest.page.fill("#add-title", "Aquarela")
    guest.tap("prompt:add")
    host.reads("Aquarela")
