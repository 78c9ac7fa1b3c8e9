"""Every address of the product: closed unless it says why it is open."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

OPEN = {
    "sign-in": "one signs in there",
    "sign-out": "harmless without a session",
    "healthz": "asked by the service manager",
    "readyz": "asked by the load balancer",
    "set_language": "the sign-in page has the switch",
    "family-enter": "asks a guardian for the code; the same for every link",
    "family": "a guardian's own door, which tests/web/test_families_guardian.py walks",
    "family-out": "harmless without a visit",
    "family-leave": "the guardian's own door",
    "family-not-mine": "the same",
    "family-phone": "the same",
    "family-address": "the same",
    "family-contract": "the same",
    "styleguide": "shows no data, never in production",
    "styleguide-lists": "the same",
    "styleguide-paper": "the same",
    "styleguide-reveal": "the same",
    "styleguide-received": "the same",
    "styleguide-refused": "the same",
    "tour": "invented people only, in a demo; tests/web/test_tour.py",
    "tour-enter": "the same",
    "jsi18n": "Django's own",
}
EXAMPLES = {
    "uuid": str(UUID(int=7)),
    "int": "7",
    "str": "x",
    "slug": "x",
    "path": "x",
    "groupkind": "dropout",
    "line": "e",
}


def addresses(patterns=None, prefix=""):
    for pattern in patterns or get_resolver().url_patterns:
        text = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                yield from addresses(pattern.url_patterns, text)
        elif isinstance(pattern, URLPattern):
            url = text
            for name, converter in pattern.pattern.converters.items():
                url = _fill(url, name, _example(type(converter).__name__.lower()))
            yield pattern.name, "/" + url


def _example(converter: str) -> str:
    return next((value for kind, value in EXAMPLES.items() if kind in converter), "x")


def _fill(url: str, name: str, example: str) -> str:
    start = url.index("<")
    end = url.index(">", start)
    assert name in url[start:end]
    return url[:start] + example + url[end + 1 :]


@pytest.mark.req("R-022")
def test_nobody_enters_any_page_without_signing_in(client: Client, db: None):
    for name, url in addresses():
        if name in OPEN:
            continue
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 302, (name, url, answer.status_code)
            assert answer["Location"].startswith(str(settings.LOGIN_URL)) or answer[
                "Location"
            ].startswith("/sign-in/"), (name, url)


def test_every_address_has_a_name_of_its_own():
    names = [name for name, _ in addresses()]

    assert None not in names
    assert len(names) == len(set(names)), sorted({n for n in names if names.count(n) > 1})


def test_open_pages_are_known_by_name():
    assert set(OPEN) - {"jsi18n", "styleguide"} <= {name for name, _ in addresses()}


def test_no_two_addresses_have_one_name():
    """``reverse`` would lead to either of them."""
    names = [name for name, _ in addresses() if name]
    assert sorted(n for n in set(names) if names.count(n) > 1) == []
