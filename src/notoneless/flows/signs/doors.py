"""Whose signs are whose to see: those who act on them, at the child's own school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from notoneless.access.actor import Actor, NotAllowed
from notoneless.attendance.queries.members import SchoolStanding
from notoneless.children.models import Child, ChildPlace
from notoneless.children.models.places import Relation
from notoneless.flows.contacts.whom import ChildAt, where_they_are
from notoneless.flows.signs.refusals import NotInAnyClass
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class ChildHere:
    """One child and where it stands."""

    child_id: UUID
    name: str
    at: ChildAt | None

    @property
    def school(self) -> SchoolStanding | None:
        return self.at.school if self.at else None

    @property
    def paths(self) -> tuple[str, ...]:
        return self.at.paths if self.at else ()

    @property
    def unit_id(self) -> UUID | None:
        return self.at.class_id if self.at else None

    def class_id(self) -> UUID:
        """Its class. Raises ``NotInAnyClass``."""
        if self.at is None or self.at.class_id is None:
            raise NotInAnyClass()
        return self.at.class_id


def child_with_signs(actor: Actor, child_id: UUID, *, today: date) -> ChildHere:
    """A child of a school where the actor sees signs; two statements.

    Raises ``Child.DoesNotExist`` for everybody else: that a child has signs is not told by a
    refusal. A merged row answers as the kept one.
    """
    return _child(actor, child_id, Capability.SEE_SIGNS, today)


def child_to_note(actor: Actor, child_id: UUID, *, today: date) -> ChildHere:
    """A child about whom the actor may note a sign; two statements.

    Raises ``Child.DoesNotExist`` when it is not his to see, ``NotAllowed`` when he sees it and
    notes no signs there.
    """
    try:
        return _child(actor, child_id, Capability.NOTE_SIGNS, today)
    except Child.DoesNotExist:
        if Child.objects.seen_by(actor, on=today).filter(pk=child_id).exists():
            raise NotAllowed(capability=Capability.NOTE_SIGNS.value) from None
        raise


def _child(actor: Actor, child_id: UUID, to: Capability, today: date) -> ChildHere:
    at_school = ChildPlace.objects.within(actor.reach(to), on=today).filter(
        child=OuterRef("pk"), relation=Relation.SCHOOL.value
    )
    row = Child.objects.select_related("merged_into").get(
        Exists(at_school), pk=child_id, county=actor.county_id
    )
    kept = row.merged_into or row
    places = where_they_are([kept.pk], county_id=actor.county_id, today=today)
    return ChildHere(kept.pk, kept.name, places.get(kept.pk))
