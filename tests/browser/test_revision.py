"""A page that is older than what is opened: it does not draw what it does not know."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.crowd import Crowd
from tests.browser.house import House

# The room says that the second revision of its kind was opened; after a reload it is the page of
# that version, for which that is nothing new.
NEWER = """(() => {
  const Real = window.WebSocket;
  if (sessionStorage.getItem("once")) return;
  addEventListener("beforeunload", () => sessionStorage.setItem("once", "1"));
  window.WebSocket = class extends Real {
    send(data) {
      super.send(data.replace(',"z":true', ""));
    }
    set onmessage(hear) {
      super.onmessage = (e) => hear({
        data: e.data.replace('"now":{"g":', '"now":{"revs":{"checkin":2},"g":'),
      });
    }
  };
})();"""


def test_roll13_a_page_that_is_older_than_the_card_is_loaded_anew(
    phone: Open, house: House, crowd: Crowd
) -> None:
    """ROLL-13: it says that the card has not come through, and one tap brings the newer page."""
    room = house.room("Jam", plan=["weather"])
    host = crowd.come(house, room, "Host", host=True)
    assert host.do("room.next") == "ok"
    ana = phone()
    ana.context.add_init_script(NEWER)
    ana.join(room.join, "Ana")
    failed = ana.page.get_by_text(ana.t("page.kind.failed"))
    expect(failed).to_be_visible()
    expect(ana.page.locator("#act")).to_have_count(0)
    ana.page.get_by_role("button", name=ana.t("page.again")).click()
    expect(ana.page.locator("#act")).to_be_visible()
    expect(failed).to_have_count(0)
