"""The pages of accountability side by side, and the unit that they are about."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from notoneless.oversight.queries.doors import HEARS
from notoneless.rules.units import SCHOOLS, UnitKind
from notoneless.web.request import Request

AT_ONE = SCHOOLS | {UnitKind.TOWNSHIP}
"""Units whose own office need not choose among others."""


def tabs_of(request: Request) -> list[dict[str, object]]:
    """For whoever may raise faults; nobody else has a second page."""
    if not request.actor.may(HEARS):
        return []
    found = [(_("追责事项"), reverse("faults")), (_("记录核对"), reverse("fault-proposals"))]
    return [{"label": label, "url": url, "is_current": request.path == url} for label, url in found]


def chosen_unit(request: Request) -> UUID | None:
    """The unit asked for; else the one at which the actor's only such post stands.

    Raises ``Http404`` for what is no id.
    """
    asked = request.GET.get("unit", "")
    if asked:
        try:
            return UUID(asked)
        except ValueError:
            raise Http404 from None
    held = {h.unit_id for h in request.actor.holdings if HEARS in h.capabilities}
    own = {
        h.unit_id
        for h in request.actor.holdings
        if HEARS in h.capabilities and h.unit_kind in AT_ONE
    }
    return own.pop() if len(held) == len(own) == 1 else None
