"""The pages of cases, side by side."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.web.request import Request

TABS: tuple[tuple[str, str | Promise, Capability], ...] = (
    ("cases", _("全部个案"), Capability.SEE_CASES),
    ("case-tray", _("收发"), Capability.WORK_CASES),
    ("cases-returned", _("辍学和复学名单"), Capability.SEE_CASES),
    ("cases-compare", _("与考勤核对"), Capability.SEE_CASES),
    ("case-balances", _("补录在办个案"), Capability.IMPORT_ROSTERS),
)
COMPARES = frozenset(
    {
        UnitKind.SCHOOL,
        UnitKind.NINE_YEAR_SCHOOL,
        UnitKind.CENTRE_SCHOOL,
        UnitKind.TOWNSHIP,
        UnitKind.EDUCATION_OFFICE,
        UnitKind.BUREAU,
    }
)
"""Where somebody asks whether classes have told everything."""


def may_compare(request: Request) -> bool:
    return any(
        held.unit_kind in COMPARES and Capability.SEE_CASES in held.capabilities
        for held in request.actor.holdings
    )


def tabs_of(request: Request, current: str) -> list[dict[str, Any]]:
    """What ``parts/tabs.html`` shows over the lists of cases; ``current`` is a route."""
    return [
        {"label": label, "url": reverse(route), "is_current": route == current}
        for route, label, needs in TABS
        if request.actor.may(needs) and (route != "cases-compare" or may_compare(request))
    ]
