"""What planning and signs ask of cases: letters that were served, who came back, who was lost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from notoneless.cases.models import Case, CaseStep
from notoneless.children.queries.branches import WHO, ByKind, about, branch
from notoneless.rules.cases.kinds import BACK, CLOSED, StepKind
from notoneless.rules.duties.facts import ContactFact, ContactKind, Tag

if TYPE_CHECKING:
    from notoneless.children.queries.branches import Branch

LETTER = "letter"
_WHO = Coalesce("case__child__merged_into", F("case__child"))


def case_branches(
    child_ids: Collection[UUID], *, county_id: UUID, from_on: date, until: date
) -> list[Branch]:
    """Letters of persuasion served from ``from_on`` to ``until``, both inclusive, and children
    who are watched or were lost again; to be read together with others'."""
    served = CaseStep.objects.filter(
        case__child__in=about(child_ids),
        county=county_id,
        kind=StepKind.LETTER_SERVED,
        superseded_at=None,
        happened_on__gte=from_on,
        happened_on__lte=until,
    )
    return [
        branch(served, LETTER, child=_WHO, unit=F("id"), on=F("happened_on"), by=F("by")),
        back_branch(child_ids, county_id=county_id),
    ]


def back_branch(child_ids: Collection[UUID], *, county_id: UUID) -> Branch:
    """Who counts for the quota of returned children: those in their watch, and those lost again
    until their case ends (R-121, C-39)."""
    watched = Q(state__in=[state.value for state in BACK])
    lost_again = Q(relapses__gt=0) & ~Q(state__in=[state.value for state in CLOSED])
    rows = Case.objects.filter(watched | lost_again, child__in=about(child_ids), county=county_id)
    return branch(rows, Tag.RETURNED.value, child=WHO)


def letters_in(rows: ByKind) -> tuple[ContactFact, ...]:
    """Served letters as planning sees contacts: somebody was sent, and the paper arrived."""
    return tuple(
        ContactFact(row.unit, row.child, ContactKind.LETTER, row.on, True, False, row.by, None)
        for row in rows.get(LETTER, ())
    )


def confirmed_between(county_id: UUID, *, from_on: date, to_on: date) -> dict[UUID, date]:
    """Children whose school determined that they have dropped out, on the first day; one
    statement. ``to_on`` exclusive."""
    rows = (
        Case.objects.filter(county=county_id, confirmed_on__gte=from_on, confirmed_on__lt=to_on)
        .annotate(who=WHO)
        .order_by("confirmed_on")
    )
    found: dict[UUID, date] = {}
    for who, on in rows.values_list("who", "confirmed_on"):
        if on is not None:
            found.setdefault(who, on)
    return found


def judged_between(county_id: UUID, *, from_on: date, to_on: date) -> frozenset[UUID]:
    """Children with a case of that time, whatever became of it; one statement."""
    rows = Case.objects.filter(county=county_id, opened_on__gte=from_on, opened_on__lt=to_on)
    return frozenset(rows.annotate(who=WHO).order_by().values_list("who", flat=True))
