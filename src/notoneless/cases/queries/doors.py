"""The door to cases: through their child, for whoever may see cases there."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from notoneless.access.actor import Actor
from notoneless.cases.models import Case
from notoneless.children.models import Child, ChildPlace
from notoneless.rules.cases.kinds import CLOSED
from notoneless.rules.roles import Capability


def cases_seen(actor: Actor, *, on: date, to: Capability = Capability.SEE_CASES) -> QuerySet[Case]:
    """The cases of the children whom the actor sees with ``to`` on day ``on``; unordered."""
    near = ChildPlace.objects.within(actor.reach(to), on=on)
    in_reach = near.filter(child=OuterRef("child"))
    return Case.objects.filter(Exists(in_reach), county=actor.county_id)


def open_case_of(actor: Actor, child_id: UUID, *, on: date) -> UUID | None:
    """The child's open case, if it has one; two statements. Raises ``Child.DoesNotExist``."""
    rows = _cases_of(actor, child_id, on).exclude(state__in=CLOSED)
    return rows.values_list("pk", flat=True).first()


def newest_case_of(actor: Actor, child_id: UUID, *, on: date) -> UUID | None:
    """The child's open case, or the one that was closed last. Raises ``Child.DoesNotExist``."""
    rows = _cases_of(actor, child_id, on).order_by("-opened_on", "-pk")
    return rows.values_list("pk", flat=True).first()


def _cases_of(actor: Actor, child_id: UUID, on: date) -> QuerySet[Case]:
    seen = Child.objects.seen_by(actor, on=on, to=Capability.SEE_CASES)
    return Case.objects.filter(child=seen.only("pk").get(pk=child_id))
