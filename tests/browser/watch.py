"""What a page does behind people's backs: console, errors, policy violations, requests.

Every page of a test is watched, and at the end of the test nothing may have happened that its
author did not name.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

# Runs in every document before its own scripts.
POLICE = """
document.addEventListener("securitypolicyviolation", (e) => {
  console.error("POLICY " + e.violatedDirective + " " + e.blockedURI + " " + e.sample);
});
window.addEventListener("unhandledrejection", (e) => console.error("REJECTED " + e.reason));
"""


class Watch:
    """Keeps what is not as it should be."""

    def __init__(self, url: str) -> None:
        self.home = urlsplit(url).netloc
        self.faults: list[str] = []
        self.seen: list[str] = []
        """Addresses and headers of every request, and every console line: no secret is in them."""
        self._forgiven: list[re.Pattern[str]] = []

    def over(self, page: Page) -> None:
        """Watch this page from now on."""
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)
        page.on(
            "dialog", lambda dialog: (self._fault(f"dialog {dialog.message}"), dialog.dismiss())
        )
        page.on("crash", lambda _: self._fault("the page has crashed"))

    def _fault(self, what: str) -> None:
        if not any(pattern.search(what) for pattern in self._forgiven):
            self.faults.append(what)

    def _console(self, message: ConsoleMessage) -> None:
        self.seen.append(message.text)
        self._fault(f"console {message.type}: {message.text}")

    def _error(self, error: Error) -> None:
        self._fault(f"error {error.message}\n{error.stack}")

    def _request(self, request: Request) -> None:
        self.seen.append(request.url + "\n" + "\n".join(request.headers.values()))
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.home:
            self._fault(f"foreign request {request.url}")

    def _failed(self, request: Request) -> None:
        # A page that is left gives up what it was loading; that is no fault of anybody.
        if "ERR_ABORTED" not in str(request.failure):
            self._fault(f"failed {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._fault(f"status {response.status} {response.url}")

    @contextmanager
    def forgiving(self, *patterns: str) -> Iterator[None]:
        """What a test brings about on purpose."""
        mark = len(self._forgiven)
        self._forgiven += [re.compile(pattern) for pattern in patterns]
        yield
        del self._forgiven[mark:]

    def forgive(self, *patterns: str) -> None:
        """The same to the end of the test."""
        self._forgiven += [re.compile(pattern) for pattern in patterns]

    def holds(self, secret: str) -> list[str]:
        """Where a secret has shown itself."""
        return [line for line in self.seen if secret in line]


# A line that drops is told by the browser itself on the console, whatever the page does.
TUNNEL = (
    r"WebSocket connection to",
    r"ERR_(CONNECTION|INTERNET|EMPTY|SOCKET|NETWORK|FAILED)",
    r"Failed to load resource",
)
