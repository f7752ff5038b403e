"""A real Chromium against the live server: no network but the server's own, and the page must stay silent."""

import os
import shutil
from dataclasses import dataclass, field

import pytest

CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "/usr/bin/chromium")
QUIET_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright's synchronous API runs inside an event loop, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def base_url():
    """Each test gives whole addresses; this also stands in for a fixture of pytest-base-url that pytest deprecates."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris"}


@dataclass
class Traffic:
    """What a page asked for and complained of."""

    requests: list = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def addresses(self, part: str) -> list[str]:
        return [request.url for request in self.requests if part in request.url]

    def listen(self, page) -> "Traffic":
        page.on("request", lambda request: self.requests.append(request))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: line.type in ("error", "warning") and self.complaints.append(line.text))
        return self


@pytest.fixture
def traffic(page):
    """Requests and complaints of `page`; the test fails when the page complains or leaves the server."""
    traffic = Traffic().listen(page)
    yield traffic
    assert traffic.complaints == []
