"""Keeps a door to children whose case stands open though they are registered nowhere."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from notoneless.cases.models import Case
from notoneless.children.models import ChildPlace
from notoneless.children.models.places import Relation
from notoneless.children.services.spells import end_places, place_children
from notoneless.journal.services import Stamp
from notoneless.rules.cases.kinds import CLOSED


def keep_doors(*, today: date, stamp: Stamp) -> None:
    """Let the last school, and all above it, keep the open case of a child that left the register.

    Without it nobody would find the case who does not know the child's village. The door closes
    when the case does, or when a school has the child again. Two statements and no transaction
    when nothing changed.
    Raises ``IntegrityError`` where somebody else has just opened the same door.
    """
    lost = _open(stamp.county_id).exclude(_has(Relation.SCHOOL, today))
    fresh = lost.exclude(_has(Relation.CASE, today)).values_list("child", "school")
    schools = dict(fresh)
    kept = ChildPlace.objects.filter(
        county=stamp.county_id, relation=Relation.CASE, to_on=None
    ).exclude(child__in=lost.values("child"))
    over = set(kept.values_list("child", flat=True))
    if schools or over:
        with transaction.atomic():
            place_children(schools, relation=Relation.CASE, from_on=today, stamp=stamp)
            end_places(over, relation=Relation.CASE, on=today)


def _open(county_id: UUID) -> QuerySet[Case]:
    """Of merged children the kept one has the door."""
    rows = Case.objects.filter(county=county_id, child__merged_into=None)
    return rows.exclude(state__in=CLOSED)


def _has(relation: Relation, today: date) -> Q:
    rows = ChildPlace.objects.filter(
        Q(to_on=None) | Q(to_on__gt=today),
        child=OuterRef("child"),
        relation=relation,
        from_on__lte=today,
    )
    return Q(Exists(rows))
