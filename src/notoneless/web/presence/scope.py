"""Which school a page is about, and the pages beside each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.access.actor import Actor
from notoneless.children.queries.units import (
    SchoolUnit,
    schools_in_reach,
    schools_wholly_in_reach,
)
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.web.navigation import WITH_CLASSES
from notoneless.web.request import Request

IN_CLASS = frozenset({UnitKind.CLASS, UnitKind.GRADE})


@dataclass(frozen=True, slots=True)
class Scope:
    """The schools that the reader may choose from, and the one that is shown."""

    schools: list[SchoolUnit]
    school: SchoolUnit | None

    @property
    def has_choice(self) -> bool:
        return len(self.schools) > 1


def scope_of(request: Request, *, whole: bool = False) -> Scope:
    """The school named in the address, or the only one; ``whole`` asks for all its classes.

    A school that is not in reach is not there: 404. Raises ``NotAllowed``.
    """
    request.actor.must(Capability.SEE_CHILDREN)
    find = schools_wholly_in_reach if whole else schools_in_reach
    schools = find(request.actor, on=request.today, to=Capability.SEE_CHILDREN)
    asked = request.GET.get("school", "")
    if asked:
        school = next((s for s in schools if str(s.id) == asked), None)
        if school is None:
            raise Http404
        return Scope(schools, school)
    return Scope(schools, schools[0] if len(schools) == 1 else None)


def has_pages(actor: Actor) -> bool:
    """Whether the menu leads here: whoever sees children at a class or above it."""
    return _sees_at(actor, WITH_CLASSES)


def _sees_whole_schools(actor: Actor) -> bool:
    return _sees_at(actor, WITH_CLASSES - IN_CLASS)


def _sees_at(actor: Actor, kinds: frozenset[UnitKind]) -> bool:
    return any(
        Capability.SEE_CHILDREN in held.capabilities and held.unit_kind in kinds
        for held in actor.holdings
    )


def _reads_events(actor: Actor) -> bool:
    return _sees_whole_schools(actor) or actor.may(Capability.MANAGE_CALENDAR)


def _may(capability: Capability) -> Callable[[Actor], bool]:
    return lambda actor: actor.may(capability)


TABS: tuple[tuple[str, str | Promise, Callable[[Actor], bool]], ...] = (
    ("presence-away", _("当前缺勤"), has_pages),
    ("leave-list", _("请假"), has_pages),
    ("presence-arrivals", _("开学报到"), has_pages),
    ("presence-never-seen", _("名在人不在"), _sees_whole_schools),
    ("presence-events", _("区域事件"), _reads_events),
    ("presence-ledger", _("控辍台账"), _sees_whole_schools),
    ("presence-hardship", _("困难预警"), _may(Capability.SEE_SIGNS)),
    ("presence-checks", _("每晚核对"), _may(Capability.VERIFY_JOURNAL)),
)


def presence_tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """What ``parts/tabs.html`` shows over these pages; the school that was chosen stays chosen."""
    school = request.GET.get("school", "")
    query = f"?school={school}" if school else ""
    return [
        {"label": label, "url": reverse(route) + query, "is_current": route == current}
        for route, label, shows in TABS
        if shows(request.actor)
    ]


def frame(request: Request, current: str, scope: Scope | None = None) -> dict[str, Any]:
    """Context that every page of this area needs."""
    return {
        "presence_tabs": presence_tabs(request, current),
        "scope": scope,
        "school": scope.school if scope else None,
        "may_export": request.actor.may(Capability.EXPORT_CHILDREN),
        "may_ask": request.actor.may(Capability.CALL_ROLL),
    }
