"""Which pages a person finds in the menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.access.actor import Actor
from notoneless.flows.overview.units import ABOVE_CLASSES
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind


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
    at: frozenset[UnitKind] = frozenset()
    """Kinds of units at which it must be held; empty for any."""
    also: str = ""
    """Another beginning of addresses that belong here."""

    def shows_to(self, actor: Actor) -> bool:
        return not self.needs or any(
            held.capabilities & self.needs and (not self.at or held.unit_kind in self.at)
            for held in actor.holdings
        )


WITH_CLASSES = SCHOOLS | {
    UnitKind.CLASS,
    UnitKind.GRADE,
    UnitKind.CENTRE_SCHOOL,
    UnitKind.TOWNSHIP,
    UnitKind.EDUCATION_OFFICE,
    UnitKind.BUREAU,
    UnitKind.COUNTY,
}
"""Units that have classes below them, or are one."""

ENTRIES = (
    _Entry("home", _("首页"), "home", frozenset()),
    # Who calls rolls, and who answers for those that others call.
    _Entry(
        "roll",
        _("点名"),
        "clipboard-check",
        frozenset({Capability.CALL_ROLL, Capability.EXPORT_CHILDREN}),
    ),
    _Entry("duty-list", _("待办"), "inbox", frozenset({Capability.SEE_CHILDREN})),
    _Entry(
        "overview",
        _("总览"),
        "chart-line",
        frozenset({Capability.SEE_CASES}),
        at=ABOVE_CLASSES,
    ),
    _Entry(
        "indicators",
        _("指标"),
        "chart-bar",
        frozenset({Capability.SEE_CHILDREN}),
        at=WITH_CLASSES,
    ),
    # Who acts on signs in a school; in the county whoever sees how often they were right.
    _Entry(
        "signs",
        _("苗头"),
        "flag",
        frozenset({Capability.SEE_SIGNS, Capability.MANAGE_POLICY, Capability.VERIFY_JOURNAL}),
    ),
    _Entry("cases", _("个案"), "folder-open", frozenset({Capability.SEE_CASES})),
    _Entry("referrals", _("移送事项"), "transfer", frozenset({Capability.ANSWER_REFERRALS})),
    _Entry("children", _("儿童"), "users", frozenset({Capability.SEE_CHILDREN})),
    _Entry(
        "contacts",
        _("联系"),
        "phone-call",
        frozenset({Capability.LOG_CONTACTS, Capability.SEE_CONTACTS}),
    ),
    _Entry("families", _("家长页"), "heart-handshake", frozenset({Capability.INVITE_FAMILIES})),
    _Entry(
        "papers",
        _("文书"),
        "file-text",
        frozenset({Capability.SEE_CASES, Capability.ANSWER_REFERRALS}),
    ),
    _Entry(
        "classes",
        _("班级"),
        "school",
        frozenset({Capability.SEE_CHILDREN, Capability.MANAGE_CLASSES}),
    ),
    _Entry(
        "presence",
        _("出勤"),
        "user-check",
        frozenset({Capability.SEE_CHILDREN, Capability.MANAGE_CALENDAR, Capability.VERIFY_JOURNAL}),
        at=WITH_CLASSES,
        also="/leave/",
    ),
    _Entry("contracts", _("责任"), "signature", frozenset({Capability.SEE_DIRECTORY})),
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

ANSWERING = (
    # Everybody who holds a post may be party to a contract, or named in a settlement or a fault.
    _Entry("contracts", _("责任书"), "signature", frozenset({Capability.SEE_DIRECTORY})),
    _Entry(
        "targets",
        _("目标"),
        "list-check",
        frozenset({Capability.SEE_CHILDREN}),
        at=WITH_CLASSES | {UnitKind.VILLAGE},
    ),
    _Entry(
        "workplans",
        _("报表和会议"),
        "report",
        frozenset({Capability.SEND_RETURNS, Capability.KEEP_WORKPLANS, Capability.SEE_CASES}),
        at=WITH_CLASSES,
    ),
    _Entry("settlements", _("奖惩"), "scale", frozenset({Capability.SEE_DIRECTORY})),
    _Entry("faults", _("追究"), "gavel", frozenset({Capability.SEE_DIRECTORY})),
)
"""The pages about what people answer for: one entry of the menu, tabs among themselves."""


def answering_of(actor: Actor, *, path: str) -> list[NavItem]:
    """The tabs of ``ANSWERING`` where ``path`` is one of theirs; none elsewhere."""
    urls = {entry.route: reverse(entry.route) for entry in ANSWERING if entry.shows_to(actor)}
    current = next((url for url in urls.values() if path.startswith(url)), "")
    return [
        NavItem(urls[e.route], e.label, e.icon, is_current=urls[e.route] == current)
        for e in ANSWERING
        if current and e.route in urls
    ]


def navigation_of(actor: Actor, *, path: str) -> list[NavItem]:
    """The menu of ``actor``; the longest entry that begins ``path`` is the current one."""
    entries = [e for e in ENTRIES if e.shows_to(actor)]
    urls = {entry.route: reverse(entry.route) for entry in entries}
    if answering_of(actor, path=path):
        path = urls["contracts"]
    path = next((urls[e.route] for e in entries if e.also and path.startswith(e.also)), path)
    current = max(
        (url for url in urls.values() if path == url or (url != "/" and path.startswith(url))),
        key=len,
        default="",
    )
    return [
        NavItem(urls[e.route], e.label, e.icon, is_current=urls[e.route] == current)
        for e in entries
    ]
