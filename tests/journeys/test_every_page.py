"""Follows the links of the product like a curious person, one page of each kind."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page
from uuid_utils.compat import uuid7

from notoneless.flows.cases.opening import Opening, open_by_hand
from notoneless.rules.cases.kinds import Source, StepKind
from tests.cases.desk import family
from tests.cases.test_referring import REFERRED, departments
from tests.cases.test_referring import by_school as refer
from tests.duties.desk import S1_29, under
from tests.journeys.conftest import Site, fits, too_small
from tests.places.calendar_desk import give_calendar
from tests.world import NOW, TODAY, Village

NOT_OURS = ("/machine-room/", "/static/", "/styleguide")
PAGES = set[str]()
"""Kinds that have answered with HTML."""
BUILD = """() => {
    const seen = (node) => {
        const says = [...node.attributes].map(({name, value}) =>
            /^(class|type|role|lang|dir|scope|tabindex|disabled|hidden|aria-(?!label))/.test(name)
                ? `${name}=${value}` : value.trim() ? name : `${name}-`);
        const words = [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
        const parts = [];
        for (const child of node.children) {
            const part = seen(child);
            if (part !== parts.at(-1)) parts.push(part);
        }
        return `<${node.tagName} ${says.sort().join(' ')} ${words}>${parts.join('')}</>`;
    };
    return seen(document.querySelector('main'));
}"""
"""What the main part is made of, whoever it is about; of rows that are alike, one."""


def kind_of(path: str) -> str:
    """The name of the page's address; empty for what is no page of ours."""
    if not path.startswith("/") or path.startswith(NOT_OURS):
        return ""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def links_of(page: Page, address: str) -> list[str]:
    """Same-site addresses that the page links to, in its order."""
    hrefs: list[str] = page.evaluate(
        "[...document.querySelectorAll('main a, nav a')].map(a => a.href)"
    )
    found = [urlsplit(href) for href in hrefs if href.startswith(address + "/")]
    return [part.path + (f"?{part.query}" if part.query else "") for part in found]


def is_page(page: Page, kind: str, url: str) -> bool:
    """Whether the address answers with HTML; workbooks and papers are not walked."""
    if kind not in PAGES:
        answer = page.request.get(url)
        if "text/html" not in answer.headers.get("content-type", ""):
            return False
        PAGES.add(kind)
    return True


@pytest.fixture(scope="session")
def passed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """What axe has passed, a file each, for all workers of a run: who sees the same page at the
    same size is not judged again."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "passed"
    folder.mkdir(exist_ok=True)
    return folder


def judge(site: Site, page: Page, passed: Path, *, size: str, kind: str) -> None:
    """Axe for what it has not passed yet, the frame of each person with the first page."""
    build = f"{size} {kind} {page.evaluate(BUILD)}"
    known = passed / sha256(build.encode()).hexdigest()
    if kind == "home" or not known.exists():
        site.assert_accessible(page)
        known.touch()
    assert fits(page), f"{page.url} scrolls sideways"
    if size == "phone":
        assert too_small(page) == [], page.url


def open_case(v: Village) -> None:
    """A case of Lan's, so that its pages are walked as well."""
    opening = Opening(uuid7(), v.lan.pk, Source.BY_HAND, TODAY, "")
    open_by_hand(v.actor("chen"), opening, today=TODAY, now=NOW)


@pytest.mark.parametrize("key", ["lu", "mo", "wei", "chen", "shi"])
def test_every_kind_of_page_is_accessible_and_within_the_policy(
    site: Site, passed: Path, size: str, key: str
):
    give_calendar(site.village)
    open_case(site.village)
    page = site.sign_in(key, size=size)
    waiting, seen = ["/"], set[str]()

    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path.partition("?")[0])
        if not kind or kind in seen or not is_page(page, kind, site.url(path)):
            continue
        seen.add(kind)
        page.goto(site.url(path))
        judge(site, page, passed, size=size, kind=kind)
        waiting += links_of(page, site.address)

    assert "home" in seen


def test_a_department_s_pages_are_accessible(site: Site, passed: Path, size: str):
    """Its own pages alone: it is shown no other that has not been walked above."""
    v = departments(under(family(site.village), S1_29))
    open_case(v)
    refer(v, StepKind.REFERRED, REFERRED | {"to": str(v.units["labour"].pk)}, on=TODAY)
    page = site.sign_in("ou", size=size)
    waiting, seen = ["/referrals/"], set[str]()

    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path.partition("?")[0])
        if not path.startswith("/referrals/") or kind in seen:
            continue
        seen.add(kind)
        page.goto(site.url(path))
        judge(site, page, passed, size=size, kind=kind)
        waiting += links_of(page, site.address)

    assert seen == {"referrals", "referral"}
