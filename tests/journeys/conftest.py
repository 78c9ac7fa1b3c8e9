"""Walks through the product in headless Chromium, at a phone's and a desk's size.

    def test_a_clerk_finds_a_child(site):
        page = site.sign_in("clerk", size="phone")
        page.goto(site.url("/children/"))
        ...
        site.assert_accessible(page)

``site`` owns the server, the browser and the village. At the end it fails the test if any page
wrote an error to the console, broke the content policy, raised, or asked an outside server.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from urllib.parse import urlparse

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.conftest import as_founded
from tests.rows import Rows, remove_all, tables_with_rows
from tests.structure.source import ROOT
from tests.world import NOW, Village

# Playwright's sync API runs an event loop, in which Django would refuse the test database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
ASKED_OF_AXE = "resultTypes: ['violations'], selectors: false, preload: false"
"""Neither addresses of elements, which nobody reads, nor styles read once more."""
BUT_COLOURS = "rules: {'color-contrast': {enabled: false}}"
SERIOUS = {"serious", "critical"}
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if "journeys" in item.path.parts]
    for item in here:
        item.add_marker(pytest.mark.journey)
    missing = what_is_missing()
    if here and missing:
        sys.stderr.write(f"browser walks skipped: {missing}\n")
        for item in here:
            item.add_marker(pytest.mark.skip(reason=missing))


def what_is_missing() -> str:
    if CHROMIUM is None:
        return "no Chromium on this machine"
    if not AXE.exists():
        return "front-end packages not installed (make setup)"
    return ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


@dataclass
class Site:
    """The running product with the village of ``tests/world.py`` in it."""

    village: Village
    address: str
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    """Statuses that this walk provokes on purpose, e.g. ``site.expected.add(409)``."""

    def url(self, path: str) -> str:
        return self.address + path

    def visit(self, *, size: str = "desk", width: int | None = None) -> Page:
        """A fresh browser in which nobody has signed in; ``width`` overrides the size's own."""
        wide, high = SIZES[size]
        context = self.browser.new_context(
            viewport={"width": width or wide, "height": high},
            has_touch=size == "phone",
            locale="zh-CN",
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        page = context.new_page()
        self._listen(page)
        return page

    def sign_in(self, key: str, *, size: str = "desk", width: int | None = None) -> Page:
        """A browser in which the villager ``key`` of ``world.py`` has signed in."""
        page = self.visit(size=size, width=width)
        client = Client()
        client.force_login(self.village.account(key), backend=MODEL_BACKEND)
        name = settings.SESSION_COOKIE_NAME
        secret = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": secret, "url": self.address}])
        return page

    def assert_accessible(self, page: Page, *, colours: bool = True) -> None:
        """No serious violation by axe with all its rules, and no scrolling sideways.

        To look at ``colours`` takes as long as all the rest.
        """
        page.wait_for_load_state()
        if not page.evaluate("'axe' in window"):
            # evaluate is not subject to the page's content policy, a script tag would be.
            page.evaluate(axe())
        asked = ASKED_OF_AXE if colours else f"{ASKED_OF_AXE}, {BUT_COLOURS}"
        found = page.evaluate(f"axe.run(document, {{{asked}}})")["violations"]
        told = [
            f"{fault['id']} ({fault['impact']}): {node['html'][:160]}"
            for fault in found
            if fault["impact"] in SERIOUS
            for node in fault["nodes"]
        ]
        assert told == [], "\n".join([page.url, *told])
        assert fits(page), f"{page.url} scrolls sideways"

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._hear(page, said.type, said.text))
        page.on("response", self._weigh)

    def _hear(self, page: Page, kind: str, text: str) -> None:
        # The status of an answer is judged by _weigh, which knows what the walk expects.
        if kind == "error" and "Failed to load resource" not in text:
            self.complaints.append(f"{page.url}: {text}")

    def _weigh(self, answer: Response) -> None:
        asked = urlparse(answer.url)
        if asked.scheme.startswith("http") and asked.netloc != urlparse(self.address).netloc:
            self.complaints.append(f"outside request: {answer.url}")
        if answer.status >= HTTPStatus.BAD_REQUEST and answer.status not in self.expected:
            self.complaints.append(f"{answer.status} {answer.url}")


@cache
def axe() -> str:
    return AXE.read_text("utf-8")


def fits(page: Page) -> bool:
    """Whether the page needs no scrolling sideways at its width."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def too_small(page: Page, least: int = 44) -> list[str]:
    """Buttons, menu links and fields that a thumb cannot hit; links in running text are free."""
    page.wait_for_load_state()
    return list(
        page.evaluate(
            """least => [...document.querySelectorAll(
                 'button, .btn, .nav-list a, .tabbar a, .pager a, select, '
                 + 'input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea')]
               .filter(e => e.checkVisibility() && !e.matches('.btn-quiet'))
               .filter(e => e.getBoundingClientRect().height < least - 0.5)
               .map(e => e.outerHTML.slice(0, 120))""",
            least,
        )
    )


@pytest.fixture(scope="session")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> set[str]:
    """Tables that hold rows before anything happens."""
    with django_db_blocker.unblock():
        return tables_with_rows()


@pytest.fixture
def transactional_db(standing: set[str], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """As pytest-django's, which the running server asks for, but emptied a good deal faster."""
    with django_db_blocker.unblock():
        yield
        remove_all(but=standing)


@pytest.fixture
def site(
    live_server: LiveServer, browser: Browser, transactional_db: None, founded: tuple[bytes, Rows]
) -> Iterator[Site]:
    # The village's grants and dates hold on its own day, whatever day the suite runs.
    with time_machine.travel(NOW, tick=True):
        place = Site(as_founded(founded), live_server.url, browser)
        yield place
        for context in place.contexts:
            context.close()
    assert place.complaints == [], "\n".join(place.complaints)


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """Runs a walk at both sizes."""
    return str(request.param)
