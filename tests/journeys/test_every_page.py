"""Follows the links of the product like a curious person, one page of each kind."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page
from uuid_utils.compat import uuid7

from notoneless.flows.cases.opening import Opening, open_by_hand
from notoneless.rules.cases.kinds import Source, StepKind
from tests.cases.desk import family
from tests.cases.test_referring import REFERRED, departments
from tests.cases.test_referring import by_school as refer
from tests.duties.desk import S1_29, under
from tests.journeys.conftest import SIZES, Site, fits, too_small
from tests.places.calendar_desk import give_calendar
from tests.world import NOW, TODAY, Village

NOT_OURS = ("/machine-room/", "/static/", "/styleguide")
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


def shows(page: Page, url: str) -> bool:
    """Whether the address answers with HTML, which the browser shows then; workbooks and papers
    are not walked."""
    try:
        answer = page.goto(url)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    return answer is not None and "text/html" in answer.headers.get("content-type", "")


@pytest.fixture(scope="session")
def passed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """What axe has passed, a file each, for all workers of a run: who sees the same page at the
    same size is not judged again."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "passed"
    folder.mkdir(exist_ok=True)
    return folder


def judge(site: Site, page: Page, passed: Path, kind: str) -> None:
    """Axe at each size for what it has not passed yet, the frame of each person with the first
    page; nothing scrolls sideways, and a thumb hits every button of the phone's.

    Colours are the same at both sizes, but for the frame.
    """
    for size, (wide, high) in SIZES.items():
        page.set_viewport_size({"width": wide, "height": high})
        build = f"{size} {kind} {page.evaluate(BUILD)}"
        known = passed / sha256(build.encode()).hexdigest()
        if kind == "home" or not known.exists():
            site.assert_accessible(page, colours=size == "desk" or kind == "home")
            known.touch()
        assert fits(page), f"{page.url} scrolls sideways on a {size}"
        if size == "phone":
            assert too_small(page) == [], page.url


def walk(site: Site, page: Page, passed: Path, start: str) -> set[str]:
    """Follow the links that begin with ``start``; answers the kinds of pages that were judged."""
    waiting, judged = [start], set[str]()
    tried = set[tuple[str, frozenset[str]]]()
    while waiting:
        path = waiting.pop(0)
        kind, asked = kind_of(urlsplit(path).path), frozenset(parse_qs(urlsplit(path).query))
        if not path.startswith(start) or not kind or kind in judged or (kind, asked) in tried:
            continue
        tried.add((kind, asked))
        if shows(page, site.url(path)):
            judged.add(kind)
            judge(site, page, passed, kind)
            waiting += links_of(page, site.address)
    return judged


def open_case(v: Village) -> None:
    """A case of Lan's, so that its pages are walked as well."""
    opening = Opening(uuid7(), v.lan.pk, Source.BY_HAND, TODAY, "")
    open_by_hand(v.actor("chen"), opening, today=TODAY, now=NOW)


@pytest.mark.parametrize("key", ["lu", "mo", "wei", "chen", "shi"])
def test_every_kind_of_page_is_accessible_and_within_the_policy(site: Site, passed: Path, key: str):
    give_calendar(site.village)
    open_case(site.village)

    assert "home" in walk(site, site.sign_in(key, size="phone"), passed, "/")


def test_a_department_s_pages_are_accessible(site: Site, passed: Path):
    """Its own pages alone: it is shown no other that has not been walked above."""
    v = departments(under(family(site.village), S1_29))
    open_case(v)
    refer(v, StepKind.REFERRED, REFERRED | {"to": str(v.units["labour"].pk)}, on=TODAY)

    judged = walk(site, site.sign_in("ou", size="phone"), passed, "/referrals/")
    assert judged == {"referrals", "referral"}
