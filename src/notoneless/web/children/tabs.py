"""The pages about one child, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notoneless.access.actor import Actor
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class _Tab:
    route: str
    """Takes the child's id."""
    label: str | Promise
    needs: Capability


TABS: tuple[_Tab, ...] = (
    _Tab("child", _("档案"), Capability.SEE_CHILDREN),
    _Tab("child-duties", _("待办"), Capability.SEE_CONTACTS),
    _Tab("child-signs", _("苗头"), Capability.SEE_SIGNS),
    _Tab("child-cases", _("个案"), Capability.SEE_CASES),
    _Tab("child-contacts", _("联系"), Capability.SEE_CONTACTS),
    _Tab("child-attendance", _("考勤"), Capability.SEE_CHILDREN),
    _Tab("child-travel", _("上学路程与困难"), Capability.SEE_CHILDREN),
)


def child_tabs(actor: Actor, child_id: UUID, *, current: str) -> list[dict[str, Any]]:
    """What ``parts/tabs.html`` shows over a child's pages; ``current`` is a route.

    Whether the child is the actor's to see is for each page to ask.
    """
    return [
        {
            "label": tab.label,
            "url": reverse(tab.route, args=[child_id]),
            "is_current": tab.route == current,
        }
        for tab in TABS
        if actor.may(tab.needs)
    ]
