"""A list that the link of another page narrows to a unit of any kind."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from notoneless.flows.overview.units import UnitSeen, unit_seen
from notoneless.web.request import Request
from notoneless.web.templatetags.children import class_words


def unit_in(request: Request) -> UnitSeen | None:
    """The unit of ``?unit=``; ``None`` where none is named. Out of reach it is not there: 404."""
    text = request.GET.get("unit", "")
    if not text:
        return None
    try:
        return unit_seen(request.actor, UUID(text), on=request.today)
    except (ValueError, ObjectDoesNotExist):
        raise Http404 from None


def unit_words(request: Request, unit_id: UUID | None) -> str:
    """What the unit is called; empty for none, and for one out of reach, whose list is empty."""
    if unit_id is None:
        return ""
    try:
        return called(unit_seen(request.actor, unit_id, on=request.today), request)
    except ObjectDoesNotExist:
        return ""


def called(unit: UnitSeen, request: Request) -> str:
    """A class by its name of today, other units by their registered one."""
    return class_words(unit.class_name, request.today) or unit.name
