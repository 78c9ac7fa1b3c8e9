"""Which pages a person finds in the menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.access.actor import Actor
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class NavItem:
    url: str
    label: str | Promise
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    route: str
    label: str | Promise
    icon: str
    needs: frozenset[Capability]
    """Any one of these; empty for everyone."""


ENTRIES = (
    _Entry("home", _("首页"), "home", frozenset()),
    _Entry("children", _("儿童"), "users", frozenset({Capability.SEE_CHILDREN})),
    _Entry(
        "classes",
        _("班级"),
        "school",
        frozenset({Capability.SEE_CHILDREN, Capability.MANAGE_CLASSES}),
    ),
    _Entry("calendar", _("校历"), "calendar", frozenset()),
    _Entry("policy", _("政策"), "gavel", frozenset({Capability.SEE_POLICY})),
    _Entry("directory", _("通讯录"), "phone", frozenset({Capability.SEE_DIRECTORY})),
    _Entry(
        "office",
        _("管理"),
        "settings",
        frozenset(
            {
                Capability.MANAGE_UNITS,
                Capability.MANAGE_POSTS,
                Capability.MANAGE_ACCOUNTS,
                Capability.MANAGE_COVERAGE,
                Capability.APPROVE_ACCESS,
            }
        ),
    ),
)


def navigation_of(actor: Actor, *, path: str) -> list[NavItem]:
    """The menu of ``actor``; the longest entry that begins ``path`` is the current one."""
    entries = [e for e in ENTRIES if not e.needs or any(actor.may(c) for c in e.needs)]
    urls = {entry.route: reverse(entry.route) for entry in entries}
    current = max(
        (url for url in urls.values() if path == url or (url != "/" and path.startswith(url))),
        key=len,
        default="",
    )
    return [
        NavItem(urls[e.route], e.label, e.icon, is_current=urls[e.route] == current)
        for e in entries
    ]
